/**
 * A text with the characters that were removed from it, as long as an undo step of this tab concerns it.
 *
 * Removed characters keep their place between their neighbours, so undoing removes exactly what a step
 * brought
 * and puts back exactly what it removed, whatever others have written and removed in between.
 */

import { movePosition } from "./splices";
import type { Splice } from "./splices";

/** What one undo step did to a text; its content is in the track's runs. */
export class TextStep {
  /** Where the step's last splice ended: typing there continues it. */
  caret = 0;
}

/** Characters with the same fate. */
interface Run {
  text: string;
  present: boolean;
  /** Steps that brought these characters, or brought them back. */
  brought: readonly TextStep[];
  /** The step that removed them; none if somebody else did, or the step that had brought them itself. */
  remover: TextStep | undefined;
}

export class TextTrack {
  readonly steps = new Set<TextStep>();
  private runs: Run[];

  constructor(text: string) {
    this.runs = [{ text, present: true, brought: [], remover: undefined }];
  }

  /** The characters that are present. */
  get text(): string {
    return this.runs.map((run) => (run.present ? run.text : "")).join("");
  }

  /** Follows a splice: a step's own, or somebody else's. */
  splice(splice: Splice, step?: TextStep): void {
    const from = this.cutAt(splice.at);
    const to = this.cutAt(splice.at + splice.del);
    for (const run of this.runs.slice(from, to)) {
      if (!run.present) continue;
      run.present = false;
      run.remover = step && !run.brought.includes(step) ? step : undefined;
    }
    if (splice.ins) this.bring(from, splice.ins, step);
    for (const each of this.steps) each.caret = movePosition(each.caret, splice, "left");
    if (step) step.caret = splice.at + splice.ins.length;
  }

  /** Undoes `step` by `inverse`; gives the splices that were made, to be done in this order. */
  undo(step: TextStep, inverse: TextStep): Splice[] {
    const splices: Splice[] = [];
    let at = 0;
    for (const run of this.runs) {
      if (run.present && run.brought.includes(step)) {
        run.present = false;
        run.remover = inverse;
        splices.push({ at, del: run.text.length, ins: "" });
      } else if (!run.present && run.remover === step) {
        run.present = true;
        run.remover = undefined;
        run.brought = [...run.brought.filter((one) => this.steps.has(one)), inverse];
        splices.push({ at, del: 0, ins: run.text });
      }
      if (run.present) at += run.text.length;
    }
    return splices;
  }

  /** The index of the run that begins at this place of the present text, cutting one in two where needed. */
  private cutAt(place: number): number {
    let left = place;
    for (const [index, run] of this.runs.entries()) {
      if (left === 0) return index;
      if (!run.present) continue;
      if (left < run.text.length) {
        this.runs.splice(
          index,
          1,
          { ...run, text: run.text.slice(0, left) },
          { ...run, text: run.text.slice(left) },
        );
        return index + 1;
      }
      left -= run.text.length;
    }
    return this.runs.length;
  }

  private bring(index: number, text: string, step: TextStep | undefined): void {
    const before = this.runs[index - 1];
    const same =
      before?.present &&
      (step ? before.brought.length === 1 && before.brought[0] === step : before.brought.length === 0);
    if (before && same) before.text += text;
    else this.runs.splice(index, 0, { text, present: true, brought: step ? [step] : [], remover: undefined });
  }
}
