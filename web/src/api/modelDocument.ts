// A model's document as the screens read it, and what can be read off it without a screen.
import type { ModelKind, ModelStatus, TransitionKind } from "../generated/domain.ts";
import { inOrder, type Item, plain } from "./caseDocument.ts";

type Choice = unknown;

export interface ModelDocument {
  code?: Choice;
  head?: { name?: string; kind?: Choice; status?: Choice; transfer?: Choice; nearest?: Choice };
  texts?: Record<string, string>;
  traits?: Record<string, Trait>;
  roles?: Record<string, Role>;
  phases?: Record<string, Phase>;
  transitions?: Record<string, Transition>;
  triggers?: Record<string, Trigger>;
  loops?: Record<string, Loop>;
  tasks?: Record<string, Suits>;
  challenges?: Record<string, Suits>;
  claims?: Record<string, Claim>;
  variants?: Record<string, Variant>;
  evidence?: Record<string, Evidence>;
  questions?: Record<string, Line>;
  steps?: Record<string, Line>;
}

/** A characteristic with one value, and what it is to the model. */
export interface Trait {
  characteristic?: Choice;
  value?: Choice;
  class?: Choice;
  reason?: string;
  order?: Choice;
}

export interface Role {
  name?: string;
  groups?: Record<string, boolean>;
  tasks?: string;
  competence?: string;
  decides?: string;
  effort?: string;
  need?: Choice;
  /** Phase → what the role does in it: a duty, or nothing. */
  duties?: Record<string, Choice>;
  order?: Choice;
}

/** What a role does in a phase. */
export const DUTIES = ["", "does", "decides", "both", "asked", "told"] as const;
export type Duty = (typeof DUTIES)[number];

export interface Phase {
  name?: string;
  purpose?: string;
  happens?: string;
  inputs?: string;
  outputs?: string;
  done_when?: string;
  lasts?: string;
  order?: Choice;
}

/** `to` is a phase, or nothing where it ends. */
export interface Transition {
  from?: Choice;
  to?: Choice;
  kind?: Choice;
  when?: string;
  /** A role. */
  decides?: Choice;
  carries?: string;
  order?: Choice;
}

export interface Trigger {
  kind?: Choice;
  text?: string;
  order?: Choice;
}

/** What acts on what, in a circle. */
export interface Loop {
  name?: string;
  breaks?: string;
  links?: Record<string, Link>;
  order?: Choice;
}

/** `sign` is how it acts on the next. */
export interface Link {
  text?: string;
  sign?: Choice;
  order?: Choice;
}

/** How well the model suits something, and why. */
export interface Suits {
  fit?: Choice;
  why?: string;
}

export interface Claim {
  kind?: Choice;
  text?: string;
  need?: Choice;
  takes?: Choice;
  /** Where it is said; nothing is in the model. */
  place?: Choice;
  order?: Choice;
}

export interface Variant {
  name?: string;
  differs?: string;
  order?: Choice;
}

/** `about` is an item of the model, `claims/ID`; nothing is the model as a whole. */
export interface Evidence {
  about?: Choice;
  /** The subject of a case, or nothing where it is an entry of the dialogue. */
  case?: Choice;
  /** An entry of the dialogue, as `SUBJECT/ID` of the team's document: only the team can see which. */
  entry?: Choice;
  /** A text of the case or a coding of it, as `texts.benefit`; nothing is the case as a whole. */
  field?: Choice;
  relation?: Choice;
  strength?: Choice;
  shows?: string;
  quote?: string;
  by?: Choice;
  order?: Choice;
}

/** A step, or a question. */
export interface Line {
  text?: string;
  order?: Choice;
}

/** What a list of models shows of one. */
export interface ModelHead {
  name: string;
  pitch: string;
  kind: ModelKind | "";
  status: ModelStatus | "";
  /** Subjects of the cases it rests on, each once. */
  cases: string[];
  groups: string[];
  proposals: number;
  claims: number;
  /** Claims no case is linked to. */
  bare: number;
  flow: Flow;
}

export const headOf = (doc: ModelDocument | undefined): ModelHead => {
  const evidence = Object.values(doc?.evidence ?? {});
  const about = new Set(evidence.map((one) => plain(one.about)));
  const claims = Object.keys(doc?.claims ?? {});
  const roles = inOrder(doc?.roles);
  return {
    name: doc?.head?.name ?? "",
    pitch: doc?.texts?.["pitch"] ?? "",
    kind: plain(doc?.head?.kind) as ModelKind | "",
    status: plain(doc?.head?.status) as ModelStatus | "",
    cases: [...new Set(evidence.map((one) => plain(one.case)).filter(Boolean))],
    groups: [...new Set(roles.flatMap((role) => Object.keys(role.groups ?? {})))],
    proposals: Object.values(doc?.traits ?? {}).filter((trait) => plain(trait.class) === "proposed").length,
    claims: claims.length,
    bare: claims.filter((claim) => !about.has(`claims/${claim}`)).length,
    flow: flowOf(doc),
  };
};

/** The phases in their order, and the ways between them; one that leads from or to a phase that is gone dangles. */
export interface Flow {
  phases: { id: string; name: string }[];
  ways: Way[];
  dangling: string[];
}

export interface Way {
  id: string;
  kind: TransitionKind | "";
  /** Places of phases in the list; `undefined` is the end. */
  from: number;
  to: number | undefined;
  when: string;
}

export function flowOf(doc: ModelDocument | undefined): Flow {
  const phases = inOrder(doc?.phases).map(({ id, name }) => ({ id, name: name ?? "" }));
  const place = new Map(phases.map(({ id }, at) => [id, at]));
  const flow: Flow = { phases, ways: [], dangling: [] };
  for (const { id, ...transition } of inOrder(doc?.transitions) as Item<Transition>[]) {
    const [from, end] = [place.get(plain(transition.from)), plain(transition.to)];
    const to = end === "" ? undefined : place.get(end);
    if (from === undefined || (end !== "" && to === undefined)) flow.dangling.push(id);
    else flow.ways.push({ id, kind: plain(transition.kind) as Way["kind"], from, to, when: transition.when ?? "" });
  }
  return flow;
}

/** A model is dynamic where something can lead another way than on (R22). */
export const isDynamic = (flow: Flow): boolean => flow.ways.some((way) => way.kind !== "forward");

/** Whether a claim is said in this model, and not once for all models or in a note beside it. */
export const isHere = (claim: Claim): boolean => plain(claim.place) === "";

/** What a loop does to itself, read off its signs; nothing while it has fewer than two links. */
export function loopKind(loop: Loop): "reinforcing" | "balancing" | undefined {
  const links = Object.values(loop.links ?? {});
  if (links.length < 2) return undefined;
  const turns = links.filter((link) => plain(link.sign) === "less").length;
  return turns % 2 === 0 ? "reinforcing" : "balancing";
}

/** What a role does in a phase. */
export const dutyOf = (role: Role, phase: string): Duty => {
  const word = plain(role.duties?.[phase]);
  return DUTIES.find((duty) => duty === word) ?? "";
};

/** Whether the role acts in the phase: does its work, decides, or both. */
export const acts = (duty: Duty): boolean => duty === "does" || duty === "decides" || duty === "both";

/** Evidence about a part that was deleted, in order: somebody says what it is about now, or takes it away. */
export function adrift(doc: ModelDocument | undefined): Item<Evidence>[] {
  const there = (about: string): boolean => {
    const [list = "", id = ""] = about.split("/");
    return about === "" || (doc?.[list as keyof ModelDocument] as Record<string, unknown> | undefined)?.[id] !== undefined;
  };
  return inOrder(doc?.evidence).filter((one) => !there(plain(one.about)));
}

/** The evidence about a part of the model, in order. */
export const evidenceAbout = (doc: ModelDocument | undefined, about: string): Item<Evidence>[] =>
  inOrder(doc?.evidence).filter((one) => plain(one.about) === about);
