// Every case with its decision, criterion and reason; marked ones are decided about together.
import { useMemo, useRef, useState } from "react";
import { useLive, useRows } from "../api/live.tsx";
import type { Choice } from "../api/decisions.ts";
import { decidedBy, useWaitingDecisions } from "../api/waitingDecisions.ts";
import { useMedia } from "../design/media.ts";
import { Segmented } from "../design/Segmented.tsx";
import type { Decision, RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import type { Deciding } from "./deciding.ts";
import { DecideBar } from "./DecideBar.tsx";
import { DecisionRow } from "./DecisionRow.tsx";
import { useRowKeys } from "./keys.ts";
import { WaitingView } from "./WaitingView.tsx";

const noMarks: ReadonlySet<string> = new Set();
const SHOWN = ["all", "none", "in", "reserve", "out"] as const;

export function Decisions({ deciding }: { deciding: Deciding }) {
  const { m } = useMessages();
  const { say } = useLive();
  const rows = useCounted();
  const [filter, setFilter] = useState<(typeof SHOWN)[number]>("all");
  const [marks, setMarks] = useState(noMarks);
  const [asked, setAsked] = useState<Decision>("in");
  const reason = useRef<HTMLInputElement>(null);
  const phone = useMedia("(max-width: 719px)");
  const words = m.selection.decisions;
  const { waiting } = useWaitingDecisions();
  const waits = useMemo(() => decidedBy(waiting), [waiting]);
  const shown = filter === "all" ? rows : rows.filter((row) => row.decision === filter);
  const marked = shown.filter((row) => marks.has(row.subject));
  const toggle = (subject: string) => {
    const next = new Set(marks);
    if (!next.delete(subject)) next.add(subject);
    setMarks(next);
    say(words.marked(next.size));
  };
  const decide = async (subjects: string[], choice: Choice) => {
    const said = words.said(subjects.length, words.done[choice.decision]);
    const done = await deciding.decide([{ cases: subjects, ...choice }], said);
    if (done) setMarks(noMarks);
    return done;
  };
  const keys = useRowKeys(shown, {
    onMark: (row) => deciding.may && toggle(row.subject),
    onDecide: (row, decision) => {
      if (!deciding.may) return;
      const subjects = marked.length ? marked.map((one) => one.subject) : [row.subject];
      // A deselection has a reason; the others may have one.
      if (decision !== "out") return void decide(subjects, { decision, criterion: "", reason: "" });
      if (!marked.length) toggle(row.subject);
      setAsked("out");
      reason.current?.focus();
    },
  });
  const allMarked = shown.length > 0 && marked.length === shown.length;
  return (
    <section className="decided" aria-labelledby="decided">
      <h2 id="decided">{words.title}</h2>
      {deciding.may ? <p className="small muted">{words.help}</p> : null}
      <Segmented<(typeof SHOWN)[number]>
        legend={words.show}
        hideLegend
        value={filter}
        options={SHOWN.map((value) => ({ value, label: value === "all" ? words.showAll : m.decisions[value] }))}
        onChoose={setFilter}
      />
      {deciding.may ? (
        <DecideBar
          count={marked.length}
          decision={asked}
          reason={reason}
          busy={deciding.busy}
          onDecision={setAsked}
          onDo={(choice) => {
            keys.focusActive();
            return decide(marked.map((row) => row.subject), choice);
          }}
        />
      ) : null}
      <WaitingView />
      {shown.length === 0 ? <p className="muted">{words.nothing}</p> : null}
      {shown.length ? (
        <table className="plain decidedrows" ref={keys.table} onKeyDown={keys.onKey}>
          <thead>
            <tr>
              {deciding.may ? (
                <th scope="col">
                  <input
                    type="checkbox"
                    aria-label={words.markAll}
                    checked={allMarked}
                    onChange={() => setMarks(allMarked ? noMarks : new Set(shown.map((row) => row.subject)))}
                  />
                </th>
              ) : null}
              <th scope="col">{words.case}</th>
              <th scope="col">{words.decision}</th>
              <th scope="col">{words.why}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, place) => (
              <DecisionRow
                key={row.subject}
                row={row}
                place={place}
                active={place === keys.active}
                waits={waits.get(row.subject)?.decision}
                marked={marks.has(row.subject)}
                onMark={deciding.may ? toggle : undefined}
                onFocus={keys.setActive}
              />
            ))}
          </tbody>
        </table>
      ) : null}
      {deciding.may && !phone ? <Keys /> : null}
    </section>
  );
}

/** The cases that the figures count, in the order of the analysis: Norwegian ones first. */
function useCounted(): RegisterRow[] {
  const rows = useRows();
  return useMemo(() => {
    const counts = (row: RegisterRow) =>
      row.state !== "archived" && row.origin !== "future" && !row.problems.some(({ kind }) => kind === "unreadable");
    const abroad = (row: RegisterRow) => (row.origin === "international" ? 1 : 0);
    return rows.filter(counts).sort((a, b) => abroad(a) - abroad(b));
  }, [rows]);
}

function Keys() {
  const { m } = useMessages();
  const { keys, letters } = m.selection.decisions;
  return (
    <p className="tfoot small muted row">
      <span>
        <kbd>↑</kbd> <kbd>↓</kbd> {keys.move}
      </span>
      <span>
        <kbd>{m.cases.space}</kbd> {keys.mark}
      </span>
      {(["in", "reserve", "out", "none"] as const).map((decision) => (
        <span key={decision}>
          <kbd>{letters[decision]}</kbd> {keys[decision]}
        </span>
      ))}
    </p>
  );
}
