// What the parts of the coding form share: whose codings they are, where they stand, and what there is to code.
import { createContext, useContext } from "react";
import type { Participation } from "../api/calls.ts";
import type { CodingItem } from "../api/caseDocument.ts";
import type { FieldsOf } from "../fields/editor.ts";
import type { Characteristic } from "../generated/domain.ts";
import type { Path } from "../sync/index.ts";
import { valueAt } from "../sync/paths.ts";
import { useRead } from "../sync/react.ts";

export type Codings = Record<string, CodingItem>;

/** Nothing in it changes as people write: each part reads of the document what it shows. */
export interface CodingEditor extends FieldsOf {
  characteristics: Characteristic[];
  me: Participation;
  /** Where the codings of the case stand in the document. */
  at: Path;
  /** Goes to the next case or the one before, to its form. */
  toCase(which: "before" | "after"): void;
}

export const CodingContext = createContext<CodingEditor | null>(null);

export function useCodingEditor(): CodingEditor {
  const editor = useContext(CodingContext);
  if (!editor) throw new Error("a part of the coding form needs a CodingContext around it");
  return editor;
}

/** The codings as they stand now, read when they are needed. */
export function codingsOf({ replica, at }: Pick<CodingEditor, "replica" | "at">): Codings {
  return (valueAt(replica.doc, at) as Codings | undefined) ?? {};
}

/** Something read from the codings, as JSON; renders again only when that has become something else. */
export function useCodings<V>(read: (codings: Codings) => V): V {
  const { replica, at } = useCodingEditor();
  return useRead(replica, (doc) => read((valueAt(doc, at) as Codings | undefined) ?? {}));
}
