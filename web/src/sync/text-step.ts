/**
 * What one undo step did to a text, kept in the text's present coordinates while others splice it.
 *
 * Undoing removes exactly the characters this step brought, wherever they are, and puts back those it removed,
 * where they were. Characters of a step that a later step removed come back into it when that step is undone.
 */

import { movePosition } from "./splices";
import type { Splice } from "./splices";

/** Characters the step brought that are still there. */
interface Range {
  from: number;
  to: number;
}

/** Characters the step removed; kept in the order of the text. */
interface Piece {
  at: number;
  readonly text: string;
}

/** A range of the text as it was before a removal, which lives on in a piece. */
export interface Cut extends Range {
  readonly piece: Piece;
}

export class TextStep {
  /** Where the step's last splice ended: typing there continues it. */
  caret = 0;
  private ranges: Range[] = [];
  private pieces: Piece[] = [];
  private lost: { piece: Piece; from: number; to: number }[] = [];

  /** Does this step's own splice; returns what others' steps need for `shift`. */
  record(text: string, splice: Splice): Cut[] {
    const { at, del, ins } = splice;
    const cuts = this.cut(text, at, at + del);
    const before = this.pieces.filter((piece) => piece.at <= at);
    const after = this.pieces.filter((piece) => piece.at >= at + del && piece.at > at);
    const inside = this.pieces.filter((piece) => piece.at > at && piece.at < at + del);
    const middle = [...inside.map((piece) => ({ from: piece.at, piece })), ...cuts];
    middle.sort((a, b) => a.from - b.from);
    this.ranges = without(this.ranges, at, at + del);
    for (const piece of inside) piece.at = at;
    for (const piece of after) piece.at += ins.length - del;
    this.pieces = [...before, ...middle.map(({ piece }) => piece), ...after];
    this.ranges = this.ranges.flatMap((range) => pushedBy(range, at, ins.length));
    if (ins) this.bring(at, at + ins.length);
    this.caret = at + ins.length;
    return cuts;
  }

  /** Follows a splice that is not this step's; `cuts` if it is another step's. */
  shift(splice: Splice, cuts: readonly Cut[] = []): void {
    const { at, del, ins } = splice;
    for (const cut of cuts) {
      for (const range of this.ranges) {
        const from = Math.max(range.from, cut.from) - cut.from;
        const to = Math.min(range.to, cut.to) - cut.from;
        if (from < to) this.lost.push({ piece: cut.piece, from, to });
      }
    }
    this.ranges = without(this.ranges, at, at + del).flatMap((range) => pushedBy(range, at, ins.length));
    for (const piece of this.pieces) piece.at = movePosition(piece.at, splice, "right");
    this.caret = movePosition(this.caret, splice, "left");
  }

  /** Takes back the characters that a later step had removed and whose undoing has put back at `at`. */
  revive(piece: Piece, at: number): void {
    for (const part of this.lost) {
      if (part.piece === piece) this.bring(at + part.from, at + part.to);
    }
    this.lost = this.lost.filter((part) => part.piece !== piece);
  }

  /** The splices that undo the step, to be done in this order. */
  inverse(): { splice: Splice; piece?: Piece }[] {
    const removals = this.ranges.map(({ from, to }) => ({
      position: from,
      end: to,
      order: this.pieces.length,
      step: { splice: { at: from, del: to - from, ins: "" } },
    }));
    const returns = this.pieces.map((piece, order) => ({
      position: piece.at,
      end: piece.at,
      order,
      step: { splice: { at: piece.at, del: 0, ins: piece.text }, piece },
    }));
    return [...removals, ...returns]
      .sort((a, b) => b.position - a.position || b.order - a.order)
      .map(({ step }) => step);
  }

  get empty(): boolean {
    return this.ranges.length === 0 && this.pieces.length === 0;
  }

  /** The parts of a removed range that this step did not bring itself. */
  private cut(text: string, from: number, to: number): Cut[] {
    const edges = new Set([from, to]);
    for (const edge of [...this.ranges.flatMap((range) => [range.from, range.to]), ...this.pieces.map((p) => p.at)]) {
      if (edge > from && edge < to) edges.add(edge);
    }
    const sorted = [...edges].sort((a, b) => a - b);
    return sorted.slice(1).flatMap((end, i) => {
      const start = sorted[i] ?? end;
      const own = this.ranges.some((range) => range.from <= start && end <= range.to);
      return own || start === end ? [] : [{ from: start, to: end, piece: { at: from, text: text.slice(start, end) } }];
    });
  }

  /** Adds a range of present characters, joined to the one before it. */
  private bring(from: number, to: number): void {
    const joined = this.ranges.find((range) => range.to === from);
    if (joined && !this.pieces.some((piece) => piece.at === from)) joined.to = to;
    else this.ranges.push({ from, to });
  }
}

function without(ranges: readonly Range[], from: number, to: number): Range[] {
  const moved = (x: number): number => (x <= from ? x : Math.max(from, x - (to - from)));
  return ranges
    .map((range) => ({ from: moved(range.from), to: moved(range.to) }))
    .filter((range) => range.from < range.to);
}

/** The range after `length` units came in at `at`; in two parts if they came into the middle of it. */
function pushedBy(range: Range, at: number, length: number): Range[] {
  if (length === 0 || at >= range.to) return [range];
  if (at <= range.from) return [{ from: range.from + length, to: range.to + length }];
  return [
    { from: range.from, to: at },
    { from: at + length, to: range.to + length },
  ];
}
