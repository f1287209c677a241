// Which rows have changed since the table last showed them: they glow once, softly, and are told as one sentence.
import { useEffect, useRef, useState } from "react";
import { useLive, useRows } from "../api/live.tsx";
import type { RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

/** How long a row counts as just changed; the glow's own length. */
const FRESH_MS = 2_200;
const nothing: ReadonlySet<string> = new Set();

export function useFreshRows(): ReadonlySet<string> {
  const { m } = useMessages();
  const { say } = useLive();
  const all = useRows();
  const before = useRef<Map<string, RegisterRow>>(undefined);
  const [fresh, setFresh] = useState(nothing);
  useEffect(() => {
    const now = new Map(all.map((row) => [row.subject, row]));
    const was = before.current;
    before.current = now;
    if (!was) return;
    const changed = new Set(
      [...now].filter(([subject, row]) => was.get(subject) !== row).map(([subject]) => subject),
    );
    if (changed.size === 0) return;
    setFresh(changed);
    say(m.cases.changed(changed.size));
    const timer = setTimeout(() => setFresh(nothing), FRESH_MS);
    return () => clearTimeout(timer);
  }, [all, say, m]);
  return fresh;
}
