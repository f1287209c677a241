// Groups made by hand.
import { plural } from "../plural.ts";
import type { Messages } from "../nb.ts";

export const hand: Messages["hand"] = {
  title: "Your own groups",
  help: "Group the cases as you think they belong together. Several groupings can stand side by side.",
  none: "Nobody has grouped by hand yet.",
  start: "Start from the groups on the map",
  empty: "Start empty",
  another: "New grouping",
  which: "Grouping",
  name: "Name of the grouping",
  fromMap: "From the map",
  byHand: "Own grouping",
  current: "Current",
  makeCurrent: "Make current",
  group: "Name of the group",
  add: "New group",
  newGroup: "New group",
  remove: "Remove empty group",
  without: "Without a group",
  move: "Move",
  to: "To",
  why: "Reason",
  cancel: "Cancel",
  moves: "Moves",
  movesNone: "Nothing has been moved yet.",
  unnamed: "Unnamed",
  size: (n) => `${n} ${plural(n, "case", "cases")}`,
  moveOf: (name) => `Move ${name}`,
  moved: (from, to, by) => `from “${from}” to “${to}”, ${by}`,
};
