/** Who this browser is, also when the server cannot be reached. */

import { browser } from "./platform";
import type { Platform } from "./platform";
import { getJson } from "./server-answers";

const KEY = "samverk:session";

export type SessionAnswer =
  /** `offline`: what the server last said in this browser. */
  { kind: "session"; session: unknown; offline: boolean } | { kind: "none" } | { kind: "unreachable" };

/**
 * What `GET /session` says; without a network, what it last said here. A server that says there is no
 * session makes this browser forget the last answer, so nobody else opens what it kept.
 */
export async function readSession(
  api: string,
  platform: Pick<Platform, "fetch"> = browser(),
): Promise<SessionAnswer> {
  const answer = await getJson(platform, `${api}/session`);
  if (answer.kind === "read") {
    remember(api, JSON.stringify(answer.body));
    return { kind: "session", session: answer.body, offline: false };
  }
  if (answer.kind === "no-session") {
    forgetSession(api);
    return { kind: "none" };
  }
  const known = recall(api);
  return known === undefined ? { kind: "unreachable" } : { kind: "session", session: known, offline: true };
}

/** After the person has ended the session. */
export function forgetSession(api: string): void {
  attempt(() => localStorage.removeItem(`${KEY}:${api}`));
}

function remember(api: string, answer: string): void {
  attempt(() => localStorage.setItem(`${KEY}:${api}`, answer));
}

function recall(api: string): unknown {
  const kept = attempt(() => localStorage.getItem(`${KEY}:${api}`));
  return kept ? attempt((): unknown => JSON.parse(kept)) : undefined;
}

/** Browsers that forbid storage throw. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
