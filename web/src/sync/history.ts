/** The tab's own undo and redo, over all documents of the workshop. */

import type { Done } from "./apply";
import { Listeners } from "./store";
import type { TextStep } from "./text-track";
import type { History } from "./types";

/** Typing continues its step while the pauses are shorter than this. */
const PAUSE_MS_MAX = 1_000;
const STEPS_MAX = 500;

/** The document side of history: undoes what was done in it, and says what that did. */
export interface Undoable {
  undoDone(done: readonly Done[]): Done[];
  /** No longer followed; so that text steps do not pile up. */
  dropDone(done: readonly Done[]): void;
}

interface Step {
  readonly document: Undoable;
  readonly done: readonly Done[];
  at_ms: number;
}

export class TabHistory implements History {
  private readonly undoSteps: Step[] = [];
  private redoSteps: Step[] = [];
  private counts = { undo: 0, redo: 0 };
  private readonly listeners = new Listeners();

  constructor(private readonly now: () => number) {}

  readonly get = (): { undo: number; redo: number } => this.counts;
  readonly subscribe = this.listeners.add;

  /** The text step that a splice of this text at this place continues, if any. */
  continued(
    document: Undoable,
    key: string,
    splice: { at: number; del: number; ins: string },
  ): TextStep | undefined {
    const last = this.undoSteps.at(-1);
    const only = last?.done.length === 1 ? last.done[0] : undefined;
    if (!last || last.document !== document || only?.kind !== "text" || only.key !== key) return undefined;
    if (this.now() - last.at_ms > PAUSE_MS_MAX) return undefined;
    const { caret } = only.step;
    const adjacent = splice.at === caret || splice.at + splice.del === caret;
    const small = splice.ins.length <= 2 && !splice.ins.includes("\n");
    return adjacent && small ? only.step : undefined;
  }

  /** Notes what an edit did; `continues` the last step, or is one of its own. */
  note(document: Undoable, done: readonly Done[], continues: boolean): void {
    const last = this.undoSteps.at(-1);
    if (continues && last) last.at_ms = this.now();
    else if (done.length > 0) this.undoSteps.push({ document, done, at_ms: this.now() });
    for (const step of this.redoSteps) step.document.dropDone(step.done);
    this.redoSteps = [];
    if (this.undoSteps.length > STEPS_MAX) {
      const oldest = this.undoSteps.shift();
      oldest?.document.dropDone(oldest.done);
    }
    this.count();
  }

  undo(): boolean {
    return this.move(this.undoSteps, this.redoSteps);
  }

  redo(): boolean {
    return this.move(this.redoSteps, this.undoSteps);
  }

  /** Undoes the newest step that still has something to undo. */
  private move(from: Step[], to: Step[]): boolean {
    let moved = false;
    while (!moved) {
      const step = from.pop();
      if (!step) break;
      const done = step.document.undoDone(step.done);
      moved = done.length > 0;
      if (moved) to.push({ document: step.document, done, at_ms: 0 });
    }
    this.count();
    return moved;
  }

  private count(): void {
    const now = { undo: this.undoSteps.length, redo: this.redoSteps.length };
    if (now.undo === this.counts.undo && now.redo === this.counts.redo) return;
    this.counts = now;
    this.listeners.tell();
  }
}
