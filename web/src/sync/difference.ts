/**
 * The participant's own difference in a refused replica, and doing it again on the server's document (rule
 * X7).
 */

import * as A from "@automerge/automerge";
import type { Draft } from "./apply";
import type { Path } from "./edits";
import { rawAt } from "./paths";
import { movePosition, spliceBetween, splicesOf } from "./splices";
import type { Splice } from "./splices";
import { sameHeads } from "./sync-message";
import type { Difference } from "./types";

export type Doc = A.Doc<Record<string, unknown>>;

/** What is in `old` and not under `before`. */
export function ownPatches(old: Doc, before: A.Heads): A.Patch[] {
  return A.diff(old, before, A.getHeads(old));
}

/**
 * The difference as one new change by `actor`, which has none in `fresh` yet; undefined where there is
 * nothing
 * left to do. Where `fresh` has the heads the difference starts from, the change is made there, so every
 * position
 * is exact; else it is mapped by path and by text. Throws where a part of it has no place any more.
 *
 * The change is made in a fork and not with `changeAt`, after which automerge shows texts other than it
 * holds.
 */
export function reapply(fresh: Doc, old: Doc, before: A.Heads, actor: string): A.Change | undefined {
  const patches = ownPatches(old, before);
  const exact = A.hasHeads(fresh, before);
  const base = A.clone(exact ? A.view(fresh, before) : fresh, actor);
  const done = A.change(base, (draft) =>
    replay(draft, exact ? patches : mapped(draft, patches, old, before), old),
  );
  return sameHeads(A.getHeads(done), A.getHeads(base)) ? undefined : A.getLastLocalChange(done);
}

/** The difference for people to read: one line per field or item. */
export function differences(old: Doc, before: A.Heads): Difference[] {
  const base = A.view(old, before);
  const paths = new Map<string, Path>();
  for (const patch of ownPatches(old, before)) {
    const path = isTextPatch(patch, old, base) ? patch.path.slice(0, -1) : patch.path;
    const item = path.findIndex((_, i) => paths.has(JSON.stringify(path.slice(0, i))));
    if (item < 0) paths.set(JSON.stringify(path), path);
  }
  return [...paths.values()]
    .map((path) => ({ path, before: readable(rawAt(base, path)), after: readable(rawAt(old, path)) }))
    .filter((one) => one.before !== one.after);
}

/** The result, or undefined where automerge throws: its documents are contained. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function replay(draft: Draft, patches: readonly A.Patch[], old: Doc): void {
  for (const patch of patches) replayOne(draft, patch, old);
}

function replayOne(draft: Draft, patch: A.Patch, old: Doc): void {
  const key = patch.path.at(-1);
  const at = patch.path.slice(0, -1);
  const parent = rawAt(draft, at);
  if (key === undefined || parent === undefined) throw new Error(`nothing is at ${JSON.stringify(at)}`);
  if (typeof parent === "string" && typeof key === "number") {
    if (patch.action === "splice") A.splice(draft, at, key, 0, patch.value);
    else if (patch.action === "del") A.splice(draft, at, key, patch.length ?? 1);
    else throw new Error(`a text takes no ${patch.action}`);
    return;
  }
  const container = parent as Record<string | number, unknown>;
  if (Array.isArray(parent) && typeof key === "number" && patch.action === "insert") {
    A.insertAt(parent as unknown[], key, ...patch.values);
  } else if (Array.isArray(parent) && typeof key === "number" && patch.action === "del") {
    A.deleteAt(parent as unknown[], key, patch.length ?? 1);
  } else if (patch.action === "put") {
    container[key] = isFloat(old, patch.path) ? new A.Float64(Number(patch.value)) : patch.value;
  } else if (patch.action === "del") {
    delete container[key];
  } else if (patch.action !== "conflict") {
    throw new Error(`no ${patch.action} can be done again`);
  }
}

/** The patches with those of texts that both have put where their words are in the draft's text. */
function mapped(draft: Draft, patches: readonly A.Patch[], old: Doc, before: A.Heads): A.Patch[] {
  const base = A.view(old, before);
  const texts = new Map<string, Path>();
  const others: A.Patch[] = [];
  for (const patch of patches) {
    const path = patch.path.slice(0, -1);
    const shared = isTextPatch(patch, old, base) && typeof rawAt(base, path) === "string";
    if (shared) texts.set(JSON.stringify(path), path);
    else others.push(patch);
  }
  const spliced = [...texts.values()].flatMap((path) => {
    const [was, theirs] = [rawAt(base, path), rawAt(draft, path)];
    if (typeof was !== "string") return [];
    if (typeof theirs !== "string") throw new Error(`no text is at ${JSON.stringify(path)}`);
    const own = splicesOf(patches, () => true).get(JSON.stringify(path)) ?? [];
    return merged(was, own, theirs).flatMap((splice) => patchesOf(path, splice));
  });
  return [...others, ...spliced];
}

/** A part of the own text: a range of the text before, or what was inserted. */
type Piece = { readonly from: number; readonly to: number } | { readonly ins: string };

/** My splices of `was` on their text: never removes words of theirs. */
export function merged(was: string, own: readonly Splice[], theirs: string): Splice[] {
  const other = spliceBetween(was, theirs) ?? { at: was.length, del: 0, ins: "" };
  const pieces = own.reduce(splicePieces, [{ from: 0, to: was.length }] as Piece[]);
  const splices: Splice[] = [];
  let at = 0;
  for (const piece of [...pieces, { from: was.length, to: was.length }]) {
    if ("ins" in piece) splices.push({ at: movePosition(at, other, "left"), del: 0, ins: piece.ins });
    else {
      splices.push(...removals(at, piece.from, other));
      at = piece.to;
    }
  }
  return lastFirst(splices);
}

/** The removal of `was` between two positions, without what is theirs. */
function removals(from: number, to: number, other: Splice): Splice[] {
  const ranges = [
    { from, to: Math.min(to, other.at) },
    { from: Math.max(from, other.at + other.del), to },
  ];
  return ranges
    .filter((range) => range.from < range.to)
    .map((range) => {
      const at = movePosition(range.from, other, range.from >= other.at + other.del ? "right" : "left");
      return { at, del: range.to - range.from, ins: "" };
    });
}

/** Splices with positions in one text, in an order in which none moves another. */
function lastFirst(splices: readonly Splice[]): Splice[] {
  return splices
    .map((splice, i) => ({ splice, i }))
    .sort((a, b) => b.splice.at - a.splice.at || b.i - a.i)
    .map(({ splice }) => splice);
}

function splicePieces(pieces: readonly Piece[], { at, del, ins }: Splice): Piece[] {
  const before = cut(pieces, 0, at);
  const after = cut(pieces, at + del, Infinity);
  return ins ? [...before, { ins }, ...after] : [...before, ...after];
}

/** The pieces of the own text between two positions. */
function cut(pieces: readonly Piece[], from: number, to: number): Piece[] {
  let at = 0;
  return pieces.flatMap((piece) => {
    const length = "ins" in piece ? piece.ins.length : piece.to - piece.from;
    const [start, end] = [Math.max(from - at, 0), Math.min(to - at, length)];
    at += length;
    if (start >= end) return [];
    return [
      "ins" in piece
        ? { ins: piece.ins.slice(start, end) }
        : { from: piece.from + start, to: piece.from + end },
    ];
  });
}

function patchesOf(path: Path, { at, del, ins }: Splice): A.Patch[] {
  const removal: A.Patch = { action: "del", path: [...path, at], length: del };
  const insertion: A.Patch = { action: "splice", path: [...path, at], value: ins };
  return [...(del > 0 ? [removal] : []), ...(ins ? [insertion] : [])];
}

function isTextPatch(patch: A.Patch, old: Doc, base: Doc): boolean {
  if (typeof patch.path.at(-1) !== "number") return false;
  const path = patch.path.slice(0, -1);
  return typeof rawAt(old, path) === "string" || typeof rawAt(base, path) === "string";
}

/** Whether a number was written as a float, which its value in JavaScript does not tell. */
function isFloat(old: Doc, path: A.Prop[]): boolean {
  const key = path.at(-1);
  const parent = rawAt(old, path.slice(0, -1));
  if (key === undefined || typeof parent !== "object" || parent === null) return false;
  if (typeof rawAt(old, path) !== "number") return false;
  const id = A.getObjectId(parent);
  return id !== null && A.getBackend(old).getWithType(id, key)?.[0] === "f64";
}

/** A value in words; of an item people's words, where it has any, and not the ids and keys beside them. */
function readable(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (A.isImmutableString(value) || typeof value !== "object") return String(value);
  const words = wordsIn(value);
  const parts = words.length > 0 ? words : Object.values(value).map(readable);
  return parts.filter((part) => part).join(" · ");
}

function wordsIn(item: object): string[] {
  return Object.values(item).flatMap((part) => {
    if (typeof part === "string") return part ? [part] : [];
    return typeof part === "object" && part !== null && !A.isImmutableString(part) ? wordsIn(part) : [];
  });
}
