// The figures of the analysis, as the server computes them: how varied the cases are, and which are alike.
import type { ActorMix, Criterion, Decision, Level, NeedStatus, Way } from "../generated/domain.ts";
import { type Loaded, useResource } from "./resource.ts";

/** What must be said beside every figure. */
export interface About {
  cases: number;
  chosen: number;
  /** Imagined, archived and unreadable cases count in nothing. */
  imagined: number;
  archived: number;
  unreadable: number;
  /** Keys of the characteristics the figures are about. */
  characteristics: string[];
  /** Keys of core characteristics that no case is coded on. */
  uncoded: string[];
  codings: number;
  blanks: number;
  characteristics_version: number;
}

/** Cases, and those of them that are chosen. */
export interface Count {
  cases: number;
  chosen: number;
}

export interface ValueCount extends Count {
  key: string;
  only_abroad: boolean;
}

export interface CharacteristicVariation {
  key: string;
  coded: Count;
  values: ValueCount[];
  evenness: number | null;
  effective_values: number | null;
}

export interface MixCount extends Count {
  mix: ActorMix;
  /** In the order of `levels`. */
  by_level: number[];
  no_level: number;
}

export interface Saturation {
  characteristics: string[];
  cases: number;
  seen: number;
  once: number;
  possible: number;
  sample_coverage: number;
  expected: number;
}

export interface Breadth {
  values_seen: number;
  values_possible: number;
  pairs_seen: number;
  pairs_possible: number;
  saturation: Saturation | null;
}

/** How clearly the groups of a grouping by hand stand apart, as computed ones are measured. */
export interface HandFit {
  /** Of the grouping. */
  id: string;
  cases: number;
  mean_silhouette: number | null;
  reading: Reading | null;
  groups: { id: string; cases: number; mean_silhouette: number }[];
}

export interface Variation {
  about: About;
  national: Count;
  international: Count;
  levels: (Count & { level: Level })[];
  research: Count;
  business: Count;
  voluntary: Count;
  only_public: string[];
  characteristics: CharacteristicVariation[];
  mixes: MixCount[];
  all: Breadth;
  chosen: Breadth | null;
}

export type Reading = "no-substantial-structure" | "weak" | "reasonable" | "strong";
export type Method = "average" | "medoids";
export type Cases = "all" | "chosen";

/** A value that most of a group have, and few others. */
export interface Trait {
  characteristic: string;
  value: string;
  cases: number;
  coded: number;
  others: number;
  others_coded: number;
}

export interface CaseGroup {
  members: string[];
  central: string;
  mean_silhouette: number;
  stability: number | null;
  traits: Trait[];
}

export interface PlacedCase {
  subject: string;
  group: number;
  silhouette: number;
  neighbour: number | null;
  borderline: boolean;
  x: number;
  y: number;
}

export interface LikePair {
  a: string;
  b: string;
  distance: number;
  overlap: number;
  uncertain: boolean;
  same: string[];
  different: string[];
}

export interface Tried {
  groups: number;
  mean_silhouette: number;
  reading: Reading;
  sizes: number[];
}

/** Two clusters become one, which goes on under the name of the first; places in `placed`. */
export interface Joined {
  first: number;
  second: number;
  height: number | null;
}

export interface Grouping {
  about: About;
  cases: Cases;
  method: Method;
  groups: CaseGroup[];
  placed: PlacedCase[];
  not_compared: string[];
  closest: LikePair[];
  mean_silhouette: number | null;
  reading: Reading | null;
  curve: Tried[] | null;
  suggested: number | null;
  tree: Joined[] | null;
  cophenetic_correlation: number | null;
  divides: { characteristic: string; coefficient: number; cases: number }[];
  hinges: { subject: string; characteristic: string; group: number }[] | null;
  stress: number | null;
  seed: number;
}

/** What can be asked about groups. */
export interface GroupingQuestion {
  cases: Cases;
  method: Method;
  /** As many as the server chooses where nothing is said. */
  groups: number | undefined;
}

/** Below this address are all figures of a workshop. */
export const figuresPath = (workshop: string) => `/workshops/${workshop}/views/`;

/** How complete one case is. */
export interface CaseMissing {
  subject: string;
  coded: number;
  not_applicable: number;
  missing: string[];
  unknown: string[];
  basics_missing: string[];
  /** Paths of blanks that a need waits for. */
  asked: string[];
}

/** A need and the case it is of. */
export interface Planned {
  subject: string;
  id: string;
  about: string;
  question: string;
  way: Way;
  responsible: string;
  due: string;
  status: NeedStatus;
  answer: string;
  source: string;
  source_title: string;
}

export interface Missing {
  about: About;
  cases: Cases;
  agreed: string[];
  basics: string[];
  /** The least complete first. */
  by_case: CaseMissing[];
  unsettled: { subject: string; reason: string; by: string }[];
  plan: Planned[];
  unasked: number;
  sources: {
    own: number;
    independent: number;
    evaluation: number;
    unsaid: number;
    only_own: string[];
    in_words: number;
    none: string[];
  };
}

type Asked<T> = Loaded<T> & { refresh(): Promise<void> };

/** How varied the cases are, all of them or those a list brought; read again when the server says that cases have changed. */
export function useVariation(workshop: string, list = ""): Asked<Variation> {
  const of = list ? `?${new URLSearchParams({ list }).toString()}` : "";
  return useResource<Variation>(`${figuresPath(workshop)}variation${of}`);
}

/** What is asked about groups, as the server reads it. */
export function questionParams({ cases, method, groups }: GroupingQuestion): URLSearchParams {
  const params = new URLSearchParams({ cases, method });
  if (groups !== undefined) params.set("groups", String(groups));
  return params;
}

/** Which cases are alike; read again when the server says that cases have changed. */
export function useGrouping(workshop: string, question: GroupingQuestion): Asked<Grouping> {
  return useResource<Grouping>(`${figuresPath(workshop)}grouping?${questionParams(question).toString()}`);
}

export interface ValueOf {
  characteristic: string;
  value: string;
}

/** What some cases show of the variety. */
export interface ShownPairs {
  pairs: number;
  /** What as many candidates drawn by lot show on average. */
  by_lot: number;
  /** Values that some case has and none of these. */
  lost: ValueOf[];
}

/** A selection to start from, and what it would change. */
export interface Suggestion extends ShownPairs {
  /** In the order in which they were taken; `adds`: pairs that none before it shows. */
  cases: { subject: string; adds: number; group: number | null }[];
  added: string[];
  dropped: string[];
}

export interface SelectionFigures {
  about: About;
  size: number;
  keep: boolean;
  funnel: {
    gross: number;
    eligible: number;
    chosen: number;
    reserve: number;
    out: number;
    undecided: number;
    chosen_not_eligible: number;
  };
  /** Pairs that all cases show. */
  pairs: number;
  chosen: (ShownPairs & { cases: number }) | null;
  typical: Suggestion;
  variety: Suggestion;
  outliers: { subject: string; distance: number }[];
  seed: number;
}

/** How far the selection has come, and two to start from. */
export function useSelection(workshop: string, size: number, keep: boolean): Asked<SelectionFigures> {
  return useResource<SelectionFigures>(`${figuresPath(workshop)}selection?size=${size}&keep=${keep}`);
}

/** One step of the history of one case. */
export interface Decided {
  subject: string;
  by: string | null;
  at_ms: number | null;
  from: Decision | null;
  decision: Decision;
  criterion: Criterion;
  reason: string;
}

/** Who chose and deselected what, the newest first: of one case, or of all. */
export function useDecisions(workshop: string, subject?: string): Asked<{ decisions: Decided[] }> {
  return useResource<{ decisions: Decided[] }>(
    `${figuresPath(workshop)}decisions${subject === undefined ? "" : `?subject=${subject}`}`,
  );
}

/** What is missing about the cases; read again when the server says that cases have changed. */
export function useMissing(workshop: string, cases: Cases): Asked<Missing> {
  return useResource<Missing>(`${figuresPath(workshop)}missing?cases=${cases}`);
}
