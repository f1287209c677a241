// Learning from the model: the story of one case, what each case shows, and what it was good and bad at.
import { Link } from "react-router";
import { useLive, useRowsBySubject } from "../../api/live.tsx";
import { casesIn, type Linked, type ReadClaim, type Reading } from "../../api/modelReading.ts";
import { FlowBand } from "../../design/FlowBand.tsx";
import { useMessages } from "../../messages/index.ts";
import { useReading } from "../useReading.ts";
import { EvidenceCodes } from "./EvidenceCodes.tsx";
import "./reading.css";

export function LearnView() {
  const { m } = useMessages();
  const reading = useReading();
  return (
    <div className="reading">
      {reading.texts["pitch"] ? <p className="lead">{reading.texts["pitch"]}</p> : null}
      <section className="sect" aria-labelledby="learn-story">
        <h2 id="learn-story">{m.model.story}</h2>
        <p className={reading.texts["story"] ? "story" : "hint"}>{reading.texts["story"] || m.model.noStory}</p>
      </section>
      {reading.phases.length ? (
        <section className="sect" aria-labelledby="learn-flow">
          <h2 id="learn-flow">{m.model.howItGoes}</h2>
          <FlowBand flow={reading.flow} />
        </section>
      ) : null}
      <Cases reading={reading} />
      <Lessons title={m.model.claims.strength.title} claims={reading.claims.filter(({ kind }) => kind === "strength")} />
      <Lessons title={m.model.claims.weakness.title} claims={reading.claims.filter(({ kind }) => kind === "weakness")} />
    </div>
  );
}

function Cases({ reading }: { reading: Reading }) {
  const { m } = useMessages();
  const { id } = useLive();
  const rows = useRowsBySubject();
  const claim = (about: string) => reading.claims.find((one) => about === `claims/${one.id}`)?.text;
  return (
    <section className="sect" aria-labelledby="learn-cases">
      <h2 id="learn-cases">{m.model.whatCasesShow}</h2>
      {casesIn(reading).length === 0 ? <p className="hint">{m.model.noCases}</p> : null}
      <ul className="learncases">
        {casesIn(reading).map((subject) => {
          const row = rows.get(subject);
          const own = reading.evidence.filter((one) => one.subject === subject);
          return (
            <li key={subject}>
              <h3>{row ? <Link to={`/w/${id}/eksempler/${subject}`}>{`${row.code} ${row.name}`}</Link> : m.model.caseGone}</h3>
              <ul>
                {own.map((one) => (
                  <Shown key={one.id} linked={one} claim={claim(one.about)} />
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What a case says of a statement, in its own words where somebody has taken them. */
function Shown({ linked, claim }: { linked: Linked; claim: string | undefined }) {
  const { m } = useMessages();
  if (!claim && !linked.shows && !linked.quote) return null;
  const relations: Record<string, string> = m.model.relations;
  return (
    <li>
      {claim ? (
        <p>
          <span className={`tag rel-${linked.relation}`}>{relations[linked.relation] ?? linked.relation}</span> {claim}
        </p>
      ) : null}
      {linked.shows ? <p>{linked.shows}</p> : null}
      {linked.quote ? <blockquote>{linked.quote}</blockquote> : null}
    </li>
  );
}

function Lessons({ title, claims }: { title: string; claims: ReadClaim[] }) {
  const { m } = useMessages();
  if (claims.length === 0) return null;
  return (
    <section className="sect">
      <h2>{title}</h2>
      <ul className="dotted">
        {claims.map((claim) => (
          <li key={claim.id}>
            {claim.text || m.model.unwritten}{" "}
            <EvidenceCodes evidence={claim.evidence} />
          </li>
        ))}
      </ul>
    </section>
  );
}
