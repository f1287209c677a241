/** Doing a named edit inside a change, and the inverse of what was done, guarded by "still what I set". */

import * as A from "@automerge/automerge";
import type { Edit, Path, Scalar } from "./edits";
import { rawAt } from "./paths";
import { spliceBetween, wholeCharacters } from "./splices";
import type { Splice } from "./splices";
import { TextStep, TextTrack } from "./text-track";
import type { Content } from "./types";

/** A document inside a change. */
export type Draft = Record<string, unknown>;

/** What lies at a path, taken out of the document; `ABSENT` where nothing does. */
type Held = Content | A.Float64 | typeof ABSENT;
const ABSENT = Symbol("absent");

/** One thing that was done, with what undoing it needs. */
export type Done =
  | { readonly kind: "value"; readonly path: Path; readonly was: Held; readonly is: Held }
  | { readonly kind: "text"; readonly path: Path; readonly key: string; readonly step: TextStep };

/** The undo steps of a document's texts. */
export class TextSteps {
  private readonly tracks = new Map<string, TextTrack>();

  has(key: string, step: TextStep): boolean {
    return this.tracks.get(key)?.steps.has(step) ?? false;
  }

  drop(key: string, step: TextStep): void {
    const track = this.tracks.get(key);
    if (track?.steps.delete(step) && track.steps.size === 0) this.tracks.delete(key);
  }

  clear(): void {
    this.tracks.clear();
  }

  /** Follows what others did; null stands for a text that was put anew, whose steps end. */
  follow(key: string, splices: readonly Splice[] | null): void {
    if (splices === null) this.tracks.delete(key);
    const track = this.tracks.get(key);
    for (const splice of track ? (splices ?? []) : []) track?.splice(splice);
  }

  /** Does a splice as part of `step`. */
  splice(draft: Draft, path: Path, step: TextStep, wanted: Splice): void {
    const key = JSON.stringify(path);
    const text = rawAt(draft, path);
    if (typeof text !== "string") throw new Error(`there is no text at ${key}`);
    const splice = wholeCharacters(text, wanted);
    if (splice.del === 0 && splice.ins === "") return;
    const track = this.tracks.get(key) ?? new TextTrack(text);
    this.tracks.set(key, track);
    track.steps.add(step);
    track.splice(splice, step);
    A.splice(draft, [...path], splice.at, splice.del, splice.ins);
  }

  /** Undoes `step` as a new step, which undone does it again. */
  undo(draft: Draft, path: Path, step: TextStep): TextStep | undefined {
    const key = JSON.stringify(path);
    const track = this.tracks.get(key);
    if (track && track.text !== rawAt(draft, path)) this.tracks.delete(key);
    if (!this.tracks.has(key)) return undefined;
    const inverse = new TextStep();
    const splices = track?.undo(step, inverse) ?? [];
    track?.steps.add(inverse);
    for (const { at, del, ins } of splices) A.splice(draft, [...path], at, del, ins);
    this.drop(key, step);
    if (splices.length > 0) return inverse;
    this.drop(key, inverse);
    return undefined;
  }
}

/** Does the edit; `open` is the step of the text that typing may continue. */
export function applyEdit(draft: Draft, edit: Edit, steps: TextSteps, open?: TextStep): Done[] {
  switch (edit.do) {
    case "together":
      return edit.edits.flatMap((part) => applyEdit(draft, part, steps));
    case "set":
      return put(draft, edit.path, scalar(edit.value));
    case "unset":
    case "remove":
      return put(draft, edit.path, ABSENT);
    case "add":
      return put(draft, edit.path, edit.value);
    case "splice":
      return splice(draft, edit.path, edit, steps, open);
    case "text": {
      const text = rawAt(draft, edit.path);
      const found = typeof text === "string" ? spliceBetween(text, edit.text) : undefined;
      return found ? splice(draft, edit.path, found, steps, open) : [];
    }
  }
}

/** Undoes what was done, the last first; what somebody has changed since stays as they left it. */
export function undo(draft: Draft, done: readonly Done[], steps: TextSteps): Done[] {
  const undone: Done[] = [];
  for (const one of [...done].reverse()) {
    if (one.kind === "value") {
      if (!same(held(draft, one.path), one.is)) continue;
      undone.push(...put(draft, one.path, one.was));
    } else if (steps.has(one.key, one.step) && typeof rawAt(draft, one.path) === "string") {
      const step = steps.undo(draft, one.path, one.step);
      if (step) undone.push({ ...one, step });
    }
  }
  return undone;
}

/** The edit's only splice, if that is all it is; decides whether typing continues a step. */
export function spliceOf(doc: unknown, edit: Edit): { key: string; splice: Splice } | undefined {
  if (edit.do === "splice") return { key: JSON.stringify(edit.path), splice: edit };
  if (edit.do !== "text") return undefined;
  const text = rawAt(doc, edit.path);
  const found = typeof text === "string" ? spliceBetween(text, edit.text) : undefined;
  return found && { key: JSON.stringify(edit.path), splice: found };
}

function splice(draft: Draft, path: Path, wanted: Splice, steps: TextSteps, open?: TextStep): Done[] {
  const key = JSON.stringify(path);
  const step = open ?? new TextStep();
  steps.splice(draft, path, step, wanted);
  return open || !steps.has(key, step) ? [] : [{ kind: "text", path, key, step }];
}

function put(draft: Draft, path: Path, is: Held): Done[] {
  const key = path.at(-1);
  const parent = rawAt(draft, path.slice(0, -1));
  if (key === undefined || typeof parent !== "object" || parent === null) {
    throw new Error(`nothing can be set at ${JSON.stringify(path)}`);
  }
  const before = held(draft, path);
  if (same(before, is)) return [];
  const was = typeof before === "number" && is instanceof A.Float64 ? new A.Float64(before) : before;
  const container = parent as Record<string | number, unknown>;
  if (is === ABSENT) delete container[key];
  else container[key] = is;
  return [{ kind: "value", path, was, is }];
}

function scalar(value: Scalar): Held {
  if (value === null) return null;
  if ("choice" in value) return new A.ImmutableString(value.choice);
  if ("float" in value) return new A.Float64(value.float);
  return "int" in value ? Math.trunc(value.int) : value.flag;
}

function held(draft: Draft, path: Path): Held {
  const parent = rawAt(draft, path.slice(0, -1));
  const key = path.at(-1);
  if (typeof parent !== "object" || parent === null || key === undefined || !(key in parent)) return ABSENT;
  return copy((parent as Record<string | number, unknown>)[key]);
}

/** A deep copy outside the document: Text as a string, other scalars as they are. */
function copy(value: unknown): Content {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (A.isImmutableString(value)) return new A.ImmutableString(String(value));
  if (typeof value !== "object") throw new Error("a document holds no such value");
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
}

function same(a: Held, b: Held): boolean {
  const left = a instanceof A.Float64 ? a.value : a;
  const right = b instanceof A.Float64 ? b.value : b;
  if (A.isImmutableString(left)) return A.isImmutableString(right) && String(left) === String(right);
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null)
    return left === right;
  if (A.isImmutableString(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  const [x, y] = [left as Record<string, Content>, right as Record<string, Content>];
  return keys.every((key) => same(x[key] ?? nullOrAbsent(x, key), y[key] ?? nullOrAbsent(y, key)));
}

function nullOrAbsent(map: Record<string, Content>, key: string): Held {
  return key in map ? null : ABSENT;
}
