// What the model rests on, both ways: each statement with its cases, and each case with what it is evidence of (R44).
import { Link, useParams } from "react-router";
import { useCaseCounts } from "../api/labels.ts";
import { useLive, useRowsBySubject } from "../api/live.tsx";
import { modelPath } from "../api/models.ts";
import { casesIn, type Linked, type Reading } from "../api/modelReading.ts";
import { useMessages } from "../messages/index.ts";
import { useReading } from "./useReading.ts";

export function EvidenceView() {
  const { m } = useMessages();
  const reading = useReading();
  const statements = useStatements(reading);
  const bare = statements.filter((one) => one.evidence.length === 0);
  return (
    <div className="evidenceview">
      <p className={bare.length ? "sentence warn" : "sentence"}>{bare.length ? m.model.bareCount(bare.length, statements.length) : m.model.noneBare(statements.length)}</p>
      <Statements statements={statements} />
      <Cases reading={reading} statements={statements} />
    </div>
  );
}

interface Statement {
  about: string;
  /** The part of the page it stands in. */
  at: string;
  kind: string;
  text: string;
  evidence: Linked[];
}

/** What can be true or false of the model, in the order of the page. */
function useStatements(reading: Reading): Statement[] {
  const { m } = useMessages();
  const of = (about: string) => reading.evidence.filter((one) => one.about === about);
  const say = (list: string, at: string, kind: string) => ({ id, text }: { id: string; text: string }) => {
    const about = `${list}/${id}`;
    return { about, at, kind, text: text || m.model.unwritten, evidence: of(about) };
  };
  const claims = (kind: "strength" | "weakness" | "precondition") =>
    reading.claims.filter((claim) => claim.kind === kind).map(say("claims", `claims-${kind}`, m.model.claims[kind].one));
  // A role, a phase or a loop need no evidence, but may have it.
  const seen = (list: string, at: string, kind: string, items: { id: string; name: string }[]) =>
    items.map(({ id, name }) => say(list, at, kind)({ id, text: name })).filter((one) => one.evidence.length > 0);
  return [
    ...claims("strength"),
    ...claims("weakness"),
    ...claims("precondition"),
    ...seen("roles", "roles", m.model.role, reading.roles),
    ...seen("phases", "dynamics", m.model.phaseName, reading.phases),
    ...seen("transitions", "dynamics", m.model.transition, reading.transitions.map(({ id, when }) => ({ id, name: when }))),
    ...seen("triggers", "dynamics", m.model.triggers.one, reading.triggers.map(({ id, text }) => ({ id, name: text }))),
    ...seen("loops", "dynamics", m.model.loops.one, reading.loops),
    ...seen("variants", "variants", m.model.variants.one, reading.variants),
  ];
}

function Statements({ statements }: { statements: Statement[] }) {
  const { m } = useMessages();
  const { subject = "" } = useParams();
  const { id: workshop } = useLive();
  return (
    <section className="sect" aria-labelledby="statements">
      <h2 id="statements">{m.model.statements}</h2>
      {statements.length === 0 ? <p className="hint">{m.model.noStatements}</p> : null}
      <ul className="statements">
        {statements.map((one) => (
          <li key={one.about}>
            <span className="small muted">{one.kind}</span>
            <Link className="grow" to={`${modelPath(workshop, subject)}#${one.at}`}>
              {one.text}
            </Link>
            <span className="row tight">
              {one.evidence.length === 0 ? <span className="tag warn">{m.model.bareTag}</span> : one.evidence.map((link) => <Chip key={link.id} link={link} />)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A case and what it says: in words for a reader, by sign and frame for the eye. */
function Chip({ link }: { link: Linked }) {
  const { m } = useMessages();
  const row = useRowsBySubject().get(link.subject);
  const signs: Record<string, string> = { supports: "+", contradicts: "–", nuances: "~" };
  const relations: Record<string, string> = m.model.relations;
  const strengths: Record<string, string> = m.model.strengths;
  return (
    <span className={`evchip rel-${link.relation}`}>
      {row?.code ?? m.model.caseGone} <span aria-hidden>{signs[link.relation] ?? ""}</span>
      <span className="vh">
        {relations[link.relation] ?? ""}, {strengths[link.strength] ?? ""}
      </span>
    </span>
  );
}

function Cases({ reading, statements }: { reading: Reading; statements: Statement[] }) {
  const { m } = useMessages();
  const { id: workshop } = useLive();
  const rows = useRowsBySubject();
  const cases = casesIn(reading);
  const counted = useCaseCounts();
  return (
    <section className="sect" aria-labelledby="evidence-cases">
      <h2 id="evidence-cases">{m.model.cases}</h2>
      <p className="hint">{counted(cases)}</p>
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
