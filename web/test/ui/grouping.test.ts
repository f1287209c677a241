import { describe, expect, test } from "vitest";
import { hull, laidOut, named } from "../../src/grouping/layout.ts";
import { shownFrom } from "../../src/grouping/question.ts";
import { cutAt, treeOf } from "../../src/grouping/tree.ts";

const frame = { width: 900, height: 600, margin: 40 };
const far = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y);

describe("the map", () => {
  test("places fill the frame, up is up, and left is left", () => {
    const [a, b] = laidOut([{ x: -1, y: -1 }, { x: 3, y: 2 }], frame, 10);
    expect([a, b]).toEqual([{ x: 40, y: 560 }, { x: 860, y: 40 }]);
  });

  test("cases in one place are moved apart, and stay in the frame", () => {
    const same = Array.from({ length: 20 }, () => ({ x: 0.3, y: 0.3 }));
    const points = laidOut([{ x: 0, y: 0 }, ...same, { x: 1, y: 1 }], frame, 33);
    for (const [i, a] of points.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(40);
      expect(a.x).toBeLessThanOrEqual(860);
      for (const b of points.slice(i + 1)) expect(far(a, b)).toBeGreaterThan(32);
    }
  });

  test("the same places give the same picture", () => {
    const places = Array.from({ length: 30 }, (_, i) => ({ x: Math.sin(i), y: Math.cos(3 * i) }));
    expect(laidOut(places, frame, 33)).toEqual(laidOut(places, frame, 33));
  });

  test("a hull has the outermost cases as corners; of two or one it is they themselves", () => {
    const square = [{ x: 0, y: 0 }, { x: 4, y: 0 }, { x: 4, y: 4 }, { x: 0, y: 4 }];
    expect(new Set(hull([{ x: 2, y: 2 }, ...square, { x: 1, y: 2 }]))).toEqual(new Set(square));
    expect(hull([{ x: 1, y: 1 }, { x: 0, y: 0 }])).toHaveLength(2);
    expect(hull([{ x: 1, y: 1 }])).toEqual([{ x: 1, y: 1 }]);
  });

  test("a name stands where it covers no case and no other name", () => {
    const lower = [{ x: 400, y: 300 }];
    const upper = [{ x: 400, y: 265 }];
    const [first, second] = named([lower, upper], [120, 120], frame, 15);
    expect(first!.y).toBeGreaterThan(300);
    expect(second!.y).toBeLessThan(265);
  });
});

describe("the tree", () => {
  // The four cases of `linkage`: A+B, then D, then C.
  const joined = [
    { first: 0, second: 1, height: 0.197917 },
    { first: 0, second: 3, height: 0.506944 },
    { first: 0, second: 2, height: 0.711806 },
  ];

  test("who is joined stands side by side, and every bracket begins where the one before ended", () => {
    const tree = treeOf(4, joined);
    expect(tree.leaves).toEqual([0, 1, 3, 2]);
    expect(tree.brackets.map(({ a, b }) => [a, b])).toEqual([[0, 1], [0.5, 2], [1.25, 3]]);
    expect(tree.brackets.map(({ fromA }) => fromA)).toEqual([0, 0.197917, 0.506944]);
    expect(tree.top).toBe(0.711806);
  });

  test("what cannot be compared is joined at the greatest height", () => {
    const tree = treeOf(3, [{ first: 0, second: 1, height: 0.4 }, { first: 0, second: 2, height: null }]);
    expect(tree.brackets.map(({ height }) => height)).toEqual([0.4, 0.4]);
  });

  test("the cut stands between the last joining that is kept and the first that is not", () => {
    expect(cutAt(joined, 2)).toBeCloseTo((0.506944 + 0.711806) / 2);
    expect(cutAt(joined, 4)).toBeCloseTo(0.197917 / 2);
    expect(cutAt(joined, 1)).toBeUndefined();
  });
});

describe("the address", () => {
  const shown = (text: string) => shownFrom(new URLSearchParams(text));

  test("opens on the most alike pairs of all cases", () => {
    expect(shown("")).toEqual({ cases: "all", method: "average", groups: undefined, beside: "pairs", marked: undefined });
  });

  test("says what is asked, and what makes no sense is as if nothing were said", () => {
    expect(shown("antall=6&utvalg=chosen&metode=medoids&vis=groups&gruppe=2")).toEqual({
      cases: "chosen",
      method: "medoids",
      groups: 6,
      beside: "groups",
      marked: 2,
    });
    expect(shown("antall=1").groups).toBeUndefined();
    expect(shown("antall=16").groups).toBeUndefined();
    expect(shown("antall=-3&vis=x&gruppe=a")).toMatchObject({ groups: undefined, beside: "pairs", marked: undefined });
  });
});
