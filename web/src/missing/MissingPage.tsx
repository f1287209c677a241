// What is missing: which examples know least, what is not settled, and who finds out what (R13, R42, R43).
import { Skeleton } from "@digdir/designsystemet-react";
import { useSearchParams } from "react-router";
import { type Cases, type Missing, useMissing } from "../api/figures.ts";
import { useIsTeam, useLive } from "../api/live.tsx";
import { Base } from "../design/Base.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { CaseViews } from "../design/CaseViews.tsx";
import { NarrowList } from "../design/Narrow.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Segmented } from "../design/Segmented.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { Ask } from "./Ask.tsx";
import { LeastComplete } from "./LeastComplete.tsx";
import { Plan } from "./Plan.tsx";
import "../design/figures.css";
import "./missing.css";

/** In the address: which cases. */
const OF = "av";

export function MissingPage() {
  const { m } = useMessages();
  const { id } = useLive();
  const [search, setSearch] = useSearchParams();
  const cases: Cases = search.get(OF) === "alle" ? "all" : "chosen";
  const show = (next: Cases) => setSearch(next === "all" ? { [OF]: "alle" } : {}, { replace: true });
  const asked = useMissing(id, cases);
  const missing = asked.value;
  return (
    <div className="page figures missingpage">
      <div className="head">
        <div>
          <Title tab={m.missing.title}>{m.missing.title}</Title>
          <p className="lead">{m.missing.lead}</p>
        </div>
        <Segmented
          legend={m.missing.which}
          hideLegend
          value={cases}
          options={[
            { value: "chosen", label: m.views.chosen },
            { value: "all", label: m.views.all },
          ]}
          onChoose={show}
        />
      </div>
      <CaseViews />
      <NotLoaded of={asked} />
      {!missing && !asked.problem ? <Skeleton height={320} /> : null}
      {missing && missing.about.cases === 0 ? <Nothing cases={cases} onAll={() => show("all")} /> : null}
      {missing && missing.about.cases > 0 ? <Whole missing={missing} /> : null}
    </div>
  );
}

function Nothing({ cases, onAll }: { cases: Cases; onAll(): void }) {
  const { m } = useMessages();
  if (cases === "all") return <Teach title={m.views.emptyTitle} help={m.missing.lead} />;
  return (
    <Teach title={m.missing.noChosen} help={m.missing.noChosenHelp}>
      <button type="button" className="linklike" onClick={onAll}>
        {m.missing.seeAll}
      </button>
    </Teach>
  );
}

function Whole({ missing }: { missing: Missing }) {
  const { m } = useMessages();
  const team = useIsTeam();
  const whole = missing.by_case.filter((one) => one.coded + one.not_applicable === missing.agreed.length).length;
  return (
    <div className="stack">
      <p className="says">{m.missing.says(missing.about.cases, whole, missing.unasked)}</p>
      {team && missing.unasked > 0 ? <Ask missing={missing} /> : null}
      <Unsettled missing={missing} />
      <NarrowList chosen={missing.cases === "chosen"} />
      <LeastComplete missing={missing} />
      <Plan plan={missing.plan} />
      <Rests missing={missing} />
      <Base about={missing.about} />
    </div>
  );
}

function Unsettled({ missing }: { missing: Missing }) {
  const { m } = useMessages();
  if (missing.unsettled.length === 0) return null;
  return (
    <section aria-labelledby="unsettled">
      <h2 id="unsettled">{m.missing.unsettled}</h2>
      <p className="hint">{m.missing.unsettledHelp}</p>
      <ul className="unsettled">
        {missing.unsettled.map((one) => (
          <li key={one.subject}>
            <CaseChip subject={one.subject} />
            <span>{one.reason || <span className="muted">{m.missing.noReason}</span>}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whose account it all is. */
function Rests({ missing }: { missing: Missing }) {
  const { m } = useMessages();
  const { own, independent, evaluation, unsaid, only_own, in_words, none } = missing.sources;
  const counts = { own, independent, evaluation, "": unsaid };
  return (
    <section aria-labelledby="rests">
      <h2 id="rests">{m.missing.rests}</h2>
      <p className="hint">{m.missing.restsHelp}</p>
      <ul className="restlist">
        {(["own", "independent", "evaluation", ""] as const).map((kind) => (
          <li key={kind}>
            <b className="num">{counts[kind]}</b> {m.missing.kinds[kind]}
          </li>
        ))}
      </ul>
      <ul className="dotted small">
        {only_own.length ? <li>{m.missing.restsOnlyOwn(only_own.length)}</li> : null}
        {in_words ? <li>{m.missing.restsWords(in_words)}</li> : null}
        {none.length ? <li>{m.missing.restsNone(none.length)}</li> : null}
      </ul>
    </section>
  );
}
