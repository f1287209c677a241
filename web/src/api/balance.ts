// What readers say of a model's claims, what the values of its cases say about it, how broadly it is founded, and what all
// models take for granted.
import type { ClaimKind } from "../generated/domain.ts";
import type { Reach, Score } from "./collections.ts";
import type { About } from "./figures.ts";
import { modelFiguresPath } from "./models.ts";
import { type Loaded, useResource } from "./resource.ts";

export const VALUE_CLASSES = ["distinctive", "variant", "typical-but-shared", "self-evident", "too-local"] as const;
export type ValueClass = (typeof VALUE_CLASSES)[number];
export type Over = "sector" | "level" | "place" | "country";

export interface ValueBalance {
  characteristic: string;
  value: string;
  class: ValueClass;
  cases: number;
  coded: number;
  others: number;
  others_coded: number;
  lift: number;
  /** The place or the organisation that all cases with it are from, where that makes it too local. */
  from: string | null;
}

export interface BreadthOver {
  over: Over;
  /** From 0, all in one, to 1; nothing where no case says. */
  breadth: number | null;
  cases: number;
  parts: { name: string; cases: number }[];
}

export interface ModelBalance {
  model: string;
  cases: string[];
  left_out: number;
  classes: { class: ValueClass; values: number }[];
  /** Only where one model was asked for. */
  values: ValueBalance[];
  chance: { draws: number; seed: number; low: number; high: number } | null;
  breadth: BreadthOver[];
}

export interface Balance {
  about: About;
  models: ModelBalance[];
  cases_min: number;
}

/** What readers said of a claim in the newest round that was answered. */
export interface Said {
  collection: string;
  at_ms: number;
  /** What they read, where the claim has other words now. */
  of_other_words: string | null;
  readers: number;
  /** Null where so few said anything without names that it would show whose it is. */
  reach: Reach | null;
  /** Of those who said only here, those who said why. */
  only_here: Score[];
}

export interface ModelClaims {
  model: string;
  /** Of those that are said in the model. */
  classes: { class: ValueClass; claims: number }[];
  /** Said in the model and of no class: nobody was asked, too few said anything, or it was of other words. */
  unclassed: number;
  /** Only where one model was asked for. */
  claims: { claim: string; said: Said | null }[];
}

/** Where a value or a claim comes from. */
export interface FromModel {
  model: string;
  code: string;
  name: string;
  reason: string;
}

export interface CommonPreconditions {
  values: { characteristic: string; value: string; models: FromModel[] }[];
  claims: { text: string; kind: ClaimKind; models: FromModel[] }[];
}

type Asked<T> = Loaded<T> & { refresh(): Promise<void> };

/** The balance of one model, or of all of them without their values. */
export function useBalance(workshop: string, model?: string): Asked<Balance> {
  return useResource<Balance>(`${modelFiguresPath(workshop)}/balance${model === undefined ? "" : `?model=${model}`}`);
}

/** What readers say of the claims of one model, or how many are of each class in all of them. */
export function useClaims(workshop: string, model?: string): Asked<{ models: ModelClaims[] }> {
  return useResource<{ models: ModelClaims[] }>(`${modelClaimsPath(workshop)}${model === undefined ? "" : `?model=${model}`}`);
}

/** At this address is what readers say of claims. */
export const modelClaimsPath = (workshop: string) => `${modelFiguresPath(workshop)}/claims`;

export function useCommonPreconditions(workshop: string): Asked<CommonPreconditions> {
  return useResource<CommonPreconditions>(`${modelFiguresPath(workshop)}/common`);
}

/** How many values are of a class. */
export const valuesOf = (model: ModelBalance, wanted: ValueClass): number =>
  model.classes.find((one) => one.class === wanted)?.values ?? 0;

/** How many claims that are said in the model are of a class. */
export const claimsOf = (model: ModelClaims, wanted: ValueClass): number =>
  model.classes.find((one) => one.class === wanted)?.claims ?? 0;

/** How many claims that are said in the model have a class. */
export const classed = (model: ModelClaims): number => model.classes.reduce((sum, one) => sum + one.claims, 0);

/** How many of them say something of this model: what sets it apart, and its choices. */
export const tellingOf = (model: ModelClaims): number => claimsOf(model, "distinctive") + claimsOf(model, "variant");

/** Which classes take more or less of the claims than they should (domain model 3.3): shown, not enforced. */
export function imbalances(model: ModelClaims): ("self-evident" | "telling" | "too-local")[] {
  const all = classed(model);
  if (all === 0) return [];
  const share = (n: number) => n / all;
  const found = [
    share(claimsOf(model, "self-evident")) > 0.2 && ("self-evident" as const),
    share(tellingOf(model)) < 0.5 && ("telling" as const),
    share(claimsOf(model, "too-local")) > 0.1 && ("too-local" as const),
  ];
  return found.filter((one) => one !== false);
}
