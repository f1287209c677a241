// What the parts of the case page share, and the small moves every field makes.
import { createContext, useCallback, useContext, useEffect, useRef, useState } from "react";
import type { Participation } from "../api/calls.ts";
import type { CaseDocument } from "../api/caseDocument.ts";
import type { Characteristic } from "../generated/domain.ts";
import type { Path } from "../sync/index.ts";
import type { Presence, Replica } from "../sync/types.ts";

export interface Editor {
  replica: Replica<CaseDocument>;
  doc: CaseDocument;
  mayWrite: boolean;
  others: readonly Presence[];
  characteristics: Characteristic[];
  me: Participation;
  say(text: string): void;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("a field needs an EditorContext around it");
  return editor;
}

/** The name under which presence speaks of a field. */
export const fieldOf = (path: Path): string => path.join(".");

/** Who else is in a field, each person once. */
export function usePeopleIn(field: string): Presence[] {
  const { others } = useEditor();
  const inField = others.filter((other) => other.field === field);
  return [...new Map(inField.map((other) => [other.participant, other])).values()];
}

/** Tells the others that this tab is in the field while it has the focus. */
export function useFieldPresence(field: string): { onFocus(): void; onBlur(): void } {
  const { replica } = useEditor();
  const onFocus = useCallback(() => replica.presence(field), [replica, field]);
  const onBlur = useCallback(() => replica.presence(null), [replica]);
  return { onFocus, onBlur };
}

/** Time in which a change of a value counts as this tab's own. */
const OWN_MS = 800;
const GLOW_MS = 2_000;

/** `glow` for a moment after somebody else has changed the value; `own()` is called before an own edit. */
export function useGlow(value: unknown): { glow: string; own(): void } {
  const key = JSON.stringify(value);
  const before = useRef(key);
  const ownAt = useRef(0);
  const [glow, setGlow] = useState("");
  useEffect(() => {
    if (before.current === key) return;
    before.current = key;
    if (performance.now() - ownAt.current < OWN_MS) return;
    setGlow("glow");
    const timer = setTimeout(() => setGlow(""), GLOW_MS);
    return () => clearTimeout(timer);
  }, [key]);
  const own = useCallback(() => void (ownAt.current = performance.now()), []);
  return { glow, own };
}
