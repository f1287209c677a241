// What the whole page must say: reload for a newer version, or that the browser does not promise to keep edits.
import { Button } from "@digdir/designsystemet-react";
import { ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { useLive, useStoreOr } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";
import type { SaveState } from "../sync/types.ts";

export function Banners() {
  const { m } = useMessages();
  const { sync } = useLive();
  const [reload, setReload] = useState(false);
  useEffect(() => sync?.on("reload", () => setReload(true)), [sync]);
  const persistent = useStoreOr<boolean | undefined>(sync?.persistent, undefined);
  const save = useStoreOr<SaveState | undefined>(sync?.save, undefined);
  const offline = save?.kind === "offline" && save.changes > 0;
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
  return null;
}
