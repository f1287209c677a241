// What the parts of the case page share.
import { createContext, useContext } from "react";
import type { Participation } from "../api/calls.ts";
import type { CaseDocument } from "../api/caseDocument.ts";
import type { FieldsOf } from "../fields/editor.ts";
import type { Characteristic } from "../generated/domain.ts";
import { useRead } from "../sync/react.ts";

/** Nothing in it changes as people write: each part reads of the document what it shows. */
export interface Editor extends FieldsOf<CaseDocument> {
  characteristics: Characteristic[];
  me: Participation;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("a part of the case page needs an EditorContext around it");
  return editor;
}

/** Something read from the case, as JSON; renders again only when that has become something else. */
export function useCase<V>(read: (doc: CaseDocument) => V): V {
  return useRead(useEditor().replica, (doc) => read(doc ?? empty));
}

const empty: CaseDocument = {};
