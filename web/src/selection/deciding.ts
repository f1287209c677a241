// Decides for several cases, says what came of it, and can put back what stood there before.
import { useState } from "react";
import { decide, type Wish } from "../api/decide.ts";
import { useIsTeam, useLive, useRowsBySubject } from "../api/live.tsx";
import type { Criterion, Decision } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

export interface Choice {
  decision: Decision;
  criterion: Criterion;
  reason: string;
}

export interface Deciding {
  /** Whether this person may decide, and the sync layer is there to do it. */
  may: boolean;
  busy: boolean;
  /** What was done last; empty before anything was. */
  said: string;
  /** How many cases of it could not be changed. */
  left: number;
  undo: (() => void) | undefined;
  decide(choices: Map<string, Choice>, said: string): Promise<void>;
}

export function useDecide(): Deciding {
  const { m } = useMessages();
  const { sync, me, say } = useLive();
  const rows = useRowsBySubject();
  const isTeam = useIsTeam();
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<{ said: string; left: number; before: Wish[] }>({ said: "", left: 0, before: [] });
  const run = async (wishes: Wish[], said: string, reversible: boolean) => {
    if (!sync || busy || wishes.length === 0) return;
    setBusy(true);
    try {
      const { left, before } = await decide(sync, wishes, rows);
      setLast({ said, left: left.length, before: reversible ? before : [] });
      say(left.length ? `${said} ${m.selection.decisions.left(left.length)}` : said);
    } finally {
      setBusy(false);
    }
  };
  return {
    may: isTeam && sync !== undefined,
    busy,
    said: last.said,
    left: last.left,
    undo: last.before.length ? () => void run(last.before, m.selection.decisions.undone, false) : undefined,
    decide: (choices, said) =>
      run([...choices].map(([subject, choice]) => ({ subject, ...choice, by: me.id })), said, true),
  };
}
