// The page itself: what the model is, when to take it, who takes part, how it goes, what it is good and bad at, where it
// has been seen, and what it rests on. It reads the same on screen and on paper.
import { useCaseCounts, useLabels } from "../../api/labels.ts";
import { type CaseDocument, plain } from "../../api/caseDocument.ts";
import { type Collection, type Outcome, outcomePath } from "../../api/collections.ts";
import { casesIn, dutyCounts, type ReadClaim, type Reading, type ReadRole } from "../../api/modelReading.ts";
import { useLive, usePeopleHere, useRowsBySubject, useWorkshopAnswer } from "../../api/live.tsx";
import { useResource } from "../../api/resource.ts";
import { ActorMark } from "../../design/ActorMark.tsx";
import { FlowBand } from "../../design/FlowBand.tsx";
import { useMessages } from "../../messages/index.ts";
import { useReadAll } from "../../sync/react.ts";
import { useAssessments } from "../useJudged.ts";
import { ActorPicture } from "./ActorPicture.tsx";
import { EvidenceCodes } from "./EvidenceCodes.tsx";
import { type Handover, handoversOf } from "./handovers.ts";

/** Strengths and weaknesses that have room. */
const CLAIMS = 2;
const CASES = 6;

export function Sheet({ reading }: { reading: Reading }) {
  const { m } = useMessages();
  const of = (kind: string) => reading.claims.filter((claim) => claim.kind === kind);
  const handovers = handoversOf(reading);
  return (
    <article className="sheet">
      <Top reading={reading} />
      <div className="two">
        <Part title={m.model.useWhen}>
          <p>{reading.texts["when"] || <Missing />}</p>
        </Part>
        <Part title={m.model.leaveWhen}>
          <p>{reading.texts["when_not"] || <Missing />}</p>
        </Part>
      </div>
      <Part title={handovers.length ? m.model.whoGives : m.model.whoTakesPart}>
        <WhoTakesPart reading={reading} handovers={handovers} />
      </Part>
      <Part title={m.model.howItGoes}>{reading.phases.length ? <FlowBand flow={reading.flow} /> : <Missing />}</Part>
      <div className="two">
        <Part title={m.model.claims.strength.title}>
          <Claims claims={of("strength")} mark="+" />
        </Part>
        <Part title={m.model.claims.weakness.title}>
          <Claims claims={of("weakness")} mark="–" />
        </Part>
      </div>
      <div className="two">
        <Part title={m.model.steps.title}>
          {reading.steps.length ? (
            <ol className="numbered">
              {reading.steps.map((step, at) => (
                <li key={at}>{step}</li>
              ))}
            </ol>
          ) : (
            <Missing />
          )}
        </Part>
        <Part title={m.model.cases}>
          <Cases reading={reading} />
        </Part>
      </div>
      <Foot reading={reading} />
    </article>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Missing() {
  const { m } = useMessages();
  return <span className="muted">{m.model.unwritten}</span>;
}

function Top({ reading }: { reading: Reading }) {
  const { m } = useMessages();
  const labels = useLabels();
  const scope = reading.traits.filter((one) => one.characteristic === "scope" && one.class !== "declined" && one.class !== "proposed");
  const said = [
    reading.kind ? m.model.kindOfModel[reading.kind] : "",
    ...scope.map((one) => labels.value(one.characteristic, one.value)),
    reading.texts["duration"] ?? "",
  ];
  return (
    <header>
      <p className="codeline">
        <span className="mcode num">{reading.code}</span> {said.filter(Boolean).join(" · ")}
      </p>
      <p className="title">{reading.name || m.models.unnamed}</p>
      <p className="pitch">{reading.texts["pitch"] || <Missing />}</p>
    </header>
  );
}

/** A picture of who gives what to whom where the model says so, else a box for each role. */
function WhoTakesPart({ reading, handovers }: { reading: Reading; handovers: Handover[] }) {
  if (handovers.length > 0) return <ActorPicture reading={reading} handovers={handovers} leads={leadOf(reading)?.id} />;
  return reading.roles.length > 0 ? <Actors reading={reading} /> : <Missing />;
}

/** A box for each role, with whose it can be and what it does; one that can be left out has a broken frame. */
function Actors({ reading }: { reading: Reading }) {
  const { m } = useMessages();
  const leads = leadOf(reading);
  return (
    <ul className="actors">
      {reading.roles.map((role) => (
        <li key={role.id} className={`${role.optional ? "optional" : ""} ${role === leads ? "leads" : ""}`}>
          <span className="marks">
            {role.groups.map((group) => (
              <ActorMark key={group} group={group} size="sm" />
            ))}
          </span>
          <b>{role.name || m.models.unnamed}</b>
          <span>{roleWords(role, reading.phases.length, m.model)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Who decides in most phases. */
function leadOf({ roles }: Reading): ReadRole | undefined {
  const decides = (role: ReadRole) => role.duties.filter((duty) => duty === "decides" || duty === "both").length;
  return roles.reduce<ReadRole | undefined>((most, role) => (decides(role) > (most ? decides(most) : 0) ? role : most), undefined);
}

interface RoleWords {
  inPhases(duty: string, phases: number, of: number): string;
  dutyWords: Record<string, string>;
  optional: string;
}

/** «avgjør i alle faser, gjør i 2 av 8» */
function roleWords(role: ReadRole, phases: number, words: RoleWords): string {
  const duties = dutyCounts(role).filter(({ duty }) => duty !== "told");
  const said = duties.map((one) => words.inPhases((words.dutyWords[one.duty] ?? "").toLocaleLowerCase(), one.phases, phases));
  return [...(role.optional ? [words.optional.toLocaleLowerCase()] : []), ...said].join(", ");
}

function Claims({ claims, mark }: { claims: ReadClaim[]; mark: string }) {
  if (claims.length === 0) return <Missing />;
  return (
    <ul className="marked">
      {claims.slice(0, CLAIMS).map((claim) => (
        <li key={claim.id}>
          <span aria-hidden>{mark}</span>
          <span>
            {claim.text || <Missing />}{" "}
            <EvidenceCodes evidence={claim.evidence} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Cases({ reading }: { reading: Reading }) {
  const { m } = useMessages();
  const rows = useRowsBySubject();
  const whole = reading.evidence.filter((one) => one.about === "" && one.subject !== "").map((one) => one.subject);
  const cases = (whole.length ? [...new Set(whole)] : casesIn(reading)).map((subject) => rows.get(subject)).filter((row) => row !== undefined);
  const sectors = new Set(cases.map((row) => row.sector).filter(Boolean));
  if (cases.length === 0) return <p>{reading.kind === "exploratory" ? m.model.noNorwegian : <Missing />}</p>;
  return (
    <>
      <ul className="examples">
        {cases.slice(0, CASES).map((row) => (
          <li key={row.subject}>
            <b className="num">{row.code}</b> <span>{row.name}</span>
          </li>
        ))}
      </ul>
      {cases.length > CASES ? <p className="muted">{m.common.more(cases.length - CASES)}</p> : null}
      {cases.length > 1 && sectors.size === 1 ? <p className="caution">{m.model.oneSector([...sectors][0] ?? "")}</p> : null}
    </>
  );
}

/** What it rests on: whose words, and how well they are shown. */
function Foot({ reading }: { reading: Reading }) {
  const { m, format } = useMessages();
  const counted = useCaseCounts();
  const workshop = useWorkshopAnswer().value?.title ?? "";
  const cases = casesIn(reading);
  const kinds = useReadAll(cases, sourceKinds).flat();
  const own = kinds.filter((kind) => kind === "own").length;
  const others = kinds.filter((kind) => kind === "independent" || kind === "evaluation").length;
  return (
    <footer>
      <p>
        <b>{m.model.restsOn}</b> {counted(cases)}.{" "}
        {kinds.length ? m.model.sources(own, others, kinds.length - own - others) : m.model.noSources} <Assessors />
      </p>
      <p className="muted">
        {workshop} · {reading.status ? m.model.statuses[reading.status] : ""} · {format.date(Date.now())}
      </p>
    </footer>
  );
}

/** Who assessed it, how many and when, by the newest round. */
function Assessors() {
  const { m, format } = useMessages();
  const newest = useAssessments()?.[0];
  if (!newest?.answered?.people) return <>{m.model.notAssessed}</>;
  const { people, groups } = newest.answered;
  const when = format.date(newest.changed_ms);
  return newest.named ? <Named round={newest} when={when} /> : <>{m.model.assessedBy(m.model.assessors(people, groups), when)}</>;
}

function Named({ round, when }: { round: Collection; when: string }) {
  const { m, format } = useMessages();
  const names = new Map(usePeopleHere().map((person) => [person.participant, person.name]));
  const outcome = useResource<Outcome>(outcomePath(useLive().id, round.id)).value;
  if (outcome?.kind !== "ratings") return null;
  const by = outcome.rated.flatMap(({ scores }) => scores ?? []).flatMap((score) => ("participant" in score.by ? score.by.participant : []));
  const named = [...new Set(by)].flatMap((participant) => names.get(participant) ?? []).sort(format.collator.compare);
  return <>{m.model.assessedBy(format.list(named), when)}</>;
}

const sourceKinds = (doc: CaseDocument | undefined): string[] => Object.values(doc?.sources ?? {}).map((source) => plain(source.kind));

/** Page two: who does what in which phase. */
export function DutyPage({ reading }: { reading: Reading }) {
  const { m } = useMessages();
  return (
    <section className="sheet second" aria-label={m.model.duties}>
      <h2>{m.model.duties}</h2>
      <div className="tablescroll" role="region" aria-label={m.model.duties} tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{m.model.role}</th>
              {reading.phases.map((phase) => (
                <th key={phase.id} scope="col">
                  {phase.name || m.models.unnamed}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reading.roles.map((role) => (
              <tr key={role.id}>
                <th scope="row">{role.name || m.models.unnamed}</th>
                {role.duties.map((duty, at) => (
                  <td key={reading.phases[at]?.id}>{duty ? m.model.dutyWords[duty] : "–"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
