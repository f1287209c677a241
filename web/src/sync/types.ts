/** What the screens know of the sync layer: stores they can read and subscribe to, replicas, edits. */

import type { ImmutableString } from "@automerge/automerge";
import type { Audience, Grant, Role } from "../generated/domain";
import type { CarrierKind } from "./carrier";
import type { Edit, Path } from "./edits";

/** A value that changes: `get` is cheap and keeps its identity while nothing has changed. */
export interface Store<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

/** Who is in which workshop, and where the server is. */
export interface Session {
  workshop: string;
  participant: string;
  /** Of the socket: `wss://host/sync`. */
  url: string;
  /** Of the API, without a slash at the end: `https://host/api/v1`. */
  api: string;
}

export type Right = "read" | "write" | "presence";

/** One document this participant may open. */
export interface CatalogueEntry {
  subject: string;
  document: string;
  kind: string;
  audience: Audience;
  state: "open" | "closed" | "archived";
  may: Right[];
  /** The code people know it by. */
  code?: string;
  /** Of a talk: the subject it is about. */
  about?: string;
  /** Of a model in the report: its number there. */
  report?: number;
  /** Of a case that went into another: which, and by what that is undone. */
  merged?: { into: string; import: string };
}

/** A participant as the server names them; `here` while one of their tabs is connected. */
export interface Person {
  participant: string;
  name: string;
  actor_group: string;
  organisation: string | null;
  roles: Role[];
  grants: Grant[];
  here: boolean;
  /** What they wait for in the lobby; only facilitators are told. */
  waits_for?: string[];
}

/** Somebody who is connected, and what they have before them. */
export interface HerePerson {
  person: Person;
  /** Whether it is this participant, perhaps in another tab. */
  self: boolean;
  subject: string | null;
  field: string | null;
}

/**
 * Where the participant's edits are.
 *
 * - `server`: all of them are on the server's disk.
 * - `sending`: on their way; kept in this browser meanwhile.
 * - `offline`: no connection since `since` (ms since 1970, null when there was none since the page
 *   was opened); `changes` wait in this browser.
 * - `refused`: kept copies wait for a decision.
 * - `browser-storage`: this browser takes no more: unsent changes live only as long as the page.
 * - `server-storage`: the server has stopped taking changes; they wait in this browser.
 * - `ended`: the session is over: the changes wait in this browser for the same person.
 */
export type SaveState =
  | { kind: "server" }
  | { kind: "sending"; changes: number }
  | { kind: "offline"; since: number | null; changes: number }
  | { kind: "refused"; copies: number; changes: number }
  | { kind: "browser-storage"; changes: number }
  | { kind: "server-storage"; changes: number }
  | { kind: "ended"; changes: number };

export type { CarrierKind } from "./carrier";

export type ConnectionState = "connecting" | "online" | "offline" | "ended";

/** Why the server refused a change (rule X3). */
export type Reason =
  | "read-only"
  | "closed"
  | "limit"
  | "replaced"
  | "duplicate"
  | "actor"
  | "author"
  | "locked"
  | "schema"
  | "malformed"
  | "dependency"
  | "quarantined";

/** One difference of a kept copy, for people to read. */
export interface Difference {
  path: Path;
  before: string | null;
  after: string | null;
}

/** A refused replica set aside in this browser, with what was the participant's own in it. */
export interface KeptCopy {
  id: string;
  subject: string | null;
  document: string;
  kind: string | null;
  reason: Reason;
  /** Milliseconds since 1970. */
  at: number;
  /** `offered`: waits for the participant; `reapplied`: its difference is in the document again. */
  status: "offered" | "reapplied" | "discarded";
  differences: Difference[];
}

/** The kept copies and what can be done with them. */
export interface KeptCopies extends Store<readonly KeptCopy[]> {
  /** Applies the copy's difference as new edits; false where this participant still may not. */
  reapply(id: string): Promise<boolean>;
  discard(id: string): Promise<void>;
  /** The copy as an automerge file. */
  file(id: string): Promise<{ name: string; bytes: Uint8Array } | undefined>;
  /** The copy's difference as readable text. */
  text(id: string): Promise<{ name: string; bytes: Uint8Array } | undefined>;
}

/** Somebody else who has the document before them. */
export interface Presence {
  /** One per tab. */
  peer: string;
  participant: string;
  name: string;
  actor_group: string;
  field: string | null;
  /** Positions in the field's text, as UTF-16 indices in this replica's present text. */
  cursor: { anchor: number; head: number } | null;
}

export type ReplicaState = "loading" | "ready" | "unavailable" | "quarantined";

/** A document's replica in this tab. */
export interface Replica<T = unknown> {
  readonly subject: string;
  readonly state: ReplicaState;
  readonly may: ReadonlySet<Right>;
  /** An immutable snapshot; it and the objects in it change identity when their content does. */
  readonly doc: T | undefined;
  /** Called when `state`, `may` or `doc` has changed. */
  subscribe(listener: () => void): () => void;
  /** Called when what lies at the path has changed. */
  subscribeTo(path: Path, listener: () => void): () => void;
  /** Does the edit in one change, and puts its inverse on the tab's undo stack unless it is said to be for good. */
  edit(edit: Edit, forGood?: boolean): void;
  /** Tells the others which field and which part of its text this tab has before it. */
  presence(field: string | null, at?: { path: Path; anchor: number; head: number }): void;
  readonly others: Store<readonly Presence[]>;
  close(): void;
}

/** The tab's own undo and redo stack. */
export interface History extends Store<{ undo: number; redo: number }> {
  undo(): boolean;
  redo(): boolean;
}

export interface WorkshopSync {
  readonly session: Session;
  readonly save: Store<SaveState>;
  readonly connection: Store<ConnectionState>;
  /** What carries the connection: a line is slower, and used where the network blocks sockets. */
  readonly carrier: Store<CarrierKind>;
  readonly catalogue: Store<readonly CatalogueEntry[]>;
  readonly people: Store<readonly Person[]>;
  readonly here: Store<readonly HerePerson[]>;
  readonly kept: KeptCopies;
  readonly history: History;
  /** Whether the browser promised to keep what is stored; `undefined` until it has answered. */
  readonly persistent: Store<boolean | undefined>;
  /** The replica of a subject; counted: each `open` needs a `close`. */
  open<T = unknown>(subject: string): Replica<T>;
  /** Tells the others which subject this tab shows. */
  where(subject: string | null): void;
  /** `view`: a derived view has changed (its name). `rights`, `reload`: as rules N2 and N5 say. */
  on(event: "view", listener: (view: string) => void): () => void;
  on(event: "rights" | "reload", listener: () => void): () => void;
  /** Connects at once instead of after the wait. */
  reconnect(): void;
  close(): Promise<void>;
}

/** What an item or a field can be made of: a plain string becomes Text, `choice(…)` stays whole. */
export type Content =
  string | number | boolean | null | ImmutableString | { readonly [key: string]: Content };
