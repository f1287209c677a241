// Decides about several cases at once: the same edit as on each case's own page, in each case's own document.
import type { Criterion, Decision, RegisterRow } from "../generated/domain.ts";
import { setChoice, together, updateText } from "../sync/index.ts";
import type { Replica, WorkshopSync } from "../sync/types.ts";

/** What shall stand in a case. */
export interface Wish {
  subject: string;
  decision: Decision;
  criterion: Criterion;
  reason: string;
  /** Whose decision it then is. */
  by: string;
}

export interface Outcome {
  done: string[];
  /** Cases that could not be opened or may not be changed: closed, archived, not in this browser while offline. */
  left: string[];
  /** What stood there before, to put it back. */
  before: Wish[];
}

/** Documents that are open at the same time. */
const AT_ONCE = 16;
/** How long a case may take to open. */
const OPEN_MS_MAX = 15_000;

/** Does each wish; what is already so stays untouched and counts as done. */
export async function decide(sync: WorkshopSync, wishes: Wish[], rows: Map<string, RegisterRow>): Promise<Outcome> {
  const outcome: Outcome = { done: [], left: [], before: [] };
  const waiting = [...wishes];
  const work = async () => {
    for (let wish = waiting.shift(); wish; wish = waiting.shift()) {
      const before = await decideOne(sync, wish, rows.get(wish.subject));
      if (!before) outcome.left.push(wish.subject);
      else {
        outcome.done.push(wish.subject);
        outcome.before.push(before);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, wishes.length) }, work));
  return outcome;
}

interface Chosen {
  selection?: { decision?: unknown; criterion?: unknown; reason?: string; by?: unknown };
}

async function decideOne(sync: WorkshopSync, wish: Wish, row: RegisterRow | undefined): Promise<Wish | undefined> {
  if (row && row.state !== "open") return undefined;
  const replica = sync.open<Chosen>(wish.subject);
  try {
    if (!(await isReady(replica)) || !replica.may.has("write")) return undefined;
    const now = replica.doc?.selection;
    const word = (value: unknown) => (value === null || value === undefined ? "" : String(value));
    const before: Wish = {
      subject: wish.subject,
      decision: (word(now?.decision) || "none") as Decision,
      criterion: word(now?.criterion) as Criterion,
      reason: word(now?.reason),
      by: word(now?.by),
    };
    const same = (["decision", "criterion", "reason"] as const).every((key) => before[key] === wish[key]);
    if (!same) {
      replica.edit(
        together(
          setChoice(["selection", "decision"], wish.decision),
          setChoice(["selection", "criterion"], wish.criterion),
          setChoice(["selection", "by"], wish.by),
          updateText(["selection", "reason"], wish.reason),
        ),
        true,
      );
    }
    return before;
  } finally {
    replica.close();
  }
}

/** Whether a document is here and can be edited, once that is known or has taken too long. */
export function isReady(replica: Replica): Promise<boolean> {
  return new Promise((resolve) => {
    let stop = () => undefined as void;
    const timer = setTimeout(() => finish(false), OPEN_MS_MAX);
    const finish = (ready: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(ready);
    };
    const look = () => {
      if (replica.state === "ready") finish(true);
      else if (replica.state !== "loading") finish(false);
    };
    stop = replica.subscribe(look);
    look();
  });
}
