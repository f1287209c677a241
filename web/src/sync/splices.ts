/** Splices of a text, in UTF-16 units, and where positions go when others splice. */

import type * as A from "@automerge/automerge";
import type { Path } from "./edits";

/** `del` units at `at` give way to `ins`. */
export interface Splice {
  readonly at: number;
  readonly del: number;
  readonly ins: string;
}

export function applySplice(text: string, { at, del, ins }: Splice): string {
  return text.slice(0, at) + ins + text.slice(at + del);
}

/**
 * Where a position goes. What is inserted exactly at it comes after it (`left`: it stays with the character
 * before) or before it (`right`: it stays with the character after).
 */
export function movePosition(position: number, { at, del, ins }: Splice, side: "left" | "right"): number {
  if (position < at) return position;
  if (position > at && position >= at + del) return position - del + ins.length;
  return side === "left" ? at : at + ins.length;
}

/**
 * The one splice that makes `before` into `after`. `caret` is where typing ended in `after`, which tells
 * which of
 * several equal characters was typed. Never cuts a surrogate pair.
 */
export function spliceBetween(before: string, after: string, caret?: number): Splice | undefined {
  if (before === after) return undefined;
  let tail = 0;
  const typed = caret !== undefined && before.endsWith(after.slice(caret)) ? after.length - caret : undefined;
  const shorter = Math.min(before.length, after.length);
  if (typed !== undefined && typed <= shorter) tail = typed;
  let head = 0;
  while (head < shorter - tail && before.charCodeAt(head) === after.charCodeAt(head)) head++;
  while (
    tail < shorter - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  if (splitsPair(before, head) || splitsPair(after, head)) head--;
  if (splitsPair(before, before.length - tail) || splitsPair(after, after.length - tail)) tail--;
  return { at: head, del: before.length - tail - head, ins: after.slice(head, after.length - tail) };
}

/** The splice within the text's bounds and widened so that it cuts no surrogate pair. */
export function wholeCharacters(text: string, splice: Splice): Splice {
  const at = Math.min(Math.max(0, splice.at), text.length);
  const end = Math.min(at + Math.max(0, splice.del), text.length);
  const after = text.slice(0, at) + splice.ins + text.slice(end);
  if (!splitsPair(text, at) && !splitsPair(text, end)) return { at, del: end - at, ins: splice.ins };
  return spliceBetween(text, after, at + splice.ins.length) ?? { at, del: 0, ins: "" };
}

/**
 * The patches that splice a text, by the text's path as JSON; null for a text that was put anew or removed.
 */
export function splicesOf(
  patches: readonly A.Patch[],
  isText: (path: Path) => boolean,
): Map<string, Splice[] | null> {
  const found = new Map<string, Splice[] | null>();
  for (const patch of patches) {
    const last = patch.path.at(-1);
    const parent = patch.path.slice(0, -1);
    const key = JSON.stringify(parent);
    if (patch.action === "splice" && typeof last === "number") {
      push(found, key, { at: last, del: 0, ins: patch.value });
    } else if (patch.action === "del" && typeof last === "number" && isText(parent)) {
      push(found, key, { at: last, del: patch.length ?? 1, ins: "" });
    } else if (patch.action === "put") {
      found.set(JSON.stringify(patch.path), null);
    }
  }
  return found;
}

function push(found: Map<string, Splice[] | null>, key: string, splice: Splice): void {
  const splices = found.get(key);
  if (splices === null) return;
  if (splices) splices.push(splice);
  else found.set(key, [splice]);
}

function splitsPair(text: string, index: number): boolean {
  if (index <= 0 || index >= text.length) return false;
  const unit = text.charCodeAt(index);
  const before = text.charCodeAt(index - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
}
