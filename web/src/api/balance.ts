// What the values of a model's cases say about it, how broadly it is founded, and what all models take for granted.
import type { ClaimKind } from "../generated/domain.ts";
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

export function useCommonPreconditions(workshop: string): Asked<CommonPreconditions> {
  return useResource<CommonPreconditions>(`${modelFiguresPath(workshop)}/common`);
}

/** How many values are of a class. */
export const valuesOf = (model: ModelBalance, wanted: ValueClass): number =>
  model.classes.find((one) => one.class === wanted)?.values ?? 0;
