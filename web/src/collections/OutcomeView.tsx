// What a collection came to: notes on a board, votes and scores as bars that are also a list.
import type { Ask, Collection, Outcome, Rated, Score, Tally } from "../api/collections.ts";
import { outcomePath } from "../api/collections.ts";
import { useLive, usePeopleHere } from "../api/live.tsx";
import { useResource } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { useRead, useReplica, useReplicaState } from "../sync/react.ts";
import { Card } from "./Card.tsx";
import { CodingsView } from "./codings/CodingsView.tsx";
import { type BoardDocument, notesOf } from "./sealed.ts";

export function OutcomeView({ collection }: { collection: Collection }) {
  const { m } = useMessages();
  const { id } = useLive();
  const { value, problem, refresh } = useResource<Outcome>(outcomePath(id, collection.id));
  if (!value) {
    return problem ? (
      <ProblemLine>{wordsOf(problem, m)}</ProblemLine>
    ) : (
      <p className="muted">{m.common.loading}</p>
    );
  }
  return (
    <section className="outcome" aria-label={m.collections.outcome}>
      <p className="muted">{m.collections.answered(value.answered)}</p>
      {value.kind === "notes" ? <Board subject={value.board} /> : null}
      {value.kind === "votes" && collection.kind === "votes" ? <Tallies ask={collection} tally={value.tally} /> : null}
      {value.kind === "ratings" && collection.kind === "ratings" ? (
        <AllRated ask={collection} rated={value.rated} />
      ) : null}
      {value.kind === "codings" && collection.kind === "codings" ? (
        <CodingsView collection={collection.id} ask={collection} outcome={value} refresh={refresh} />
      ) : null}
    </section>
  );
}

function Board({ subject }: { subject: string | null }) {
  const { m } = useMessages();
  const replica = useReplica<BoardDocument>(subject);
  const state = useReplicaState(replica);
  const notes = useRead(replica, notesOf);
  const people = new Map(usePeopleHere().map((person) => [person.participant, person.name]));
  if (subject === null) return <p className="teach small">{m.collections.nobodyWrote}</p>;
  if (state !== "ready") return <p className="muted">{m.common.loading}</p>;
  return (
    <ul className="wallnotes">
      {notes.map((note) => (
        <Card key={note.id} board={subject} note={note} by={people.get(note.by)} />
      ))}
    </ul>
  );
}

function Tallies({ ask, tally }: { ask: Extract<Ask, { kind: "votes" }>; tally: Tally[] }) {
  const { m } = useMessages();
  const most = Math.max(1, ...tally.map((one) => one.votes));
  const labels = new Map(ask.items.map((item) => [item.key, item.label]));
  const sorted = [...tally].sort((a, b) => b.votes - a.votes);
  return (
    <ol className="bars">
      {sorted.map((one) => (
        <li key={one.item}>
          <span className="label">{labels.get(one.item)}</span>
          <span className="bar" aria-hidden>
            <i style={{ inlineSize: `${(100 * one.votes) / most}%` }} />
          </span>
          <span className="num small">{m.collections.votesFrom(one.votes, one.voters)}</span>
        </li>
      ))}
    </ol>
  );
}

function AllRated({ ask, rated }: { ask: Extract<Ask, { kind: "ratings" }>; rated: Rated[] }) {
  const labels = new Map(ask.items.map((item) => [item.key, item.label]));
  return (
    <ol className="rated">
      {rated.map((one) => (
        <li key={one.item} className="card">
          <OneRated label={labels.get(one.item) ?? one.item} rated={one} low={ask.low} high={ask.high} />
        </li>
      ))}
    </ol>
  );
}

function OneRated({ label, rated, low, high }: { label: string; rated: Rated; low: number; high: number }) {
  const { m, format } = useMessages();
  const { scores, median, raters } = rated;
  if (!scores || median === null) {
    return (
      <>
        <h3>{label}</h3>
        <p className="small muted">{raters ? m.collections.tooFew(raters, LIMITS.raters_min) : m.collections.nobodyRated}</p>
      </>
    );
  }
  const steps = Array.from({ length: high - low + 1 }, (_, n) => low + n);
  const count = (step: number) => scores.filter((score) => score.score === step).length;
  const most = Math.max(1, ...steps.map(count));
  const words = steps.map((step) => m.collections.countOn(count(step), step)).join(", ");
  return (
    <>
      <h3>
        {label} <span className="muted num small">{m.collections.median(format.number(median), raters)}</span>
      </h3>
      <div className="histogram" role="img" aria-label={words}>
        {steps.map((step) => (
          <span key={step}>
            <i style={{ blockSize: `${(100 * count(step)) / most}%` }} />
            <b className="num tiny">{step}</b>
          </span>
        ))}
      </div>
      <Reasons scores={scores} />
    </>
  );
}

/** Those who gave reasons, the lowest score first: the far ends stand side by side with what lies between. */
function Reasons({ scores }: { scores: Score[] }) {
  const { m } = useMessages();
  const people = new Map(usePeopleHere().map((person) => [person.participant, person.name]));
  const who = (score: Score) =>
    "participant" in score.by ? (people.get(score.by.participant) ?? "") : m.collections.pseudonym(score.by.pseudonym);
  const reasons = scores.filter((score) => score.reason).sort((a, b) => a.score - b.score);
  if (reasons.length === 0) return null;
  return (
    <ul className="reasons">
      {reasons.map((score, n) => (
        <li key={n}>
          <span className="tag num">{score.score}</span>
          <span>
            {score.reason}{" "}
            <span className="tiny muted">
              {who(score)}
              {score.group ? `, ${m.groupsShort[score.group as keyof typeof m.groupsShort] ?? score.group}` : ""}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
