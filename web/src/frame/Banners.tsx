// What the whole page must say: that I am out and how to come back, that there is a newer version, that the
// browser does not promise to keep edits, or that the network makes it slower.
import { Button } from "@digdir/designsystemet-react";
import { ExclamationmarkTriangleIcon, InformationSquareIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { useLive, useStoreOr } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";
import type { CarrierKind, SaveState } from "../sync/types.ts";

/** Why somebody who was in the workshop is out of it. */
export type Out = "signed-out" | "removed";

interface BannersProps {
  out: Out | undefined;
  refreshSession(): Promise<void>;
}

export function Banners({ out, refreshSession }: BannersProps) {
  const { m } = useMessages();
  const { sync, say } = useLive();
  useAskedWhenEnded(refreshSession);
  useEffect(() => {
    if (out) say(m.frame.out[out]);
  }, [out, say, m]);
  const [reload, setReload] = useState(false);
  useEffect(() => sync?.on("reload", () => setReload(true)), [sync]);
  const persistent = useStoreOr<boolean | undefined>(sync?.persistent, undefined);
  const save = useStoreOr<SaveState | undefined>(sync?.save, undefined);
  const carrier = useStoreOr<CarrierKind>(sync?.carrier, "socket");
  const [slowSeen, setSlowSeen] = useState(false);
  const offline = save?.kind === "offline" && save.changes > 0;
  if (out) {
    return (
      <div className="banner" role="status">
        <ExclamationmarkTriangleIcon aria-hidden className="ic" />
        <p className="grow">{m.frame.out[out]}</p>
        <Button variant="secondary" onClick={() => void refreshSession().then(() => sync?.reconnect())}>
          {m.common.tryAgain}
        </Button>
      </div>
    );
  }
  if (reload) {
    return (
      <div className="banner" role="status">
        <p className="grow">{m.frame.reload}</p>
        <Button onClick={() => location.reload()}>{m.frame.reloadNow}</Button>
      </div>
    );
  }
  if (persistent === false && offline) {
    return (
      <p className="banner" role="status">
        <ExclamationmarkTriangleIcon aria-hidden className="ic" />
        {m.frame.noStorage}
      </p>
    );
  }
  return carrier === "line" && !slowSeen ? <SlowLine see={() => setSlowSeen(true)} /> : null;
}

function SlowLine({ see }: { see(): void }) {
  const { m } = useMessages();
  return (
    <div className="banner calm" role="status">
      <InformationSquareIcon aria-hidden className="ic" />
      <p className="grow">{m.frame.slowLine}</p>
      <Button variant="secondary" onClick={see}>
        {m.frame.slowLineSeen}
      </Button>
    </div>
  );
}

/** A connection that the server ended for good: the session says why. */
function useAskedWhenEnded(refreshSession: () => Promise<void>): void {
  const { sync } = useLive();
  useEffect(() => {
    const { connection } = sync ?? {};
    return connection?.subscribe(() => connection.get() === "ended" && void refreshSession());
  }, [sync, refreshSession]);
}
