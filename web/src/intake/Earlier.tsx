// What came in before, and how to take it back.
import { Button } from "@digdir/designsystemet-react";
import { useRef, useState } from "react";
import { getImport, type Import, importsPath, undoImport } from "../api/calls.ts";
import { useLive, usePeopleHere, useRegister } from "../api/live.tsx";
import { idempotencyKey } from "../api/request.ts";
import { useResource } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { Confirm } from "../design/Confirm.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { type Messages, useMessages } from "../messages/index.ts";

export function Earlier() {
  const { m } = useMessages();
  const { id } = useLive();
  const imports = useResource<{ imports: Import[] }>(importsPath(id));
  const all = imports.value?.imports ?? [];
  if (all.length === 0) return null;
  return (
    <section className="stack tight earlier" aria-label={m.intake.earlier}>
      <h2>{m.intake.earlier}</h2>
      <ul>
        {all.map((one) => (
          <EarlierImport key={one.id} one={one} onUndone={() => void imports.refresh()} />
        ))}
      </ul>
    </section>
  );
}

interface Asked {
  untouched: number;
  touched: number;
  joined: number;
}

function helpOf(one: Import, { untouched, touched, joined }: Asked, m: Messages): string {
  if (one.merged) return m.merge.undoListed;
  const back = joined ? m.intake.undoJoined(joined) : "";
  return one.code_form ? back : `${m.intake.undoHelp(untouched, touched)} ${back}`;
}

function EarlierImport({ one, onUndone }: { one: Import; onUndone(): void }) {
  const { m, format } = useMessages();
  const { id, say } = useLive();
  const { refresh } = useRegister();
  const people = usePeopleHere();
  const [asked, setAsked] = useState<Asked>();
  const [problem, setProblem] = useState<string>();
  const key = useRef("");
  const by =
    one.by === null
      ? m.intake.server
      : (people.find((person) => person.participant === one.by)?.name ?? m.intake.somebody);
  const ask = async () => {
    setProblem(undefined);
    key.current = idempotencyKey();
    try {
      const { untouched, touched, joined } = await getImport(id, one.id);
      const back = one.undone_ms ? 0 : joined.length;
      if (untouched.length + back === 0) setProblem(m.intake.undoNothing);
      else setAsked({ untouched: untouched.length, touched: touched.length, joined: back });
    } catch (error) {
      setProblem(wordsOf(error, m));
    }
  };
  const undo = async () => {
    const { archived, left, restored, left_fields } = await undoImport(id, one.id, key.current);
    const joined = one.joined ? m.intake.didUndoJoined(restored, left_fields) : "";
    say([one.cases ? m.intake.didUndo(archived.length, left.length) : "", joined].filter(Boolean).join(" "));
    void refresh();
    onUndone();
  };
  return (
    <li>
      <span className="grow">
        <span className="strong">{one.list}</span>
        <span className="examples muted small num">
          {one.merged ? `${m.merge.earlier}, ` : ""}
          {one.code_form ? `${m.codeForm.earlier}, ` : ""}
          {m.intake.earlierLine(one.cases, by, format.dateTime(one.at_ms))}
          {one.joined ? `, ${m.intake.earlierJoined(one.joined)}` : ""}
          {one.undone_ms ? `, ${m.intake.undone(format.dateTime(one.undone_ms))}` : ""}
        </span>
        <ProblemLine>{problem}</ProblemLine>
      </span>
      <Button variant="tertiary" data-size="sm" aria-label={m.intake.undoOf(one.list)} onClick={() => void ask()}>
        {m.intake.undo}
      </Button>
      {asked ? (
        <Confirm
          title={m.intake.undoTitle(one.list)}
          help={helpOf(one, asked, m)}
          action={asked.joined ? m.intake.undo : m.intake.undoDo(asked.untouched)}
          onDo={undo}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
    </li>
  );
}
