// The frame of a workshop: lets people in, loads the sync layer beside the screens, and stands around them.
import { Button } from "@digdir/designsystemet-react";
import { useEffect, useMemo, useState } from "react";
import { Link, Outlet, useParams } from "react-router";
import type { Participation, SessionAnswer } from "../api/calls.ts";
import { LiveContext, useFreshViews } from "../api/live.tsx";
import { useResource } from "../api/resource.ts";
import { useSendingDecisions } from "../api/waitingDecisions.ts";
import { wordsOf } from "../api/words.ts";
import { MessagePage } from "../design/Problems.tsx";
import { useMessages } from "../messages/index.ts";
import type { WorkshopSync } from "../sync/types.ts";
import { Announcer, useAnnouncer } from "./Announcer.tsx";
import { Banners, type Out } from "./Banners.tsx";
import { useSpokenChanges } from "./changes.ts";
import { Palette } from "./Palette.tsx";
import { SideNav } from "./SideNav.tsx";
import { TopBar } from "./TopBar.tsx";
import { useFocusOnNavigation } from "./navigation.ts";
import "./frame.css";

/** The route of a workshop: who I am in it, or why I am not. */
export function WorkshopFrame() {
  const { m } = useMessages();
  const { workshop = "" } = useParams();
  const session = useResource<SessionAnswer>("/session");
  const signedOut = session.problem?.status === 401;
  const now = signedOut ? undefined : session.value?.participants.find((one) => one.workshop === workshop);
  const me = useLast(now, workshop);
  if (me) {
    const out = now ? undefined : signedOut ? "signed-out" : "removed";
    return <Inside key={me.id} me={me} out={out} refreshSession={session.refresh} />;
  }
  if (session.value || session.problem?.status === 401) {
    return (
      <MessagePage title={m.problems.notIn} help={m.problems.notInHelp}>
        <Button asChild>
          <Link to="/">{m.common.toStart}</Link>
        </Button>
      </MessagePage>
    );
  }
  if (!session.problem) return <p className="vh">{m.common.loading}</p>;
  return (
    <MessagePage title={m.problems.title} help={wordsOf(session.problem, m)}>
      <Button onClick={() => void session.refresh()}>{m.common.tryAgain}</Button>
    </MessagePage>
  );
}

/** Who I was here when the page was opened: what I wrote stays on the screen when I am let out. */
function useLast(now: Participation | undefined, workshop: string): Participation | undefined {
  const [last, setLast] = useState(now);
  if (now && now !== last) setLast(now);
  return now ?? (last?.workshop === workshop ? last : undefined);
}

interface InsideProps {
  me: Participation;
  out: Out | undefined;
  refreshSession(): Promise<void>;
}

function Inside({ me, out, refreshSession }: InsideProps) {
  const { m } = useMessages();
  const sync = useSync(me);
  const announcer = useAnnouncer();
  const [paletteOpen, setPaletteOpen] = useState(false);
  useFreshViews(me.workshop, sync);
  useSendingDecisions(me.workshop, me.id, sync);
  useFocusOnNavigation();
  useSpokenChanges(me, sync, announcer.say, refreshSession);
  usePaletteKey(setPaletteOpen);
  const live = useMemo(
    () => ({ id: me.workshop, me, sync, say: announcer.say }),
    [me, sync, announcer.say],
  );
  return (
    <LiveContext value={live}>
      <div className="app">
        <a className="skip" href="#main">
          {m.common.skip}
        </a>
        <TopBar openPalette={() => setPaletteOpen(true)} />
        <SideNav />
        <main id="main" className="main" tabIndex={-1}>
          <Banners out={out} refreshSession={refreshSession} />
          <Outlet />
        </main>
      </div>
      <Palette open={paletteOpen} onClose={() => setPaletteOpen(false)} />
      <Announcer texts={announcer.texts} />
    </LiveContext>
  );
}

/** The open sync layer of this participant; its code is fetched beside the screen, never before it. */
function useSync(me: Participation): WorkshopSync | undefined {
  const [sync, setSync] = useState<WorkshopSync>();
  useEffect(() => {
    let gone = false;
    let opened: WorkshopSync | undefined;
    const socket = new URL(`/sync?workshop=${me.workshop}`, location.href);
    socket.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const who = {
      workshop: me.workshop,
      participant: me.id,
      url: socket.href,
      api: `${location.origin}/api/v1`,
    };
    void import("../sync/index.ts").then(async ({ openWorkshop }) => {
      if (gone) return;
      opened = await openWorkshop(who);
      if (gone) await opened.close();
      else setSync(opened);
    });
    return () => {
      gone = true;
      setSync(undefined);
      void opened?.close();
    };
  }, [me.workshop, me.id]);
  return sync;
}

function usePaletteKey(setOpen: (open: boolean) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [setOpen]);
}
