// What a group is called: a letter, and the values that set it apart.
import type { CaseGroup } from "../api/figures.ts";
import type { Labels } from "../api/labels.ts";

/** A for the first, which is the largest. */
export const letterOf = (group: number) => String.fromCharCode(65 + group);

/** «Innkjøpsmakt, kontrakt»: so many of the values most its own; empty where it has none. */
export function traitsOf(group: CaseGroup, labels: Labels, count: number): string {
  return group.traits
    .slice(0, count)
    .map((one) => labels.value(one.characteristic, one.value))
    .join(", ");
}
