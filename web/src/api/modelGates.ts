// What a finished model has (domain model, part 4), as far as it can be read off its document and what others said of it:
// each demand with the part of the page, or the view of the model, that answers it.
import { claimsOf as claimsOfClass, type ModelBalance, type ModelClaims } from "./balance.ts";
import { inOrder, plain } from "./caseDocument.ts";
import { acts, dutyOf, flowOf, isDynamic, isHere, type ModelDocument } from "./modelDocument.ts";
import type { RegisterRow } from "../generated/domain.ts";

/** Parts of the page in their order; those of the short model are in both. */
export const PARTS = {
  short: ["pitch", "when", "benefit", "traits", "roles", "dynamics", "claims-strength", "claims-weakness", "cases", "steps"],
  full: [
    "pitch",
    "when",
    "benefit",
    "what",
    "traits",
    "roles",
    "dynamics",
    "tasks",
    "claims-strength",
    "claims-weakness",
    "challenges",
    "claims-precondition",
    "transfer",
    "variants",
    "nearest",
    "cases",
    "story",
    "steps",
    "questions",
  ],
} as const;
export type Part = (typeof PARTS)["full"][number];

export type GateKey =
  | "pitch"
  | "when"
  | "whenNot"
  | "benefit"
  | "traits"
  | "roles"
  | "phases"
  | "led"
  | "moving"
  | "dangling"
  | "strengths"
  | "weaknesses"
  | "cases"
  | "steps"
  | "what"
  | "scope"
  | "object"
  | "mix"
  | "threeRoles"
  | "driven"
  | "suited"
  | "notSuited"
  | "preconditions"
  | "transfer"
  | "argument"
  | "evidence"
  | "nearest"
  | "selfEvident"
  | "tooLocal"
  | "sharedClaims"
  | "reviewed";

/** Views of the model that answer a demand. */
export type GateView = "balanse" | "vurdering";

export interface Gate {
  key: GateKey;
  at: Part | GateView;
  done: boolean;
}

/** What is known of a model that its document does not say; what is not known yet is not asked for. */
export interface Judged {
  balance?: ModelBalance | undefined;
  claims?: ModelClaims | undefined;
  /** Who answered in the assessments that are revealed. */
  assessed?: { people: number; groups: number }[] | undefined;
}

/** Reviewers a finished model has had in one round, and actor groups they come from. */
const REVIEWERS_MIN = 3;
const REVIEWING_GROUPS_MIN = 2;

/** Public bodies; a model needs one of them and somebody else. */
const PUBLIC = ["stat", "region", "kommune"];

export interface Facts {
  /** Whether somebody has written in this text. */
  wrote(text: string): boolean;
  doc: ModelDocument;
  rows: ReadonlyMap<string, Pick<RegisterRow, "origin">>;
}

type Demand = readonly [GateKey, Part, (facts: Facts) => boolean];

const sized = (list: object | undefined) => Object.keys(list ?? {}).length;
const claimsOf = ({ doc }: Facts, kind: string) => inOrder(doc.claims).filter((claim) => plain(claim.kind) === kind && isHere(claim));
const fitOf = (suits: { fit?: unknown }) => plain(suits.fit);
const about = ({ doc }: Facts) => new Set(Object.values(doc.evidence ?? {}).map((one) => plain(one.about)));
const casesOf = ({ doc }: Facts) => [...new Set(Object.values(doc.evidence ?? {}).map((one) => plain(one.case)).filter(Boolean))];
const kindOf = ({ doc }: Facts) => plain(doc.head?.kind);
const coded = (key: string) => ({ doc }: Facts) =>
  Object.values(doc.traits ?? {}).some((trait) => plain(trait.characteristic) === key && plain(trait.class) !== "declined");

const SHORT: readonly Demand[] = [
  ["pitch", "pitch", ({ wrote }) => wrote("pitch")],
  ["when", "when", ({ wrote }) => wrote("when")],
  ["whenNot", "when", ({ wrote }) => wrote("when_not")],
  ["benefit", "benefit", ({ wrote }) => wrote("benefit")],
  [
    "traits",
    "traits",
    ({ doc }) => sized(doc.traits) > 0 && !Object.values(doc.traits ?? {}).some((trait) => plain(trait.class) === "proposed"),
  ],
  ["roles", "roles", ({ doc }) => sized(doc.roles) >= 2],
  ["phases", "dynamics", ({ doc }) => sized(doc.phases) >= 4],
  ["led", "dynamics", ({ doc }) => sized(doc.phases) > 0 && inOrder(doc.phases).every(({ id }) => isLed(doc, id))],
  ["moving", "dynamics", ({ doc }) => isDynamic(flowOf(doc))],
  ["dangling", "dynamics", ({ doc }) => flowOf(doc).dangling.length === 0],
  ["strengths", "claims-strength", (facts) => claimsOf(facts, "strength").length >= 2],
  ["weaknesses", "claims-weakness", (facts) => claimsOf(facts, "weakness").length >= 2],
  ["cases", "cases", (facts) => enoughCases(facts)],
  ["steps", "steps", ({ doc }) => sized(doc.steps) > 0],
];

const FULL: readonly Demand[] = [
  ["what", "what", ({ wrote }) => wrote("what")],
  ["argument", "what", (facts) => kindOf(facts) === "empirical" || facts.wrote("argument")],
  ["scope", "traits", coded("scope")],
  ["object", "traits", coded("innovation_object")],
  ["threeRoles", "roles", ({ doc }) => sized(doc.roles) >= 3],
  ["mix", "roles", ({ doc }) => isMixed(doc)],
  ["driven", "dynamics", ({ doc }) => sized(doc.triggers) + sized(doc.loops) > 0],
  ["evidence", "claims-strength", (facts) => [...claimsOf(facts, "strength"), ...claimsOf(facts, "weakness")].every(({ id }) => about(facts).has(`claims/${id}`))],
  ["suited", "challenges", ({ doc }) => Object.values(doc.challenges ?? {}).some((one) => fitOf(one) === "2" || fitOf(one) === "3")],
  ["notSuited", "challenges", ({ doc }) => Object.values(doc.challenges ?? {}).some((one) => fitOf(one) === "0")],
  ["preconditions", "claims-precondition", (facts) => claimsOf(facts, "precondition").length > 0],
  ["transfer", "transfer", ({ doc, wrote }) => plain(doc.head?.transfer) !== "" && wrote("kept")],
  ["nearest", "nearest", ({ doc, wrote }) => plain(doc.head?.nearest) !== "" || wrote("nearest")],
];

const isLed = (doc: ModelDocument, phase: string) => inOrder(doc.roles).some((role) => acts(dutyOf(role, phase)));

function isMixed(doc: ModelDocument): boolean {
  const groups = inOrder(doc.roles).flatMap((role) => Object.keys(role.groups ?? {}));
  return groups.some((group) => PUBLIC.includes(group)) && groups.some((group) => !PUBLIC.includes(group));
}

/** Empirical: two, one of them Norwegian. Derived: one. Exploratory: none is needed. */
function enoughCases(facts: Facts): boolean {
  const cases = casesOf(facts);
  const kind = kindOf(facts);
  if (kind === "exploratory") return true;
  if (kind === "derived") return cases.length >= 1;
  return cases.length >= 2 && cases.some((subject) => facts.rows.get(subject)?.origin === "national");
}

/** Nothing self-evident in the core, and nothing too local without a reason; nothing in the model that readers say of all. */
function judgedGates(doc: ModelDocument, { balance, claims, assessed }: Judged): Gate[] {
  const gates: Gate[] = [];
  if (balance) {
    const classes = new Map(balance.values.map((one) => [`${one.characteristic}=${one.value}`, one.class]));
    const traits = Object.values(doc.traits ?? {}).map((trait) => ({
      class: plain(trait.class),
      reason: (trait.reason ?? "").trim(),
      balance: classes.get(`${plain(trait.characteristic)}=${plain(trait.value)}`),
    }));
    const said = traits.filter((trait) => ["core", "choice", "precondition"].includes(trait.class));
    gates.push({ key: "selfEvident", at: "traits", done: !said.some((trait) => trait.class === "core" && trait.balance === "self-evident") });
    gates.push({ key: "tooLocal", at: "traits", done: !said.some((trait) => trait.balance === "too-local" && trait.reason === "") });
  }
  if (claims) gates.push({ key: "sharedClaims", at: "balanse", done: claimsOfClass(claims, "self-evident") === 0 });
  if (assessed) {
    const enough = assessed.some(({ people, groups }) => people >= REVIEWERS_MIN && groups >= REVIEWING_GROUPS_MIN);
    gates.push({ key: "reviewed", at: "vurdering", done: enough });
  }
  return gates;
}

/** Every demand on a model of this depth, in the order of the page, and then what is judged elsewhere. */
export function gatesOf(doc: ModelDocument | undefined, rows: Facts["rows"], depth: keyof typeof PARTS, judged: Judged = {}): Gate[] {
  const facts: Facts = { doc: doc ?? {}, rows, wrote: (text) => (doc?.texts?.[text] ?? "").trim() !== "" };
  const demands = depth === "full" ? [...SHORT, ...FULL] : SHORT;
  const place = ({ at }: Gate) => (PARTS.full.includes(at as Part) ? PARTS.full.indexOf(at as Part) : PARTS.full.length);
  const gates = demands.map(([key, at, holds]): Gate => ({ key, at, done: holds(facts) }));
  const more = depth === "full" ? judgedGates(facts.doc, judged) : [];
  return [...gates, ...more].sort((a, b) => place(a) - place(b));
}
