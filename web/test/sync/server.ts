/** A small server for the tests: the protocol's rules, a commit that can be held, refusals on demand. */

import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import * as A from "@automerge/automerge";
import { decode, encode, fromHex, toHex } from "../../src/sync/frames";
import type { CatalogueEntry, Person, Reason, Right } from "../../src/sync/types";

interface Socket {
  send(bytes: Uint8Array): void;
  close(code: number): void;
  terminate(): void;
  on(event: "message", listener: (bytes: Uint8Array) => void): void;
  on(event: "close", listener: () => void): void;
}
interface SocketServer {
  on(event: "connection", listener: (socket: Socket) => void): void;
  once(event: "listening", listener: () => void): void;
  address(): AddressInfo;
  close(done: () => void): void;
}
const ws = createRequire(import.meta.url)("ws") as {
  WebSocket: new (url: string) => WebSocket;
  WebSocketServer: new (options: { host: string; port: number }) => SocketServer;
};

export const openSocket = (url: string): WebSocket => new ws.WebSocket(url);

type Doc = A.Doc<Record<string, unknown>>;
interface Line {
  socket: Socket;
  peer: string;
  n: number;
  states: Map<string, A.SyncState>;
  said: Map<string, Uint8Array>;
}

export class TestServer {
  readonly documents = new Map<string, Doc>();
  readonly frames: { peer: string; type: string; documentId: string }[] = [];
  readonly claims = new Map<string, string>();
  catalogue: CatalogueEntry[] = [];
  people: Person[] = [];
  sessionOver = false;
  /** Why a change is refused, if it is. */
  refuse: (documentId: string, change: A.ChangeMetadata, participant: string) => Reason | undefined = () => undefined;
  private held: (() => void)[] | undefined;
  private readonly lines = new Set<Line>();
  private sockets: SocketServer | undefined;
  private port = 0;

  async start(): Promise<void> {
    this.sockets = new ws.WebSocketServer({ host: "127.0.0.1", port: this.port });
    this.sockets.on("connection", (socket) => this.accept(socket));
    await new Promise<void>((listening) => this.sockets?.once("listening", listening));
    this.port = this.sockets.address().port;
  }

  /** Ends as a killed process does; what was not committed is gone. */
  async stop(code?: number): Promise<void> {
    this.held = undefined;
    for (const { socket } of this.lines) if (code) socket.close(code);
    for (const { socket } of this.lines) if (!code) socket.terminate();
    const sockets = this.sockets;
    this.sockets = undefined;
    await new Promise<void>((done) => (sockets ? sockets.close(done) : done()));
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/sync`;
  }

  get connections(): number {
    return this.lines.size;
  }

  add(subject: string, documentId: string, content: Record<string, unknown>, kind = "case"): void {
    this.documents.set(documentId, A.from(content, { actor: toHex(crypto.getRandomValues(new Uint8Array(16))) }));
    this.catalogue.push({ subject, document: documentId, kind, state: "open", may: ["read", "write", "presence"] });
  }

  json(documentId: string): unknown {
    return JSON.parse(JSON.stringify(this.documents.get(documentId)));
  }

  rights(subject: string, may: Right[]): void {
    this.catalogue = this.catalogue.map((entry) => (entry.subject === subject ? { ...entry, may } : entry));
  }

  /** Edits as somebody else does. */
  edit(documentId: string, change: (draft: Record<string, unknown>) => void): void {
    this.documents.set(documentId, A.change(this.document(documentId), change));
    this.spread(documentId);
  }

  /** Nothing is committed, and so nothing answered, until `commit`. */
  hold(): void {
    this.held = [];
  }

  /** Messages that wait for the commit. */
  get waiting(): number {
    return this.held?.length ?? 0;
  }

  commit(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const work of held) work();
  }

  notice(message: Record<string, unknown>, skip = 0): void {
    for (const line of this.lines) {
      line.n += 1 + skip;
      this.send(line, { ...message, n: line.n });
    }
  }

  close(code: number): void {
    for (const { socket } of this.lines) socket.close(code);
  }

  readonly fetch: typeof fetch = (input) => {
    if (!this.sockets) return Promise.reject(new TypeError("no network"));
    const path = String(input);
    if (this.sessionOver) return Promise.resolve(new Response("{}", { status: 401 }));
    const ids = this.people.map(({ participant }) => ({ id: participant }));
    if (path.endsWith("/session")) return Promise.resolve(Response.json({ participants: ids }));
    if (path.endsWith("/documents")) return Promise.resolve(Response.json({ documents: this.catalogue }));
    return Promise.resolve(Response.json({ people: this.people }));
  };

  private document(id: string): Doc {
    const found = this.documents.get(id);
    if (!found) throw new Error(`no document ${id}`);
    return found;
  }

  private accept(socket: Socket): void {
    const line: Line = { socket, peer: "", n: 0, states: new Map(), said: new Map() };
    this.lines.add(line);
    socket.on("message", (bytes) => {
      const frame = decode(new Uint8Array(bytes)) as Record<string, unknown>;
      const documentId = String(frame["documentId"] ?? "");
      this.frames.push({ peer: line.peer, type: String(frame["type"]), documentId });
      const data = frame["data"] instanceof Uint8Array ? frame["data"] : new Uint8Array();
      if (frame["type"] === "join") this.join(line, String(frame["senderId"]));
      else if (frame["type"] === "claim") this.claim(line, frame["actor"]);
      else if (frame["type"] === "ephemeral") this.forward(line, String(frame["senderId"]), documentId, data);
      else if (this.held) this.held.push(() => this.sync(line, documentId, data));
      else this.sync(line, documentId, data);
    });
    socket.on("close", () => {
      this.lines.delete(line);
      const goodbye = encode({ __presence: { type: "goodbye" } });
      for (const id of line.said.keys()) this.forward(line, line.peer, id, goodbye);
    });
  }

  private join(line: Line, peer: string): void {
    line.peer = peer;
    this.send(line, { type: "peer", senderId: "server", selectedProtocolVersion: "1", peerMetadata: { storageId: "s" } });
  }

  private claim(line: Line, actor: unknown): void {
    if (typeof actor !== "string") throw new Error("an actor is claimed in hex");
    this.claims.set(actor, this.claims.get(actor) ?? participantOf(line));
  }

  private sync(line: Line, documentId: string, data: Uint8Array): void {
    const doc = this.documents.get(documentId);
    if (!doc || !this.catalogue.some(({ document, may }) => document === documentId && may.includes("read"))) {
      const moved = A.decodeSyncMessage(data).heads.length > 0 && doc && !this.catalogue.some((e) => e.document === documentId);
      if (moved) this.refused(line, documentId, [], "replaced");
      else this.send(line, { type: "doc-unavailable", documentId });
      return;
    }
    const opened = line.states.has(documentId);
    const asksAnew = A.decodeSyncMessage(data).heads.length === 0;
    const state = asksAnew ? A.initSyncState() : (line.states.get(documentId) ?? A.initSyncState());
    const [next, received] = A.receiveSyncMessage(A.clone(doc), state, data);
    // Never kept waiting here: what lacks its dependencies is refused, so that no orphan stays in the document.
    if (A.getMissingDeps(next, []).length > 0) return this.refused(line, documentId, [], "dependency");
    const added = A.getChangesMetaSince(next, A.getHeads(doc));
    const reasons = added.map((change) => this.refuse(documentId, change, participantOf(line)));
    const reason = reasons.find((one) => one !== undefined);
    if (reason) return this.refused(line, documentId, added.map(({ hash }) => hash), reason);
    for (const { actor } of added) if (!this.claims.has(actor)) throw new Error("an unclaimed actor");
    this.documents.set(documentId, next);
    line.states.set(documentId, received);
    this.answer(line, documentId);
    if (added.length > 0) this.spread(documentId, line);
    if (!opened) for (const other of this.lines) this.introduce(other, line, documentId);
  }

  private refused(line: Line, documentId: string, hashes: string[], reason: Reason): void {
    this.send(line, { type: "refused", n: ++line.n, documentId, hashes: hashes.map(fromHex), reason });
  }

  private spread(documentId: string, except?: Line): void {
    for (const line of this.lines) if (line !== except && line.states.has(documentId)) this.answer(line, documentId);
  }

  private answer(line: Line, documentId: string): void {
    const [state, message] = A.generateSyncMessage(this.document(documentId), line.states.get(documentId) ?? A.initSyncState());
    line.states.set(documentId, state);
    if (message) this.send(line, { type: "sync", documentId, data: message });
  }

  private introduce(other: Line, to: Line, documentId: string): void {
    const data = other.said.get(documentId);
    if (data && other !== to) this.send(to, { type: "ephemeral", documentId, data, senderId: other.peer });
  }

  private forward(line: Line, senderId: string, documentId: string, data: Uint8Array): void {
    if (senderId !== line.peer) return;
    line.said.set(documentId, data);
    for (const other of this.lines) {
      if (other === line || !other.states.has(documentId)) continue;
      this.send(other, { type: "ephemeral", documentId, data, senderId });
    }
  }

  private send(line: Line, message: Record<string, unknown>): void {
    line.socket.send(encode({ senderId: "server", targetId: line.peer, ...message }));
  }
}

function participantOf(line: Line): string {
  return line.peer.split(".")[0] ?? "";
}
