/** What the sync layer takes from the browser; tests give their own. */

import type { Carrier } from "./carrier";

export interface Platform {
  readonly openSocket: (url: string) => Carrier;
  readonly fetch: typeof fetch;
  /** Missing where the browser forbids storage. */
  readonly indexedDB: IDBFactory | undefined;
  /** Missing outside secure contexts: each tab then writes by an actor of its own. */
  readonly locks: LockManager | undefined;
  /** Lasts as long as the tab, over reloads; missing where the browser forbids storage. */
  readonly tab: Pick<Storage, "getItem" | "setItem"> | undefined;
  readonly now: () => number;
  /** Asks the browser to keep what is stored. */
  readonly persist: () => Promise<boolean>;
  /** The first wait before connecting again lies between these; later ones grow. */
  readonly retry_ms_min: number;
  readonly retry_ms_max: number;
  /** How often a silent line is looked at. */
  readonly watch_every_ms: number;
  /** How long no socket is tried after one was blocked. */
  readonly socket_again_ms: number;
}

/** The browser this page runs in. */
export function browser(): Platform {
  return {
    openSocket: (url) => new WebSocket(url),
    fetch: (input, init) => fetch(input, init),
    indexedDB: globalThis.indexedDB as IDBFactory | undefined,
    locks: (navigator as Partial<Navigator>).locks,
    tab: tabStorage(),
    now: Date.now,
    persist: async () => (await (navigator as Partial<Navigator>).storage?.persist?.()) ?? false,
    retry_ms_min: 3_000,
    retry_ms_max: 8_000,
    watch_every_ms: 2_500,
    socket_again_ms: 300_000,
  };
}

function tabStorage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
