import { expect, test, vi } from "vitest";
import type { FormChange } from "../../src/api/codeForms.ts";
import { inParts } from "../../src/api/codeForms.ts";
import type { Choice, Decided, Wish } from "../../src/api/decisions.ts";
import { Problem } from "../../src/api/request.ts";
import { decidedBy, keepSending, seenAs, type Shelf, unsentOf, WaitingDecisions, withWaiting } from "../../src/api/waitingDecisions.ts";
import { LIMITS } from "../../src/generated/domain.ts";
import { Cell } from "../../src/sync/store.ts";
import type { ConnectionState } from "../../src/sync/types.ts";

const wish = (decision: Wish["decision"], ...cases: string[]): Wish => ({ cases, decision, criterion: "", reason: "r" });

function shelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const done: Decided = { decided: 1, same: [], left: [] };

test("r38 what waits outlives the page, is the person's own, and is sent in order under its key, once", async () => {
  const kept = shelf();
  const given: [string, string[]][] = [];
  let network = false;
  const give = (_: string, wishes: readonly Wish[], key: string) => {
    if (!network) return Promise.reject(new Problem("unreachable", 0, ""));
    given.push([key, wishes.flatMap((one) => one.cases)]);
    return Promise.resolve(done);
  };
  const first = new WaitingDecisions("w", "kari", kept, give);
  expect(first.add([wish("in", "a")], "k1")).toBe(true);
  expect(first.add([wish("out", "b")], "k2")).toBe(true);
  await first.send();
  expect(first.get().map((one) => one.key)).toEqual(["k1", "k2"]);
  expect(new WaitingDecisions("w", "tor", kept, give).get()).toEqual([]);

  network = true;
  const again = new WaitingDecisions("w", "kari", kept, give);
  await Promise.all([again.send(), again.send()]);
  expect(given).toEqual([
    ["k1", ["a"]],
    ["k2", ["b"]],
  ]);
  expect(again.get()).toEqual([]);
  first.look();
  expect(first.get()).toEqual([]);
});

test("r38 what the server leaves or refuses stays to be seen, holds nothing up, and is not sent again", async () => {
  const given: string[] = [];
  const give = (_: string, __: readonly Wish[], key: string) => {
    given.push(key);
    if (key === "k1") return Promise.resolve({ ...done, left: ["a"] });
    if (key === "k2") return Promise.reject(new Problem("not-allowed", 403, ""));
    return Promise.resolve(done);
  };
  const waiting = new WaitingDecisions("w", "kari", shelf(), give);
  for (const key of ["k1", "k2", "k3"]) waiting.add([wish("in", "a")], key);
  await waiting.send();
  await waiting.send();
  expect(given).toEqual(["k1", "k2", "k3"]);
  expect(waiting.get().map(({ key, left, refused }) => [key, left, refused?.kind])).toEqual([
    ["k1", ["a"], undefined],
    ["k2", undefined, "not-allowed"],
  ]);
  expect(decidedBy(waiting.get()).size).toBe(0);
  waiting.drop("k1");
  waiting.drop("k2");
  expect(waiting.get()).toEqual([]);
});

test("r38 a session that ended keeps what waits, and a browser that keeps nothing says so", async () => {
  const give = () => Promise.reject(new Problem("no-session", 401, ""));
  const waiting = new WaitingDecisions("w", "kari", shelf(), give);
  waiting.add([wish("in", "a")], "k1");
  await waiting.send();
  expect(waiting.get()[0]?.refused).toBeUndefined();
  const full: Shelf = {
    ...shelf(),
    setItem: () => {
      throw new Error("full");
    },
  };
  expect(new WaitingDecisions("w", "kari", full).add([wish("in", "a")], "k1")).toBe(false);
  expect(new WaitingDecisions("w", "kari", undefined).add([wish("in", "a")], "k1")).toBe(false);
});

test("r38 each case is sent with what it was decided as, also by what waits before it", () => {
  const shown: Record<string, Choice> = {
    b: { decision: "in", criterion: "typical", reason: "god" },
    d: { decision: "in", criterion: "typical", reason: "bedre" },
  };
  const wishes = seenAs([wish("out", "a", "b", "c", "d")], (subject) => shown[subject]);
  expect(wishes.map(({ seen, cases }) => [seen, cases])).toEqual([
    [{ decision: "none", criterion: "", reason: "" }, ["a", "c"]],
    [shown["b"], ["b"]],
    [shown["d"], ["d"]],
  ]);
  const before = decidedBy([
    { key: "1", wishes: [wish("in", "a")] },
    { key: "2", wishes: [wish("reserve", "a")] },
  ]);
  expect(before.get("a")?.decision).toBe("reserve");
});

test("r38 what waits counts as not saved", () => {
  expect(withWaiting({ kind: "server" }, 0)).toEqual({ kind: "server" });
  expect(withWaiting({ kind: "server" }, 2)).toEqual({ kind: "sending", changes: 2 });
  const offline = { kind: "offline", since: null, changes: 1 } as const;
  expect(withWaiting(offline, 2)).toEqual({ ...offline, changes: 3 });
});

test("r38 what the server does not take yet is sent again while the connection stands, also what is added meanwhile", async () => {
  vi.useFakeTimers();
  try {
    let tries = 0;
    let problem: Problem | undefined = new Problem("unreachable", 0, "");
    const given: string[] = [];
    const give = (_: string, __: readonly Wish[], key: string) => {
      tries += 1;
      if (problem) return Promise.reject(problem);
      given.push(key);
      if (key === "k1") waiting.add([wish("in", "c")], "k3");
      return Promise.resolve(done);
    };
    const waiting = new WaitingDecisions("w", "kari", shelf(), give);
    const connection = new Cell<ConnectionState>("connecting");
    const stop = keepSending(waiting, connection);
    waiting.add([wish("in", "a")], "k1");
    await vi.advanceTimersByTimeAsync(100_000);
    expect(tries).toBe(0);

    connection.set("online");
    await vi.advanceTimersByTimeAsync(10_000);
    // At once, and after 2 and 4 seconds more; the next would be after 8.
    expect(tries).toBe(3);
    problem = new Problem("busy", 503, "");
    await vi.advanceTimersByTimeAsync(600_000);
    expect(tries).toBeLessThan(20);
    problem = undefined;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(given).toEqual(["k1", "k3"]);
    expect(waiting.get()).toEqual([]);

    waiting.add([wish("in", "b")], "k2");
    await vi.advanceTimersByTimeAsync(0);
    expect(given).toEqual(["k1", "k3", "k2"]);
    problem = new Problem("unreachable", 0, "");
    waiting.add([wish("in", "b")], "k4");
    await vi.advanceTimersByTimeAsync(0);
    stop();
    const before = tries;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(tries).toBe(before);
  } finally {
    vi.useRealTimers();
  }
});

test("r38 where what came of a decision cannot be kept, it is not sent over and over", async () => {
  const kept = shelf();
  let sent = 0;
  const give = () => Promise.resolve({ ...done, left: [`a${++sent}`] });
  new WaitingDecisions("w", "kari", kept, give).add([wish("in", "a")], "k1");
  const full: Shelf = {
    ...kept,
    setItem: () => {
      throw new Error("full");
    },
  };
  await new WaitingDecisions("w", "kari", full, give).send();
  expect(sent).toBe(1);
});

test("a1 who signs out is warned of decisions that wait as of other unsent changes, and they stay that person's", async () => {
  const kept = shelf();
  const kari = new WaitingDecisions("w", "kari", kept, () => Promise.reject(new Problem("unreachable", 0, "")));
  expect(unsentOf({ kind: "server" }, kari.get())).toBe(0);
  expect(unsentOf(undefined, kari.get())).toBe(0);
  kari.add([wish("out", "a", "b")], "k1");
  await kari.send();
  expect(unsentOf({ kind: "server" }, kari.get())).toBe(2);
  expect(unsentOf({ kind: "sending", changes: 3 }, kari.get())).toBe(5);
  const given: string[] = [];
  const give = (_: string, __: readonly Wish[], key: string) => {
    given.push(key);
    return Promise.resolve(done);
  };
  const per = new WaitingDecisions("w", "per", kept, give);
  await per.send();
  expect(unsentOf({ kind: "server" }, per.get())).toBe(0);
  expect(given).toEqual([]);
  await new WaitingDecisions("w", "kari", kept, give).send();
  expect(given).toEqual(["k1"]);
});

test("r23 a form of many cases goes in parts, and what is about one case stays together", () => {
  const change = (subject: string) => ({ subject, characteristic: "k", seen: "-not_coded", meanwhile: false }) as FormChange;
  const parts = inParts(["a", "b", "a", "c", "b"].map(change), { cases: 2, bytes: 1_000 });
  expect(parts.map((part) => part.map((one) => one.subject))).toEqual([["a", "a", "b", "b"], ["c"]]);
  expect(inParts([])).toEqual([]);
});

test("r23 a form of a thousand cases with every characteristic changed goes in parts that the server takes", () => {
  const changes: FormChange[] = [];
  for (let n = 0; n < 1_000; n++) {
    for (let k = 0; k < 24; k++) {
      const said = { subject: `case${String(n).padStart(12, "0")}`, characteristic: `characteristic-${k}`, seen: "one-value;another-value" };
      changes.push(said as FormChange);
    }
  }
  const parts = inParts(changes);
  expect(parts.length).toBeGreaterThan(1);
  for (const take of parts) expect(JSON.stringify({ take }).length).toBeLessThanOrEqual(LIMITS.import_choices_bytes_max);
  expect(parts.flat()).toEqual(changes);
});
