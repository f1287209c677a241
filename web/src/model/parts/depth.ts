// How far the page is opened: the short model, or everything a model can say. The same page, the same document.
import { createContext, useContext } from "react";
import type { ModelDocument } from "../../api/modelDocument.ts";

export type Depth = "short" | "full";

export const DepthContext = createContext<Depth>("short");

export const useDepth = (): Depth => useContext(DepthContext);

/** Whether everything is shown. */
export const useFull = (): boolean => useDepth() === "full";

const FULL_LISTS = ["triggers", "loops", "variants", "questions"] as const;
const FULL_TEXTS = ["what", "duration", "argument", "kept", "adapted", "local", "transfer", "nearest", "story"];

/** A model that somebody has written more in than the short one opens in full. */
export function depthOf(doc: ModelDocument | undefined): Depth {
  const listed = FULL_LISTS.some((list) => Object.keys(doc?.[list] ?? {}).length > 0);
  const written = FULL_TEXTS.some((text) => (doc?.texts?.[text] ?? "") !== "");
  return listed || written ? "full" : "short";
}
