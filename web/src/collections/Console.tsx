// What a facilitator sees and does: who is done, never what they wrote; closing, opening again, revealing, asking again.
import { Button } from "@digdir/designsystemet-react";
import { EyeIcon, PadlockLockedIcon, PadlockUnlockedIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { useNavigate } from "react-router";
import { type Collection, openCollection, reveal, setCollectionClosed, setStage } from "../api/collections.ts";
import { useLive, usePeopleHere, useStage } from "../api/live.tsx";
import { idempotencyKey } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { PersonMark } from "../design/ActorMark.tsx";
import { Confirm } from "../design/Confirm.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useMessages } from "../messages/index.ts";

interface ConsoleProps {
  collection: Collection;
  refresh(): Promise<void>;
}

export function Console({ collection, refresh }: ConsoleProps) {
  const { m } = useMessages();
  const { id } = useLive();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const act = async (what: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await what();
      await refresh();
    } catch (error) {
      setProblem(wordsOf(error, m));
    } finally {
      setBusy(false);
    }
  };
  const close = (closed: boolean) => act(() => setCollectionClosed(id, collection.id, closed));
  return (
    <aside className="console card stack" aria-label={m.collections.console}>
      <Progress collection={collection} />
      {collection.state === "open" ? (
        <Button loading={busy} onClick={() => void close(true)}>
          <PadlockLockedIcon aria-hidden /> {m.collections.close}
        </Button>
      ) : null}
      {collection.state === "closed" ? (
        <>
          <Button onClick={() => setAsking(true)}>
            <EyeIcon aria-hidden /> {m.collections.reveal}
          </Button>
          <Button variant="secondary" loading={busy} onClick={() => void close(false)}>
            <PadlockUnlockedIcon aria-hidden /> {m.collections.openAgain}
          </Button>
        </>
      ) : null}
      {collection.state === "revealed" ? <AskAgain collection={collection} /> : null}
      <Now collection={collection} onDo={act} />
      <ProblemLine>{problem}</ProblemLine>
      {asking ? (
        <Confirm
          title={m.collections.revealTitle}
          help={revealHelp(collection, m)}
          action={m.collections.revealDo}
          onDo={() => reveal(id, collection.id, collection.named).then(refresh)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </aside>
  );
}

function revealHelp(collection: Collection, m: ReturnType<typeof useMessages>["m"]): string {
  const who = collection.team ? m.collections.revealToTeam : m.collections.revealToAll;
  const how = collection.named ? m.collections.revealNamed : m.collections.revealNameless;
  return `${who(collection.begun)} ${how}`;
}

function Progress({ collection }: { collection: Collection }) {
  const { m } = useMessages();
  const people = new Map(usePeopleHere().map((person) => [person.participant, person]));
  const parts = collection.parts ?? [];
  if (collection.state === "revealed" && parts.length === 0) {
    return <p className="small muted">{m.collections.namesGone}</p>;
  }
  const done = parts.filter((part) => part.sent).length;
  return (
    <section>
      <h2>{m.collections.progress(done, parts.length)}</h2>
      <p className="hint">{m.collections.progressHelp}</p>
      <ul className="parts">
        {parts.map(({ participant, sent, coded }) => {
          const person = people.get(participant);
          return (
            <li key={participant}>
              <PersonMark name={person?.name ?? ""} group={person?.actor_group ?? ""} size="sm" quiet />
              <span className="grow">{person?.name}</span>
              {coded === undefined || collection.kind !== "codings" ? null : (
                <span className="num small muted">
                  {m.doubleCoding.codedBy(coded, collection.cases.length * collection.characteristics.length)}
                </span>
              )}
              <span className={`tag ${sent ? "good" : ""}`}>{sent ? m.collections.partDone : m.collections.partBegun}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The same question to the same people, once they have seen what all think. */
function AskAgain({ collection }: { collection: Collection }) {
  const { m } = useMessages();
  const { id } = useLive();
  const navigate = useNavigate();
  const [key] = useState(idempotencyKey);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const ask = async () => {
    setBusy(true);
    try {
      const { team, named, title, prompt } = collection;
      const made = await openCollection(id, { team, named, earlier: collection.id }, key);
      await setStage(id, { title, instruction: prompt, collection: made.id, minutes: null });
      await navigate(`/w/${id}/innsamlinger/${made.id}`);
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="secondary" loading={busy} onClick={() => void ask()}>
        {m.collections.askAgain}
      </Button>
      <ProblemLine>{problem}</ProblemLine>
    </>
  );
}

/** Whether this is what everybody is led to at the top of every screen. */
function Now({ collection, onDo }: { collection: Collection; onDo(what: () => Promise<unknown>): Promise<void> }) {
  const { m } = useMessages();
  const { id } = useLive();
  const activity = useStage()?.activity;
  const isNow = activity?.collection === collection.id;
  const { title, prompt } = collection;
  const here = { title, instruction: prompt, collection: collection.id, minutes: null };
  return (
    <Button variant="tertiary" onClick={() => void onDo(() => setStage(id, isNow ? null : here))}>
      {isNow ? m.stage.end : m.stage.lead}
    </Button>
  );
}
