// The talk about a thing, live: its threads, who speaks in them, and what this participant may do.
import { useEffect, useRef } from "react";
import { useIsTeam, useLive, usePeopleHere } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";
import { useCatalogue } from "../api/catalogue.ts";
import type { Edit } from "../sync/index.ts";
import { useMayWrite, useRead, useReplica, useReplicaState } from "../sync/react.ts";
import { talkAbout, type TalkDocument, type Thread, threadsOf } from "./talk.ts";

/** Who speaks, as the server names them; the client is not told who takes part. */
export interface SpeakerIn {
  name: string;
  group: string;
  organisation: string | null;
}

export interface TalkState {
  /** Undefined until they are here. */
  threads: Thread[] | undefined;
  /** Why there are none: the talk is not open to me, or set aside. */
  missing: boolean;
  mayWrite: boolean;
  mayResolve: boolean;
  me: string;
  speaker(participant: string): SpeakerIn | undefined;
  edit(edit: Edit): void;
}

export function useTalk(subject: string): TalkState {
  const { me } = useLive();
  const isTeam = useIsTeam();
  const talk = talkAbout(useCatalogue(), subject);
  const replica = useReplica<TalkDocument>(talk ?? null);
  const state = useReplicaState(replica);
  const threads = useRead(replica, threadsOf);
  const mayWrite = useMayWrite(replica) && state === "ready";
  const people = new Map(usePeopleHere().map((person) => [person.participant, person]));
  const here = state === "ready" ? threads : undefined;
  useArrivals(here, me.id, (by) => people.get(by)?.name);
  return {
    threads: here,
    missing: state === "unavailable" || state === "quarantined",
    mayWrite,
    mayResolve: mayWrite && isTeam,
    me: me.id,
    speaker: (participant) => {
      const person = people.get(participant);
      return person && { name: person.name, group: person.actor_group, organisation: person.organisation };
    },
    edit: (edit) => replica?.edit(edit, true),
  };
}

/** Says to those who listen that somebody else has commented. */
function useArrivals(threads: Thread[] | undefined, me: string, nameOf: (by: string) => string | undefined): void {
  const { m } = useMessages();
  const { say } = useLive();
  const known = useRef<Set<string>>(undefined);
  useEffect(() => {
    if (!threads) return;
    const comments = threads.flatMap((thread) => thread.comments);
    const fresh = comments.filter(({ id, by }) => by !== me && known.current && !known.current.has(id));
    known.current = new Set(comments.map(({ id }) => id));
    const last = fresh.at(-1);
    if (last) say(m.talk.arrived(nameOf(last.by) ?? m.talk.somebody));
  });
}
