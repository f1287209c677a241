// Who chose and deselected what, when and why, as the server recorded it.
import { useLive, usePeopleHere } from "../api/live.tsx";
import { type Decided, useDecisions } from "../api/figures.ts";
import { useMessages } from "../messages/index.ts";
import { CaseChip } from "./CaseChip.tsx";
import { NotLoaded } from "./NotLoaded.tsx";
import { SelectionMark } from "./SelectionMark.tsx";

/** Of one case, or of all: then each step names its case. */
export function DecisionHistory({ subject }: { subject?: string }) {
  const { m } = useMessages();
  const { id } = useLive();
  const asked = useDecisions(id, subject);
  if (!asked.value) return asked.problem ? <NotLoaded of={asked} /> : <p className="small muted">{m.common.loading}</p>;
  const { decisions } = asked.value;
  if (decisions.length === 0) return <p className="small muted">{m.selection.historyNone}</p>;
  return (
    <ol className="decisions">
      {decisions.map((one, n) => (
        <li key={decisions.length - n}>
          <Step one={one} named={subject === undefined} />
        </li>
      ))}
    </ol>
  );
}

function Step({ one, named }: { one: Decided; named: boolean }) {
  const { m, format } = useMessages();
  const names = new Map(usePeopleHere().map((person) => [person.participant, person.name]));
  const name = one.by === null ? m.audit.somebody : (names.get(one.by) ?? m.audit.somebody);
  const from = one.from === null ? "none" : one.from;
  return (
    <>
      <p className="row small">
        {named ? <CaseChip subject={one.subject} short /> : null}
        {from === one.decision ? null : (
          <>
            <span className="muted">{m.decisions[from]}</span>
            <span aria-hidden="true">→</span>
            <span className="vh">{m.selection.became}</span>
          </>
        )}
        <SelectionMark decision={one.decision} />
        <span className="muted num">
          {name}
          {one.at_ms === null ? "" : `, ${format.dateTime(one.at_ms)}`}
        </span>
      </p>
      {one.criterion || one.reason ? (
        <p className="small">
          {[one.criterion ? m.criteria[one.criterion] : "", one.reason ? `«${one.reason}»` : ""].filter(Boolean).join(": ")}
        </p>
      ) : null}
    </>
  );
}
