// Which combinations of conditions occur together with an outcome, as the server counts it.
import type { About } from "./figures.ts";
import { modelFiguresPath } from "./models.ts";
import { type Loaded, useResource } from "./resource.ts";

/** Values of a characteristic; a case is in where it has any of them. */
export interface AnyOf {
  characteristic: string;
  values: string[];
}

export type Says = "together" | "mixed" | "seldom" | "single" | "nothing";
export type Remainders = "left-out" | "used";

export interface TruthRow {
  /** Which conditions hold, in their order. */
  holds: boolean[];
  with_outcome: string[];
  without: string[];
  consistency: number | null;
  coverage: number | null;
  says: Says;
}

export interface TruthTable {
  about: About;
  /** Those asked for that have a value in use. */
  conditions: AnyOf[];
  /** Combinations with cases, most cases first, then those without. */
  rows: TruthRow[];
  cases: number;
  with_outcome: number;
  left_out: string[];
  /** So many conditions for so few cases that most combinations have none. */
  thin: boolean;
  /** Only where it was asked for: any of these terms. */
  formula: { remainders: Remainders; terms: { condition: number; holds: boolean }[][] } | null;
}

/** Either values of a characteristic, or a challenge that a model suits well. */
export type OutcomeAsked = { coded: AnyOf } | { challenge: string };

export interface TruthQuestion {
  outcome: OutcomeAsked;
  conditions: AnyOf[];
  formula?: Remainders | undefined;
}

/** `characteristic=value,value` */
export const anyOfText = ({ characteristic, values }: AnyOf): string => `${characteristic}=${values.join(",")}`;

export function anyOfFrom(text: string): AnyOf | undefined {
  const [characteristic, values] = text.split("=");
  return characteristic && values !== undefined ? { characteristic, values: values.split(",").filter(Boolean) } : undefined;
}

export function useTruthTable(workshop: string, { outcome, conditions, formula }: TruthQuestion): Loaded<TruthTable> & { refresh(): Promise<void> } {
  const asked = new URLSearchParams("challenge" in outcome ? { challenge: outcome.challenge } : { outcome: anyOfText(outcome.coded) });
  asked.set("conditions", conditions.map(anyOfText).join(";"));
  if (formula) asked.set("formula", formula);
  return useResource<TruthTable>(`${modelFiguresPath(workshop)}/truth-table?${asked.toString()}`);
}
