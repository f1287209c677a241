/** What is stored of one document: collected, and written in one transaction at a time. */

import * as A from "@automerge/automerge";
import type { Doc } from "./difference";
import type { Chunk, Storage, StoredCopy, StoredDocument, Writes } from "./storage";

/** Chunks, and bytes of them beyond the snapshot's, before they become one snapshot. */
const CHUNKS_MAX = 64;
const CHUNK_BYTES_MIN = 16 * 1024;
/** How long after an acknowledgement the chunks are noted as sent: typing would rewrite each at once. */
const NOTE_SENT_AFTER_MS = 1_000;
/** How long what the server sent waits to be stored: it can be fetched again, and there is more to come. */
const STORE_THEIRS_AFTER_MS = 1_000;

export interface Loaded {
  chunks: Chunk[];
  acked: A.Heads;
  /** Own changes this tab answers for. */
  own: string[];
  /** Chunks that another tab answers for. */
  without: number;
}

/** What closed tabs have left, as it was found before the replica was given up for the n-th time. */
interface Left {
  readonly chunks: readonly Chunk[];
  readonly restarts: number;
}

export class DocumentStorage {
  slot: number | undefined;
  private subject = "";
  private acked: A.Heads = [];
  /** Chunks in the store that this tab loaded or wrote, with their bytes; only these may it delete. */
  private readonly sizes = new Map<string, number>();
  private readonly unsent = new Map<string, Chunk>();
  private snapshot_bytes = 0;
  private waiting: Required<Pick<Writes, "chunks" | "remove" | "documents" | "forget" | "copies">> =
    nothing();
  private last: Promise<void> = Promise.resolve();
  private noting: ReturnType<typeof setTimeout> | undefined;
  /** The heads from before what the server sent and is not stored yet; there is no own change after them. */
  private theirsSince: A.Heads | undefined;
  /** How often the replica was given up for another. */
  private restarts = 0;
  private storing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    public id: string,
    private readonly storage: Storage,
    private readonly wrote: (ok: boolean) => void,
    private readonly now: () => number,
    /** The document as it is, with the heads the server has. */
    private readonly current: () => { doc: Doc; unsent: boolean },
    /** All that was sent is stored. */
    private readonly caughtUp: () => void,
  ) {}

  /**
   * What is stored, without what an open tab in one of the slots `held` has yet to send: if the server
   * refused
   * that, two tabs would do it again. What a closed tab left is taken over.
   */
  async load(subject: string, slot: number | undefined, held: ReadonlySet<number>): Promise<Loaded> {
    this.subject = subject;
    this.slot = slot;
    const [stored, document] = await this.find(this.id);
    this.acked = document?.acked ?? [];
    const chunks = stored.filter((chunk) => !this.isAnothers(chunk, held));
    for (const chunk of chunks) this.take(chunk);
    if (chunks.length > 0) this.noteDocument();
    return { chunks, acked: this.acked, own: ownOf(chunks), without: stored.length - chunks.length };
  }

  /**
   * What tabs that are closed by now have left unsent. What this tab gave up itself and has yet to remove is none
   * of it: it is removed first.
   */
  async left(held: ReadonlySet<number>): Promise<Left> {
    await this.flush();
    const { restarts } = this;
    const [stored] = await this.find(this.id);
    const isLeft = (chunk: Chunk): boolean =>
      chunk.unsent === 1 && !this.sizes.has(chunk.name) && !this.isAnothers(chunk, held);
    return { chunks: this.waiting.remove.length > 0 ? [] : stored.filter(isLeft), restarts };
  }

  /** Takes over what was left; nothing where the replica was given up since it was found. */
  takeLeft({ chunks, restarts }: Left): readonly Chunk[] {
    if (this.restarts !== restarts) return [];
    for (const chunk of chunks) this.take(chunk);
    return chunks;
  }

  /** Where the browser fails to read, the server's document is fetched; what is stored stays. */
  private async find(id: string): Promise<[Chunk[], StoredDocument | undefined]> {
    try {
      return await Promise.all([this.storage.chunks(id), this.storage.document(id)]);
    } catch {
      this.wrote(false);
      return [[], undefined];
    }
  }

  /**
   * The document with what the chunks hold; one that cannot be read does not keep the others from being so.
   */
  read(doc: Doc, chunks: readonly { name?: string; bytes: Uint8Array }[]): Doc {
    const ordered = [...chunks].sort((a, b) => (b.name ?? "").localeCompare(a.name ?? ""));
    try {
      return A.loadIncremental(doc, joined(ordered.map(({ bytes }) => bytes)));
    } catch {
      return ordered.reduce(
        (so_far, { bytes }) => {
          try {
            return A.loadIncremental(A.clone(so_far, A.getActorId(so_far)), bytes);
          } catch {
            return so_far;
          }
        },
        doc,
      );
    }
  }

  addOwn(hash: string, bytes: Uint8Array): void {
    const chunk: Chunk = {
      document: this.id,
      name: `c${hash}`,
      bytes,
      unsent: 1,
      slot: this.slot,
      hashes: [hash],
    };
    this.unsent.set(chunk.name, chunk);
    this.add(chunk);
  }

  /** The server has sent what came after `before`: stored a little later, or before the next own change. */
  noteTheirs(before: A.Heads): void {
    this.theirsSince ??= before;
    if (before.length === 0) this.addTheirs();
    this.storeSoon();
  }

  /** What the server sent; called before an own change, which may build on it and is not the server's. */
  addTheirs(): void {
    const before = this.theirsSince;
    this.theirsSince = undefined;
    if (before === undefined) return;
    const { doc } = this.current();
    const heads = named(doc);
    if (before.length === 0) this.add({ document: this.id, name: `s${heads}`, bytes: A.save(doc) });
    else if (!this.sizes.has(`c${heads}`)) {
      this.add({ document: this.id, name: `c${heads}`, bytes: A.saveSince(doc, before) });
    }
  }

  addAcked(acked: A.Heads): void {
    this.acked = acked;
    this.noteDocument();
    this.storeSoon();
  }

  addCopy(copy: StoredCopy): void {
    this.waiting.copies.push(copy);
  }

  /** The server has all there is: notes so, a little later. */
  allSent(): void {
    const sent = [...this.unsent.values()];
    if (sent.length === 0 || this.noting !== undefined) return;
    this.noting = setTimeout(() => {
      this.noting = undefined;
      this.noteSent(sent);
      if (!this.current().unsent) this.noteSent([...this.unsent.values()]);
      void this.flush().then(() => this.lookWhetherCaughtUp());
    }, NOTE_SENT_AFTER_MS);
  }

  /** Gives up the old replica's chunks and goes on with `doc`, perhaps under another id. */
  restart(id: string, subject: string, doc: Doc, acked: A.Heads): void {
    const old = this.id;
    this.restarts++;
    this.waiting.chunks = [];
    this.waiting.documents = [];
    this.waiting.remove.push({ document: old, names: [...this.sizes.keys()] });
    if (id !== old) this.waiting.forget.push(old);
    this.sizes.clear();
    this.unsent.clear();
    this.snapshot_bytes = 0;
    this.theirsSince = undefined;
    this.id = id;
    this.subject = subject;
    this.addAcked(acked);
    if (A.getHeads(doc).length > 0) this.add({ document: id, name: `s${named(doc)}`, bytes: A.save(doc) });
  }

  /** Resolves when all that was added before has been written, or could not be. */
  flush(): Promise<void> {
    this.last = this.last.then(() => this.write());
    return this.last;
  }

  async close(): Promise<void> {
    clearTimeout(this.noting);
    clearTimeout(this.storing);
    if (!this.current().unsent) this.noteSent([...this.unsent.values()]);
    this.addTheirs();
    await this.flush();
    this.lookWhetherCaughtUp();
  }

  private storeSoon(): void {
    this.storing ??= setTimeout(() => {
      this.storing = undefined;
      this.addTheirs();
      void this.flush();
    }, STORE_THEIRS_AFTER_MS);
  }

  private lookWhetherCaughtUp(): void {
    if (this.waiting.chunks.length === 0) this.caughtUp();
  }

  private async write(): Promise<void> {
    if (this.full()) this.compact();
    const writes = this.waiting;
    if (Object.values(writes).every((part) => part.length === 0)) return;
    this.waiting = nothing();
    try {
      await this.storage.write(writes);
      this.wrote(true);
    } catch {
      // Kept for the next time; what came in meanwhile comes after it.
      const later = this.waiting;
      this.waiting = {
        chunks: [...writes.chunks, ...later.chunks],
        remove: [...writes.remove, ...later.remove],
        documents: [...writes.documents, ...later.documents],
        forget: [...writes.forget, ...later.forget],
        copies: [...writes.copies, ...later.copies],
      };
      this.wrote(false);
    }
  }

  private full(): boolean {
    const countable = this.current().unsent ? [...this.unsent.keys()] : [...this.sizes.keys()];
    const chunks = countable
      .filter((name) => name.startsWith("c"))
      .map((name) => [name, this.sizes.get(name) ?? 0] as const);
    if (this.current().unsent) return chunks.length > CHUNKS_MAX;
    const bytes = chunks.reduce((sum, [, size]) => sum + size, 0);
    return chunks.length > CHUNKS_MAX || bytes > Math.max(this.snapshot_bytes, CHUNK_BYTES_MIN);
  }

  /**
   * Replaces all chunks this tab knows by a snapshot; while something is unsent, the unsent ones by one
   * chunk.
   */
  private compact(): void {
    const { doc, unsent } = this.current();
    const { id: document, slot } = this;
    const parts = [...this.unsent.values()];
    const hashes = ownOf(parts);
    const fresh: Chunk = unsent
      ? {
          document,
          name: `c${hashes.at(-1)}+${hashes.length}`,
          bytes: joined(parts.map(({ bytes }) => bytes)),
          unsent: 1,
          slot,
          hashes,
        }
      : { document, name: `s${named(doc)}`, bytes: A.save(doc) };
    if (!unsent) this.theirsSince = undefined;
    const replaced = (unsent ? [...this.unsent.keys()] : [...this.sizes.keys()]).filter(
      (name) => name !== fresh.name,
    );
    this.waiting.remove.push({ document, names: replaced });
    this.waiting.chunks = this.waiting.chunks.filter(({ name }) => !replaced.includes(name));
    for (const name of replaced) this.sizes.delete(name);
    this.unsent.clear();
    if (unsent) this.unsent.set(fresh.name, fresh);
    this.add(fresh);
  }

  private isAnothers(chunk: Chunk, held: ReadonlySet<number>): boolean {
    return chunk.unsent === 1 && chunk.slot !== undefined && chunk.slot !== this.slot && held.has(chunk.slot);
  }

  /** From here on this tab answers for the chunk. */
  private take(chunk: Chunk): void {
    this.noteChunk(chunk);
    if (!chunk.unsent) return;
    const taken = { ...chunk, slot: this.slot };
    this.unsent.set(chunk.name, taken);
    if (chunk.slot !== this.slot) this.waiting.chunks.push(taken);
  }

  private noteSent(sent: readonly Chunk[]): void {
    for (const { document, name, bytes } of sent) {
      if (document !== this.id || !this.unsent.delete(name)) continue;
      this.waiting.chunks.push({ document, name, bytes });
    }
  }

  private add(chunk: Chunk): void {
    this.noteChunk(chunk);
    this.waiting.chunks.push(chunk);
    if (this.waiting.documents.length === 0) this.noteDocument();
  }

  private noteChunk({ name, bytes }: Chunk): void {
    this.sizes.set(name, bytes.length);
    if (name.startsWith("s")) this.snapshot_bytes = bytes.length;
  }

  private noteDocument(): void {
    const { id: document, subject, acked } = this;
    this.waiting.documents = [{ document, subject, acked, opened_ms: this.now() }];
  }
}

function nothing(): Required<Pick<Writes, "chunks" | "remove" | "documents" | "forget" | "copies">> {
  return { chunks: [], remove: [], documents: [], forget: [], copies: [] };
}

/** The changes in chunks that are unsent. */
export function ownOf(chunks: readonly Chunk[]): string[] {
  return chunks.flatMap(({ unsent, hashes }) => (unsent ? (hashes ?? []) : []));
}

function named(doc: Doc): string {
  return [...A.getHeads(doc)].sort().join(".");
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
