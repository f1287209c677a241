/**
 * What this browser keeps: one IndexedDB per server, workshop and participant.
 *
 * Chunks are named by the heads after them, so the same name always covers the same changes: tabs can
 * write and compact at the same time, as each deletes only what it loaded or wrote and its own snapshot
 * contains. A chunk with `unsent` holds changes the server has not acknowledged.
 */

import type { KeptCopy, Session } from "./types";

export interface Chunk {
  document: string;
  /** `s` for a snapshot, `c` for changes, then the heads after it. */
  name: string;
  bytes: Uint8Array;
  /** 1 or missing, as IndexedDB indexes no booleans. */
  unsent?: 1;
  /** The slot of the tab that sends them. */
  slot?: number | undefined;
  /** The changes in it, where they are unsent. */
  hashes?: string[];
}

export interface StoredDocument {
  document: string;
  subject: string;
  /** Heads the server has on disk. */
  acked: string[];
  opened_ms: number;
}

/** A kept copy with its content. */
export interface StoredCopy extends KeptCopy {
  bytes: Uint8Array;
  /** The heads the difference starts from. */
  acked: string[];
  /** The changes of the difference: whoever meets them elsewhere knows that they are taken care of. */
  hashes: string[];
}

/** The actor a slot writes a document by. */
export interface StoredActor {
  document: string;
  slot: number;
  actor: string;
  /** While changes by it may have been sent that are not stored: who finds this later may not go on counting. */
  ahead?: 1;
}

/** One transaction's worth of writing. */
export interface Writes {
  chunks?: Chunk[];
  /** Names of chunks of `document`. */
  remove?: { document: string; names: string[] }[];
  documents?: StoredDocument[];
  forget?: string[];
  copies?: StoredCopy[];
  dropCopies?: string[];
  /** The actor each slot writes by. */
  actors?: StoredActor[];
  /** Every actor this browser has written a document by: those, and no others, are its own to claim. */
  own?: { document: string; actor: string }[];
  values?: { name: string; value: unknown }[];
}

const VERSION = 1;
const NAMES = ["chunks", "documents", "copies", "actors", "own", "values"] as const;

export function storageName(session: Session): string {
  return `samverk:${new URL(session.url).host}:${session.workshop}:${session.participant}`;
}

export class Storage {
  private constructor(
    readonly name: string,
    private readonly db: IDBDatabase | undefined,
  ) {}

  /** Opens it; where the browser forbids that, nothing is found and every write fails. */
  static async open(session: Session, factory: IDBFactory | undefined): Promise<Storage> {
    const name = storageName(session);
    if (!factory) return new Storage(name, undefined);
    try {
      const request = factory.open(name, VERSION);
      request.onupgradeneeded = () => createStores(request.result);
      const db = await done(request);
      db.onversionchange = () => db.close();
      return new Storage(name, db);
    } catch {
      return new Storage(name, undefined);
    }
  }

  close(): void {
    this.db?.close();
  }

  async chunks(document: string): Promise<Chunk[]> {
    return this.all<Chunk>("chunks", IDBKeyRange.bound([document], [document, []]));
  }

  /** Documents with changes the server has not acknowledged. */
  async unsent(): Promise<string[]> {
    if (!this.db) return [];
    const index = this.db.transaction("chunks").objectStore("chunks").index("unsent");
    const keys = await done(index.getAllKeys());
    return [...new Set(keys.map((key) => String((key as unknown[])[0])))];
  }

  async document(id: string): Promise<StoredDocument | undefined> {
    return this.one<StoredDocument>("documents", id);
  }

  async documents(): Promise<StoredDocument[]> {
    return this.all<StoredDocument>("documents");
  }

  async copies(): Promise<StoredCopy[]> {
    return this.all<StoredCopy>("copies");
  }

  async actor(document: string, slot: number): Promise<StoredActor | undefined> {
    return this.one<StoredActor>("actors", [document, slot]);
  }

  async ownActors(document: string): Promise<string[]> {
    const own = await this.all<{ actor: string }>("own", IDBKeyRange.bound([document], [document, []]));
    return own.map(({ actor }) => actor);
  }

  async value(name: string): Promise<unknown> {
    return (await this.one<{ value: unknown }>("values", name))?.value;
  }

  /** All or nothing. */
  async write(writes: Writes): Promise<void> {
    if (!this.db) throw new Error("this browser keeps nothing");
    const transaction = this.db.transaction(NAMES, "readwrite", { durability: "relaxed" });
    const store = (name: (typeof NAMES)[number]): IDBObjectStore => transaction.objectStore(name);
    for (const { document, names } of writes.remove ?? [])
      for (const name of names) store("chunks").delete([document, name]);
    for (const chunk of writes.chunks ?? []) store("chunks").put(chunk);
    for (const document of writes.documents ?? []) store("documents").put(document);
    for (const id of writes.forget ?? []) store("documents").delete(id);
    for (const copy of writes.copies ?? []) store("copies").put(copy);
    for (const id of writes.dropCopies ?? []) store("copies").delete(id);
    for (const actor of writes.actors ?? []) store("actors").put(actor);
    for (const actor of writes.own ?? []) store("own").put(actor);
    for (const value of writes.values ?? []) store("values").put(value);
    // Committed by itself it would wait for this page, and be lost with it when the page is closed.
    transaction.commit();
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("aborted"));
    });
  }

  private async one<T>(store: string, key: IDBValidKey): Promise<T | undefined> {
    if (!this.db) return undefined;
    return (await done(this.db.transaction(store).objectStore(store).get(key))) as T | undefined;
  }

  private async all<T>(store: string, range?: IDBKeyRange): Promise<T[]> {
    if (!this.db) return [];
    return (await done(this.db.transaction(store).objectStore(store).getAll(range))) as T[];
  }
}

function createStores(db: IDBDatabase): void {
  const chunks = db.createObjectStore("chunks", { keyPath: ["document", "name"] });
  chunks.createIndex("unsent", ["unsent", "document"]);
  db.createObjectStore("documents", { keyPath: "document" });
  db.createObjectStore("copies", { keyPath: "id" });
  db.createObjectStore("actors", { keyPath: ["document", "slot"] });
  db.createObjectStore("own", { keyPath: ["document", "actor"] });
  db.createObjectStore("values", { keyPath: "name" });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the request failed"));
  });
}
