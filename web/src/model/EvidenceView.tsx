// What the model rests on, both ways: each statement with its cases and what was said, and each case and each entry of the
// dialogue with what it is evidence of (R44).
import { Link, useParams } from "react-router";
import { useEvidenceCounts } from "../api/labels.ts";
import { useLive, useRowsBySubject } from "../api/live.tsx";
import { modelPath } from "../api/models.ts";
import { casesIn, type Linked, type Reading } from "../api/modelReading.ts";
import { useMessages } from "../messages/index.ts";
import { useBeside } from "./beside/useBeside.ts";
import { useEntries, useEntryName, useEntryPath } from "./entries.ts";
import { type Statement, useStatements } from "./statements.ts";
import { useReading } from "./useReading.ts";

export function EvidenceView() {
  const { m } = useMessages();
  const reading = useReading();
  // A role, a phase or a loop need no evidence, but may have it.
  const statements = useStatements(reading).filter((one) => one.claims || one.evidence.length > 0);
  const bare = statements.filter((one) => one.evidence.length === 0);
  return (
    <div className="evidenceview">
      <p className={bare.length ? "sentence warn" : "sentence"}>{bare.length ? m.model.bareCount(bare.length, statements.length) : m.model.noneBare(statements.length)}</p>
      <Statements statements={statements} />
      <Cases reading={reading} statements={statements} />
      <Entries reading={reading} />
    </div>
  );
}

function Statements({ statements }: { statements: Statement[] }) {
  const { m } = useMessages();
  const { subject = "" } = useParams();
  const { id: workshop } = useLive();
  const counted = useEvidenceCounts();
  return (
    <section className="sect" aria-labelledby="statements">
      <h2 id="statements">{m.model.statements}</h2>
      {statements.length === 0 ? <p className="hint">{m.model.noStatements}</p> : null}
      <ul className="statements">
        {statements.map((one) => (
          <li key={one.about} data-about={one.about}>
            <span className="small muted">{one.kind}</span>
            <Link className="grow" to={`${modelPath(workshop, subject)}#${one.at}`}>
              {one.text}
            </Link>
            <span className="row tight">
              {one.evidence.length === 0 ? <span className="tag warn">{m.model.bareTag}</span> : one.evidence.map((link) => <Chip key={link.id} link={link} />)}
            </span>
            {one.evidence.length > 1 ? <span className="small muted counts">{counted(one.evidence)}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

const SIGNS: Record<string, string> = { supports: "+", contradicts: "–", nuances: "~" };

/** A case or what was said, and what it says: in words for a reader, by sign and frame for the eye. */
function Chip({ link }: { link: Linked }) {
  const { m } = useMessages();
  const [, open] = useBeside();
  const row = useRowsBySubject().get(link.subject);
  const entry = useEntries()?.find((one) => one.key === link.entry);
  const name = useEntryName();
  const path = useEntryPath();
  const relations: Record<string, string> = m.model.relations;
  const strengths: Record<string, string> = m.model.strengths;
  const words = (
    <>
      {link.entry ? m.model.entry : (row?.code ?? m.model.caseGone)} <span aria-hidden>{SIGNS[link.relation] ?? ""}</span>
      <span className="vh">
        {relations[link.relation] ?? ""}, {strengths[link.strength] ?? ""}
      </span>
    </>
  );
  if (entry) {
    return (
      <Link className={`evchip rel-${link.relation}`} title={name(entry)} to={path(entry)}>
        {words}
      </Link>
    );
  }
  if (!row) return <span className={`evchip rel-${link.relation}`}>{words}</span>;
  return (
    <button type="button" className={`evchip rel-${link.relation}`} title={link.quote || link.shows || row.name} onClick={() => open({ case: row.subject, evidence: link.id })}>
      {words}
    </button>
  );
}

function Cases({ reading, statements }: { reading: Reading; statements: Statement[] }) {
  const { m } = useMessages();
  const { id: workshop } = useLive();
  const rows = useRowsBySubject();
  const cases = casesIn(reading);
  const counted = useEvidenceCounts();
  return (
    <section className="sect" aria-labelledby="evidence-cases">
      <h2 id="evidence-cases">{m.model.cases}</h2>
      <p className="hint">{counted(cases.map((subject) => ({ subject, entry: "" })))}</p>
      <ul className="statements">
        {cases.map((subject) => {
          const row = rows.get(subject);
          const own = statements.filter((one) => one.evidence.some((link) => link.subject === subject));
          return (
            <li key={subject}>
              {row ? (
                <Link className="grow" to={`/w/${workshop}/eksempler/${subject}`}>
                  {row.code} {row.name}
                </Link>
              ) : (
                <span className="grow">{m.model.caseGone}</span>
              )}
              {own.length === 0 ? <span className="tag warn">{m.model.unusedCase}</span> : <span className="small">{m.model.evidenceOf(own.length)}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What was said about the model, and what of it is evidence: the team sees who said it, others that somebody did. */
function Entries({ reading }: { reading: Reading }) {
  const { m } = useMessages();
  const { subject = "" } = useParams();
  const entries = useEntries();
  const name = useEntryName();
  const path = useEntryPath();
  const linked = reading.evidence.filter((one) => one.entry !== "");
  const uses = (key: string) => linked.filter((one) => one.entry === key).length;
  const known = (entries ?? []).filter((one) => one.about.includes(subject) || uses(one.key) > 0);
  const hidden = new Set(linked.map((one) => one.entry).filter((key) => !known.some((one) => one.key === key)));
  if (known.length === 0 && hidden.size === 0) return null;
  return (
    <section className="sect" aria-labelledby="evidence-entries">
      <h2 id="evidence-entries">{m.model.entries}</h2>
      {entries ? <p className="hint">{m.model.entriesHelp}</p> : null}
      <ul className="statements">
        {known.map((entry) => (
          <li key={entry.key}>
            <Link className="grow" to={path(entry)}>
              {name(entry)}
            </Link>
            <span className="small muted">{m.dialogue.consents[entry.consent as keyof typeof m.dialogue.consents] ?? entry.consent}</span>
            {uses(entry.key) === 0 ? <span className="tag warn">{m.model.unusedEntry}</span> : <span className="small">{m.model.evidenceOf(uses(entry.key))}</span>}
          </li>
        ))}
        {hidden.size > 0 ? <li className="muted">{m.model.entriesHidden(hidden.size)}</li> : null}
      </ul>
    </section>
  );
}
