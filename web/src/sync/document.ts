/** One document in this tab: its replica, its conversation with the server, and what is stored of it. */

import * as A from "@automerge/automerge";
import type { ActorSlot } from "./actors";
import { heldSlots, takeActor } from "./actors";
import { applyEdit, spliceOf, TextSteps, undo } from "./apply";
import type { Done, Draft } from "./apply";
import type { Edit, Path } from "./edits";
import type { ToServer } from "./frames";
import type { TabHistory } from "./history";
import { alone } from "./locks";
import { rawAt } from "./paths";
import { DocumentPresence } from "./presence";
import type { PresenceLine } from "./presence";
import { attempt, reapply } from "./difference";
import type { Doc } from "./difference";
import { DocumentListeners } from "./document-listeners";
import type { TextListener } from "./document-listeners";
import { mayReapply, Rebase } from "./rebase";
import type { Outcome } from "./rebase";
import { splicesOf } from "./splices";
import { DocumentStorage, ownOf } from "./document-storage";
import type { Listeners } from "./store";
import type { Chunk, Storage, StoredCopy } from "./storage";
import { headsOf, needsOf, sameHeads, syncStateFrom } from "./sync-message";
import type { CatalogueEntry, Reason, ReplicaState, Right } from "./types";

/** Rebases in a row before a difference is only offered. */
const REBASES_MAX = 2;

/** How long a change waits for a note in this browser before it is sent: a browser's storage can hang. */
const STORING_MS_MAX = 2_000;

/** How long changes wait for the acknowledgement of those before them. */
const FLIGHT_MS_MAX = 100;

/** How often it is looked at whether what was held back can go. */
const LOOK_AGAIN_MS = 20;

/** How long the server waits to hear that what it sent has come: it needs to know only for the next connection. */
const ANSWER_AFTER_MS = 200;

/** What a document needs of its workshop. */
export interface Surroundings {
  readonly storage: Storage;
  readonly locks: LockManager | undefined;
  readonly history: TabHistory;
  readonly line: PresenceLine;
  send(message: ToServer): boolean;
  online(): boolean;
  entry(subject: string): CatalogueEntry | undefined;
  /** Reads the catalogue again; the rights after it are those of this moment. */
  refresh(): Promise<void>;
  copies(document: string): Promise<StoredCopy[]>;
  keep(copy: StoredCopy): void;
  /** The copy is in storage. */
  keptCopy(): void;
  /** The document has another id. */
  moved(document: LiveDocument, from: string): void;
  /** The number of unsent changes may be another. */
  counted(): void;
  stored(ok: boolean): void;
  tooOld(): void;
}

/** A change the server has not acknowledged. */
interface Pending {
  readonly hash: string;
  /** Whether it builds on all pending ones before it. */
  readonly chained: boolean;
  /** Whether it began a step, or continued the typing of the one before it. */
  readonly step: boolean;
}

export class LiveDocument {
  state: ReplicaState = "loading";
  /** Handles that are open on it. */
  uses = 0;
  used_ms = 0;
  readonly presence: DocumentPresence;

  private doc: Doc = A.init();
  private sync: A.SyncState = A.initSyncState();
  private acked: A.Heads = [];
  private pending: Pending[] = [];
  private slot: ActorSlot | undefined;
  /** Actors of this browser, and those claimed on this connection. */
  private readonly actors = new Set<string>();
  private claimed = new Set<string>();
  private rebase: Rebase | undefined;
  private rebases = 0;
  private asked = false;
  /** The server has not named its heads on this connection yet. */
  private returning = true;
  private pushing = false;
  /** Own changes wait for the note that they go ahead of the storage. */
  private noting = false;
  /** When own changes were sent that are not acknowledged; what is written meanwhile goes in one message. */
  private flight_ms: number | undefined;
  /** Edits are held back until there is room for them. */
  private held = false;
  /** A push that waits. */
  private later: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  private readonly stored: DocumentStorage;
  private readonly steps = new TextSteps();
  private readonly listeners = new DocumentListeners();
  private readonly loaded: Promise<void>;

  constructor(
    readonly subject: string,
    public id: string,
    private readonly around: Surroundings,
  ) {
    this.presence = new DocumentPresence(() => this.id, {
      ...around.line,
      full: () => this.held || around.line.full(),
    });
    this.stored = new DocumentStorage(
      id,
      around.storage,
      (ok) => around.stored(ok),
      () => around.line.now(),
      () => ({ doc: this.doc, unsent: this.pending.length > 0 }),
      () => this.slot?.caughtUp(),
    );
    this.loaded = this.load();
  }

  /** What screens see; undefined until it is there, and where it may not be read. */
  get snapshot(): Doc | undefined {
    return this.state === "ready" || this.state === "quarantined" ? this.doc : undefined;
  }

  get may(): ReadonlySet<Right> {
    return new Set(this.around.entry(this.subject)?.may);
  }

  get editable(): boolean {
    return this.state === "ready" && (this.around.entry(this.subject)?.may.includes("write") ?? false);
  }

  /** Steps the server has not acknowledged. */
  get unsent(): number {
    const steps = this.pending.filter(({ step }) => step).length;
    return this.pending.length > 0 ? Math.max(1, steps) : 0;
  }

  get idle(): boolean {
    return this.uses === 0 && this.pending.length === 0 && !this.rebase;
  }

  async ready(): Promise<void> {
    await this.loaded;
  }

  /** Does an edit, stores it and sends it; what is done for good is not undone. */
  edit(edit: Edit, forGood = false): void {
    if (!this.editable) throw new Error("this document takes no edits now");
    if (forGood) return this.dropDone(this.change(false, (draft) => applyEdit(draft, edit, this.steps)));
    const text = spliceOf(this.doc, edit);
    const open = text && this.around.history.continued(this, text.key, text.splice);
    const continues = open !== undefined && this.steps.has(text?.key ?? "", open);
    const done = this.change(continues, (draft) =>
      applyEdit(draft, edit, this.steps, continues ? open : undefined),
    );
    this.around.history.note(this, done, continues);
  }

  undoDone(done: readonly Done[]): Done[] {
    return this.editable ? this.change(false, (draft) => undo(draft, done, this.steps)) : [];
  }

  dropDone(done: readonly Done[]): void {
    for (const one of done) if (one.kind === "text") this.steps.drop(one.key, one.step);
  }

  get changed(): Listeners {
    return this.listeners.all;
  }

  onPath(path: Path, tell: () => void): () => void {
    return this.listeners.onPath(path, this.snapshot, tell);
  }

  onText(path: Path, listener: TextListener): () => void {
    return this.listeners.onText(path, listener);
  }

  /** A cursor that stays with its character, and where one is; undefined where there is no such text. */
  cursor(path: Path, index: number): string | undefined {
    return attempt(() => A.getCursor(this.doc, [...path], index));
  }

  position(path: Path, cursor: string): number | undefined {
    return attempt(() => A.getCursorPosition(this.doc, [...path], cursor));
  }

  /** Asks the server, on a new connection or after the document may have become available. */
  async begin(): Promise<void> {
    await this.loaded;
    this.claimed.clear();
    if (this.state === "quarantined") this.state = "ready";
    this.sync = syncStateFrom(this.acked);
    if (this.rebase) this.rebase.sync = A.initSyncState();
    this.asked = false;
    this.returning = true;
    this.flight_ms = undefined;
    this.push();
  }

  /** The catalogue has changed: other rights, perhaps another document. */
  catalogued(): void {
    const entry = this.around.entry(this.subject);
    if (entry && entry.document !== this.id) this.moveTo(entry.document);
    else if (entry && (this.state === "unavailable" || this.state === "quarantined")) void this.begin();
    this.changed.tell();
  }

  async receive(message: Uint8Array): Promise<void> {
    await this.loaded;
    const rebase = this.rebase;
    if (!rebase) this.receiveOwn(message);
    else if (rebase.receive(message) && !rebase.finishing) void this.setAside(rebase, true);
    if (rebase || this.pending.length > 0 || this.isAsked(message)) this.pushSoon();
    else this.pushLater(ANSWER_AFTER_MS);
  }

  async unavailable(): Promise<void> {
    await this.loaded;
    if (this.rebase || this.pending.length > 0) {
      await this.setAside(this.rebase ?? new Rebase("read-only", this.renewActor()), false);
      this.doc = A.init(this.slot?.actor);
      this.acked = [];
    }
    this.show("unavailable", null);
  }

  /** The server refused changes (rule X2). */
  async refused(hashes: readonly string[], reason: Reason): Promise<void> {
    await this.loaded;
    if (this.rebase) return;
    const known =
      hashes.length === 0 ? this.pending.length > 0 : hashes.some((hash) => A.hasHeads(this.doc, [hash]));
    if (!known) return;
    if (reason === "quarantined") return this.show("quarantined");
    if (reason === "schema") this.around.tooOld();
    if (reason === "replaced") await this.around.refresh();
    if (!this.rebase) this.startRebase(reason);
  }

  /** Takes over what tabs that are closed by now have left unsent. */
  async takeOver(): Promise<void> {
    await this.loaded;
    if (this.rebase || this.closed) return;
    await this.taking(async () => {
      const found = await this.stored.left(await this.heldSlots());
      if (found.chunks.length === 0) return;
      // The closed tab may have renewed its actor after this one was opened.
      await this.recallActors();
      this.takeIn(this.stored.takeLeft(found));
    });
  }

  private takeIn(left: readonly Chunk[]): void {
    if (left.length === 0) return;
    this.stored.addTheirs();
    this.doc = this.stored.read(this.doc, left);
    this.pending = this.unacknowledged([...this.pending.map(({ hash }) => hash), ...ownOf(left)]);
    this.show(A.getHeads(this.doc).length > 0 ? "ready" : this.state, null);
    this.around.counted();
    this.pushSoon();
  }

  /** Applies a kept copy's difference as new edits; false where that is not possible. */
  async applyCopy(copy: StoredCopy): Promise<boolean> {
    await this.loaded;
    if (!this.editable) return false;
    const old = A.load<Record<string, unknown>>(copy.bytes);
    const actor = this.renewActor();
    if (!actor) return false;
    const again = attempt(() => ({ change: reapply(this.doc, old, copy.acked, actor) }));
    if (again?.change) this.adopt(again.change);
    this.show("ready", null);
    return again !== undefined;
  }

  /** Writes what is not yet stored. */
  async settled(): Promise<void> {
    await this.loaded;
    this.stored.addTheirs();
    await this.stored.flush();
  }

  async close(): Promise<void> {
    this.presence.close();
    await this.loaded;
    this.closed = true;
    clearTimeout(this.later);
    await this.stored.close();
    this.slot?.release();
  }

  private async load(): Promise<void> {
    const { storage, locks } = this.around;
    const [slot, found] = await this.taking(async () => {
      const slot = await takeActor(storage, locks, this.stored.id);
      return [slot, await this.stored.load(this.subject, slot.number, await this.heldSlots())] as const;
    });
    this.slot = slot;
    const read = (actor: string): Doc => this.stored.read(A.init<Record<string, unknown>>(actor), found.chunks);
    this.doc = read(slot.actor);
    // Among what another tab answers for, and among what waits for something that is not here, may be changes of
    // this slot's actor: it would number its next ones the same.
    if (found.without > 0 || A.getMissingDeps(this.doc, []).length > 0) this.doc = read(slot.renew());
    const actor = A.getActorId(this.doc);
    this.actors.add(actor);
    await this.recallActors();
    this.acked = found.acked.filter((head) => A.hasHeads(this.doc, [head]));
    this.pending = this.unacknowledged(found.own);
    this.around.counted();
    if (A.getHeads(this.doc).length > 0) this.show("ready", null);
    if (this.around.online()) void this.begin();
  }

  /** One tab at a time looks at what is left and notes what it takes. */
  private taking<T>(work: () => Promise<T>): Promise<T> {
    return alone(
      this.around.locks,
      `samverk-take:${this.around.storage.name}:${this.stored.id}`,
      async () => {
        const taken = await work();
        await this.stored.flush();
        return taken;
      },
    );
  }

  private heldSlots(): Promise<Set<number>> {
    return heldSlots(this.around.storage, this.around.locks, this.stored.id);
  }

  /** Those of the own changes that the server has not acknowledged. */
  private unacknowledged(own: readonly string[]): Pending[] {
    const since = new Map(A.getChangesMetaSince(this.doc, this.acked).map((change) => [change.hash, change]));
    const unsent = own.filter((hash) => since.has(hash) || !A.hasHeads(this.doc, [hash]));
    return unsent.map((hash) => ({ hash, chained: false, step: since.get(hash)?.message !== CONTINUES }));
  }

  private change(continues: boolean, work: (draft: Draft) => Done[]): Done[] {
    let done: Done[] = [];
    let patches: A.Patch[] = [];
    const before = A.getHeads(this.doc);
    this.stored.addTheirs();
    try {
      const options = {
        ...(continues ? { message: CONTINUES } : {}),
        patchCallback: (all: A.Patch[]) => (patches = all),
      };
      this.doc = A.change(this.doc, options, (draft) => {
        done = work(draft);
      });
    } catch (error) {
      // The change was rolled back, and the text steps may have followed half of it.
      this.steps.clear();
      throw error;
    }
    if (!sameHeads(before, A.getHeads(this.doc))) {
      this.noteLocal(A.getLastLocalChange(this.doc), !continues, true);
      this.tell(patches);
    }
    return done;
  }

  /** Notes the newest change as this tab's own, stores it, then sends it. */
  private noteLocal(bytes: A.Change | undefined, step: boolean, chained: boolean): void {
    if (!bytes) return;
    const heads = A.getHeads(this.doc);
    const hash = (chained && heads.length === 1 && heads[0]) || A.decodeChange(bytes).hash;
    this.pending.push({ hash, chained, step });
    this.stored.addOwn(hash, bytes);
    this.around.counted();
    this.pushSoon();
  }

  /** Takes in a difference that was done again. */
  private adopt(change: A.Change): void {
    this.stored.addTheirs();
    [this.doc] = A.applyChanges(this.doc, [change]);
    this.noteLocal(change, true, false);
  }

  /** Stores and sends what was written in this turn of the event loop. */
  private pushSoon(): void {
    if (this.pushing) return;
    this.pushing = true;
    queueMicrotask(() => void this.storeAndPush());
  }

  /**
   * Hands what is new to the browser's storage, and sends it without waiting for that: only before the first
   * of several changes it waits for the note that they go ahead, so that a tab which ends before they are
   * stored leaves no actor behind that would number other changes the same.
   */
  private async storeAndPush(): Promise<void> {
    void this.stored.flush();
    const noted = this.pending.length > 0 ? this.slot?.goAhead() : undefined;
    this.noting = noted !== undefined;
    if (noted) {
      await atMost(noted, STORING_MS_MAX);
      void this.stored.flush();
    }
    this.noting = this.pushing = false;
    this.push();
  }

  private pushLater(wait_ms: number): void {
    this.later ??= setTimeout(() => {
      this.later = undefined;
      this.push();
    }, wait_ms);
  }

  /** Whether own changes wait: for the note, for the acknowledgement of those before them, for a full line. */
  private waits(): boolean {
    if (this.rebase || this.pending.length === 0) return false;
    if (this.noting || this.around.line.full()) return true;
    return this.flight_ms !== undefined && this.around.line.now() - this.flight_ms < FLIGHT_MS_MAX;
  }

  /** Sends what the server lacks. */
  private push(): void {
    if (this.state === "quarantined" || !this.around.online()) return;
    this.held = this.waits();
    if (this.held) return this.pushLater(LOOK_AGAIN_MS);
    const target = this.rebase;
    const doc = target?.fresh ?? this.doc;
    this.claim(doc, target !== undefined);
    const [sync, message] = A.generateSyncMessage(doc, target?.sync ?? this.sync);
    if (target) target.sync = sync;
    else this.sync = sync;
    if (!message) return;
    if (!target && !this.returning && this.pending.length > 0) this.flight_ms = this.around.line.now();
    const type = A.getHeads(doc).length === 0 && !this.asked ? "request" : "sync";
    this.asked = true;
    this.around.send({ type, documentId: this.id, data: message });
  }

  /** Whether the server waits for an answer: it asks for changes, or names heads that are not here. */
  private isAsked(message: Uint8Array): boolean {
    return needsOf(message) || !headsOf(message).every((head) => A.hasHeads(this.doc, [head]));
  }

  /** Says which of the actors in what may be sent are this participant's: those of this browser (rule X5). */
  private claim(doc: Doc, fresh: boolean): void {
    const sent = fresh ? [] : A.getChangesMetaSince(doc, this.acked).map(({ actor }) => actor);
    const actors = new Set(sent.filter((actor) => this.actors.has(actor)));
    if (this.may.has("write")) actors.add(A.getActorId(doc));
    for (const actor of actors) {
      if (this.claimed.has(actor)) continue;
      if (this.around.send({ type: "claim", documentId: this.id, actor })) this.claimed.add(actor);
    }
  }

  /** Where the browser fails to read them, those of this tab are known still. */
  private async recallActors(): Promise<void> {
    const own = await this.around.storage.ownActors(this.stored.id).catch(() => []);
    for (const actor of own) this.actors.add(actor);
  }

  private renewActor(): string | undefined {
    const actor = this.slot?.renew();
    if (actor) this.actors.add(actor);
    return actor;
  }

  private receiveOwn(message: Uint8Array): void {
    const before = A.getHeads(this.doc);
    let patches: A.Patch[] = [];
    const received = attempt(() =>
      A.receiveSyncMessage(this.doc, this.sync, message, {
        patchCallback: (all: A.Patch[]) => (patches = all),
      }),
    );
    // Other changes are numbered as some of this replica's: the server's are those that stand.
    if (!received) return this.startRebase("duplicate");
    [this.doc, this.sync] = received;
    const heads = A.getHeads(this.doc);
    const moved = !sameHeads(before, heads);
    if (moved) this.stored.noteTheirs(before);
    if (needsOf(message)) this.flight_ms = undefined;
    this.acknowledge(headsOf(message));
    if (heads.length === 0) return;
    if (this.state !== "ready" && this.state !== "quarantined") this.show("ready", null);
    else if (moved) this.tell(patches, true);
  }

  /** The server has these heads on disk: what they contain is saved (invariant A1). */
  private acknowledge(heads: A.Heads): void {
    if (heads.length === 0 || !heads.every((head) => A.hasHeads(this.doc, [head]))) return;
    if (!sameHeads(heads, this.acked)) this.stored.addAcked(heads);
    if (this.returning) this.bringBack(heads);
    this.returning = false;
    this.acked = heads;
    const before = this.pending.length;
    const there = ({ hash }: Pending): boolean => A.hasHeads(this.doc, [hash]);
    if (sameHeads(heads, A.getHeads(this.doc))) this.pending = this.pending.filter((one) => !there(one));
    else if (this.pending.length > 0) {
      const last = this.pending.findLastIndex(({ hash, chained }) => chained && heads.includes(hash));
      this.pending.splice(0, last + 1);
      if (last < 0 || this.pending.some(({ chained }) => !chained)) {
        const unsent = new Set(A.getChangesMetaSince(this.doc, heads).map(({ hash }) => hash));
        this.pending = this.pending.filter((one) => unsent.has(one.hash) || !there(one));
      }
    }
    if (this.pending.length < before) this.flight_ms = undefined;
    if (this.pending.length === 0) {
      this.rebases = 0;
      this.stored.allSent();
    }
    this.around.counted();
  }

  /** On a new connection: own changes the server had on disk and has no more are unsent again. */
  private bringBack(heads: A.Heads): void {
    if (this.acked.length === 0 || sameHeads(heads, A.getHeads(this.doc))) return;
    const known = new Set(this.pending.map(({ hash }) => hash));
    for (const bytes of A.getChangesSince(this.doc, heads)) {
      const { hash, actor, message } = A.decodeChange(bytes);
      if (known.has(hash) || !this.actors.has(actor)) continue;
      this.pending.push({ hash, chained: false, step: message !== CONTINUES });
      this.stored.addOwn(hash, bytes);
    }
  }

  private moveTo(id: string): void {
    const from = this.id;
    this.id = id;
    this.around.moved(this, from);
    this.claimed.clear();
    this.startRebase("replaced");
  }

  private startRebase(reason: Reason): void {
    this.rebase = new Rebase(reason, this.renewActor());
    this.asked = false;
    this.push();
  }

  /**
   * Sets the refused replica aside and goes on with the server's document, with the difference done again
   * where that is allowed. Edits made until the swap are part of the difference: none is lost.
   */
  private async setAside(rebase: Rebase, haveFresh: boolean): Promise<void> {
    rebase.finishing = true;
    if (haveFresh) await this.around.refresh();
    await alone(
      this.around.locks,
      `samverk-rebase:${this.around.storage.name}:${this.stored.id}`,
      async () => {
        const copies = await this.around.copies(this.stored.id);
        // A closed tab leaves its replica as it is stored; who opens it next begins anew.
        if (this.closed || (this.rebase !== rebase && haveFresh)) return;
        await this.swap(rebase, haveFresh, copies);
      },
    );
  }

  private async swap(rebase: Rebase, haveFresh: boolean, copies: readonly StoredCopy[]): Promise<void> {
    const may = haveFresh && ++this.rebases <= REBASES_MAX && mayReapply(rebase.reason) && this.editable;
    const own = new Set(this.pending.map(({ hash }) => hash));
    const outcome = rebase.outcome(this.doc, this.acked, own, copies, may);
    const keeps = outcome.differences.length > 0;
    if (keeps) this.keepCopy(rebase.reason, outcome);
    this.rebase = undefined;
    this.flight_ms = undefined;
    this.pending = [];
    this.steps.clear();
    const moved = this.stored.id !== this.id;
    this.stored.restart(this.id, this.subject, rebase.fresh, rebase.acked);
    this.acked = rebase.acked;
    this.sync = rebase.sync;
    this.doc = rebase.fresh;
    if (outcome.again) this.adopt(outcome.again);
    if (haveFresh) this.show("ready", null);
    this.around.counted();
    await this.stored.flush();
    if (keeps) this.around.keptCopy();
    if (moved) await this.takeSlot();
  }

  private keepCopy(reason: Reason, { differences, before, hashes, again }: Outcome): void {
    const copy: StoredCopy = {
      id: crypto.getRandomValues(new Uint32Array(4)).join("-"),
      subject: this.subject,
      document: this.stored.id,
      kind: this.around.entry(this.subject)?.kind ?? null,
      reason,
      at: this.around.line.now(),
      status: again ? "reapplied" : "offered",
      differences,
      bytes: A.save(this.doc),
      acked: before,
      hashes,
    };
    this.stored.addCopy(copy);
    this.around.keep(copy);
  }

  /** A slot of the document under its new id. */
  private async takeSlot(): Promise<void> {
    this.slot?.release();
    this.slot = await takeActor(this.around.storage, this.around.locks, this.id);
    this.stored.slot = this.slot.number;
    // Without the note its changes are merely not claimed after a reload before they were sent.
    const own = [{ document: this.id, actor: A.getActorId(this.doc) }];
    await this.around.storage.write({ own }).catch(() => undefined);
  }

  private show(state: ReplicaState, patches?: null): void {
    this.state = state;
    if (patches === null) this.listeners.tellTexts();
    this.listeners.tell(this.snapshot);
  }

  private tell(patches: readonly A.Patch[], theirs = false): void {
    const spliced = splicesOf(patches, (path) => typeof rawAt(this.doc, path) === "string");
    for (const [key, splices] of spliced) {
      if (theirs) this.steps.follow(key, splices);
      this.listeners.tellText(key, splices);
    }
    this.listeners.tell(this.snapshot);
  }
}

/** The message of a change that continues the typing of the one before it. */
const CONTINUES = "+";

async function atMost(work: Promise<void>, wait_ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, wait_ms)))]);
  clearTimeout(timer);
}
