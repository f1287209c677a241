// What the whole page must say: one is out, reload for a newer version, or that the browser does not promise to keep edits.
import { Button } from "@digdir/designsystemet-react";
import { ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { getSession } from "../api/calls.ts";
import { useLive, useStoreOr } from "../api/live.tsx";
import { Problem } from "../api/request.ts";
import { useMessages } from "../messages/index.ts";
import type { ConnectionState, SaveState } from "../sync/types.ts";

export function Banners() {
  const { m } = useMessages();
  const { sync } = useLive();
  const [reload, setReload] = useState(false);
  useEffect(() => sync?.on("reload", () => setReload(true)), [sync]);
  const persistent = useStoreOr<boolean | undefined>(sync?.persistent, undefined);
  const save = useStoreOr<SaveState | undefined>(sync?.save, undefined);
  const connection = useStoreOr<ConnectionState>(sync?.connection, "connecting");
  const offline = save?.kind === "offline" && save.changes > 0;
  if (connection === "ended") return <Ended changes={save?.kind === "ended" ? save.changes : 0} />;
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

/** The server no longer takes this browser for this participant: why, and where what was not sent is. */
function Ended({ changes }: { changes: number }) {
  const { m } = useMessages();
  const [words, setWords] = useState<string>();
  useEffect(() => {
    const over = (error: unknown) => error instanceof Problem && error.kind === "no-session";
    getSession().then(
      () => setWords(m.frame.out),
      (error: unknown) => setWords(over(error) ? m.problems.kinds["no-session"] : m.problems.unreachable),
    );
  }, [m]);
  return (
    <div className="banner" role="alert">
      <ExclamationmarkTriangleIcon aria-hidden className="ic" />
      <p className="grow">
        {words} {changes > 0 ? m.frame.unsentWarning(changes) : null}
      </p>
      <Button variant="secondary" asChild>
        <Link to="/">{m.common.toStart}</Link>
      </Button>
    </div>
  );
}
