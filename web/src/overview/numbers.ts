// The living numbers of the overview, counted from the register's rows.
import type { Characteristic, RegisterRow } from "../generated/domain.ts";

export interface Numbers {
  cases: number;
  chosen: number;
  reserve: number;
  notAssessed: number;
  /** How much of the twelve core characteristics is settled over all cases, 0–100. */
  settledPercent: number;
  /** Cases with a core characteristic that nobody has looked at. */
  notFilled: number;
  /** The case with most missing. */
  leastFilled: { code: string; missing: number } | undefined;
  /** Cases with a public party of unknown level. */
  noLevel: number;
  byGroup: Map<string, number>;
}

/** Counts once over all rows. */
export function numbersOf(rows: RegisterRow[], characteristics: Characteristic[]): Numbers {
  const core = characteristics.filter((one) => one.core).length;
  const byGroup = new Map<string, number>();
  for (const row of rows)
    for (const group of row.actor_groups) byGroup.set(group, (byGroup.get(group) ?? 0) + 1);
  const filled = rows.filter((row) => row.settled_core < core);
  const least = filled.reduce<RegisterRow | undefined>(
    (a, b) => (a && a.settled_core <= b.settled_core ? a : b),
    undefined,
  );
  const settled = rows.reduce((sum, row) => sum + row.settled_core, 0);
  return {
    cases: rows.length,
    chosen: rows.filter((row) => row.decision === "in").length,
    reserve: rows.filter((row) => row.decision === "reserve").length,
    notAssessed: rows.filter((row) => row.decision === "none").length,
    settledPercent: rows.length && core ? Math.floor((100 * settled) / (rows.length * core)) : 0,
    notFilled: filled.length,
    leastFilled: least && { code: least.code, missing: core - least.settled_core },
    noLevel: byGroup.get("offentlig") ?? 0,
    byGroup,
  };
}
