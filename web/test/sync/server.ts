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
  peers: Map<string, Peer>;
  said: Map<string, Uint8Array>;
  refused: Set<string>;
}

/** How a connection stands to a document, as in the server's hub. */
interface Peer {
  /** It was sent everything up to the heads. */
  live: boolean;
  /** Heads it named that nobody here knows, for which it was asked. */
  asked: string;
  /** Changes that came before their dependencies (rule Y7). */
  orphans: Sent[];
}

/** A change as it was sent. */
type Sent = A.DecodedChange & { bytes: Uint8Array };

/** Changes in an order in which they apply, and those that wait for `missing`. */
interface Sorted {
  accepted: Sent[];
  waiting: Sent[];
  missing: string[];
}

export class TestServer {
  readonly documents = new Map<string, Doc>();
  readonly frames: { peer: string; type: string; documentId: string }[] = [];
  readonly claims = new Map<string, string>();
  catalogue: CatalogueEntry[] = [];
  people: Person[] = [];
  sessionOver = false;
  /** Why a change is refused, if it is. */
  refuse: (documentId: string, change: A.DecodedChange, participant: string) => Reason | undefined = () =>
    undefined;
  private held: (() => void)[] | undefined;
  private silent = false;
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
    this.documents.set(
      documentId,
      A.from(content, { actor: toHex(crypto.getRandomValues(new Uint8Array(16))) }),
    );
    this.catalogue.push({
      subject,
      document: documentId,
      kind,
      audience: "members",
      state: "open",
      may: ["read", "write", "presence"],
    });
  }

  json(documentId: string): unknown {
    return JSON.parse(JSON.stringify(this.documents.get(documentId)));
  }

  rights(subject: string, may: Right[]): void {
    this.catalogue = this.catalogue.map((entry) => (entry.subject === subject ? { ...entry, may } : entry));
  }

  /** Edits as somebody else does. */
  edit(documentId: string, change: (draft: Record<string, unknown>) => void): void {
    const before = this.document(documentId);
    const after = A.change(A.clone(before), change);
    this.documents.set(documentId, after);
    this.spread(
      documentId,
      A.getChangesSince(after, A.getHeads(before)).map((bytes) => ({ bytes })),
    );
  }

  /** Edits several times as somebody else does; the changes go out in one message, each apart or all as one. */
  edits(documentId: string, as: "apart" | "joined", changes: ((draft: Record<string, unknown>) => void)[]): void {
    const before = this.document(documentId);
    const after = changes.reduce((doc, change) => A.change(doc, change), A.clone(before));
    this.documents.set(documentId, after);
    const apart = A.getChangesSince(after, A.getHeads(before));
    const sent = as === "apart" ? apart : [A.saveSince(after, A.getHeads(before))];
    this.spread(
      documentId,
      sent.map((bytes) => ({ bytes })),
    );
  }

  /** Nothing is committed, and so nothing answered, until `commit`. */
  hold(): void {
    this.held = [];
  }

  /** Messages that wait for the commit. */
  get waiting(): number {
    return this.held?.length ?? 0;
  }

  /** Commits what waits, each message by itself, or all together with one acknowledgement for the last. */
  commit(together = false): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const [at, work] of held.entries()) {
      this.silent = together && at < held.length - 1;
      work();
    }
    this.silent = false;
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
    const line: Line = { socket, peer: "", n: 0, peers: new Map(), said: new Map(), refused: new Set() };
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
    this.send(line, {
      type: "peer",
      senderId: "server",
      selectedProtocolVersion: "1",
      peerMetadata: { storageId: "s" },
    });
  }

  private claim(line: Line, actor: unknown): void {
    if (typeof actor !== "string") throw new Error("an actor is claimed in hex");
    this.claims.set(actor, this.claims.get(actor) ?? participantOf(line));
  }

  private sync(line: Line, documentId: string, data: Uint8Array): void {
    const doc = this.documents.get(documentId);
    const message = A.decodeSyncMessage(data);
    const sent = changesIn(message.changes);
    if (
      !doc ||
      !this.catalogue.some(({ document, may }) => document === documentId && may.includes("read"))
    ) {
      const replaced = doc && !this.catalogue.some((entry) => entry.document === documentId);
      if (replaced)
        this.refused(
          line,
          documentId,
          sent.map(({ hash }) => hash),
          "replaced",
        );
      this.send(line, { type: "doc-unavailable", documentId });
      return;
    }
    const peer = line.peers.get(documentId) ?? { live: false, asked: "", orphans: [] };
    const opened = line.peers.has(documentId);
    line.peers.set(documentId, peer);
    const sorted = sort(doc, [...sent, ...peer.orphans]);
    peer.orphans = [];
    const reason = this.judge(line, documentId, sorted);
    if (reason) {
      this.refused(
        line,
        documentId,
        [...sorted.accepted, ...sorted.waiting].map(({ hash }) => hash),
        reason,
      );
      // A peer whose first message was refused still gets the document it may read.
      if (!peer.live) this.answer(line, peer, documentId, { heads: [], have: [], need: [] }, false, []);
    } else {
      peer.orphans = sorted.waiting;
      this.documents.set(
        documentId,
        A.applyChanges(
          A.clone(doc),
          sorted.accepted.map(({ bytes }) => bytes),
        )[0],
      );
      this.answer(
        line,
        peer,
        documentId,
        message,
        sent.length > 0 && sorted.missing.length === 0,
        sorted.missing,
      );
      this.spread(documentId, sorted.accepted, line);
    }
    if (!opened) for (const other of this.lines) this.introduce(other, line, documentId);
  }

  /** All of a message is taken or none (rule X2); what builds on something refused is refused too. */
  private judge(line: Line, documentId: string, { accepted, waiting, missing }: Sorted): Reason | undefined {
    const reasons = accepted.map((change) => this.refuse(documentId, change, participantOf(line)));
    const reason = reasons.find((one) => one !== undefined);
    if (reason) return reason;
    if (waiting.length > 0 && missing.some((hash) => line.refused.has(hash))) return "dependency";
    for (const { actor } of accepted) if (!this.claims.has(actor)) throw new Error("an unclaimed actor");
    return undefined;
  }

  private refused(line: Line, documentId: string, hashes: string[], reason: Reason): void {
    for (const hash of hashes) line.refused.add(hash);
    this.send(line, { type: "refused", n: ++line.n, documentId, hashes: hashes.map(fromHex), reason });
  }

  /** One message to each connection that has been sent everything before (rule Y3). */
  private spread(documentId: string, changes: readonly { bytes: Uint8Array }[], except?: Line): void {
    if (changes.length === 0) return;
    const heads = A.getHeads(this.document(documentId));
    for (const line of this.lines) {
      if (line === except || !line.peers.get(documentId)?.live) continue;
      this.sendSync(line, documentId, {
        heads,
        lastSync: heads,
        need: [],
        changes: changes.map(({ bytes }) => bytes),
      });
    }
  }

  /**
   * As `Document::answer` in the server's hub: everything the peer lacks, and a question for what it has
   * more.
   */
  private answer(
    line: Line,
    peer: Peer,
    documentId: string,
    said: Pick<A.DecodedSyncMessage, "heads" | "have" | "need">,
    acknowledge: boolean,
    missing: string[],
  ): void {
    const doc = this.document(documentId);
    const heads = A.getHeads(doc);
    const unknown = said.heads.filter((head) => !A.hasHeads(doc, [head]));
    const silent = unknown.length > 0 && !acknowledge;
    const asks = silent && unknown.join() !== peer.asked;
    const asksByName = silent && !asks;
    const startsOver =
      !acknowledge && said.have.every(({ lastSync }) => lastSync.length === 0) && said.heads.length === 0;
    const behind = !peer.live || asks || (startsOver && heads.length > 0);
    peer.live = true;
    peer.asked = unknown.join();
    const lastSync = said.have.flatMap((have) => have.lastSync);
    const known = said.heads.filter((head) => !unknown.includes(head));
    const stepped = lastSync.every((head) => A.hasHeads(doc, [head])) && said.heads.length > 0;
    const common = [...new Set(stepped ? [...known, ...lastSync] : known)];
    const asked = A.getAllChanges(doc).filter((bytes) => said.need.includes(A.decodeChange(bytes).hash));
    const changes = [...asked, ...(behind ? A.getChangesSince(doc, common) : [])];
    const need = asksByName ? unknown : missing;
    if (!behind && !acknowledge && need.length === 0 && changes.length === 0) return;
    this.sendSync(line, documentId, {
      heads,
      lastSync: behind && unknown.length > 0 ? common : heads,
      need,
      changes,
    });
  }

  private sendSync(
    line: Line,
    documentId: string,
    {
      heads,
      lastSync,
      need,
      changes,
    }: { heads: string[]; lastSync: string[]; need: string[]; changes: Uint8Array[] },
  ): void {
    const have = [{ lastSync, bloom: new Uint8Array() }];
    const message = { heads, need, have, changes, type: "v1" } as unknown as A.DecodedSyncMessage;
    this.send(line, { type: "sync", documentId, data: A.encodeSyncMessage(message) });
  }

  private introduce(other: Line, to: Line, documentId: string): void {
    const data = other.said.get(documentId);
    if (data && other !== to) this.send(to, { type: "ephemeral", documentId, data, senderId: other.peer });
  }

  private forward(line: Line, senderId: string, documentId: string, data: Uint8Array): void {
    if (senderId !== line.peer) return;
    line.said.set(documentId, data);
    for (const other of this.lines) {
      if (other === line || !other.peers.has(documentId)) continue;
      this.send(other, { type: "ephemeral", documentId, data, senderId });
    }
  }

  private send(line: Line, message: Record<string, unknown>): void {
    if (this.silent) return;
    line.socket.send(encode({ senderId: "server", targetId: line.peer, ...message }));
  }
}

function participantOf(line: Line): string {
  return line.peer.split(".")[0] ?? "";
}

function changesIn(blobs: readonly Uint8Array[]): Sent[] {
  const changes = blobs.flatMap((blob) => {
    try {
      A.decodeChange(blob);
      return [blob];
    } catch {
      return A.getAllChanges(A.loadIncremental(A.init(), blob));
    }
  });
  return changes.map((bytes) => ({ ...A.decodeChange(bytes), bytes }));
}

function sort(doc: Doc, changes: readonly Sent[]): Sorted {
  const accepted: Sent[] = [];
  let waiting = changes.filter(({ hash }) => !A.hasHeads(doc, [hash]));
  const there = (hash: string): boolean =>
    A.hasHeads(doc, [hash]) || accepted.some((one) => one.hash === hash);
  for (let more = true; more;) {
    const next = waiting.find(({ deps }) => deps.every(there));
    more = next !== undefined;
    if (next && !there(next.hash)) accepted.push(next);
    waiting = waiting.filter((one) => one !== next);
  }
  const missing = waiting.flatMap(({ deps }) =>
    deps.filter((dep) => !there(dep) && !waiting.some((w) => w.hash === dep)),
  );
  return { accepted, waiting, missing };
}
