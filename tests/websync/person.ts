/** Somebody who came by a link, with a browser: cookies, storage, locks, tabs. */

import { createRequire } from "node:module";
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { Locks, until } from "../../web/test/sync/harness";
import type { Platform } from "../../web/src/sync/platform";
import type { Replica, WorkshopSync } from "../../web/src/sync/types";
import { openWorkshop } from "../../web/src/sync/workshop";
import type { Grant, Server } from "./server";

const ws = createRequire(import.meta.url)("ws") as {
  WebSocket: new (url: string, options: { headers: Record<string, string> }) => WebSocket;
};

export interface Case {
  facts: {
    name: string;
    status: unknown;
    start_year: number | null;
    level: Record<string, true>;
  };
  texts: { description: string; notes: string };
  parties: Record<string, { name: string; group: unknown; role: unknown; order: unknown }>;
  codings: Record<
    string,
    { state: unknown; number: number | null; values: Record<string, true>; note: string }
  >;
}

/** Whether these people sit where sockets are blocked (vitest.config.mts). */
const BLOCKED = process.env["SAMVERK_CARRIER"] === "line";
/** Longer than a line is tried again, so that it counts as lost. */
const DROP_MS = 60;

export class Person {
  participant = "";
  /** Whether this browser has a network. */
  online = true;
  private readonly cookies = new Map<string, string>();
  private readonly sockets = new Set<WebSocket>();
  /** Requests under way on lines. */
  private readonly requests = new Set<AbortController>();
  private dropped_until_ms = 0;
  private readonly tabs: WorkshopSync[] = [];
  private readonly indexedDB = new IDBFactory();
  private readonly locks = new Locks() as unknown as LockManager;

  private constructor(private readonly server: Server) {}

  static async join(server: Server, grant: Grant, name: string): Promise<Person> {
    const person = new Person(server);
    const secret = server.secrets.get(grant) ?? "";
    const joined = await person.call("POST", "/join", { secret, name, actor_group: "kommune" });
    person.participant = ((await joined.json()) as { participant: string }).participant;
    return person;
  }

  /** A request to the API as the web client makes them; fails where the server refuses. */
  async call(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = { "content-type": "application/json" };
    const answer = await this.fetch(`${this.server.origin}/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  async tab(): Promise<WorkshopSync> {
    const { workshop, origin } = this.server;
    const url = `${origin.replace("http", "ws")}/sync?workshop=${workshop}`;
    const session = { workshop, participant: this.participant, url, api: `${origin}/api/v1` };
    const tab = await openWorkshop(session, this.platform());
    this.tabs.push(tab);
    return tab;
  }

  /** Every connection ends; the tabs come back. */
  drop(): void {
    for (const socket of this.sockets) socket.close();
    for (const request of this.requests) request.abort();
    this.dropped_until_ms = Date.now() + DROP_MS;
  }

  /** The network goes, or comes back. */
  async network(on: boolean): Promise<void> {
    this.online = on;
    if (!on) this.drop();
    await until(() => this.tabs.every((tab) => (tab.connection.get() === "online") === on));
  }

  async leave(): Promise<void> {
    await Promise.all(this.tabs.splice(0).map((tab) => tab.close()));
  }

  private readonly fetch = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    if (!this.online) throw new TypeError("no network");
    const headers = new Headers(init.headers);
    headers.set("cookie", this.cookie());
    headers.set("origin", this.server.origin);
    const send = /\/line\b/.test(String(input)) ? this.onLine : fetch;
    const answer = await send(String(input), { ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = (line.split(";")[0] ?? "").split("=");
      if (name && value) this.cookies.set(name, value);
    }
    return answer;
  };

  private readonly onLine = async (url: string, init: RequestInit): Promise<Response> => {
    if (Date.now() < this.dropped_until_ms) throw new TypeError("the line is cut");
    const cut = new AbortController();
    this.requests.add(cut);
    try {
      const signals = init.signal ? [init.signal, cut.signal] : [cut.signal];
      return await fetch(url, { ...init, signal: AbortSignal.any(signals) });
    } finally {
      this.requests.delete(cut);
    }
  };

  private cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  private socket(url: string): WebSocket {
    // Nothing listens on port 1: that is how a browser without a network, or behind one that blocks sockets, fails.
    const where = this.online && !BLOCKED ? url : "ws://127.0.0.1:1/";
    const socket = new ws.WebSocket(where, {
      headers: { cookie: this.cookie(), origin: this.server.origin },
    });
    this.sockets.add(socket);
    return socket;
  }

  private platform(): Platform {
    return {
      openSocket: (url) => this.socket(url),
      fetch: this.fetch as typeof fetch,
      indexedDB: this.indexedDB,
      locks: this.locks,
      tab: undefined,
      now: () => Date.now(),
      persist: () => Promise.resolve(true),
      retry_ms_min: 20,
      retry_ms_max: 60,
      watch_every_ms: 20,
      socket_again_ms: 60_000,
    };
  }
}

/** The subject's replica, once it is there. */
export async function opened(tab: WorkshopSync, subject: string): Promise<Replica<Case>> {
  const replica = tab.open<Case>(subject);
  await until(() => replica.state === "ready");
  return replica;
}

/** The workshop's cases, oldest first. */
export async function cases(tab: WorkshopSync): Promise<string[]> {
  await until(() => tab.catalogue.get().length > 0);
  return tab.catalogue.get().flatMap(({ kind, subject }) => (kind === "case" ? [subject] : []));
}
