// Deciding about several cases at once: one command of the server, so that it happens to all of them or to none.
import { type Criterion, type Decision, LIMITS } from "../generated/domain.ts";
import { request } from "./request.ts";

/** What is decided about a case, and why. */
export interface Choice {
  decision: Decision;
  criterion: Criterion;
  reason: string;
}

/** One decision, and the cases it is about. */
export interface Wish extends Choice {
  cases: string[];
  /** What a row showed of the cases when this was decided; one that is decided otherwise by then is left. */
  seen?: Choice;
}

export interface Decided {
  decided: number;
  /** Those of them that were so before. */
  same: string[];
  /** Cases that are as they were: they take no edits, or somebody has decided otherwise since. */
  left: string[];
}

const give = (workshop: string, path: string, json: unknown, key: string) =>
  request<Decided>(`/workshops/${workshop}/${path}`, { method: "POST", json, headers: { "Idempotency-Key": key } });

/** Of more cases than one command takes, several follow each other. */
async function inParts(wishes: readonly Wish[], one: (part: Wish, n: number) => Promise<Decided>): Promise<Decided> {
  const all: Decided = { decided: 0, same: [], left: [] };
  let n = 0;
  for (const wish of wishes) {
    for (let at = 0; at < wish.cases.length; at += LIMITS.decided_cases_max) {
      const cases = wish.cases.slice(at, at + LIMITS.decided_cases_max);
      const { decided, same, left } = await one({ ...wish, cases }, n++);
      all.decided += decided;
      all.same.push(...same);
      all.left.push(...left);
    }
  }
  return all;
}

export function decide(workshop: string, wishes: readonly Wish[], key: string): Promise<Decided> {
  const count = wishes.reduce((sum, wish) => sum + wish.cases.length, 0);
  if (count <= LIMITS.decided_cases_max) return give(workshop, "decisions", { decisions: wishes }, key);
  return inParts(wishes, (part, n) => give(workshop, "decisions", { decisions: [part] }, `${key}-${n}`));
}

/** Puts back what stood before I last decided about these. */
export function takeBack(workshop: string, cases: string[], key: string): Promise<Decided> {
  const wish: Wish = { cases, decision: "none", criterion: "", reason: "" };
  return inParts([wish], (part, n) => give(workshop, "decisions/undo", { cases: part.cases }, `${key}-${n}`));
}
