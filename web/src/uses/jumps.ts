// The log of the back and forth: work that went from one area to another, with why and when.
import { placeKey, type Thing, thingsByPlace, type Uses } from "../api/uses.ts";

/** One step over to another area. */
export interface Jump {
  key: string;
  /** `asked`: a card asked for cases. `carried`: a finding of cases became a card. */
  kind: "asked" | "carried";
  date: string;
  /** The card; undefined where it is gone or I may not see it. */
  card: Thing | undefined;
  /** What was asked for. */
  task: Thing | undefined;
  /** Subjects of the cases that were found, or that the card is about. */
  cases: string[];
}

/** All of them, the newest first; those of one day stay in the order of the references. */
export function jumpsOf({ things, uses }: Uses): Jump[] {
  const known = thingsByPlace(things);
  const casesOf = (thing: Thing) =>
    uses.flatMap((use) => (placeKey(use.from) === placeKey(thing.place) && use.to.item === undefined ? [use.to.subject] : []));
  const asked = uses.flatMap((use): Jump[] => {
    const task = use.relation === "asked-by" ? known.get(placeKey(use.from)) : undefined;
    if (!task) return [];
    const card = known.get(placeKey(use.to));
    return [{ key: placeKey(task.place), kind: "asked", date: task.date, card, task, cases: casesOf(task) }];
  });
  const carried = things.flatMap((card): Jump[] => {
    const cases = card.kind === "card" ? casesOf(card) : [];
    if (cases.length === 0) return [];
    return [{ key: placeKey(card.place), kind: "carried", date: card.date, card, task: undefined, cases }];
  });
  return [...asked, ...carried].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}
