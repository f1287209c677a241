/** The kept copies of this participant in this browser. */

import type { LiveDocument } from "./document";
import { alone } from "./locks";
import type { Storage, StoredCopy } from "./storage";
import { Cell } from "./store";
import type { KeptCopies, KeptCopy } from "./types";

/** How long a copy that nobody needs to decide about is kept. */
const SETTLED_MS_MAX = 30 * 24 * 3_600_000;

export class Copies implements KeptCopies {
  private readonly cell = new Cell<readonly KeptCopy[]>([]);
  private readonly all = new Map<string, StoredCopy>();
  /** To the other tabs of this browser: the copies are others. */
  private tabs: BroadcastChannel | undefined;

  readonly get = this.cell.get;
  readonly subscribe = this.cell.subscribe;

  constructor(
    private readonly storage: Storage,
    private readonly locks: LockManager | undefined,
    private readonly find: (copy: KeptCopy) => LiveDocument | undefined,
  ) {
    this.tabs = globalThis.BroadcastChannel && new BroadcastChannel(`${storage.name}:copies`);
    if (this.tabs) this.tabs.onmessage = () => void this.read();
  }

  close(): void {
    this.tabs?.close();
    this.tabs = undefined;
  }

  async recall(now_ms: number): Promise<void> {
    const stored = await this.storage.copies();
    const old = stored.filter(({ status, at }) => status !== "offered" && now_ms - at > SETTLED_MS_MAX);
    if (old.length > 0) await this.storage.write({ dropCopies: old.map(({ id }) => id) });
    for (const copy of stored) if (!old.includes(copy)) this.all.set(copy.id, copy);
    this.show();
  }

  /** A copy was stored: the other tabs read it. */
  stored(): void {
    this.tabs?.postMessage("changed");
  }

  /** The copies of a document, other tabs' included. */
  async of(document: string): Promise<StoredCopy[]> {
    // Where the browser fails to read, those of this tab are known still.
    const found = await this.storage.copies().catch(() => []);
    const stored = new Map(found.map((copy) => [copy.id, copy]));
    for (const copy of this.all.values()) stored.set(copy.id, copy);
    return [...stored.values()].filter((copy) => copy.document === document);
  }

  add(copy: StoredCopy): void {
    this.all.set(copy.id, copy);
    this.show();
  }

  offered(): number {
    return this.get().filter(({ status }) => status === "offered").length;
  }

  /** One tab at a time, and what another tab has decided stands: the copy would be applied twice. */
  async reapply(id: string): Promise<boolean> {
    return alone(this.locks, `samverk-copy:${this.storage.name}:${id}`, async () => {
      await this.read();
      const copy = this.all.get(id);
      if (copy && copy.status !== "offered") return copy.status === "reapplied";
      const document = copy && this.find(copy);
      if (!copy || !document || !(await document.applyCopy(copy))) return false;
      await this.settle(copy, "reapplied");
      return true;
    });
  }

  async discard(id: string): Promise<void> {
    const copy = this.all.get(id);
    if (copy) await this.settle(copy, "discarded");
  }

  file(id: string): Promise<{ name: string; bytes: Uint8Array } | undefined> {
    const copy = this.all.get(id);
    return Promise.resolve(copy && { name: `${fileName(copy)}.automerge`, bytes: copy.bytes });
  }

  text(id: string): Promise<{ name: string; bytes: Uint8Array } | undefined> {
    const copy = this.all.get(id);
    if (!copy) return Promise.resolve(undefined);
    const lines = copy.differences.map(
      ({ path, before, after }) => `${path.join(" / ")}\n- ${before ?? ""}\n+ ${after ?? ""}\n`,
    );
    return Promise.resolve({
      name: `${fileName(copy)}.txt`,
      bytes: new TextEncoder().encode(lines.join("\n")),
    });
  }

  private async settle(copy: StoredCopy, status: KeptCopy["status"]): Promise<void> {
    const settled = { ...copy, status };
    this.all.set(copy.id, settled);
    this.show();
    await this.storage.write({ copies: [settled] });
    this.stored();
  }

  private async read(): Promise<void> {
    for (const copy of await this.storage.copies().catch(() => [])) this.all.set(copy.id, copy);
    this.show();
  }

  private show(): void {
    const newest_first = [...this.all.values()].sort((a, b) => b.at - a.at);
    this.cell.set(newest_first.map(({ bytes: _bytes, acked: _acked, hashes: _hashes, ...copy }) => copy));
  }
}

function fileName(copy: KeptCopy): string {
  const minute = new Date(copy.at).toISOString().slice(0, 16).replace(":", "");
  return `samverk-${copy.subject ?? copy.document}-${minute}`;
}
