// Taking in what a code form says: ordinary edits of mine, case by case, each one step to undo.
import { type CaseDocument, type CodingItem, keysOf, plain } from "../api/caseDocument.ts";
import type { FormChange, Said } from "../api/codeForms.ts";
import type { Characteristic } from "../generated/domain.ts";
import { type Edit, setChoice, setFloat, together, toggleInSet, updateText } from "../sync/index.ts";
import type { Replica, WorkshopSync } from "../sync/types.ts";
import { byCase } from "./group.ts";

export interface Taken {
  /** Codings that were changed. */
  changed: number;
  /** Cases, and so steps to undo. */
  cases: number;
  /** Codings that a colleague changed while I looked, or that I may not change: left as they are. */
  left: number;
}

/** Makes the changes; the connection need not be there. */
export async function takeIn(
  sync: WorkshopSync,
  changes: readonly FormChange[],
  characteristics: ReadonlyMap<string, Characteristic>,
  me: string,
): Promise<Taken> {
  const taken: Taken = { changed: 0, cases: 0, left: 0 };
  for (const [subject, places] of byCase(changes)) {
    const replica = sync.open<CaseDocument>(subject);
    try {
      await settled(replica);
      const edits = places.map((place) => {
        const change = changes[place]!;
        return editOf(replica, change, characteristics.get(change.characteristic), me);
      });
      const made = edits.filter((edit) => edit !== undefined);
      if (made.length) replica.edit(together(...made));
      taken.changed += made.length;
      taken.cases += made.length ? 1 : 0;
      taken.left += edits.length - made.length;
    } finally {
      replica.close();
    }
  }
  return taken;
}

/** Waits until the document is here, or is known not to come. */
function settled(replica: Replica<CaseDocument>): Promise<void> {
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

function editOf(
  replica: Replica<CaseDocument>,
  change: FormChange,
  characteristic: Characteristic | undefined,
  me: string,
): Edit | undefined {
  if (!characteristic || !replica.may.has("write") || replica.state !== "ready") return undefined;
  const coding = replica.doc?.codings?.[characteristic.key];
  if (!isSame(saidBy(coding, characteristic), change.now)) return undefined;
  return sayingEdit(characteristic, coding, change.new, me);
}

/** What a coding says, as the server reads it. */
export function saidBy(coding: CodingItem | undefined, { scale }: Characteristic): Said {
  const state = plain(coding?.state);
  const none: Said = { state: "not_coded", values: [], number: null, text: "" };
  if (state === "unknown" || state === "not_applicable") return { ...none, state };
  if (state !== "coded") return none;
  const values = scale === "multi" ? keysOf(coding?.values) : plain(coding?.value) ? [plain(coding?.value)] : [];
  const said: Said =
    scale === "number"
      ? { ...none, state, number: typeof coding?.number === "number" ? coding.number : null }
      : scale === "text"
        ? { ...none, state, text: plain(coding?.text).replace(/\r\n?/g, "\n").trim() }
        : { ...none, state, values };
  return said.values.length || said.number !== null || said.text ? said : none;
}

function isSame(a: Said, b: Said): boolean {
  const values = (said: Said) => [...said.values].sort().join();
  return a.state === b.state && values(a) === values(b) && a.number === b.number && a.text === b.text;
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
