// Codings as the server gives them, in the words and shapes of the coding form.
import type { CaseDocument, CodingItem } from "../../api/caseDocument.ts";
import { keysOf, plain } from "../../api/caseDocument.ts";
import type { Coding } from "../../api/collections.ts";
import { stateOf, valueInWords } from "../../coding/coding.ts";
import type { Characteristic } from "../../generated/domain.ts";
import type { Format, Language, Messages } from "../../messages/index.ts";

/** Nothing said. */
export const BLANK: Coding = {
  state: "not_coded",
  value: null,
  values: [],
  number: null,
  text: "",
  confidence: "",
  coder: "",
  note: "",
};

/** What a case is coded as, as the server is told that one has seen it. */
export function codingIn(doc: CaseDocument | undefined, key: string): Coding {
  const item = doc?.codings?.[key];
  if (!item) return BLANK;
  return {
    state: stateOf(item),
    value: plain(item.value) || null,
    values: keysOf(item.values),
    number: typeof item.number === "number" ? item.number : null,
    text: plain(item.text),
    confidence: plain(item.confidence),
    coder: plain(item.coder),
    note: plain(item.note),
  };
}

export function inWords(
  characteristic: Characteristic,
  coding: Coding | null,
  { m, language, format }: { m: Messages; language: Language; format: Format },
): string {
  if (!coding || coding.state === "not_coded") return m.doubleCoding.saidNothing;
  if (coding.state !== "coded") return m.case.states[coding.state];
  const values = Object.fromEntries(coding.values.map((key) => [key, true]));
  const item: CodingItem = { ...coding, values };
  return valueInWords(characteristic, item, language, format) || m.doubleCoding.saidNothing;
}

/** Whether both say the same value; how sure, and why, aside. */
export function sameValue(a: Coding, b: Coding): boolean {
  const said = ({ state, value, values, number, text }: Coding) =>
    JSON.stringify(state === "coded" ? [state, value, [...values].sort(), number, text.trim()] : [state]);
  return said(a) === said(b);
}
