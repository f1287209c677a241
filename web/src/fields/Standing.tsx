// The one document of its kind that a workshop has, live; the server makes it when somebody of the team first needs it.
import { Skeleton } from "@digdir/designsystemet-react";
import { useEffect, useMemo, useState } from "react";
import { furnish, type StandingKind } from "../api/calls.ts";
import { useIsTeam, useLive } from "../api/live.tsx";
import { wordsOf } from "../api/words.ts";
import { useCatalogue } from "../api/catalogue.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useMessages } from "../messages/index.ts";
import { useMayWrite, useRead, useReplica, useReplicaState, WorkshopContext } from "../sync/react.ts";
import { FieldsContext } from "./editor.ts";
import { useUndoKeys } from "./undo.ts";

interface Props {
  kind: StandingKind;
  /** A container that documents from before lack: the server adds it when somebody who may write the document opens it. */
  needs?: string;
  /** What is shown to those for whom there is none yet and who cannot make one. */
  none: React.ReactNode;
  children: React.ReactNode;
}

export function Standing(props: Props) {
  const { sync } = useLive();
  if (!sync) return <Loading />;
  return (
    <WorkshopContext value={sync}>
      <Found {...props} />
    </WorkshopContext>
  );
}

function Found({ kind, needs, none, children }: Props) {
  const { say } = useLive();
  const { subject, problem } = useStanding(kind);
  const isTeam = useIsTeam();
  const replica = useReplica(subject ?? null);
  const state = useReplicaState(replica);
  const mayWrite = useMayWrite(replica);
  useUndoKeys(say);
  const lacks = useRead(replica, (doc) => needs !== undefined && (doc as Record<string, unknown> | undefined)?.[needs] === undefined);
  const fields = useMemo(() => replica && { replica, mayWrite, say }, [replica, mayWrite, say]);
  if (problem) return <ProblemLine>{problem}</ProblemLine>;
  if (!subject && !isTeam) return none;
  if (!fields || state !== "ready" || (isTeam && lacks)) return <Loading />;
  return <FieldsContext value={fields}>{children}</FieldsContext>;
}

/** The subject of the document: from the list of what one may open, so that it is found offline too. */
function useStanding(kind: StandingKind): { subject: string | undefined; problem: string | undefined } {
  const { m } = useMessages();
  const { id } = useLive();
  const isTeam = useIsTeam();
  const listed = useCatalogue().find((entry) => entry.kind === kind)?.subject;
  const [made, setMade] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const wanted = isTeam && !listed && !made;
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    furnish(id, kind)
      .then(({ subject }) => gone || setMade(subject))
      .catch((error: unknown) => gone || setProblem(wordsOf(error, m)));
    return () => void (gone = true);
  }, [wanted, id, kind, m]);
  const subject = listed ?? made;
  return { subject, problem: subject ? undefined : problem };
}

function Loading() {
  const { m } = useMessages();
  return (
    <div className="stack">
      <p className="vh" role="status">
        {m.common.loading}
      </p>
      <Skeleton height={120} />
      <Skeleton height={200} />
    </div>
  );
}
