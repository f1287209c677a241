/** One workshop in this tab: the connection, the documents, and the one save state over all of them. */

import { Carriers } from "./carriers";
import { Connection, type Reach } from "./connection";
import { LiveDocument } from "./document";
import type { FromServer } from "./frames";
import { TabHistory } from "./history";
import { Copies } from "./kept-copies";
import { browser } from "./platform";
import type { Platform } from "./platform";
import { DocumentPresence } from "./presence";
import { Handle } from "./replica";
import { ServerAnswers } from "./server-answers";
import { Storage } from "./storage";
import { Cell, Listeners, sameJson } from "./store";
import type { CatalogueEntry, HerePerson, Replica, SaveState, Session, WorkshopSync } from "./types";

const PRESENCE_EVERY_MS = 5_000;
const COLLECT_EVERY_BEATS = 6;
const IDLE_DOCUMENTS_MAX = 100;
/** A document that was not opened for this long, and that the server has whole, leaves this browser. */
const UNUSED_MS_MAX = 90 * 24 * 3_600_000;
const READ_ONLY_STORE = 1011;

/** Opens a workshop: from what this browser keeps, at once; the server's part follows. */
export async function openWorkshop(session: Session, platform: Platform = browser()): Promise<WorkshopSync> {
  const storage = await Storage.open(session, platform.indexedDB);
  const workshop = new Workshop(session, storage, platform);
  await workshop.start();
  return workshop;
}

class Workshop implements WorkshopSync {
  readonly save = new Cell<SaveState>({ kind: "server" }, sameJson);
  readonly here = new Cell<readonly HerePerson[]>([], sameJson);
  readonly persistent = new Cell<boolean | undefined>(undefined);
  readonly history: TabHistory;
  readonly kept: Copies;
  readonly connection;
  readonly carrier;
  readonly catalogue;
  readonly people;

  private readonly line: Connection;
  private readonly answers: ServerAnswers;
  private readonly documents = new Map<string, LiveDocument>();
  /** The catalogue by subject. */
  private entries: ReadonlyMap<string, CatalogueEntry> = new Map();
  /** Rises when a subject's document may be another object. */
  private readonly found = new Cell(0);
  private readonly views = new Listeners<[string]>();
  private readonly rights = new Listeners();
  private readonly reloads = new Listeners();
  private readonly beat: ReturnType<typeof setInterval>;
  private shown: string | null = null;
  private frame: DocumentPresence | undefined;
  private stored = true;
  private evicting: Promise<void> = Promise.resolve();
  private collecting: Promise<void> = Promise.resolve();
  private beats = 0;

  constructor(
    readonly session: Session,
    private readonly storage: Storage,
    private readonly platform: Platform,
  ) {
    this.answers = new ServerAnswers(session, storage, platform);
    this.catalogue = this.answers.catalogue.cell;
    this.people = this.answers.people.cell;
    this.history = new TabHistory(platform.now);
    this.kept = new Copies(storage, platform.locks, (copy) =>
      copy.subject === null ? undefined : this.live(copy.subject),
    );
    const carriers = new Carriers(session, platform);
    this.carrier = carriers.kind;
    this.line = new Connection(carriers, session.participant, platform, {
      joined: () => this.joined(),
      frame: (frame) => this.receive(frame),
      gap: () => this.readAll(),
      closed: () => this.lost(),
    });
    this.connection = this.line.state;
    this.beat = setInterval(() => this.onBeat(), PRESENCE_EVERY_MS);
    this.catalogue.subscribe(() => this.catalogued());
    this.people.subscribe(() => this.lookWhoIsHere());
    this.kept.subscribe(() => this.count());
    this.connection.subscribe(() => this.count());
  }

  /**
   * Brings back what is stored; documents with unsent changes are sent whether a screen opens them or not.
   */
  async start(): Promise<void> {
    await Promise.all([
      this.answers.catalogue.recall(),
      this.answers.people.recall(),
      this.kept.recall(this.platform.now()),
    ]);
    await this.collect().catch(() => undefined);
    await Promise.all([...this.documents.values()].map((document) => document.ready()));
    this.line.connect();
    void this.platform.persist().then(
      (kept) => this.persistent.set(kept),
      () => this.persistent.set(false),
    );
    // What could not be evicted is tried again the next time.
    this.evicting = this.evict().catch(() => undefined);
  }

  /** Opens every document with unsent changes, and takes over what closed tabs have left. */
  private async collect(): Promise<void> {
    for (const id of await this.storage.unsent()) {
      const stored = await this.storage.document(id);
      if (!this.documents.has(id) && stored) this.add(stored.subject, id);
      await this.documents.get(id)?.takeOver();
    }
  }

  open<T = unknown>(subject: string): Replica<T> {
    return new Handle<T>(subject, {
      participant: this.session.participant,
      people: this.people,
      find: () => this.live(subject),
      missing: () => this.answers.catalogue.fresh && !this.entry(subject),
      changed: this.found,
      closed: () => this.leave(subject),
    });
  }

  where(subject: string | null): void {
    this.shown = subject;
    this.frame?.say({ subject });
    this.lookWhoIsHere();
  }

  on(event: "view" | "rights" | "reload", listener: (view: string) => void): () => void {
    if (event === "view") return this.views.add(listener);
    return (event === "rights" ? this.rights : this.reloads).add(() => listener(""));
  }

  reconnect(): void {
    this.line.connect();
  }

  async close(): Promise<void> {
    clearInterval(this.beat);
    this.frame?.close();
    await Promise.all([this.evicting, this.collecting]);
    await Promise.all([...this.documents.values()].map((document) => document.close()));
    this.line.close();
    this.kept.close();
    this.storage.close();
  }

  /** A new connection knows nothing: everything is read and asked for again. */
  private joined(): void {
    this.readAll();
    this.collectNow();
    for (const document of this.documents.values()) {
      void document.begin();
      document.presence.repeat(true);
    }
    this.count();
  }

  /** A storage that fails to be read now is read the next time. */
  private collectNow(): void {
    this.collecting = this.collecting.then(() => this.collect()).catch(() => undefined);
  }

  private readAll(): void {
    void this.refresh();
    void this.answers.people.read();
    this.rights.tell();
    this.views.tell("*");
  }

  private async lost(): Promise<Reach> {
    for (const document of this.documents.values()) document.presence.clear();
    this.count();
    return this.answers.reach();
  }

  private receive(frame: FromServer): void {
    switch (frame.type) {
      case "sync":
        return void this.documents.get(frame.documentId)?.receive(frame.data);
      case "doc-unavailable":
        return void this.documents.get(frame.documentId)?.unavailable();
      case "ephemeral":
        return this.documents.get(frame.documentId)?.presence.receive(frame.senderId, frame.data);
      case "refused":
        return void this.documents.get(frame.documentId)?.refused(frame.hashes, frame.reason);
      case "catalogue":
        return void this.refresh();
      case "people":
        return void this.answers.people.read();
      case "rights":
        void this.refresh();
        return this.rights.tell();
      case "view":
        return this.views.tell(frame.view);
      case "reload":
        return this.reloads.tell();
    }
  }

  private async refresh(): Promise<void> {
    await this.answers.catalogue.read();
    this.found.set(this.found.get() + 1);
  }

  private catalogued(): void {
    this.entries = new Map(this.catalogue.get().map((entry) => [entry.subject, entry]));
    for (const document of this.documents.values()) document.catalogued();
    this.openFrame();
    this.found.set(this.found.get() + 1);
  }

  /** The frame document stays open: its presence says who looks at what. */
  private openFrame(): void {
    const entry = this.catalogue.get().find(({ kind }) => kind === "frame");
    const document = entry && this.live(entry.subject);
    if (!document || document.presence === this.frame) return;
    document.uses++;
    this.frame = document.presence;
    this.frame.changed.add(() => this.lookWhoIsHere());
    this.frame.say({ subject: this.shown });
  }

  private lookWhoIsHere(): void {
    const places = new Map(
      (this.frame?.others() ?? []).map(({ participant, where }) => [participant, where]),
    );
    const here = this.people.get().filter(({ here }) => here);
    this.here.set(
      here.map((person) => {
        const self = person.participant === this.session.participant;
        const place = places.get(person.participant);
        return {
          person,
          self,
          subject: self ? this.shown : (place?.subject ?? null),
          field: place?.field ?? null,
        };
      }),
    );
  }

  private onBeat(): void {
    if (++this.beats % COLLECT_EVERY_BEATS === 0) this.collectNow();
    for (const { presence } of this.documents.values()) {
      presence.prune();
      presence.repeat(false);
    }
  }

  private entry(subject: string): CatalogueEntry | undefined {
    return this.entries.get(subject);
  }

  private live(subject: string): LiveDocument | undefined {
    for (const document of this.documents.values()) if (document.subject === subject) return document;
    const entry = this.entry(subject);
    return entry && this.add(subject, entry.document);
  }

  private add(subject: string, id: string): LiveDocument {
    const document = new LiveDocument(subject, id, {
      storage: this.storage,
      locks: this.platform.locks,
      history: this.history,
      line: {
        send: (message) => this.line.send(message),
        now: this.platform.now,
        peer: () => this.line.peer,
        full: () => this.line.full,
      },
      send: (message) => this.line.send(message),
      online: () => this.connection.get() === "online",
      entry: (of) => this.entry(of),
      refresh: () => this.refresh(),
      copies: (of) => this.kept.of(of),
      keep: (copy) => this.kept.add(copy),
      keptCopy: () => this.kept.stored(),
      moved: (moved, from) => {
        this.documents.delete(from);
        this.documents.set(moved.id, moved);
      },
      counted: () => this.count(),
      stored: (ok) => {
        this.stored = ok;
        this.count();
      },
      tooOld: () => this.reloads.tell(),
    });
    this.documents.set(id, document);
    return document;
  }

  /** A screen has left a subject; of those nobody shows, the latest stay ready. */
  private leave(subject: string): void {
    const left = [...this.documents.values()].find((document) => document.subject === subject);
    if (left) left.used_ms = this.platform.now();
    const idle = [...this.documents.values()]
      .filter((document) => document.idle)
      .sort((a, b) => a.used_ms - b.used_ms);
    for (const document of idle.slice(0, Math.max(0, idle.length - IDLE_DOCUMENTS_MAX))) {
      this.documents.delete(document.id);
      void document.close();
    }
  }

  private count(): void {
    const changes = [...this.documents.values()].reduce((sum, document) => sum + document.unsent, 0);
    this.save.set(this.saveState(changes, this.kept.offered()));
  }

  private saveState(changes: number, copies: number): SaveState {
    const connection = this.connection.get();
    if (!this.stored && changes > 0) return { kind: "browser-storage", changes };
    if (connection === "ended") return { kind: "ended", changes };
    if (connection !== "online" && this.line.last_code === READ_ONLY_STORE)
      return { kind: "server-storage", changes };
    if (copies > 0) return { kind: "refused", copies, changes };
    if (connection === "online" || (connection === "connecting" && this.line.offline_since === null)) {
      return changes > 0 ? { kind: "sending", changes } : { kind: "server" };
    }
    return { kind: "offline", since: this.line.offline_since, changes };
  }

  private async evict(): Promise<void> {
    const before_ms = this.platform.now() - UNUSED_MS_MAX;
    const unsent = new Set(await this.storage.unsent());
    for (const { document, opened_ms } of await this.storage.documents()) {
      if (opened_ms > before_ms || unsent.has(document) || this.documents.has(document)) continue;
      const names = (await this.storage.chunks(document)).map(({ name }) => name);
      if (!this.documents.has(document))
        await this.storage.write({ remove: [{ document, names }], forget: [document] });
    }
  }
}
