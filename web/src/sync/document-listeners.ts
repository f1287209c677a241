/** Who listens to a document: to all of it, to a path, to the splices of a text. */

import type { Doc } from "./difference";
import type { Path } from "./edits";
import { valueAt } from "./paths";
import type { Splice } from "./splices";
import { Listeners } from "./store";

/** Tells how a text changed; null: read it anew. */
export type TextListener = (splices: readonly Splice[] | null) => void;

export class DocumentListeners {
  readonly all = new Listeners();
  private readonly paths = new Set<{ path: Path; value: unknown; tell: () => void }>();
  private readonly texts = new Map<string, Set<TextListener>>();

  onPath(path: Path, doc: Doc | undefined, tell: () => void): () => void {
    const listener = { path, value: valueAt(doc, path), tell };
    this.paths.add(listener);
    return () => void this.paths.delete(listener);
  }

  onText(path: Path, listener: TextListener): () => void {
    const key = JSON.stringify(path);
    const listeners = this.texts.get(key) ?? new Set();
    this.texts.set(key, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  tellText(key: string, splices: readonly Splice[] | null): void {
    for (const listener of this.texts.get(key) ?? []) listener(splices);
  }

  /** Every text is another. */
  tellTexts(): void {
    for (const listeners of this.texts.values()) for (const listener of listeners) listener(null);
  }

  tell(doc: Doc | undefined): void {
    for (const listener of [...this.paths]) {
      const value = valueAt(doc, listener.path);
      if (Object.is(value, listener.value)) continue;
      listener.value = value;
      listener.tell();
    }
    this.all.tell();
  }
}
