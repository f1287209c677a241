// Changes that are said aloud: connection, rights, who came and left. Comings are gathered, not streamed.
import { useEffect, useRef } from "react";
import type { Participation } from "../api/calls.ts";
import { useMessages } from "../messages/index.ts";
import type { WorkshopSync } from "../sync/types.ts";

/** How long comings and goings are gathered into one sentence. */
const GATHER_MS = 10_000;

export function useSpokenChanges(
  me: Participation,
  sync: WorkshopSync | undefined,
  say: (text: string) => void,
  refreshSession: () => Promise<void>,
): void {
  useSpokenConnection(sync, say);
  useSpokenPeople(me, sync, say);
  useSpokenRights(me, sync, say, refreshSession);
}

function useSpokenConnection(sync: WorkshopSync | undefined, say: (text: string) => void): void {
  const { m } = useMessages();
  useEffect(() => {
    if (!sync) return;
    let was = sync.connection.get();
    return sync.connection.subscribe(() => {
      const is = sync.connection.get();
      if (is === "online" && was !== "online" && was !== "connecting") say(m.save.online);
      if (is === "offline" && was === "online") say(m.save.wentOffline);
      if (is !== "connecting" || was !== "offline") was = is;
    });
  }, [sync, say, m]);
}

function useSpokenPeople(
  me: Participation,
  sync: WorkshopSync | undefined,
  say: (text: string) => void,
): void {
  const { m, format } = useMessages();
  useEffect(() => {
    if (!sync) return;
    const present = () =>
      new Map(
        sync.people
          .get()
          .filter((p) => p.here && p.participant !== me.id)
          .map((p) => [p.participant, p.name]),
      );
    let told = present();
    let first = true;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      waiting = undefined;
      const now = present();
      const came = [...now].filter(([id]) => !told.has(id)).map(([, name]) => name);
      const went = [...told].filter(([id]) => !now.has(id)).map(([, name]) => name);
      told = now;
      if (first) return void (first = false);
      if (came.length) say(m.frame.joined(format.list(came)));
      if (went.length) say(m.frame.left(format.list(went)));
    };
    const stop = sync.people.subscribe(() => (waiting ??= setTimeout(tell, first ? 0 : GATHER_MS)));
    return () => {
      clearTimeout(waiting);
      stop();
    };
  }, [sync, me.id, say, m, format]);
}

function useSpokenRights(
  me: Participation,
  sync: WorkshopSync | undefined,
  say: (text: string) => void,
  refreshSession: () => Promise<void>,
): void {
  const { m } = useMessages();
  useEffect(() => sync?.on("rights", () => void refreshSession()), [sync, refreshSession]);
  const grants = me.grants.join(" ");
  const before = useRef(grants);
  useEffect(() => {
    if (before.current === grants) return;
    before.current = grants;
    const writes = grants.includes("facilitator") || grants.includes("editor");
    say(`${m.frame.rightsChanged} ${writes ? m.frame.mayWrite : m.frame.mayRead}`);
  }, [grants, say, m]);
}
