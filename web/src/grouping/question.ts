// What is asked and shown, as it stands in the address.
import { useSearchParams } from "react-router";
import type { Cases, GroupingQuestion, Method } from "../api/figures.ts";

export const GROUPS_MIN = 2;
export const GROUPS_MAX = 15;

export type Beside = "pairs" | "groups" | "borderline";

export interface Shown extends GroupingQuestion {
  /** What stands beside the map. */
  beside: Beside;
  /** Place of the group that is marked on the map. */
  marked: number | undefined;
}

const NAMES = { cases: "utvalg", method: "metode", groups: "antall", beside: "vis", marked: "gruppe" } as const;

/** Reads an address; what makes no sense in it is as if nothing were said. */
export function shownFrom(params: URLSearchParams): Shown {
  const cases: Cases = params.get(NAMES.cases) === "chosen" ? "chosen" : "all";
  const method: Method = params.get(NAMES.method) === "medoids" ? "medoids" : "average";
  const groups = whole(params.get(NAMES.groups));
  const beside = params.get(NAMES.beside);
  const fits = groups !== undefined && groups >= GROUPS_MIN && groups <= GROUPS_MAX;
  return {
    cases,
    method,
    groups: fits ? groups : undefined,
    beside: beside === "groups" || beside === "borderline" ? beside : "pairs",
    marked: whole(params.get(NAMES.marked)),
  };
}

function whole(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * What is shown, and how to change it, at once: a choice must not wait for what follows from it. Another division has
 * other groups, so none of them is marked then.
 */
export function useShown(): [Shown, (change: Partial<Shown>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (to: Partial<Shown>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        const divides = to.cases !== undefined || to.method !== undefined || to.groups !== undefined;
        if (divides) next.delete(NAMES.marked);
        for (const key of Object.keys(to) as (keyof Shown)[]) {
          const value = to[key];
          if (value === undefined) next.delete(NAMES[key]);
          else next.set(NAMES[key], String(value));
        }
        return next;
      },
      { replace: true, preventScrollReset: true, flushSync: true },
    );
  return [shownFrom(params), change];
}
