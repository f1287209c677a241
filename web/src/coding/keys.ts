// Keys in the coding form, while the focus is in it: a case is coded without a mouse.
import { flushSync } from "react-dom";
import { labelOf, useMessages } from "../messages/index.ts";
import { setChoice } from "../sync/index.ts";
import { chooseNoValue, chooseValue, type CodingState, valueInWords } from "./coding.ts";
import { codingsOf, useCodingEditor } from "./editor.ts";

const NO_VALUE_KEYS: Record<string, Exclude<CodingState, "coded">> = {
  u: "unknown",
  i: "not_applicable",
  delete: "not_coded",
};
const CONFIDENCE_KEYS: Record<string, "sikker" | "skjonn" | "usikker"> = { q: "sikker", w: "skjonn", e: "usikker" };

/** The key listener of the form. In a text, keys are letters, and only Escape and Enter lead out of it. */
export function useCodingKeys(
  panel: React.RefObject<HTMLElement | null>,
  open: string | undefined,
  setOpen: (key: string) => void,
) {
  const { characteristics, toCase } = useCodingEditor();
  const code = useKeyOfCharacteristic(panel, setOpen);
  const headOf = (key: string) => panel.current?.querySelector<HTMLElement>(`[data-key="${key}"]`);
  const go = (step: number, from: string) => {
    const to = characteristics[characteristics.findIndex((c) => c.key === from) + step];
    if (!to) return;
    if (open) setOpen(to.key);
    headOf(to.key)?.focus();
  };
  return (event: React.KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const oneLine = target instanceof HTMLInputElement && target.type === "text";
    const key = event.key.toLowerCase();
    const head = target.dataset["key"];
    const at = head ?? open;
    const done = () => event.preventDefault();
    if (at && (key === "escape" || (key === "enter" && oneLine))) {
      // Or the same Enter would close what it comes back to.
      done();
      return headOf(at)?.focus();
    }
    if (oneLine || target instanceof HTMLTextAreaElement) return;
    if (head && (key === "arrowdown" || key === "arrowup")) {
      done();
      return go(key === "arrowdown" ? 1 : -1, head);
    }
    if (key === "n" || key === "b") {
      done();
      return toCase(key === "n" ? "after" : "before");
    }
    if (at && code(at, key)) done();
  };
}

/** What a key does to a characteristic; false where it does nothing. */
function useKeyOfCharacteristic(panel: React.RefObject<HTMLElement | null>, setOpen: (key: string) => void) {
  const editor = useCodingEditor();
  const { replica, characteristics, mayWrite, me, say, at } = editor;
  const { m, language, format } = useMessages();
  return (of: string, key: string): boolean => {
    const characteristic = characteristics.find((c) => c.key === of);
    if (!characteristic || !mayWrite) return false;
    const label = labelOf(characteristic, language);
    const coding = () => codingsOf(editor)[of];
    const [none, confidence] = [NO_VALUE_KEYS[key], CONFIDENCE_KEYS[key]];
    const value = /^[1-9]$/.test(key) ? characteristic.values[Number(key) - 1] : undefined;
    if (coding() === undefined && (none || value || confidence)) {
      // It is made ready once it is open.
      setOpen(of);
      return true;
    }
    if (key === "m") {
      // The note is there once the characteristic is open.
      flushSync(() => setOpen(of));
      panel.current?.querySelector<HTMLElement>(".kopen textarea")?.focus();
      return true;
    }
    if (confidence) {
      replica.edit(setChoice([...at, of, "confidence"], confidence));
      say(`${label}: ${m.case.confidences[confidence]}`);
      return true;
    }
    if (none) replica.edit(chooseNoValue(at, characteristic, coding(), none, me.id));
    else if (value) replica.edit(chooseValue(at, characteristic, coding(), value.key, me.id));
    else return false;
    const words = none
      ? m.case.states[none]
      : valueInWords(characteristic, coding(), language, format) || m.case.states.not_coded;
    say(`${label}: ${words}`);
    return true;
  };
}
