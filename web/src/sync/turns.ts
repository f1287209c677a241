/**
 * A browser opens six connections to a server over HTTP/1.1. So that questions which are held never take all of them,
 * its tabs have three turns among them (rule B9).
 */

import { LIMITS } from "../generated/domain";

const PLACES = ["samverk:turn:0", "samverk:turn:1", "samverk:turn:2"] as const;
/** How long a question is held while another tab waits for its turn. */
const HOLD_CROWDED_MS = 1_000;
/** The same, where tabs cannot know of each other. */
const HOLD_UNSHARED_MS = 5_000;
/** How long a tab waits for its turn, before it asks without being held. */
const PATIENCE_MS = 2_000;

/** Asks when it is this tab's turn; the question is told how long it may be held. */
export async function inTurn<T>(
  locks: LockManager | undefined,
  question: (hold_ms: number) => Promise<T>,
): Promise<T> {
  if (!locks) return question(HOLD_UNSHARED_MS);
  let came = false;
  try {
    const place = await emptiest(locks);
    return await locks.request(place, { signal: AbortSignal.timeout(PATIENCE_MS) }, async () => {
      came = true;
      const { pending } = await locks.query();
      const crowded = pending?.some(({ name }) => name?.startsWith("samverk:turn:"));
      return question(crowded ? HOLD_CROWDED_MS : LIMITS.line_hold_ms_max);
    });
  } catch (error) {
    if (came) throw error;
    return question(0);
  }
}

async function emptiest(locks: LockManager): Promise<string> {
  const { held = [], pending = [] } = await locks.query();
  const load = (place: string): number =>
    [...held, ...pending].filter(({ name }) => name === place).length;
  return [...PLACES].sort((a, b) => load(a) - load(b))[0] ?? PLACES[0];
}
