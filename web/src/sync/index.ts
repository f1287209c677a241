/** The sync layer's public face; screens import from here and from `./react`, and from nothing below. */

export * from "./types";
export {
  addItem, choice, freshId, orderBetween, removeItem, setChoice, setFlag, setFloat, setInt, spliceText,
  together, toggleInSet, updateText,
} from "./edits";
export type { Edit, Path, Scalar } from "./edits";
export { valueAt } from "./paths";

import type { Session, WorkshopSync } from "./types";

export declare function openWorkshop(session: Session): Promise<WorkshopSync>
