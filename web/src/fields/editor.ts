// What the fields of a live document share, and the small moves every field makes.
import { createContext, useCallback, useContext, useEffect, useRef, useState } from "react";
import type { Path } from "../sync/index.ts";
import { type PersonIn, useOthers, useValue } from "../sync/react.ts";
import type { Replica } from "../sync/types.ts";

/** Nothing in it changes as people write: each field reads of the document what it shows. */
export interface FieldsOf<T = unknown> {
  replica: Replica<T>;
  mayWrite: boolean;
  /** Says something to those who listen. */
  say(text: string): void;
}

export const FieldsContext = createContext<FieldsOf | null>(null);

/** The document whose fields are around here. */
export function useFields(): FieldsOf {
  const fields = useContext(FieldsContext);
  if (!fields) throw new Error("a field needs a FieldsContext around it");
  return fields;
}

/** The name under which presence speaks of a field. */
export const fieldOf = (path: Path): string => path.join(".");

/** What lies at a path of the document; renders again only when that has changed. */
export function useField<V = unknown>(path: Path): V | undefined {
  return useValue<V>(useFields().replica, path);
}

/** Who else is in a field. */
export function usePeopleIn(field: string): readonly PersonIn[] {
  return useOthers(useFields().replica, field);
}

/** Tells the others that this tab is in the field while it has the focus. */
export function useFieldPresence(field: string): { onFocus(): void; onBlur(): void } {
  const { replica } = useFields();
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
