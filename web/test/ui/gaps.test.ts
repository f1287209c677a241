import { expect, test } from "vitest";
import type { MixCount, Variation } from "../../src/api/figures.ts";
import { gapsBeside, gapsOf, lostMixesOf, lostValuesOf, onlyAbroadOf, rareOf } from "../../src/variation/gaps.ts";

const value = (key: string, cases: number, chosen = 0, only_abroad = false) => ({ key, cases, chosen, only_abroad });
const mix = (partners: Partial<MixCount["mix"]>, cases: number, chosen: number): MixCount => ({
  mix: { public: true, research: false, business: false, voluntary: false, ...partners },
  cases,
  chosen,
  by_level: [0, 0, 0],
  no_level: cases,
});
const breadth = { values_seen: 0, values_possible: 0, pairs_seen: 0, pairs_possible: 0, saturation: null };

function variation(chosen: number): Variation {
  const none = { cases: 0, chosen: 0 };
  return {
    about: {
      cases: 9,
      chosen,
      imagined: 0,
      archived: 0,
      unreadable: 0,
      characteristics: ["scope"],
      uncoded: [],
      codings: 9,
      blanks: 0,
      characteristics_version: 1,
    },
    national: none,
    international: none,
    levels: [],
    research: none,
    business: none,
    voluntary: none,
    only_public: [],
    characteristics: [
      {
        key: "scope",
        coded: { cases: 9, chosen },
        values: [value("a", 0), value("b", 1, 0, true), value("c", 8, chosen)],
        evenness: null,
        effective_values: null,
      },
    ],
    mixes: [mix({ research: true }, 5, 0), mix({ business: true }, 3, chosen), mix({}, 1, 0), mix({ voluntary: true }, 0, 0)],
    all: breadth,
    chosen: null,
  };
}

const keys = (found: { value: { key: string } }[]) => found.map((one) => one.value.key);

test("a gap is a value no case has; a rare one is in one case; abroad is what the server says", () => {
  expect(keys(gapsOf(variation(0)))).toEqual(["a"]);
  expect(keys(rareOf(variation(0)))).toEqual(["b"]);
  expect(keys(onlyAbroadOf(variation(0)))).toEqual(["b"]);
  expect(gapsOf(variation(0))[0]?.coded).toBe(9);
});

test("nothing is lost before anything is chosen", () => {
  expect(lostValuesOf(variation(0))).toEqual([]);
  expect(lostMixesOf(variation(0))).toEqual([]);
});

test("lost with a selection are values and partners that cases have and no chosen one; public alone is no loss", () => {
  expect(keys(lostValuesOf(variation(2)))).toEqual(["b"]);
  expect(lostMixesOf(variation(2)).map(({ mix }) => mix.research)).toEqual([true]);
});

test("[R33] what a list lacks is told apart: what no list has, and what only others have", () => {
  const [all, list] = [variation(0), variation(0)];
  const values = list.characteristics[0]!.values;
  list.characteristics[0]!.values = values.map((one) => ({ ...one, cases: 0 }));
  const { nobody, others } = gapsBeside(list, all);
  expect(keys(nobody)).toEqual(keys(gapsOf(all)));
  expect([...keys(nobody), ...keys(others)].sort()).toEqual(values.map(({ key }) => key).sort());
  expect(gapsBeside(all).others).toEqual([]);
});
