/** The sync layer's public face; screens import from here and from `./react`, and from nothing below. */

export * from "./types";
export {
  addItem,
  choice,
  freshId,
  orderBetween,
  removeItem,
  setChoice,
  setFlag,
  setFloat,
  setInt,
  spliceText,
  together,
  toggleInSet,
  updateText,
} from "./edits";
export type { Edit, Path, Scalar } from "./edits";
export { valueAt } from "./paths";
export { readSession, forgetSession } from "./session";
export type { SessionAnswer } from "./session";
export { bindText } from "./text-binding";
export type { TextBindingOptions, TextElement } from "./text-binding";
export { openWorkshop } from "./workshop";
