// What is read off a model's document without a screen: what loops do, what is missing, how hard a text is.
import { describe, expect, test } from "vitest";
import { layoutOf, SIZE } from "../../src/model/flow/layout.ts";
import { readability } from "../../src/model/reading/lix.ts";
import { loopKind, type ModelDocument } from "../../src/api/modelDocument.ts";
import { classed, imbalances, type ModelClaims, tellingOf, VALUE_CLASSES, type ValueClass } from "../../src/api/balance.ts";
import { gatesOf, type Judged } from "../../src/api/modelGates.ts";
import { readingOf } from "../../src/api/modelReading.ts";

const links = (...signs: string[]) => ({ links: Object.fromEntries(signs.map((sign, at) => [`l${at}`, { text: "x", sign }])) });

describe("loops (R22)", () => {
  test.each([
    [["more", "more"], "reinforcing"],
    [["more", "less"], "balancing"],
    [["less", "less", "more"], "reinforcing"],
    [["more"], undefined],
  ])("R22 a loop with the signs %j is %s", (signs, kind) => expect(loopKind(links(...signs))).toBe(kind));
});

const written: ModelDocument = {
  head: { kind: "empirical" },
  texts: { pitch: "Kort", when: "Da", when_not: "Ikke da", benefit: "For alle" },
  roles: { r1: { name: "Eier", groups: { kommune: true }, duties: { p1: "decides", p2: "does" } }, r2: { name: "Firma", groups: { oppstart: true } } },
  phases: { p1: { name: "Behov", order: "a" }, p2: { name: "Prøve", order: "b" } },
  transitions: { t1: { from: "p2", to: "p1", kind: "feedback" }, t2: { from: "p2", to: "gone", kind: "forward" } },
  claims: { c1: { kind: "strength", text: "Åpent" }, c2: { kind: "weakness", text: "Trangt" } },
  evidence: { e1: { about: "claims/c1", case: "n03" }, e2: { about: "", case: "n04" } },
};
const national = new Map(["n03", "n04"].map((subject) => [subject, { origin: "national" as const }]));
const left = (doc: ModelDocument, rows = national) =>
  gatesOf(doc, rows, "full")
    .filter((gate) => !gate.done)
    .map((gate) => gate.key);

describe("what a finished model has (domain model, part 4)", () => {
  test("R16 a model without a benefit is told so, and by that name", () => {
    expect(left({ ...written, texts: { ...written.texts, benefit: "  " } })).toContain("benefit");
    expect(left(written)).not.toContain("benefit");
  });

  test("R47 a model without a weakness is told so", () => {
    expect(left({ ...written, claims: {} })).toEqual(expect.arrayContaining(["strengths", "weaknesses"]));
  });

  test("R44 one statement without evidence is enough to be told", () => {
    expect(left(written)).toContain("evidence");
    expect(left({ ...written, evidence: { ...written.evidence, e3: { about: "claims/c2", case: "n04" } } })).not.toContain("evidence");
  });

  test("R21 R22 who leads each phase, and what points nowhere, are seen", () => {
    expect(left(written)).toContain("dangling");
    expect(left(written)).not.toContain("led");
    expect(left({ ...written, roles: { r2: written.roles!["r2"]! } })).toEqual(expect.arrayContaining(["led", "mix"]));
  });

  test("R5 an empirical model needs a Norwegian case, an exploratory one an argument", () => {
    const foreign = new Map(["n03", "n04"].map((subject) => [subject, { origin: "international" as const }]));
    expect(left(written)).not.toContain("cases");
    expect(gatesOf(written, foreign as unknown as typeof national, "short").find((gate) => gate.key === "cases")?.done).toBe(false);
    const thought = { ...written, head: { kind: "exploratory" }, evidence: {} };
    expect(left(thought)).toContain("argument");
    expect(left(thought)).not.toContain("cases");
  });
});

const rated = (classes: Partial<Record<ValueClass, number>>, unclassed = 0): ModelClaims => ({
  model: "m",
  classes: VALUE_CLASSES.map((one) => ({ class: one, claims: classes[one] ?? 0 })),
  unclassed,
  claims: [],
});

describe("what others say of a finished model (domain model, part 4)", () => {
  const value = (value: string, of: ValueClass) =>
    ({ characteristic: "driver", value, class: of, cases: 1, coded: 3, others: 0, others_coded: 9, lift: 1, from: null }) as const;
  const balance = { model: "m", cases: [], left_out: 0, classes: [], values: [value("a", "self-evident"), value("b", "too-local")], chance: null, breadth: [] };
  const trait = (value: string, of: string, reason = "") => ({ characteristic: "driver", value, class: of, reason });
  const lacks = (traits: ModelDocument["traits"], judged: Judged) =>
    gatesOf({ ...written, traits: traits ?? {} }, national, "full", judged)
      .filter((gate) => !gate.done)
      .map((gate) => gate.key);

  test("R25 nothing self-evident is in the core, and what is too local has a reason", () => {
    expect(lacks({ t: trait("a", "core"), u: trait("b", "choice") }, { balance })).toEqual(expect.arrayContaining(["selfEvident", "tooLocal"]));
    const mended = lacks({ t: trait("a", "common"), u: trait("b", "choice", "Bare der finnes loven") }, { balance });
    expect(mended).not.toContain("selfEvident");
    expect(mended).not.toContain("tooLocal");
  });

  test("R25 a claim that readers say holds for nearly all is asked for until it is moved", () => {
    expect(lacks({}, { claims: rated({ "self-evident": 1, distinctive: 3 }) })).toContain("sharedClaims");
    expect(lacks({}, { claims: rated({ distinctive: 3 }) })).not.toContain("sharedClaims");
  });

  test("R45 three reviewers from two actor groups in one round are enough, and what is not known is not asked for", () => {
    expect(lacks({}, { assessed: [{ people: 2, groups: 2 }, { people: 5, groups: 1 }] })).toContain("reviewed");
    expect(lacks({}, { assessed: [{ people: 3, groups: 2 }] })).not.toContain("reviewed");
    expect(lacks({}, {})).not.toContain("reviewed");
  });
});

describe("the balance of claims (R25)", () => {
  test("R25 what there should be more or less of is said, and of nothing nothing is said", () => {
    expect(imbalances(rated({ "self-evident": 2, distinctive: 2, variant: 1, "too-local": 1 }))).toEqual(["self-evident", "too-local"]);
    expect(imbalances(rated({ "typical-but-shared": 2, distinctive: 1 }))).toEqual(["telling"]);
    expect(imbalances(rated({}, 4))).toEqual([]);
  });

  test("R25 those that say something of the model are what sets it apart and its choices, of those that are placed", () => {
    const claims = rated({ distinctive: 2, variant: 1, "self-evident": 1 }, 3);
    expect([tellingOf(claims), classed(claims)]).toEqual([3, 4]);
  });
});

describe("the drawing (R22)", () => {
  test("R22 a phase lies on the lane of who does its work, and what points nowhere is left out", () => {
    const layout = layoutOf(readingOf(written));
    expect(layout.phases.map((phase) => phase.lane)).toEqual([0, 0]);
    expect(layout.ways.map(({ way }) => way.id)).toEqual(["t1"]);
    expect(layout.width).toBeGreaterThanOrEqual(SIZE.label + 2 * SIZE.column);
  });

  test("R22 a model of which nothing is written is drawn as nothing", () => {
    expect(layoutOf(readingOf(undefined))).toMatchObject({ phases: [], ways: [] });
  });
});

describe("LIX (R26)", () => {
  test("R26 words in a sentence plus the share of long words", () => {
    // 20 words in 2 sentences, 4 of them over six letters: 10 + 20.
    const text = "Vi går til byen og ser på samarbeid der nå. De vil prøve kommunen og bedriften i lag med innbyggere.";
    expect(readability(text)).toEqual({ lix: 30, words: 20, longest: undefined });
  });

  test("R26 a few words say nothing, and a long sentence is shown", () => {
    expect(readability("Kort og godt.").lix).toBeUndefined();
    expect(readability(`${"ord ".repeat(25)}.`).longest).toBe("ord ".repeat(25).trim());
  });
});
