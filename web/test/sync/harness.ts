/** Browsers, tabs and waiting, for the sync tests. */

import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import type { Platform } from "../../src/sync/platform";
import type { Replica, Session, Store, WorkshopSync } from "../../src/sync/types";
import { openWorkshop } from "../../src/sync/workshop";
import { TestLines } from "./lines";
import { openSocket, TestServer } from "./server";

/** Whether these tests run where sockets are blocked (vitest.config.ts). */
export const BLOCKED = process.env["SAMVERK_CARRIER"] === "line";
/** Nothing listens there: that is how a network that blocks sockets fails. */
const NOWHERE = "ws://127.0.0.1:1/";

export const ANNA = "aaaaaaaaaaaaaaaa";
export const BO = "bbbbbbbbbbbbbbbb";

/** Locks as a browser has them; enough of them for what the sync layer asks. */
export class Locks {
  private readonly held = new Map<string, Promise<unknown>>();
  private readonly pending: { name: string }[] = [];

  query(): Promise<{ held: { name: string }[]; pending: { name: string }[] }> {
    const held = [...this.held.keys()].map((name) => ({ name }));
    return Promise.resolve({ held, pending: [...this.pending] });
  }

  request(name: string, ...rest: unknown[]): Promise<unknown> {
    const work = rest.at(-1) as (lock: object | null) => unknown;
    const before = this.held.get(name);
    const options = rest.length > 1 ? (rest[0] as { ifAvailable?: boolean; signal?: AbortSignal }) : {};
    if (before && options.ifAvailable) return Promise.resolve(work(null));
    const waits = { name };
    if (before) this.pending.push(waits);
    const { signal } = options;
    const given_up = new Promise((_, reject) =>
      signal?.addEventListener("abort", () => reject(new Error("aborted"))),
    );
    const run = Promise.race([Promise.resolve(before), given_up])
      .finally(() => before && this.pending.splice(this.pending.indexOf(waits), 1))
      .then(() => work({ name }));
    given_up.catch(() => undefined);
    // Who gave up waiting lets the next one wait for who is before.
    const turn = Promise.allSettled([before, run]);
    this.held.set(name, turn);
    void turn.then(() => this.held.get(name) === turn && this.held.delete(name));
    return run;
  }
}

/** One browser: its storage and its locks outlive the tabs. */
export class Browser {
  indexedDB: IDBFactory | undefined = new IDBFactory();
  locks: Locks | undefined = new Locks();
  now = (): number => Date.now();
  /** Bytes that a slow line has yet to take. */
  buffered = 0;
  private readonly tabs: WorkshopSync[] = [];

  /** Whether this browser's network blocks sockets, or swallows them: an address that takes and never answers. */
  blocked: boolean | string = BLOCKED;
  readonly lines: TestLines;
  /** Sockets that were tried. */
  sockets = 0;
  /** All tabs of these tests are one that is reloaded. */
  private readonly tab_keeps = new Map<string, string>();

  constructor(
    readonly server: TestServer,
    readonly participant = ANNA,
  ) {
    this.lines = new TestLines(server);
  }

  platform(): Platform {
    return {
      openSocket: (url) => {
        this.sockets++;
        const socket = openSocket(this.blocked === false ? url : this.blocked === true ? NOWHERE : this.blocked);
        return Object.defineProperty(socket, "bufferedAmount", { get: () => this.buffered });
      },
      fetch: this.lines.fetch,
      tab: { getItem: (key) => this.tab_keeps.get(key) ?? null, setItem: (key, value) => void this.tab_keeps.set(key, value) },
      indexedDB: this.indexedDB,
      locks: this.locks as unknown as LockManager | undefined,
      now: () => this.now(),
      persist: () => Promise.resolve(true),
      retry_ms_min: 2,
      retry_ms_max: 10,
      watch_every_ms: 5,
      socket_again_ms: 60_000,
    };
  }

  async tab(): Promise<WorkshopSync> {
    const session: Session = {
      workshop: "wwwwwwwwwwwwwwww",
      participant: this.participant,
      url: this.server.url,
      api: "/api/v1",
    };
    const tab = await openWorkshop(session, this.platform());
    this.tabs.push(tab);
    return tab;
  }

  async close(): Promise<void> {
    await Promise.all(this.tabs.map((tab) => tab.close()));
  }
}

export interface Case {
  texts: { description: string };
  facts: { status: unknown; start_year: number | null; level: Record<string, true> };
  parties: Record<string, { name: string; group: unknown; order: unknown }>;
}

/** Resolves when the condition holds; rejects after 10 s. */
export function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  // Made here, so that it names who waits.
  const late = new Error("it did not come about in 10 s");
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (condition()) resolve();
      else if (Date.now() > end) reject(late);
      else setTimeout(look, 1);
    };
    look();
  });
}

export function becomes<T>(store: Store<T>, test: (value: T) => boolean): Promise<void> {
  return until(() => test(store.get()));
}

export async function open(tab: WorkshopSync, subject = "case1"): Promise<Replica<Case>> {
  const replica = tab.open<Case>(subject);
  await until(() => replica.state === "ready");
  return replica;
}

export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
