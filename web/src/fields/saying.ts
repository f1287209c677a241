// What a coding says, apart from how it came to be said, and the edit that makes it say something else.
import { type CaseDocument, type CodingItem, keysOf, plain } from "../api/caseDocument.ts";
import { livingValues } from "../api/characteristics.ts";
import type { Said } from "../api/codeForms.ts";
import type { Characteristic } from "../generated/domain.ts";
import { type Edit, setChoice, setFloat, together, toggleInSet, updateText } from "../sync/index.ts";
import type { Replica } from "../sync/types.ts";

/** Waits until the document is here, or is known not to come. */
export function settled(replica: Replica<CaseDocument>): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (replica.state === "loading") return;
      stop();
      resolve();
    };
    const stop = replica.subscribe(look);
    look();
  });
}

/** What a coding says, as the server reads it. */
export function saidBy(coding: CodingItem | undefined, characteristic: Characteristic): Said {
  const { scale } = characteristic;
  const state = plain(coding?.state);
  const none: Said = { state: "not_coded", values: [], number: null, text: "" };
  if (state === "unknown" || state === "not_applicable") return { ...none, state };
  if (state !== "coded") return none;
  const keys = scale === "multi" ? keysOf(coding?.values) : plain(coding?.value) ? [plain(coding?.value)] : [];
  const values = livingValues(characteristic, keys);
  const said: Said =
    scale === "number"
      ? { ...none, state, number: typeof coding?.number === "number" ? coding.number : null }
      : scale === "text"
        ? { ...none, state, text: plain(coding?.text).replace(/\r\n?/g, "\n").trim() }
        : { ...none, state, values };
  return said.values.length || said.number !== null || said.text ? said : none;
}

/** Makes a coding say this, by me. */
export function sayingEdit(
  { key, scale }: Characteristic,
  coding: CodingItem | undefined,
  said: Said,
  me: string,
): Edit {
  const path = ["codings", key];
  const edits: Edit[] = [];
  if (scale === "multi") {
    const before = keysOf(coding?.values);
    const off = before.filter((one) => !said.values.includes(one));
    const on = said.values.filter((one) => !before.includes(one));
    edits.push(...off.map((one) => toggleInSet([...path, "values"], one, false)));
    edits.push(...on.map((one) => toggleInSet([...path, "values"], one, true)));
  } else if (scale === "number") {
    edits.push(setFloat([...path, "number"], said.number));
  } else if (scale === "text") {
    // Words are never taken away by a state.
    if (said.state === "coded") edits.push(updateText([...path, "text"], said.text));
  } else {
    edits.push(setChoice([...path, "value"], said.values[0] ?? null));
  }
  return together(...edits, setChoice([...path, "state"], said.state), setChoice([...path, "coder"], me));
}
