// Changes case by case, in the order of the form.
import type { FormChange } from "../api/codeForms.ts";

/** Each case with the places of its changes. */
export function byCase(changes: readonly FormChange[]): [subject: string, places: number[]][] {
  const groups = new Map<string, number[]>();
  changes.forEach(({ subject }, place) => {
    const places = groups.get(subject);
    if (places) places.push(place);
    else groups.set(subject, [place]);
  });
  return [...groups];
}
