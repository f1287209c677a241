import { describe, expect, test } from "vitest";
import { registerPath } from "../../src/api/caseLink.ts";
import { mixKey, mixOf } from "../../src/api/mix.ts";
import { countsOf, facetsOf, fitting, ordered, orderFrom, queryFrom } from "../../src/cases/facets.ts";
import type { Characteristic, RegisterRow } from "../../src/generated/domain.ts";
import { formatOf } from "../../src/messages/index.ts";
import { nb } from "../../src/messages/nb.ts";

const scope: Characteristic = {
  code: "K10",
  key: "scope",
  label_nb: "Omfang",
  label_en: "Scope",
  scale: "nominal",
  group: "C",
  help_nb: "",
  help_en: "",
  unit: null,
  dynamic: false,
  active: true,
  core: true,
  retired: [],
  values: [{ key: "okosystem", label_nb: "Økosystem", label_en: "Ecosystem", definition: "" }],
};

function row(code: string, change: Partial<RegisterRow> = {}): RegisterRow {
  return {
    subject: code.toLowerCase(),
    document: code,
    state: "open",
    code,
    name: `Navn ${code}`,
    country: "Norge",
    sector: "",
    origin: "national",
    status: "ongoing",
    start_year: null,
    end_year: null,
    level: [],
    actor_groups: [],
    mix: { public: true, research: false, business: false, voluntary: false },
    parties: 0,
    codings: {},
    uncoded: {},
    settled_core: 0,
    settled: 0,
    decision: "none",
    criterion: "",
    reason: "",
    eligible: true,
    problems: [],
    search: `navn ${code.toLowerCase()}`,
    ...change,
  };
}

const query = (address: string) => queryFrom(new URLSearchParams(address));
const codes = (rows: RegisterRow[]) => rows.map(({ code }) => code);
const collator = new Intl.Collator("nb-NO", { numeric: true });

describe("filters", () => {
  const rows = [
    row("N1", { actor_groups: ["kommune"], codings: { scope: ["okosystem"] } }),
    row("N2", { actor_groups: ["stat", "kommune"], uncoded: { scope: "unknown" } }),
    row("N3", { actor_groups: ["stat"] }),
  ];
  const facets = facetsOf([scope], rows, nb, "nb", formatOf("nb"));
  const found = (address: string) => codes(fitting(rows, query(address), facets));

  test("values of one facet widen, facets narrow", () => {
    expect(found("group=kommune")).toEqual(["N1", "N2"]);
    expect(found("group=kommune,stat")).toEqual(["N1", "N2", "N3"]);
    expect(found("group=kommune&k.scope=okosystem")).toEqual(["N1"]);
  });

  test("the kinds of no value are told apart", () => {
    expect(found("k.scope=unknown")).toEqual(["N2"]);
    expect(found("k.scope=not_coded")).toEqual(["N3"]);
    expect(found("k.scope=not_applicable")).toEqual([]);
  });

  test("a facet counts what its other values would give", () => {
    const group = facets.find(({ key }) => key === "group")!;
    const others = fitting(rows, query("group=stat&k.scope=unknown"), facets, "group");
    expect([...countsOf(others, group)]).toEqual([
      ["stat", 1],
      ["kommune", 1],
    ]);
  });

  test("every word of a search must be found, in any order", () => {
    expect(found("q=n2+navn")).toEqual(["N2"]);
    expect(found("q=n2+borte")).toEqual([]);
  });

  test("an address with unknown keys shows everything", () => {
    expect(found("utm=x&ny=1")).toEqual(["N1", "N2", "N3"]);
  });
});

describe("order", () => {
  const sorted = (rows: RegisterRow[], address: string) =>
    codes(ordered(rows, orderFrom(new URLSearchParams(address)), collator, () => ""));

  test("codes are ordered as people count", () => {
    expect(sorted([row("N10"), row("N2"), row("I1")], "")).toEqual(["I1", "N2", "N10"]);
    expect(sorted([row("N10"), row("N2"), row("I1")], "sort=-name")).toEqual(["N10", "N2", "I1"]);
  });

  test("equal rows stay in the order of their codes, also downwards", () => {
    const rows = [row("N3"), row("N1"), row("N2", { settled_core: 5 })];
    expect(sorted(rows, "sort=-filled")).toEqual(["N2", "N1", "N3"]);
  });

  test("a case without a year comes last", () => {
    expect(sorted([row("N1"), row("N2", { start_year: 2010 })], "sort=start")).toEqual(["N2", "N1"]);
  });

  test("an order that does not exist is by code", () => {
    expect(sorted([row("N2"), row("N1")], "sort=farge")).toEqual(["N1", "N2"]);
  });
});

test("who works together is one word in the address, and the same people again", () => {
  const all = [true, false].flatMap((open) =>
    [true, false].flatMap((research) => [true, false].map((business) => ({ public: open, research, business, voluntary: !open }))),
  );
  for (const mix of all) expect(mixOf(mixKey(mix))).toEqual(mix);
  expect(mixKey({ public: false, research: false, business: false, voluntary: false })).toBe("nobody");
  const address = registerPath("w1", { mix: ["public-research"], origin: ["national", "international"] });
  const chosen = query(address.split("?")[1] ?? "").chosen;
  expect(chosen.get("mix")).toEqual(new Set(["public-research"]));
  expect(chosen.get("origin")).toEqual(new Set(["national", "international"]));
});
