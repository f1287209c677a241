import { describe, expect, test } from "vitest";
import type { Contact } from "../../src/api/teamDocument.ts";
import { inOrder } from "../../src/api/caseDocument.ts";
import { coverageOf, forgotten } from "../../src/dialogue/coverage.ts";
import type { RegisterRow } from "../../src/generated/domain.ts";
import { namesakes } from "../../src/searches/names.ts";

const contacts = (groups: string[], status = "planned"): Contact[] => groups.map((group) => ({ group, status }));

describe("[R39] whom the dialogue reaches", () => {
  test("twenty contacts without anybody from the voluntary sector lack just that side", () => {
    const groups = ["stat", "region", "kommune", "offentlig", "forskning", "naeringsliv", "oppstart", "innbyggere"];
    const plan = contacts(Array.from({ length: 20 }, (_, at) => groups[at % groups.length] ?? ""));
    const coverage = coverageOf(plan, []);
    expect(coverage.find((one) => one.side === "public")?.planned).toBe(12);
    expect(coverage.reduce((all, one) => all + one.planned, 0)).toBe(20);
    expect(forgotten(coverage)).toEqual(["voluntary"]);
  });

  test("who declined is not planned, and who was heard is not forgotten", () => {
    const plan = [...contacts(["frivillig"], "declined"), ...contacts(["stat"])];
    expect(forgotten(coverageOf(plan, []))).toContain("voluntary");
    expect(forgotten(coverageOf(plan, [{ group: "frivillig" }]))).not.toContain("voluntary");
  });

  test("who nobody has said the side of counts on none", () => {
    const coverage = coverageOf(contacts(["", "stat"]), [{ group: "" }]);
    expect(coverage.reduce((all, one) => all + one.planned + one.heard, 0)).toBe(1);
  });

  test("nothing is missing where there is no plan yet", () => {
    expect(forgotten(coverageOf([], []))).toEqual([]);
  });
});

test("items stand in the order of their keys, equal ones by id", () => {
  const list = { b: { order: "i" }, a: { order: "i" }, c: { order: "a" } };
  expect(inOrder(list).map((item) => item.id)).toEqual(["c", "a", "b"]);
});

describe("[R35] a name that is there already", () => {
  const rows = ["Med hjerte for Arendal", "Pilot-E", "FoU-kontrakt", "Inkubator Nord", "Inkubator"].map(
    (name) => ({ name }) as RegisterRow,
  );
  const of = (name: string) => namesakes(name, rows).map((row) => row.name);

  test("is found without case, punctuation and order, and as a part of a longer one", () => {
    expect(of("MED HJERTE FOR ARENDAL")).toEqual(["Med hjerte for Arendal"]);
    expect(of("Arendal: med hjerte for")).toEqual(["Med hjerte for Arendal"]);
    expect(of("Pilot E (Enova)")).toEqual(["Pilot-E"]);
  });

  test("is not found for one common word", () => {
    expect(of("Inkubator Sør")).toEqual([]);
    expect(of("inkubator")).toEqual(["Inkubator"]);
    expect(of("  ")).toEqual([]);
  });
});
