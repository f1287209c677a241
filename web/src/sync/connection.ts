/** One connection to the server at a time: join, notices in order, silence, and coming back. */

import { type Carrier, LOST, OPEN } from "./carrier";
import type { Carriers } from "./carriers";
import { encode, readFrame, SCHEMA } from "./frames";
import type { FromServer, ToServer } from "./frames";
import type { Platform } from "./platform";
import { Cell } from "./store";
import type { ConnectionState } from "./types";

/** Asked for on a silent line: a document that does not exist is always answered (rule Y8). */
const PROBE_DOCUMENT = "11111111111111114Ki9Gx";
const PROBE_DATA = Uint8Array.of(0x42, 0, 0, 0, 0);
/** The server pings more often than this, but a page does not see pings. */
const PROBE_AFTER_MS = 40_000;
const DEAD_AFTER_MS = 70_000;
/** How long a line may be silent after the page woke up or the network came back. */
const DEAD_AFTER_WAKE_MS = 5_000;
const WAIT_MS_MAX = 60_000;
/** Bytes that may wait in the browser for a slow line before more is held back and gathered. */
const WAITING_BYTES_MAX = 32 * 1024;

export interface ConnectionEvents {
  /** A `peer` came: a new connection; everything has to be asked for again. */
  joined(): void;
  frame(frame: FromServer): void;
  /** A notice is missing before this one. */
  gap(): void;
  /** The carrier closed, or never opened: how the server answers otherwise. */
  closed(): Promise<Reach>;
}

/** `over`: the session is over and no attempt helps. `there`: the server answers. */
export type Reach = "over" | "there" | "gone";

export class Connection {
  readonly state = new Cell<ConnectionState>("connecting");
  /** Since when there is none, in ms since 1970. */
  offline_since: number | null = null;
  /** Fresh for each connection, so that the end of an old one is not taken for the end of this one. */
  peer = "";
  /** The code the last connection closed with. */
  last_code = 0;

  private carrier: Carrier | undefined;
  private server = "";
  private notice = 0;
  private attempts = 0;
  private heard_ms = 0;
  private opened_ms = 0;
  private dead_at_ms = Infinity;
  private probed = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly watch: ReturnType<typeof setInterval>;
  private closed = false;

  constructor(
    private readonly carriers: Carriers,
    private readonly participant: string,
    private readonly platform: Platform,
    private readonly events: ConnectionEvents,
  ) {
    this.watch = setInterval(() => this.look(), platform.watch_every_ms);
    globalThis.addEventListener?.("online", this.wake);
    globalThis.document?.addEventListener("visibilitychange", this.wake);
  }

  /** Connects at once, unless it is connected. */
  connect(): void {
    if (this.closed || this.carrier) return;
    clearTimeout(this.retry);
    if (this.state.get() === "ended") this.attempts = 0;
    this.state.set("connecting");
    this.peer = `${this.participant}.${randomPart()}`;
    this.notice = 0;
    this.opened_ms = this.heard_ms = this.platform.now();
    this.dead_at_ms = Infinity;
    this.probed = false;
    this.listen(this.carriers.open());
  }

  /** Sends a frame; false while there is no connection, and then the caller sends again after `joined`. */
  send(message: ToServer): boolean {
    if (!this.carrier || this.state.get() !== "online") return false;
    this.write(message);
    return true;
  }

  /** Whether a slow line has yet to take much of what was sent. */
  get full(): boolean {
    return (this.carrier?.bufferedAmount ?? 0) > WAITING_BYTES_MAX;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    clearInterval(this.watch);
    globalThis.removeEventListener?.("online", this.wake);
    globalThis.document?.removeEventListener("visibilitychange", this.wake);
    const carrier = this.carrier;
    this.carrier = undefined;
    carrier?.close(1000);
  }

  private listen(carrier: Carrier): void {
    this.carrier = carrier;
    carrier.binaryType = "arraybuffer";
    carrier.onopen = () => {
      this.write({
        type: "join",
        peerMetadata: { isEphemeral: false },
        supportedProtocolVersions: ["1"],
        samverk: 1,
        schema: SCHEMA,
      });
    };
    carrier.onmessage = (event: MessageEvent) => {
      if (carrier === this.carrier && event.data instanceof ArrayBuffer) this.read(new Uint8Array(event.data));
    };
    carrier.onclose = (event) => void this.ended(carrier, event.code);
    carrier.onerror = () => undefined;
  }

  private write(message: ToServer): void {
    if (this.carrier?.readyState !== OPEN) return;
    this.carrier.send(encode({ ...message, senderId: this.peer, targetId: this.server }));
  }

  private read(bytes: Uint8Array): void {
    this.heard_ms = this.platform.now();
    this.dead_at_ms = Infinity;
    this.probed = false;
    const frame = readFrame(bytes);
    if (!frame) return;
    if (frame.type === "peer") {
      this.server = frame.senderId;
      this.attempts = 0;
      this.offline_since = null;
      this.last_code = 0;
      this.carriers.joined();
      this.state.set("online");
      this.events.joined();
      return;
    }
    if ("n" in frame) {
      const missing = frame.n !== this.notice + 1;
      this.notice = frame.n;
      if (missing) this.events.gap();
    }
    if (frame.type === "doc-unavailable" && frame.documentId === PROBE_DOCUMENT) return;
    this.events.frame(frame);
  }

  private async ended(carrier: Carrier, code: number): Promise<void> {
    if (carrier !== this.carrier) return;
    const joined = this.state.get() === "online";
    this.carrier = undefined;
    this.last_code = code;
    // What a line will carry at once was never offline.
    if (joined || !this.carriers.mayBeBlocked(code)) this.offline();
    const server = await this.events.closed();
    if (this.closed || this.carrier) return;
    if (server === "there" && !joined && this.carriers.failed(code)) return this.connect();
    this.offline();
    if (server === "over") this.state.set("ended");
    else this.wait();
  }

  private offline(): void {
    this.offline_since ??= this.platform.now();
    this.state.set("offline");
  }

  /** A socket opens again: everything is asked for anew on it. */
  private readonly change = (): void => {
    const line = this.carrier;
    if (!line || this.closed) return;
    this.carrier = undefined;
    line.close(1000);
    this.connect();
  };

  private wait(): void {
    clearTimeout(this.retry);
    const { retry_ms_min, retry_ms_max } = this.platform;
    const first_ms = retry_ms_min + Math.random() * (retry_ms_max - retry_ms_min);
    this.retry = setTimeout(() => this.connect(), Math.min(first_ms * 1.5 ** this.attempts++, WAIT_MS_MAX));
  }

  /** Drops a line that has been silent for too long; asks before. */
  private look(): void {
    if (!this.carrier) return;
    const now = this.platform.now();
    const silent_ms = now - this.heard_ms;
    const joining = this.state.get() !== "online";
    const late = now - this.opened_ms > this.carriers.join_wait_ms;
    if (joining ? late : silent_ms > DEAD_AFTER_MS || now > this.dead_at_ms) {
      const carrier = this.carrier;
      carrier.close();
      void this.ended(carrier, LOST);
      return;
    }
    if (joining) return;
    if (silent_ms > PROBE_AFTER_MS && !this.probed) this.probe();
    this.carriers.look(this.change);
  }

  private probe(): void {
    this.probed = true;
    this.write({ type: "request", documentId: PROBE_DOCUMENT, data: PROBE_DATA });
  }

  private readonly wake = (): void => {
    if (globalThis.document?.visibilityState === "hidden") return;
    if (this.state.get() === "offline") this.connect();
    else if (this.state.get() === "online") {
      this.dead_at_ms = this.platform.now() + DEAD_AFTER_WAKE_MS;
      this.probe();
    }
  };
}

/** Random characters for ids that live as long as a connection or a tab. */
export function randomPart(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(36).padStart(2, "0"),
  ).join("");
}
