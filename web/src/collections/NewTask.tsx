// "Find cases like this": a card asks for a search, which then waits among the searches.
import { Button } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import { lastOrder } from "../api/caseDocument.ts";
import { useLive } from "../api/live.tsx";
import type { RegisterDocument } from "../api/registerDocument.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useFields } from "../fields/editor.ts";
import { Standing } from "../fields/Standing.tsx";
import { today } from "../fields/today.ts";
import { useMessages } from "../messages/index.ts";
import { addItem, choice, freshId, orderBetween } from "../sync/index.ts";
import type { Replica } from "../sync/types.ts";

interface Props {
  board: string;
  card: string;
  onDone(): void;
}

export function NewTask(props: Props) {
  return (
    <Standing kind="register" none={null}>
      <Form {...props} />
    </Standing>
  );
}

function Form({ board, card, onDone }: Props) {
  const { m } = useMessages();
  const { me, say } = useLive();
  const { replica, mayWrite } = useFields();
  const [wish, setWish] = useState("");
  const [missing, setMissing] = useState(false);
  const id = useId();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setMissing(!wish.trim());
    if (!wish.trim() || !mayWrite) return;
    const searches = (replica as Replica<RegisterDocument>).doc?.searches;
    replica.edit(
      addItem(["searches"], freshId(), {
        where: "",
        query: "",
        date: choice(today()),
        hits: "",
        by: choice(me.id),
        cases: {},
        wish: wish.trim(),
        asked: { subject: choice(board), item: choice(card) },
        status: choice("open"),
        order: choice(orderBetween(lastOrder(searches), null)),
      }),
    );
    say(m.uses.taskMade);
    onDone();
  };
  return (
    <form className="stack tight" onSubmit={submit}>
      <label className="field-label" htmlFor={id}>
        {m.uses.wish}
      </label>
      <textarea
        id={id}
        className="input"
        rows={2}
        maxLength={2000}
        autoFocus
        aria-invalid={missing}
        value={wish}
        onChange={(event) => setWish(event.target.value)}
      />
      <ProblemLine>{missing ? m.uses.wishMissing : undefined}</ProblemLine>
      <div className="row">
        <Button type="submit" data-size="sm" disabled={!mayWrite}>
          {m.uses.taskDo}
        </Button>
        <Button variant="tertiary" data-size="sm" onClick={onDone}>
          {m.common.cancel}
        </Button>
      </div>
    </form>
  );
}
