// «La flere vurdere» (R45): several people rate a model by some criteria, apart from each other, and what it came to.
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { type Collection, type Outcome, outcomePath } from "../api/collections.ts";
import { useCollections, useLive, waitsFor } from "../api/live.tsx";
import { useResource } from "../api/resource.ts";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { AllRated } from "../design/Rated.tsx";
import { useMessages } from "../messages/index.ts";
import { NewAssessment } from "./NewAssessment.tsx";
import "./assess.css";

export function Assess() {
  const { m } = useMessages();
  const { subject = "" } = useParams();
  const { me } = useLive();
  const { value } = useCollections();
  const [making, setMaking] = useState(false);
  const leads = me.grants.includes("facilitator");
  const about = ({ about }: Collection) => about?.model === subject && about.purpose === "assessment";
  const rounds = value?.collections.filter(about) ?? [];
  const newest = rounds.find((one) => one.state === "revealed");
  return (
    <section className="sect assess" aria-labelledby="assess">
      <div className="shead">
        <h2 id="assess">{m.assess.title}</h2>
        {leads && !making ? (
          <Button variant="tertiary" onClick={() => setMaking(true)}>
            {m.assess.make}
          </Button>
        ) : null}
      </div>
      {rounds.length === 0 && !making ? <p className="hint">{leads ? m.assess.noneLead : m.assess.none}</p> : null}
      {making ? <NewAssessment subject={subject} onClose={() => setMaking(false)} /> : null}
      <ul className="rounds">
        {rounds.map((one) => (
          <Round key={one.id} round={one} />
        ))}
      </ul>
      {newest ? <Result round={newest} /> : null}
    </section>
  );
}

function Round({ round }: { round: Collection }) {
  const { m, format } = useMessages();
  const { id, me } = useLive();
  const mine = round.state === "open" && waitsFor(round, me);
  return (
    <li>
      <Link className="grow" to={`/w/${id}/innsamlinger/${round.id}`}>
        {round.title}
      </Link>
      <span className="small muted num">
        {[round.round > 1 ? m.collections.round(round.round) : "", format.date(round.opened_ms)].filter(Boolean).join(" · ")}
      </span>
      <span className={mine ? "tag acc" : "tag"}>{mine ? m.collections.yourTurn : m.collections.states[round.state]}</span>
    </li>
  );
}

/** What the newest round came to. */
function Result({ round }: { round: Collection }) {
  const { m } = useMessages();
  const asked = useResource<Outcome>(outcomePath(useLive().id, round.id));
  const outcome = asked.value;
  return (
    <section aria-labelledby="assessed">
      <h3 id="assessed">{m.assess.result}</h3>
      <NotLoaded of={asked} />
      {outcome?.kind === "ratings" && round.kind === "ratings" ? (
        <>
          <p className="small muted">{m.collections.answered(outcome.answered)}</p>
          <AllRated ask={round} rated={outcome.rated} />
        </>
      ) : null}
    </section>
  );
}
