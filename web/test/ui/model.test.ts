// What is read off a model's document without a screen: what loops do, what is missing, how hard a text is.
import { describe, expect, test } from "vitest";
import { layoutOf, SIZE } from "../../src/model/flow/layout.ts";
import { readability } from "../../src/model/reading/lix.ts";
import { headOf, loopKind, type ModelDocument } from "../../src/api/modelDocument.ts";
import { classed, imbalances, type ModelClaims, tellingOf, VALUE_CLASSES, type ValueClass } from "../../src/api/balance.ts";
import { gatesOf, type Judged } from "../../src/api/modelGates.ts";
import { casesIn, readingOf } from "../../src/api/modelReading.ts";
import { isForMore } from "../../src/api/catalogue.ts";
import { passageFrom, placeOf, takenFrom } from "../../src/model/beside/passage.ts";
import { handoversOf } from "../../src/model/reading/handovers.ts";

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
/** Points along a path of straight lines and rounded corners. */
function alongOf(path: string): { x: number; y: number }[] {
  const points: { x: number; y: number }[] = [];
  let [x, y] = [0, 0];
  for (const [, letter = "", rest = ""] of path.matchAll(/([MHVQ])([^MHVQ]*)/g)) {
    const numbers = rest.trim().split(/[ ,]+/).map(Number);
    const [toX, toY] = letter === "H" ? [numbers[0]!, y] : letter === "V" ? [x, numbers[0]!] : numbers.slice(-2);
    if (letter !== "M") for (let part = 0; part <= 40; part++) points.push({ x: x + ((toX! - x) * part) / 40, y: y + ((toY! - y) * part) / 40 });
    [x, y] = [toX!, toY!];
  }
  return points;
}

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

  test("R22 a way over several phases crosses no box", () => {
    // Phases that zigzag between three lanes, and a way between any two of them.
    const ids = ["p0", "p1", "p2", "p3", "p4", "p5"];
    const lane = [2, 0, 1, 2, 0, 1];
    const duties = (own: number) => Object.fromEntries(ids.filter((_, at) => lane[at] === own).map((id) => [id, "does"]));
    const pairs = ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => ({ from, to, kind: ids.indexOf(to) > ids.indexOf(from) ? "forward" : "feedback" })));
    const doc: ModelDocument = {
      roles: Object.fromEntries([0, 1, 2].map((own) => [`r${own}`, { name: "R", duties: duties(own), order: `${own}` }])),
      phases: Object.fromEntries(ids.map((id, at) => [id, { name: id, order: `${at}` }])),
      transitions: Object.fromEntries(pairs.map((way, at) => [`t${at}`, { ...way, order: String(at).padStart(2, "0") }])),
    };
    const { phases, ways } = layoutOf(readingOf(doc));
    expect(ways).toHaveLength(30);
    const [w, h] = [SIZE.box.width / 2 - 1, SIZE.box.height / 2 - 1];
    for (const { path, way } of ways) {
      const crossed = alongOf(path).filter(({ x, y }) => phases.some((box) => Math.abs(box.x - x) < w && Math.abs(box.y - y) < h));
      expect(crossed, `${way.from} to ${way.to}: ${path}`).toEqual([]);
    }
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

describe("who gives what to whom (R21, R26)", () => {
  const roles = { a: { name: "Kommune", duties: { p1: "does", p2: "decides" }, order: "a" }, b: { name: "Bedrift", duties: { p2: "does" }, order: "b" }, c: { name: "Brukere", duties: { p1: "does", p2: "does" }, order: "c" } };
  const phases = { p1: { name: "Behov", order: "a" }, p2: { name: "Prøve", order: "b" } };
  const given = (transitions: ModelDocument["transitions"]) => handoversOf(readingOf({ roles, phases, transitions }));

  test("R21 what a transition carries goes from who does the one phase to who does the next, and not to who does both", () => {
    const carries = { t: { from: "p1", to: "p2", carries: "behovet" }, u: { from: "p2", to: "p1", carries: "erfaring" } };
    expect(given(carries)).toEqual([
      { from: 0, to: 1, what: ["behovet"] },
      { from: 1, to: 0, what: ["erfaring"] },
    ]);
  });

  test("R21 where nothing is carried, or nobody else takes over, nothing is given", () => {
    expect(given({ t: { from: "p1", to: "p2", carries: " " }, u: { from: "p1", to: "p1", carries: "notater" }, v: { from: "p2", to: "", carries: "rapport" } })).toEqual([]);
  });
});

describe("passages of a case (R44)", () => {
  const text = "Legene så  at\noppfølgingen tok tid. Sykehuset ringte.";

  test("R44 what is selected is a passage in one line, and blank space is none", () => {
    expect(passageFrom("n05", "texts.benefit", text, 7, 35)).toEqual({ case: "n05", field: "texts.benefit", quote: "så at oppfølgingen tok tid.", shows: "" });
    expect(passageFrom("n05", "texts.benefit", text, 9, 10)).toBeUndefined();
  });

  test("R44 a passage is found again whatever its white space, and is gone when its words are", () => {
    const place = placeOf(text, "så at oppfølgingen");
    expect(place && text.slice(...place)).toBe("så  at\noppfølgingen");
    expect(placeOf(text, "kostet mye")).toBeUndefined();
    expect(placeOf(text, " ")).toBeUndefined();
    expect(placeOf("(a+b) er [c]", "(a+b)")).toEqual([0, 5]);
  });

  test("R44 the words of a case that fewer may read than the model go into it only where somebody says so", () => {
    expect(isForMore("members", "team")).toBe(true);
    expect(isForMore("client", "members")).toBe(true);
    expect(isForMore("members", "members")).toBe(false);
    expect(isForMore("team", "members")).toBe(false);
    const passage = { case: "n05", field: "texts.benefit", quote: "så at", shows: "Drivkraft: krise" };
    expect(takenFrom(passage, true)).toEqual(passage);
    expect(takenFrom(passage, false)).toEqual({ ...passage, quote: "", shows: "" });
  });

  test("R44 what was said is evidence of a claim and no case, and is counted in neither", () => {
    const said = { ...written, evidence: { e: { about: "claims/c1", case: "", entry: "team/entry1" } } };
    expect(casesIn(readingOf(said))).toEqual([]);
    expect(headOf(said)).toMatchObject({ cases: [], bare: 1, claims: 2 });
  });
});
