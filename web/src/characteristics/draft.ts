// A characteristic as somebody is writing it, apart from how it is shown.
import type { Characteristic, CharacteristicForm } from "../generated/domain.ts";

/** A value with an id of its own, so that a row stays the same row when it is moved or renamed. */
export type DraftValue = CharacteristicForm["values"][number] & { id: string };

export interface Draft extends Omit<CharacteristicForm, "values"> {
  values: DraftValue[];
}

let ids = 0;

/** A value nobody has saved yet. */
export function newValue(): DraftValue {
  return { id: `new-${++ids}`, key: null, label_nb: "", label_en: "", definition: "" };
}

/** A characteristic nobody has saved yet, under a heading. */
export function newDraft(group: string): Draft {
  return {
    label_nb: "",
    label_en: "",
    scale: "nominal",
    group,
    help_nb: "",
    help_en: "",
    unit: null,
    dynamic: false,
    active: true,
    core: false,
    values: [newValue(), newValue()],
  };
}

/** A characteristic as it stands, to be written in. */
export function draftOf(one: Characteristic): Draft {
  const { label_nb, label_en, scale, group, help_nb, help_en, unit, dynamic, active, core, values } = one;
  return {
    ...{ label_nb, label_en, scale, group, help_nb, help_en, unit, dynamic, active, core },
    values: values.map(({ key, label_nb, label_en, definition }) => ({ id: key, key, label_nb, label_en, definition })),
  };
}

/** As the server takes it: a new value in which nothing is written is none. */
export function formOf({ values, ...words }: Draft): CharacteristicForm {
  const written = values.filter((value) => value.key !== null || value.label_nb.trim() || value.label_en.trim());
  const listed = hasValues(words.scale) ? written : [];
  return { ...words, values: listed.map(({ id: _id, ...value }) => value) };
}

export function isSame(a: Draft, b: Draft): boolean {
  return JSON.stringify(formOf(a)) === JSON.stringify(formOf(b));
}

/** My words on what a colleague has made of it meanwhile: their new values come last, and what they took out is out. */
export function onTopOf(mine: Draft, theirs: Draft): Draft {
  const there = new Set(theirs.values.map((value) => value.key));
  const kept = mine.values.filter((value) => value.key === null || there.has(value.key));
  const own = new Set(kept.map((value) => value.key));
  return { ...mine, values: [...kept, ...theirs.values.filter((value) => !own.has(value.key))] };
}

/** A list with one of its items a step up or down. */
export function moved<T>(list: readonly T[], from: number, step: -1 | 1): T[] {
  const to = from + step;
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  const rest = list.filter((_, place) => place !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

export function hasValues(scale: CharacteristicForm["scale"]): boolean {
  return scale === "nominal" || scale === "ordinal" || scale === "multi";
}
