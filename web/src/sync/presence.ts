/** Who has a document before them: sent as snapshots, kept for a while, named by the server's list only. */

import { decode, encode } from "./frames";
import type { ToServer } from "./frames";
import { Listeners } from "./store";

const HEARTBEAT_MS = 15_000;
const SILENCE_MS_MAX = 45_000;
const BETWEEN_MS_MIN = 67;

/** What a tab says of itself; cursors are automerge's, so they stay with their characters. */
export interface Where {
  subject?: string | null;
  field?: string | null;
  cursor?: { path: (string | number)[]; anchor: string; head: string } | null;
}

export interface Other {
  readonly peer: string;
  readonly participant: string;
  readonly where: Where;
  readonly heard_ms: number;
}

export interface PresenceLine {
  send(message: ToServer): boolean;
  now(): number;
  /** The sender id of this tab's present connection. */
  peer(): string;
  /** There is no room for more: presence comes after the edits. */
  full(): boolean;
}

let count = 0;
const sessionId = crypto.getRandomValues(new Uint32Array(2)).join("");

/** One document's presence. */
export class DocumentPresence {
  readonly changed = new Listeners();
  private readonly heard = new Map<string, Other>();
  private own: Where | undefined;
  private sent_ms = -Infinity;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly document: () => string,
    private readonly line: PresenceLine,
  ) {}

  /** Those heard of lately, the newest last. */
  others(): Other[] {
    const since_ms = this.line.now() - SILENCE_MS_MAX;
    return [...this.heard.values()].filter((other) => other.heard_ms > since_ms);
  }

  /**
   * Tells the others, with what was said before; at most 15 times a second, of those in between the newest.
   */
  say(part: Where): void {
    const next = { ...this.own, ...part };
    if (JSON.stringify(next) === JSON.stringify(this.own)) return;
    this.own = next;
    this.sayNow();
  }

  /** Takes back what was said of fields. */
  leaveFields(): void {
    if (this.own?.field === undefined) return;
    const { field: _field, cursor: _cursor, ...rest } = this.own;
    if (Object.keys(rest).length === 0) return this.close();
    this.own = rest;
    this.sayNow();
  }

  /** Tells it again: after a new connection, and as a heartbeat. */
  repeat(force: boolean): void {
    if (this.own && (force || this.line.now() - this.sent_ms >= HEARTBEAT_MS)) this.sayNow();
  }

  receive(senderId: string, data: Uint8Array): void {
    const said = readPresence(data);
    const participant = senderId.split(".")[0] ?? "";
    if (!said || senderId === this.line.peer() || participant === "") return;
    if (said.type === "goodbye") this.heard.delete(senderId);
    else {
      const known = this.heard.get(senderId);
      const where = said.type === "snapshot" ? said.state : { ...known?.where, ...said.state };
      this.heard.delete(senderId);
      this.heard.set(senderId, { peer: senderId, participant, where, heard_ms: this.line.now() });
    }
    this.changed.tell();
  }

  /** Forgets who has been silent for too long. */
  prune(): void {
    const present = new Set(this.others().map((other) => other.peer));
    const gone = [...this.heard.keys()].filter((peer) => !present.has(peer));
    for (const peer of gone) this.heard.delete(peer);
    if (gone.length > 0) this.changed.tell();
  }

  /** The connection is gone: whoever is still there says so on the next one. */
  clear(): void {
    if (this.heard.size === 0) return;
    this.heard.clear();
    this.changed.tell();
  }

  close(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    if (this.own) this.send({ type: "goodbye" });
    this.own = undefined;
  }

  /** Not at once: what was written in this turn of the event loop goes before. */
  private sayNow(): void {
    const wait_ms = Math.max(0, this.sent_ms + BETWEEN_MS_MIN - this.line.now());
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined;
      if (this.own && this.line.full()) {
        this.sent_ms = this.line.now();
        this.sayNow();
      } else if (this.own) this.send({ type: "snapshot", state: this.own });
    }, wait_ms);
  }

  private send(presence: { type: "goodbye" } | { type: "snapshot"; state: Where }): void {
    this.sent_ms = this.line.now();
    const data = encode({ __presence: presence });
    this.line.send({ type: "ephemeral", documentId: this.document(), count: ++count, sessionId, data });
  }
}

/** What a presence message says; undefined for what is none. */
function readPresence(
  data: Uint8Array,
): { type: "goodbye" | "snapshot" | "update"; state: Where } | undefined {
  let value: unknown;
  try {
    value = decode(data);
  } catch {
    return undefined;
  }
  const presence = field(value, "__presence");
  switch (field(presence, "type")) {
    case "goodbye":
      return { type: "goodbye", state: {} };
    case "snapshot":
      return { type: "snapshot", state: readWhere(field(presence, "state")) };
    case "update":
      return {
        type: "update",
        state: readWhere({ [String(field(presence, "channel"))]: field(presence, "value") }),
      };
    case "heartbeat":
      return { type: "update", state: {} };
    default:
      return undefined;
  }
}

/** Others' claims are data to check: only known keys of the right type are taken. */
function readWhere(value: unknown): Where {
  const where: Where = {};
  for (const key of ["subject", "field"] as const) {
    const said = field(value, key);
    if (said === null || (typeof said === "string" && said.length <= 200)) where[key] = said;
  }
  const cursor = field(value, "cursor");
  const [path, anchor, head] = [field(cursor, "path"), field(cursor, "anchor"), field(cursor, "head")];
  const isPath =
    Array.isArray(path) && path.every((step) => typeof step === "string" || typeof step === "number");
  if (isPath && typeof anchor === "string" && typeof head === "string") where.cursor = { path, anchor, head };
  else if (cursor === null) where.cursor = null;
  return where;
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
