/** Which carrier a tab uses: a socket, or a line while sockets are found to be blocked (rule B8). */

import { type Carrier, type CarrierKind, LOST } from "./carrier";
import { Line } from "./line";
import type { Platform } from "./platform";
import { Cell } from "./store";
import type { Session } from "./types";

/** Remembers over a reload, in this tab. */
const KEY = "samverk:line-until";
/** A socket that has not joined within this time is taken for blocked, where the server answers otherwise. */
const SOCKET_WAIT_MS = 8_000;
const JOIN_WAIT_MS = 15_000;
/** Where a socket has passed before, it may be the server that was away for a moment. */
const FAILURES_AFTER_PASS = 3;

export class Carriers {
  /** What carries the connection, or the last one. */
  readonly kind = new Cell<CarrierKind>("socket");
  private opened: CarrierKind = "socket";
  /** Until when no socket is tried, in ms since 1970. */
  private until_ms: number;
  private tried: Carrier | undefined;
  /** Whether a socket has joined since the page was opened. */
  private passed = false;
  /** Sockets that ended before they had joined, one after the other, while the server answered. */
  private failures = 0;

  constructor(
    private readonly session: Pick<Session, "url" | "api" | "workshop">,
    private readonly platform: Platform,
  ) {
    this.until_ms = Number(attempt(() => platform.tab?.getItem(KEY)) ?? 0);
  }

  open(): Carrier {
    this.opened = this.platform.now() < this.until_ms ? "line" : "socket";
    if (this.opened === "socket") return this.platform.openSocket(this.session.url);
    return new Line(`${this.session.api}/workshops/${this.session.workshop}/line`, this.platform);
  }

  get join_wait_ms(): number {
    return this.opened === "socket" ? SOCKET_WAIT_MS : JOIN_WAIT_MS;
  }

  joined(): void {
    this.kind.set(this.opened);
    if (this.opened === "socket") this.passed = true;
    this.failures = 0;
  }

  /** Whether a carrier that ended before it had joined is taken for blocked, where the server answers otherwise. */
  mayBeBlocked(code: number): boolean {
    const enough = this.failures + 1 >= (this.passed ? FAILURES_AFTER_PASS : 1);
    return this.opened === "socket" && code === LOST && enough;
  }

  /** A carrier ended before it had joined, and the server answers. True: the other kind is worth trying at once. */
  failed(code: number): boolean {
    const blocked = this.mayBeBlocked(code);
    this.failures++;
    if (blocked) this.block();
    // That a line cannot be opened is the server's word and not the network's.
    else if (this.opened === "line") this.remember(0);
    return blocked;
  }

  /** Tries a socket beside the line now and then; calls back when one opens. */
  look(free: () => void): void {
    if (this.opened !== "line" || this.tried || this.platform.now() < this.until_ms) return;
    const socket = (this.tried = this.platform.openSocket(this.session.url));
    // Until it opens, the next is a line again.
    this.block();
    socket.onopen = () => {
      this.remember(0);
      socket.close(1000);
      free();
    };
    socket.onclose = () => (this.tried = undefined);
    socket.onerror = () => undefined;
  }

  private block(): void {
    this.failures = 0;
    this.remember(this.platform.now() + this.platform.socket_again_ms);
  }

  private remember(until_ms: number): void {
    this.until_ms = until_ms;
    attempt(() => this.platform.tab?.setItem(KEY, String(until_ms)));
  }
}

/** Browsers that forbid storage throw. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
