// My own answer, in a document that only I can open.
import { Button } from "@digdir/designsystemet-react";
import { CheckmarkCircleIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { type Collection, setSent, takePart } from "../api/collections.ts";
import { useLive } from "../api/live.tsx";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useMessages } from "../messages/index.ts";
import { useMayWrite, useReplica, useReplicaState } from "../sync/react.ts";
import { CodeCases } from "./codings/CodeCases.tsx";
import { Notes } from "./Notes.tsx";
import { Ratings } from "./Ratings.tsx";
import type { SealedDocument } from "./sealed.ts";
import { Votes } from "./Votes.tsx";

/** Who leads is not counted among those who answer unless they want to be. */
export function Answer({ collection }: { collection: Collection }) {
  const { m } = useMessages();
  const { me } = useLive();
  const [joins, setJoins] = useState(false);
  const leads = me.grants.includes("facilitator");
  if (!leads || joins || collection.mine) return <OwnAnswer collection={collection} />;
  if (collection.state !== "open") return null;
  return (
    <Button variant="secondary" onClick={() => setJoins(true)}>
      {m.collections.answerToo}
    </Button>
  );
}

function OwnAnswer({ collection }: { collection: Collection }) {
  const { m } = useMessages();
  const { subject, problem } = useMyPart(collection);
  const replica = useReplica<SealedDocument>(subject ?? null);
  const state = useReplicaState(replica);
  const mayWrite = useMayWrite(replica) && collection.state === "open";
  if (problem) return <ProblemLine>{problem}</ProblemLine>;
  if (!replica || state !== "ready") return collection.state === "open" ? <p className="muted">{m.common.loading}</p> : null;
  const props = { replica, mayWrite };
  return (
    <div className="answer">
      {collection.kind === "notes" ? <Notes {...props} /> : null}
      {collection.kind === "votes" ? <Votes {...props} ask={collection} /> : null}
      {collection.kind === "ratings" ? <Ratings {...props} ask={collection} about={collection.about} /> : null}
      {collection.kind === "codings" ? <CodeCases {...props} ask={collection} /> : null}
      {mayWrite ? <Done collection={collection} /> : null}
    </div>
  );
}

/** My document in the collection; the server makes it when I come here while it is open. */
function useMyPart(collection: Collection): { subject: string | undefined; problem: string | undefined } {
  const { m } = useMessages();
  const { id } = useLive();
  const [subject, setSubject] = useState(collection.mine?.subject);
  const [problem, setProblem] = useState<string>();
  const wanted = collection.state === "open" && !subject;
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    takePart(id, collection.id)
      .then((part) => gone || setSubject(part.subject))
      .catch((error: unknown) => gone || setProblem(wordsOf(error, m)));
    return () => void (gone = true);
  }, [wanted, id, collection.id, m]);
  return { subject: subject ?? collection.mine?.subject, problem };
}

function Done({ collection }: { collection: Collection }) {
  const { m } = useMessages();
  const { id, say } = useLive();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  // Until the list is read again, what the server has just accepted.
  const [told, setTold] = useState<boolean>();
  const sent = told ?? collection.mine?.sent ?? false;
  useEffect(() => setTold(undefined), [collection.mine?.sent]);
  const turn = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await setSent(id, collection.id, !sent);
      setTold(!sent);
      say(sent ? m.collections.notSentAfterAll : m.collections.isSent);
    } catch (error) {
      setProblem(wordsOf(error, m));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="donebar">
      <ProblemLine>{problem}</ProblemLine>
      <p className={`small ${sent ? "good" : "muted"}`}>
        {sent ? <CheckmarkCircleIcon aria-hidden className="ic" /> : null}
        {sent ? m.collections.isSent : m.collections.savedAsYouGo}
      </p>
      <Button variant={sent ? "tertiary" : "primary"} loading={busy} onClick={() => void turn()}>
        {sent ? m.collections.notDone : m.collections.done}
      </Button>
    </div>
  );
}
