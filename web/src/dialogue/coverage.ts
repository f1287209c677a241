// Whom the dialogue reaches: planned and heard by side, and the sides nobody has thought of.
import { plain } from "../api/caseDocument.ts";
import type { Contact, Entry } from "../api/teamDocument.ts";

/** The sides of a collaboration whose voice a plan has to have (row R39), with the actor groups on each. */
export const SIDES = {
  public: ["stat", "region", "kommune", "offentlig"],
  research: ["forskning"],
  business: ["naeringsliv", "oppstart"],
  voluntary: ["frivillig"],
  citizens: ["innbyggere"],
} as const satisfies Record<string, readonly string[]>;

export type Side = keyof typeof SIDES;

export interface Reached {
  side: Side;
  planned: number;
  heard: number;
}

/** A contact who declined is not planned any more. */
export function coverageOf(contacts: readonly Contact[], entries: readonly Entry[]): Reached[] {
  const on = (side: Side, group: unknown) => (SIDES[side] as readonly string[]).includes(plain(group));
  return (Object.keys(SIDES) as Side[]).map((side) => ({
    side,
    planned: contacts.filter((one) => on(side, one.group) && plain(one.status) !== "declined").length,
    heard: entries.filter((one) => on(side, one.group)).length,
  }));
}

/** Sides that are neither planned nor heard, once there is a plan at all. */
export function forgotten(coverage: readonly Reached[]): Side[] {
  const anything = coverage.some((one) => one.planned + one.heard > 0);
  return anything ? coverage.filter((one) => one.planned + one.heard === 0).map((one) => one.side) : [];
}
