import { expect, test } from "vitest";
import { placed } from "../../src/actorMap/layout.ts";
import { type ActorMap, itemOf, madeBy, type Organisation, type OrganisationOnMap } from "../../src/api/actors.ts";
import type { About } from "../../src/api/figures.ts";

const one = (key: string, ...subjects: string[]): OrganisationOnMap => ({
  key,
  name: key,
  parts: subjects.map((subject) => ({ subject, role: "partner" })),
});

const map = (organisations: OrganisationOnMap[]): ActorMap => ({
  about: {} as About,
  cases: ["a", "b"].map((subject) => ({ subject, groups: [], organisations: 1, narrow_ecosystem: false })),
  groups: [
    { group: "kommune", organisations },
    { group: "forskning", organisations: [one("ntnu", "a", "b")] },
  ],
  organisations: organisations.length + 1,
  in_all: [],
  in_one: [],
  sharing: [],
});

test("[R19] public ones stand to the left, each below its heading, near its cases and not on each other", () => {
  const many = Array.from({ length: 60 }, (_, n) => one(`kommune ${n}`, n % 2 ? "b" : "a"));
  const { left, right, cases, height } = placed(map(many));
  expect([left.organisations.length, right.organisations.length]).toEqual([60, 1]);
  const places = left.organisations.map(({ y }) => y);
  expect(places.every((y, n) => y > 0 && y < height && (n === 0 || y - places[n - 1]! >= 20))).toBe(true);
  expect(left.headings[0]!.y).toBeLessThan(places[0]!);
  const first = left.organisations.slice(0, 30);
  expect(first.every((placedOne) => placedOne.one.parts[0]!.subject === "a")).toBe(true);
  expect(cases[0]!).toBeLessThan(cases[1]!);
});

test("[R19] nothing on the map needs no room and is no error", () => {
  const empty = { ...map([]), cases: [], groups: [] };
  expect(placed(empty).cases).toEqual([]);
});

const organisation = (items: string[], names: [string, [string, string] | null][]) =>
  ({
    key: "difi",
    name: "Difi",
    items,
    names: names.map(([name, said]) => ({ key: name.toLowerCase(), name, parties: 1, said })),
  }) as Organisation;

test("[R9] what is said goes into the item that is there, and a name is separated by what joined it", () => {
  const said = { x: { name: "Difi", aliases: { k: { name: "Digdir" }, l: { name: "DIGDIR" } } }, y: { name: "Digdir", aliases: {} } };
  const difi = organisation(["x", "y"], [["Difi", ["x", ""]], ["Digdir", ["x", "k"]]]);
  expect(itemOf(said, difi)).toEqual({ id: "x", begin: [] });
  expect(itemOf(said, organisation([], [["Difi", null]])).begin).toHaveLength(1);
  expect(madeBy(said, difi, difi.names[1]!)).toEqual([
    ["organisations", "x", "aliases", "k"],
    ["organisations", "x", "aliases", "l"],
  ]);
});
