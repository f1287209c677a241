// Where my edits are, in words beside an icon; each state says only what is known to be true.
import { ClockIcon, CloudSlashIcon, CloudUpIcon, ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { useLive, useStoreOr } from "../api/live.tsx";
import { decidedBy, useWaitingDecisions, withWaiting } from "../api/waitingDecisions.ts";
import { CloudTick } from "../design/icons.tsx";
import { type Format, type Messages, useMessages } from "../messages/index.ts";
import type { CarrierKind, ConnectionState, SaveState, Store } from "../sync/types.ts";

interface Shown {
  tone: "ok" | "wait" | "off" | "refused";
  icon: React.ReactNode;
  long: string;
  short: string;
  link?: string;
  retry?: boolean;
}

export function SaveStateView() {
  const { m, format } = useMessages();
  const { sync, id } = useLive();
  const save = useCalm(sync?.save);
  const connection = useStoreOr<ConnectionState>(sync?.connection, "connecting");
  const carrier = useStoreOr<CarrierKind>(sync?.carrier, "socket");
  const { waiting } = useWaitingDecisions();
  const cases = decidedBy(waiting).size;
  const shown = shownOf(save && withWaiting(save, cases), connection, m, format, id);
  const slow = carrier === "line" && connection === "online";
  const words = (
    <>
      {shown.icon}
      <span className="long">
        {shown.long}
        {slow && ` · ${m.save.slowLine}`}
      </span>
      <span className="short">{shown.short}</span>
    </>
  );
  if (shown.link) {
    return (
      <Link className={`save ${shown.tone}`} to={shown.link}>
        {words}
      </Link>
    );
  }
  if (shown.retry) {
    return (
      <button
        type="button"
        className={`save ${shown.tone}`}
        title={m.save.retry}
        onClick={() => sync?.reconnect()}
      >
        {words}
        <span className="vh">{m.save.retry}</span>
      </button>
    );
  }
  return <p className={`save ${shown.tone}`}>{words}</p>;
}

/** While somebody types, each letter is on its way and there within this time. */
const CALM_MS = 250;

/** The save state; that everything is on the server shows once it has been so for a moment, not between letters. */
function useCalm(store: Store<SaveState> | undefined): SaveState | undefined {
  const [shown, setShown] = useState(store?.get());
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let last: SaveState | undefined;
    const show = () => setShown((last = store?.get()));
    const look = () => {
      const now = store?.get();
      clearTimeout(waiting);
      if (last?.kind === "sending" && now?.kind === "server") waiting = setTimeout(show, CALM_MS);
      else if (last?.kind !== "sending" || now?.kind !== "sending") show();
    };
    show();
    const stop = store?.subscribe(look);
    return () => {
      clearTimeout(waiting);
      stop?.();
    };
  }, [store]);
  return shown;
}

function shownOf(
  save: SaveState | undefined,
  connection: ConnectionState,
  m: Messages,
  format: Format,
  id: string,
): Shown {
  if (!save || (save.kind === "server" && connection === "connecting")) {
    const icon = <ClockIcon aria-hidden className="ic" />;
    return { tone: "wait", icon, long: m.save.connecting, short: m.save.connecting };
  }
  switch (save.kind) {
    case "server":
      return { tone: "ok", icon: <CloudTick />, long: m.save.server, short: m.save.serverShort };
    case "sending": {
      const icon = <CloudUpIcon aria-hidden className="ic" />;
      return { tone: "wait", icon, long: m.save.sending, short: m.save.sendingShort };
    }
    case "offline": {
      const icon = <CloudSlashIcon aria-hidden className="ic" />;
      const long =
        save.since === null
          ? m.save.offlineNow(save.changes)
          : m.save.offline(format.time(save.since), save.changes);
      return { tone: "off", icon, long, short: m.save.offlineShort, retry: true };
    }
    case "refused":
      return {
        ...refused,
        long: m.save.refused(save.copies),
        short: m.save.refusedShort,
        link: `/w/${id}/kopier`,
      };
    case "browser-storage":
      return { ...refused, long: m.save.browserStorage, short: m.save.browserStorageShort };
    case "server-storage":
      return { ...refused, tone: "off", long: m.save.serverStorage, short: m.save.serverStorageShort };
    case "ended":
      return { ...refused, tone: "off", long: m.save.ended, short: m.save.endedShort, link: "/" };
  }
}

const refused = {
  tone: "refused" as const,
  icon: <ExclamationmarkTriangleIcon aria-hidden className="ic" />,
};
