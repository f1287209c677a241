// A finding of a case becomes a card on a board: from the cases to the exploring (row R7).
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { useId, useState } from "react";
import { lastOrder } from "../api/caseDocument.ts";
import { useCollections, useLive } from "../api/live.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { today } from "../fields/today.ts";
import { useMessages } from "../messages/index.ts";
import { addItem, choice, freshId, orderBetween } from "../sync/index.ts";
import { useMayWrite, useReplica, useReplicaState } from "../sync/react.ts";

interface BoardDocument {
  notes?: Record<string, { order?: unknown }>;
}

/** Nothing where there is no board to put it on. */
export function NewCard({ subject }: { subject: string }) {
  const { m } = useMessages();
  const boards = (useCollections().value?.collections ?? []).filter((one) => one.board !== null);
  const [open, setOpen] = useState(false);
  if (boards.length === 0) return null;
  if (!open) {
    return (
      <Button variant="tertiary" onClick={() => setOpen(true)}>
        <PlusIcon aria-hidden /> {m.uses.newCard}
      </Button>
    );
  }
  const named = boards.map(({ board, title }) => ({ board: board ?? "", title }));
  return <CardForm subject={subject} boards={named} onDone={() => setOpen(false)} />;
}

interface FormProps {
  subject: string;
  boards: { board: string; title: string }[];
  onDone(): void;
}

function CardForm({ subject, boards, onDone }: FormProps) {
  const { m } = useMessages();
  const { me, say } = useLive();
  const [board, setBoard] = useState(boards[0]?.board ?? "");
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);
  const replica = useReplica<BoardDocument>(board);
  const ready = useReplicaState(replica) === "ready";
  const mayWrite = useMayWrite(replica);
  const [boardId, textId] = [useId(), useId()];
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setMissing(!text.trim());
    if (!replica || !ready || !text.trim()) return;
    replica.edit(
      addItem(["notes"], freshId(), {
        text: text.trim(),
        by: choice(me.id),
        date: choice(today()),
        about: { [subject]: true },
        order: choice(orderBetween(lastOrder(replica.doc?.notes), null)),
      }),
    );
    say(m.uses.cardMade);
    onDone();
  };
  return (
    <form className="stack tight newcard" onSubmit={submit}>
      <div className="field">
        <label className="field-label" htmlFor={boardId}>
          {m.uses.board}
        </label>
        <select id={boardId} className="input" value={board} onChange={(event) => setBoard(event.target.value)}>
          {boards.map((one) => (
            <option key={one.board} value={one.board}>
              {one.title}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label className="field-label" htmlFor={textId}>
          {m.uses.cardText}
        </label>
        <textarea
          id={textId}
          className="input"
          rows={2}
          maxLength={2000}
          autoFocus
          aria-invalid={missing}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <ProblemLine>{missing ? m.uses.cardMissing : ready && !mayWrite ? m.uses.boardClosed : undefined}</ProblemLine>
      <div className="row">
        <Button type="submit" disabled={!ready || !mayWrite}>
          {m.uses.cardDo}
        </Button>
        <Button variant="tertiary" onClick={onDone}>
          {m.common.cancel}
        </Button>
      </div>
    </form>
  );
}
