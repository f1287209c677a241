// A model as it is read: its whole document in plain words and in order, for pages, drawings and comparison.
import type { ClaimKind, ModelKind, ModelStatus, TransitionKind } from "../generated/domain.ts";
import { inOrder, keysOf, plain } from "./caseDocument.ts";
import { DUTIES, type Duty, dutyOf, type Evidence, type Flow, flowOf, isHere, loopKind, type ModelDocument } from "./modelDocument.ts";

export interface Reading {
  code: string;
  name: string;
  kind: ModelKind | "";
  status: ModelStatus | "";
  transfer: string;
  nearest: string;
  texts: Record<string, string>;
  traits: ReadTrait[];
  roles: ReadRole[];
  phases: ReadPhase[];
  transitions: ReadTransition[];
  flow: Flow;
  triggers: { id: string; kind: string; text: string }[];
  loops: { id: string; name: string; breaks: string; kind: ReturnType<typeof loopKind> }[];
  tasks: Fit[];
  challenges: Fit[];
  claims: ReadClaim[];
  variants: { id: string; name: string; differs: string }[];
  evidence: Linked[];
  questions: { id: string; text: string }[];
  steps: string[];
}

export interface ReadTrait {
  characteristic: string;
  value: string;
  class: string;
  reason: string;
}

export interface ReadRole {
  id: string;
  name: string;
  groups: string[];
  tasks: string;
  competence: string;
  decides: string;
  effort: string;
  optional: boolean;
  /** By phase, in the order of the phases. */
  duties: Duty[];
}

export interface ReadPhase {
  id: string;
  name: string;
  purpose: string;
  happens: string;
  inputs: string;
  outputs: string;
  doneWhen: string;
  lasts: string;
}

export interface ReadTransition {
  id: string;
  from: string;
  to: string;
  kind: TransitionKind | "";
  when: string;
  decides: string;
  carries: string;
}

export interface Fit {
  key: string;
  fit: string;
  why: string;
}

export interface ReadClaim {
  id: string;
  kind: ClaimKind | "";
  text: string;
  need: string;
  evidence: Linked[];
}

/** A case, or what somebody said, that says something of a part of the model. */
export interface Linked {
  id: string;
  about: string;
  /** Of a case; nothing where it is an entry of the dialogue. */
  subject: string;
  /** An entry of the dialogue, as `SUBJECT/ID`, or nothing. */
  entry: string;
  /** Which text or coding of the case. */
  field: string;
  relation: string;
  strength: string;
  shows: string;
  quote: string;
}

export function readingOf(doc: ModelDocument | undefined): Reading {
  const evidence = inOrder(doc?.evidence).map(linked);
  const phases = inOrder(doc?.phases);
  return {
    code: plain(doc?.code),
    name: doc?.head?.name ?? "",
    kind: plain(doc?.head?.kind) as Reading["kind"],
    status: plain(doc?.head?.status) as Reading["status"],
    transfer: plain(doc?.head?.transfer),
    nearest: plain(doc?.head?.nearest),
    texts: Object.fromEntries(Object.entries(doc?.texts ?? {}).map(([key, text]) => [key, text.trim()])),
    traits: inOrder(doc?.traits).map((one) => ({
      characteristic: plain(one.characteristic),
      value: plain(one.value),
      class: plain(one.class),
      reason: one.reason ?? "",
    })),
    roles: inOrder(doc?.roles).map((role) => ({
      id: role.id,
      name: role.name ?? "",
      groups: keysOf(role.groups),
      tasks: role.tasks ?? "",
      competence: role.competence ?? "",
      decides: role.decides ?? "",
      effort: role.effort ?? "",
      optional: plain(role.need) === "helpful",
      duties: phases.map((phase) => dutyOf(role, phase.id)),
    })),
    phases: phases.map((phase) => ({
      id: phase.id,
      name: phase.name ?? "",
      purpose: phase.purpose ?? "",
      happens: phase.happens ?? "",
      inputs: phase.inputs ?? "",
      outputs: phase.outputs ?? "",
      doneWhen: phase.done_when ?? "",
      lasts: phase.lasts ?? "",
    })),
    transitions: inOrder(doc?.transitions).map((one) => ({
      id: one.id,
      from: plain(one.from),
      to: plain(one.to),
      kind: plain(one.kind) as ReadTransition["kind"],
      when: one.when ?? "",
      decides: plain(one.decides),
      carries: one.carries ?? "",
    })),
    flow: flowOf(doc),
    triggers: inOrder(doc?.triggers).map(({ id, kind, text }) => ({ id, kind: plain(kind), text: text ?? "" })),
    loops: inOrder(doc?.loops).map((loop) => ({ id: loop.id, name: loop.name ?? "", breaks: loop.breaks ?? "", kind: loopKind(loop) })),
    tasks: fits(doc?.tasks),
    challenges: fits(doc?.challenges),
    claims: inOrder(doc?.claims).filter(isHere).map((claim) => ({
      id: claim.id,
      kind: plain(claim.kind) as ReadClaim["kind"],
      text: claim.text ?? "",
      need: plain(claim.need),
      evidence: evidence.filter((one) => one.about === `claims/${claim.id}`),
    })),
    variants: inOrder(doc?.variants).map(({ id, name, differs }) => ({ id, name: name ?? "", differs: differs ?? "" })),
    evidence,
    questions: inOrder(doc?.questions).map(({ id, text }) => ({ id, text: text ?? "" })),
    steps: inOrder(doc?.steps).map(({ text }) => text ?? ""),
  };
}

const linked = (one: Evidence & { id: string }): Linked => ({
  id: one.id,
  about: plain(one.about),
  subject: plain(one.case),
  entry: plain(one.entry),
  field: plain(one.field),
  relation: plain(one.relation),
  strength: plain(one.strength),
  shows: one.shows ?? "",
  quote: one.quote ?? "",
});

const fits = (list: ModelDocument["tasks"]): Fit[] =>
  Object.entries(list ?? {}).map(([key, { fit, why }]) => ({ key, fit: plain(fit), why: why ?? "" }));

/** Cases the model rests on, each once, in the order they were linked. */
export const casesIn = (reading: Reading): string[] => [...new Set(reading.evidence.map((one) => one.subject).filter(Boolean))];

/** How many phases the role has each duty in, those it has in none left out. */
export function dutyCounts(role: ReadRole): { duty: Exclude<Duty, "">; phases: number }[] {
  const each = DUTIES.filter((duty) => duty !== "").map((duty) => ({ duty, phases: role.duties.filter((one) => one === duty).length }));
  return each.filter(({ phases }) => phases > 0);
}
