// Collections and what is going on now, as the server answers about them.
import type { ClaimKind, CodingState, Scale } from "../generated/domain.ts";
import type { ValueClass } from "./balance.ts";
import { request } from "./request.ts";

export type Ask =
  | { kind: "notes" }
  | { kind: "votes"; items: Item[]; budget: number; each_max: number }
  | { kind: "ratings"; items: Item[]; low: number; high: number }
  | CodingsAsk;

/** Which cases are coded, on what, by whom; without coders the whole team is asked. */
export interface CodingsAsk {
  kind: "codings";
  cases: string[];
  characteristics: string[];
  coders: string[];
}

/** Something that is voted on or rated. */
export interface Item {
  key: string;
  label: string;
}

/** What several people say of one model. */
export type Judging = "assessment" | "challenges";

/** The models a question is about, and what is asked of them. Whose a claim is nobody knows before it is revealed. */
export type About =
  | { purpose: Judging; model: string }
  | { purpose: "balance"; models: string[]; claims: Record<string, { kind: ClaimKind; of?: { model: string; claim: string } }> };

export type Question<A = About> = { title: string; prompt: string; about?: A } & Ask;

export type Collection = Question & {
  id: string;
  team: boolean;
  named: boolean;
  round: number;
  earlier: string | null;
  state: "open" | "closed" | "revealed";
  opened_ms: number;
  begun: number;
  sent: number;
  /** Whether I am asked. */
  asked: boolean;
  mine: { subject: string; sent: boolean } | null;
  /** Who is done; only facilitators are told. */
  parts?: { participant: string; sent: boolean; coded?: number }[];
  board: string | null;
  /** How many people answered, of how many actor groups, once it is revealed. */
  answered: { people: number; groups: number } | null;
  /** When its state last changed. */
  changed_ms: number;
};

/** The rounds in which people judge this model so, the newest first. */
export const roundsOf = (collections: readonly Collection[] | undefined, model: string, purpose: Judging): Collection[] =>
  (collections ?? []).filter(({ about }) => about?.purpose === purpose && about.model === model);

/** How far readers say that a claim reaches. */
export interface Reach {
  /** How many said nearly all, those of this kind, and only here. */
  counts: [number, number, number];
  /** From 0 to 2. */
  median: number;
  /** What the median makes of it. */
  class: ValueClass;
  agreement: Agreed | null;
}

export interface Tally {
  item: string;
  votes: number;
  voters: number;
}

export interface Score {
  by: { participant: string } | { pseudonym: number };
  group: string | null;
  score: number;
  reason: string;
}

export interface Rated {
  item: string;
  raters: number;
  /** Null where so few rated without names that scores would show whose they are. */
  scores: Score[] | null;
  median: number | null;
  agreement: Agreed | null;
  /** The lowest and the highest score that have a reason, where they are far apart. */
  apart: [Score, Score] | null;
}

/** How much raters agree. */
export interface Agreed {
  /** From 0, split between the ends, to 1, all alike. */
  consensus: number;
  label: "agree" | "partly" | "split";
  quartiles: [number, number];
}

/** A coding as the server gives it; values are a list. */
export interface Coding {
  state: CodingState;
  value: string | null;
  values: string[];
  number: number | null;
  text: string;
  confidence: string;
  coder: string;
  note: string;
}

/** How alike one characteristic was coded; null where it cannot be said. */
export interface Agreement {
  characteristic: string;
  scale: Scale;
  /** Cases two or more said something of. */
  cases: number;
  one_alone: number;
  pairs: number;
  share: number | null;
  likeness: number | null;
  kappa: number | null;
}

export interface CodedCell {
  case: string;
  characteristic: string;
  verdict: "agree" | "differ" | "one";
  /** In the order of the coders; null where they said nothing. */
  codings: (Coding | null)[];
}

export interface Settled {
  case: string;
  characteristic: string;
  by: string | null;
  at_ms: number;
  how: "agreed" | "own" | { of: string };
  coding: Coding;
}

export interface CodingsOutcome {
  kind: "codings";
  coders: string[];
  agreement: Agreement[];
  cells: CodedCell[];
  settled: Settled[];
}

export type Outcome = { answered: number } & (
  | { kind: "notes"; board: string | null; notes: number }
  | { kind: "votes"; tally: Tally[] }
  /** `reach` of each, where it was asked how far claims reach; null where it is not shown. */
  | { kind: "ratings"; rated: Rated[]; reach: (Reach | null)[] | null }
  | CodingsOutcome
);

export interface Activity {
  title: string;
  instruction: string;
  collection: string | null;
  minutes: number | null;
}

export interface Stage {
  activity: Activity | null;
  started_ms: number;
  ends_ms: number | null;
  now_ms: number;
}

export const collectionsPath = (workshop: string) => `/workshops/${workshop}/collections`;
export const stagePath = (workshop: string) => `/workshops/${workshop}/stage`;
const onePath = (workshop: string, id: string) => `${collectionsPath(workshop)}/${id}`;
export const outcomePath = (workshop: string, id: string) => `${onePath(workshop, id)}/outcome`;

export interface NewCollection {
  team: boolean;
  named: boolean;
  earlier?: string;
}
/** A question as it is asked: which claims of the models, the server says. */
type Asked = Question<{ purpose: Judging; model: string } | { purpose: "balance"; models: string[] }>;
export const openCollection = (workshop: string, json: NewCollection & Partial<Asked>, key: string) =>
  request<{ id: string }>(collectionsPath(workshop), {
    method: "POST",
    json,
    headers: { "Idempotency-Key": key },
  });
/** My own sealed document in it, the same each time. */
export const takePart = (workshop: string, id: string) =>
  request<{ subject: string; document: string }>(`${onePath(workshop, id)}/part`, { method: "POST", json: {} });
export const setSent = (workshop: string, id: string, sent: boolean) =>
  request<void>(`${onePath(workshop, id)}/sent`, { method: "PUT", json: { sent } });
export const setCollectionClosed = (workshop: string, id: string, closed: boolean) =>
  request<void>(`${onePath(workshop, id)}/closed`, { method: "PUT", json: { closed } });
export const reveal = (workshop: string, id: string, named: boolean) =>
  request<void>(`${onePath(workshop, id)}/reveal`, { method: "POST", json: { named } });
/** What a case is coded as, and what it was coded as when that was decided. */
export type Settling = { case: string; characteristic: string; seen: Coding } & ({ of: string } | { coding: Coding });
export const settle = (workshop: string, id: string, json: Settling) =>
  request<{ settled: number; left: number }>(`${onePath(workshop, id)}/settled`, { method: "POST", json });
/** Takes over what all coders agree on. */
export const settleAgreed = (workshop: string, id: string) =>
  request<{ settled: number; left: number }>(`${onePath(workshop, id)}/agreed`, { method: "POST", json: {} });
/** Says to everybody what is going on now; null when nothing is. */
export const setStage = (workshop: string, activity: Activity | null) =>
  request<void>(stagePath(workshop), { method: "PUT", json: { activity } });
