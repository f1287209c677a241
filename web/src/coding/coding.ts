// Reading and changing one coding, apart from how it is shown. `at` is where the codings of its case stand.
import { type CodingItem, keysOf, plain } from "../api/caseDocument.ts";
import { livingValue, livingValues, valueLabel } from "../api/characteristics.ts";
import type { Characteristic } from "../generated/domain.ts";
import type { Format, Language } from "../messages/index.ts";
import { type Edit, type Path, setChoice, setFloat, together, toggleInSet } from "../sync/index.ts";

export type CodingState = "coded" | "unknown" | "not_applicable" | "not_coded";

/** The three kinds of no value, in the order they are offered. */
export const NO_VALUES = ["unknown", "not_applicable", "not_coded"] as const;

/** The state of a coding; what cannot be read counts as not coded. */
export function stateOf(coding: CodingItem | undefined): CodingState {
  const state = plain(coding?.state);
  return state === "coded" || state === "unknown" || state === "not_applicable" ? state : "not_coded";
}

/** Whether somebody has looked at it: coded, or found to have no value. */
export function isSettled(coding: CodingItem | undefined): boolean {
  return stateOf(coding) !== "not_coded";
}

/** The keys in use that are chosen, whatever the document calls them: one for nominal and ordinal, several for multi. */
export function chosenKeys(characteristic: Characteristic, coding: CodingItem | undefined): string[] {
  const value = plain(coding?.value);
  const keys = characteristic.scale === "multi" ? keysOf(coding?.values) : value ? [value] : [];
  return livingValues(characteristic, keys);
}

/** The value in words, as it stands in the list of characteristics. */
export function valueInWords(
  characteristic: Characteristic,
  coding: CodingItem | undefined,
  language: Language,
  format: Format,
): string {
  if (characteristic.scale === "text") return plain(coding?.text);
  if (characteristic.scale === "number") {
    const number = coding?.number;
    return typeof number === "number"
      ? [format.number(number), characteristic.unit === "antall" ? "" : (characteristic.unit ?? "")]
          .join(" ")
          .trim()
      : "";
  }
  return chosenKeys(characteristic, coding)
    .map((key) => valueLabel(characteristic, key, language))
    .join(", ");
}

/** Chooses a value; choosing one of several again takes it out. */
export function chooseValue(
  at: Path,
  characteristic: Characteristic,
  coding: CodingItem | undefined,
  key: string,
  me: string,
): Edit {
  const path = [...at, characteristic.key];
  if (characteristic.scale !== "multi") {
    return together(setChoice([...path, "value"], key), ...coded(path, "coded", me));
  }
  // What was merged into the value goes with it.
  const same = keysOf(coding?.values).filter((one) => livingValue(characteristic, one) === key);
  const on = same.length === 0;
  const left = on || chosenKeys(characteristic, coding).length > 1;
  return together(
    ...(on ? [key] : same).map((one) => toggleInSet([...path, "values"], one, on)),
    ...coded(path, left ? "coded" : "not_coded", me),
  );
}

/** Says that there is no value, and which kind of no; the values go. */
export function chooseNoValue(
  at: Path,
  characteristic: Characteristic,
  coding: CodingItem | undefined,
  state: CodingState,
  me: string,
): Edit {
  const path = [...at, characteristic.key];
  const values = keysOf(coding?.values).map((key) => toggleInSet([...path, "values"], key, false));
  const value = plain(coding?.value) ? [setChoice([...path, "value"], null)] : [];
  const number = typeof coding?.number === "number" ? [setFloat([...path, "number"], null)] : [];
  return together(...values, ...value, ...number, ...coded(path, state, me));
}

/** Sets a number, or takes it away. */
export function chooseNumber(at: Path, characteristic: Characteristic, number: number | null, me: string): Edit {
  const path = [...at, characteristic.key];
  return together(
    setFloat([...path, "number"], number),
    ...coded(path, number === null ? "not_coded" : "coded", me),
  );
}

/** Marks a coding in words as coded or not, after its text has changed. */
export function wordsState(at: Path, characteristic: Characteristic, text: string, me: string): Edit {
  return together(...coded([...at, characteristic.key], text.trim() ? "coded" : "not_coded", me));
}

function coded(path: Path, state: CodingState, me: string): Edit[] {
  return [setChoice([...path, "state"], state), setChoice([...path, "coder"], me)];
}
