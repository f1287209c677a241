// What the screens know of the characteristics beyond their definition.
import { type Characteristic, CORE_CODES } from "../generated/domain.ts";
import { type Language, labelOf } from "../messages/index.ts";

/** Whether a characteristic belongs to the twelve. */
export function isCore(characteristic: Characteristic): boolean {
  return CORE_CODES.includes(characteristic.code);
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
