// What the parts of the case page share, and the small moves every field makes.
import { createContext, useCallback, useContext, useEffect, useRef, useState } from "react";
import type { Participation } from "../api/calls.ts";
import type { CaseDocument } from "../api/caseDocument.ts";
import type { Characteristic } from "../generated/domain.ts";
import type { Path } from "../sync/index.ts";
import { type PersonIn, useOthers, useRead, useValue } from "../sync/react.ts";
import type { Replica } from "../sync/types.ts";

/** Nothing in it changes as people write: each part reads of the document what it shows. */
export interface Editor {
  replica: Replica<CaseDocument>;
  mayWrite: boolean;
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

/** What lies at a path of the case; renders again only when that has changed. */
export function useField<V = unknown>(path: Path): V | undefined {
  return useValue<V>(useEditor().replica, path);
}

/** Something read from the case, as JSON; renders again only when that has become something else. */
export function useCase<V>(read: (doc: CaseDocument) => V): V {
  return useRead(useEditor().replica, (doc) => read(doc ?? empty));
}

const empty: CaseDocument = {};

/** Who else is in a field. */
export function usePeopleIn(field: string): readonly PersonIn[] {
  return useOthers(useEditor().replica, field);
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
