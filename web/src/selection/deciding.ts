// Decides for several cases, says what came of it, and can put back what stood there before.
import { useRef, useState } from "react";
import { type Decided, decide, takeBack, type Wish } from "../api/decisions.ts";
import { useIsTeam, useLive, useRegister, useRowsBySubject } from "../api/live.tsx";
import { idempotencyKey, Problem } from "../api/request.ts";
import { decidedBy, seenAs, useWaitingDecisions } from "../api/waitingDecisions.ts";
import { wordsOf } from "../api/words.ts";
import { useMessages } from "../messages/index.ts";

export interface Deciding {
  /** Whether this person may decide. */
  may: boolean;
  busy: boolean;
  /** What was done last, or why it was not; empty before anything was. */
  said: string;
  undo: (() => void) | undefined;
  /** Whether it was done, or is kept until the network is back. */
  decide(wishes: Wish[], said: string): Promise<boolean>;
}

export function useDecide(): Deciding {
  const { m } = useMessages();
  const { id, say } = useLive();
  const { refresh } = useRegister();
  const may = useIsTeam();
  const rows = useRowsBySubject();
  const { store, waiting } = useWaitingDecisions();
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<{ said: string; decided: string[] }>({ said: "", decided: [] });
  const under = useRef(false);
  const words = m.selection.decisions;
  const run = async (
    give: (key: string) => Promise<Decided>,
    done: (of: Decided) => { said: string; decided: string[] },
    later?: (key: string) => boolean,
  ): Promise<boolean> => {
    if (under.current) return false;
    under.current = true;
    setBusy(true);
    const key = idempotencyKey();
    try {
      const now = done(await give(key));
      setLast(now);
      say(now.said);
      void refresh();
      return true;
    } catch (error) {
      const kept = error instanceof Problem && error.kind === "unreachable" && later?.(key);
      const said = kept ? words.kept : wordsOf(error, m);
      setLast((before) => (kept ? { said, decided: [] } : { ...before, said }));
      say(said);
      return kept === true;
    } finally {
      under.current = false;
      setBusy(false);
    }
  };
  const undo = () =>
    run(
      (key) => takeBack(id, last.decided, key),
      ({ left }) => ({ said: left.length ? `${words.undone} ${words.stays(left.length)}` : words.undone, decided: [] }),
    );
  return {
    may,
    busy,
    said: last.said,
    undo: last.decided.length ? () => void undo() : undefined,
    decide: async (wishes, said) => {
      const cases = wishes.flatMap((wish) => wish.cases);
      if (cases.length === 0) return true;
      const before = decidedBy(waiting);
      const shownOf = (subject: string) => before.get(subject) ?? rows.get(subject);
      return run(
        (key) => decide(id, wishes, key),
        ({ same, left }) => {
          const untouched = new Set([...same, ...left]);
          return {
            said: left.length ? `${said} ${words.left(left.length)}` : said,
            decided: cases.filter((one) => !untouched.has(one)),
          };
        },
        (key) => store.add(seenAs(wishes, shownOf), key),
      );
    },
  };
}
