// Settling a double coding case by case: both codings side by side with what the case says now; one, the other or a third.
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import type { CaseDocument } from "../../api/caseDocument.ts";
import { type CodedCell, type Settled, settleAgreed } from "../../api/collections.ts";
import { useCharacteristics, useIsTeam, useLive, useRowsBySubject } from "../../api/live.tsx";
import { wordsOf } from "../../api/words.ts";
import { CaseChip } from "../../design/CaseChip.tsx";
import { ProblemLine } from "../../design/ProblemLine.tsx";
import { useMessages } from "../../messages/index.ts";
import { useMayWrite, useReplica, useReplicaState } from "../../sync/react.ts";
import { CaseSteps } from "./CaseSteps.tsx";
import { useCaseAt } from "./CodeCases.tsx";
import type { CodingsViewProps } from "./CodingsView.tsx";
import { CellView } from "./CellView.tsx";

const keyOf = ({ case: subject, characteristic }: { case: string; characteristic: string }) =>
  `${subject}/${characteristic}`;

export function Settle(props: CodingsViewProps) {
  const { m } = useMessages();
  const w = m.doubleCoding;
  const { cells, settled } = props.outcome;
  const done = new Map(settled.map((one) => [keyOf(one), one]));
  const left = cells.filter((cell) => !done.has(keyOf(cell)));
  const cases = props.ask.cases.filter((one) => cells.some((cell) => cell.case === one));
  const [subject, show] = useCaseAt(cases);
  const steps = cases.map((one) => {
    const of = cells.filter((cell) => cell.case === one).length;
    return { subject: one, of, done: of - left.filter((cell) => cell.case === one).length };
  });
  return (
    <section className="settle" aria-labelledby="settle">
      <h2 id="settle">{w.differences}</h2>
      <p role="status">{w.left(left.length)}</p>
      <TakeAgreed {...props} agreed={left.filter((cell) => cell.verdict === "agree").length} />
      <CaseSteps
        label={w.differences}
        steps={steps}
        current={subject}
        words={(step, code, name) => w.caseLeft(code, name, step.of - step.done)}
        onShow={(one) => show(one)}
      />
      <CaseCells key={subject} {...props} subject={subject} cells={cells.filter((cell) => cell.case === subject)} done={done} />
    </section>
  );
}

function TakeAgreed({ collection, refresh, agreed }: CodingsViewProps & { agreed: number }) {
  const { m } = useMessages();
  const { id } = useLive();
  const isTeam = useIsTeam();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const take = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { settled, left } = await settleAgreed(id, collection);
      await refresh();
      setSaid(m.doubleCoding.taken(settled, left));
    } catch (error) {
      setProblem(wordsOf(error, m));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {isTeam && agreed > 0 ? (
        <div>
          <Button loading={busy} onClick={() => void take()}>
            {m.doubleCoding.takeAgreed(agreed)}
          </Button>
        </div>
      ) : null}
      <p role="status" className={said ? "sentence" : "vh"}>
        {said}
      </p>
      <ProblemLine>{problem}</ProblemLine>
    </>
  );
}

const ORDER = { differ: 0, one: 1, agree: 2 };

interface CaseCellsProps extends CodingsViewProps {
  subject: string;
  cells: CodedCell[];
  done: Map<string, Settled>;
}

/** What is not settled first, the differences before all. */
function CaseCells({ subject, cells, done, ...props }: CaseCellsProps) {
  const { m } = useMessages();
  const all = useCharacteristics();
  const row = useRowsBySubject().get(subject);
  const replica = useReplica<CaseDocument>(subject);
  const state = useReplicaState(replica);
  const mayWrite = useMayWrite(replica);
  if (state === "unavailable" || state === "quarantined") return <p className="sentence">{m.doubleCoding.gone}</p>;
  if (!replica || state === "loading") return <p className="muted">{m.common.loading}</p>;
  const rank = (cell: CodedCell) => (done.has(keyOf(cell)) ? 3 : ORDER[cell.verdict]);
  const sorted = [...cells].sort((a, b) => rank(a) - rank(b));
  return (
    <>
      <h3>{row ? <CaseChip subject={subject} /> : m.case.unnamed}</h3>
      {mayWrite ? null : <p className="sentence">{m.case.closed}</p>}
      <ul className="cells">
        {sorted.map((cell) => {
          const characteristic = all.find((one) => one.key === cell.characteristic);
          if (!characteristic) return null;
          return (
            <CellView
              key={cell.characteristic}
              {...props}
              cell={cell}
              characteristic={characteristic}
              settled={done.get(keyOf(cell))}
              replica={replica}
              mayWrite={mayWrite}
            />
          );
        })}
      </ul>
    </>
  );
}
