// «La flere vurdere»: several people rate a model by some criteria (R45), or what challenges it suits (R48), apart from each
// other, and what it came to.
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useParams } from "react-router";
import { type Collection, type Judging, type Outcome, outcomePath, roundsOf } from "../api/collections.ts";
import { useCollections, useLive } from "../api/live.tsx";
import { useResource } from "../api/resource.ts";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { AllRated } from "../design/Rated.tsx";
import { Rounds as RoundList } from "../design/Rounds.tsx";
import { useMessages } from "../messages/index.ts";
import { NewAssessment } from "./NewAssessment.tsx";
import "./assess.css";

export function Assess() {
  return (
    <>
      <Rounds purpose="assessment" />
      <Rounds purpose="challenges" />
    </>
  );
}

function Rounds({ purpose }: { purpose: Judging }) {
  const { m } = useMessages();
  const words = m.assess[purpose];
  const { subject = "" } = useParams();
  const { me } = useLive();
  const { value } = useCollections();
  const [making, setMaking] = useState(false);
  const leads = me.grants.includes("facilitator");
  const rounds = roundsOf(value?.collections, subject, purpose);
  const newest = rounds.find((one) => one.state === "revealed");
  return (
    <section className="sect assess" aria-labelledby={purpose}>
      <div className="shead">
        <h2 id={purpose}>{words.title}</h2>
        {leads && !making ? (
          <Button variant="tertiary" onClick={() => setMaking(true)}>
            {words.make}
          </Button>
        ) : null}
      </div>
      {rounds.length === 0 && !making ? <p className="hint">{leads ? words.noneLead : words.none}</p> : null}
      {making ? <NewAssessment subject={subject} purpose={purpose} onClose={() => setMaking(false)} /> : null}
      <RoundList rounds={rounds} />
      {newest ? <Result round={newest} words={words.result} /> : null}
    </section>
  );
}

/** What the newest round came to. */
function Result({ round, words }: { round: Collection; words: string }) {
  const { m } = useMessages();
  const asked = useResource<Outcome>(outcomePath(useLive().id, round.id));
  const outcome = asked.value;
  return (
    <section aria-labelledby={`result-${round.id}`}>
      <h3 id={`result-${round.id}`}>{words}</h3>
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
