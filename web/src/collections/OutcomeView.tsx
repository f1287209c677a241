// What a collection came to: notes on a board, votes and scores as bars that are also a list.
import type { About, Ask, Collection, Outcome, Tally } from "../api/collections.ts";
import { outcomePath } from "../api/collections.ts";
import { useLive, usePeopleHere } from "../api/live.tsx";
import { useResource } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { AllRated } from "../design/Rated.tsx";
import { useMessages } from "../messages/index.ts";
import { useRead, useReplica, useReplicaState } from "../sync/react.ts";
import { Card } from "./Card.tsx";
import { ClaimsOutcome } from "./ClaimsOutcome.tsx";
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
      {value.kind === "ratings" && collection.kind === "ratings" ? <Ratings ask={collection} about={collection.about} outcome={value} /> : null}
      {value.kind === "codings" && collection.kind === "codings" ? (
        <CodingsView collection={collection.id} ask={collection} outcome={value} refresh={refresh} />
      ) : null}
    </section>
  );
}

interface RatingsProps {
  ask: Extract<Ask, { kind: "ratings" }>;
  about: About | undefined;
  outcome: Extract<Outcome, { kind: "ratings" }>;
}

function Ratings({ ask, about, outcome }: RatingsProps) {
  if (about?.purpose === "balance") return <ClaimsOutcome items={ask.items} claims={about.claims} outcome={outcome} />;
  return <AllRated ask={ask} rated={outcome.rated} />;
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
