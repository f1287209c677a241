import { describe, expect, test } from "vitest";
import type { Thing, Use } from "../../src/api/uses.ts";
import { jumpsOf } from "../../src/uses/jumps.ts";

const thing = (kind: Thing["kind"], item: string, date: string): Thing => ({
  place: { subject: kind === "card" ? "board" : "register", item },
  kind,
  title: item,
  date,
  waits: false,
});
const about = (card: Thing, subject: string): Use => ({ from: card.place, to: { subject }, relation: "about" });

describe("[R7] the log of the back and forth", () => {
  const task = thing("task", "t", "2026-11-25");
  const asking = thing("card", "asking", "");
  const found = thing("card", "found", "2026-11-26");
  const uses: Use[] = [
    { from: task.place, to: asking.place, relation: "asked-by" },
    { from: task.place, to: { subject: "case" }, relation: "found" },
    about(found, "case"),
  ];

  test("has each step once, the newest first, with the card, the task and the cases", () => {
    const jumps = jumpsOf({ things: [asking, found, task], uses });
    expect(jumps.map(({ kind, card, cases }) => [kind, card?.title, cases])).toEqual([
      ["carried", "found", ["case"]],
      ["asked", "asking", ["case"]],
    ]);
  });

  test("keeps a task whose card is gone", () => {
    const [jump] = jumpsOf({ things: [task], uses: uses.slice(0, 2) });
    expect(jump).toMatchObject({ kind: "asked", card: undefined, cases: ["case"] });
  });

  test("leaves out searches nobody asked for and cards about nothing", () => {
    const search = thing("search", "s", "2026-11-20");
    expect(jumpsOf({ things: [search, asking], uses: [{ from: search.place, to: { subject: "case" }, relation: "found" }] })).toEqual([]);
  });
});
