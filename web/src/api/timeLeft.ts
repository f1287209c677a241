// The time that is left of what is going on now, by the server's clock.
import { useEffect, useRef, useState } from "react";
import type { Stage } from "./collections.ts";

/** Minutes and seconds. */
export const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** Seconds left by the server's clock; undefined where there is no end. */
export function useTimeLeft(stage: Stage | undefined): number | undefined {
  const [now_ms, setNow] = useState(Date.now);
  const ahead_ms = useRef(0);
  const known = useRef<Stage>(undefined);
  if (stage && stage !== known.current) {
    known.current = stage;
    ahead_ms.current = stage.now_ms - Date.now();
  }
  const ends_ms = stage?.activity ? stage.ends_ms : null;
  useEffect(() => {
    if (ends_ms === null || ends_ms === undefined) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [ends_ms]);
  if (ends_ms === null || ends_ms === undefined) return undefined;
  return Math.max(0, Math.round((ends_ms - now_ms - ahead_ms.current) / 1000));
}
