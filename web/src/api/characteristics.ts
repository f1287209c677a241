// The workshop's characteristics: what the screens know of them beyond their definition, and how they are changed.
import type { Characteristic, CharacteristicsChange, What } from "../generated/domain.ts";
import { type Language, labelOf } from "../messages/index.ts";
import { idempotencyKey, request } from "./request.ts";

export interface Uses {
  /** Cases coded by it, or said to have no value. */
  cases: number;
  /** Value to how many cases have it. */
  values: Record<string, number>;
}

/** One thing that became another. */
export interface Changed {
  what: What;
  characteristic: string;
  label: string;
  from: string;
  to: string;
}

export interface Version {
  version: number;
  at_ms: number;
  by: string | null;
  changes: Changed[];
}

export interface CharacteristicsAnswer {
  version: number;
  /** All, also those that are not in use. */
  characteristics: Characteristic[];
  /** What cases were coded by these meanwhile counts once they are taken back. */
  deleted: Characteristic[];
  uses: Record<string, Uses>;
  /** The newest first; version 1 is what every workshop starts with. */
  history: Version[];
}

export const characteristicsPath = (workshop: string) => `/workshops/${workshop}/characteristics`;

/** Changes the characteristics; `version` is the one that was seen. */
export const changeCharacteristics = (
  workshop: string,
  version: number,
  change: CharacteristicsChange,
  key = idempotencyKey(),
) =>
  request<{ version: number }>(characteristicsPath(workshop), {
    method: "POST",
    json: { version, change },
    headers: { "Idempotency-Key": key },
  });

/** The value in use that a document's key stands for: itself, what it was merged into, or none. */
export function livingValue({ values, retired }: Characteristic, key: string): string | undefined {
  const inUse = (one: string | undefined) => values.find((value) => value.key === one)?.key;
  return inUse(key) ?? inUse(retired.find((value) => value.key === key)?.merged_into);
}

/** The values in use that a document's keys stand for, each once. */
export function livingValues(characteristic: Characteristic, keys: readonly string[]): string[] {
  const living = keys.map((key) => livingValue(characteristic, key));
  return [...new Set(living)].filter((key) => key !== undefined);
}

/** The question it answers, in the reader's language where somebody has written it. */
export function helpOf({ help_nb, help_en }: Characteristic, language: Language): string {
  return language === "en" ? help_en : help_nb;
}

/** A value's label without what stands in brackets, as it fits in a table or chip. */
export function shortLabel(value: { label_nb: string; label_en: string }, language: Language): string {
  return labelOf(value, language).replace(/\s*\([^)]*\)\s*$/, "");
}

/** Label and the bracketed explanation of a value. */
export function labelParts(
  value: { label_nb: string; label_en: string },
  language: Language,
): [string, string] {
  const label = labelOf(value, language);
  const found = /^(.*?)\s*\(([^)]*)\)\s*$/.exec(label);
  return found ? [found[1] ?? label, found[2] ?? ""] : [label, ""];
}

/** The short label of a value by its key; the key itself when the value is unknown. */
export function valueLabel(
  characteristic: Characteristic | undefined,
  key: string,
  language: Language,
): string {
  const value = characteristic?.values.find((one) => one.key === key);
  return value ? shortLabel(value, language) : key;
}
