// What chosen cases have in common and where they differ: a first look before a draft; the server says what counts.
import type { RegisterRow } from "../generated/domain.ts";

/** Values every one of the rows is coded with. */
export function sharedBy(rows: readonly RegisterRow[]): { characteristic: string; value: string }[] {
  const [first, ...others] = rows;
  if (!first) return [];
  return Object.entries(first.codings).flatMap(([characteristic, values]) =>
    values
      .filter((value) => others.every((row) => row.codings[characteristic]?.includes(value)))
      .map((value) => ({ characteristic, value })),
  );
}

/** Characteristics with a value that some of the rows have and others do not, with how many have it. */
export function apartIn(rows: readonly RegisterRow[]): { characteristic: string; values: { value: string; cases: number }[] }[] {
  const counts = new Map<string, Map<string, number>>();
  for (const row of rows) {
    for (const [characteristic, values] of Object.entries(row.codings)) {
      const of = counts.get(characteristic) ?? new Map<string, number>();
      counts.set(characteristic, of);
      for (const value of values) of.set(value, (of.get(value) ?? 0) + 1);
    }
  }
  return [...counts].flatMap(([characteristic, of]) => {
    const values = [...of].filter(([, cases]) => cases < rows.length).map(([value, cases]) => ({ value, cases }));
    return values.length ? [{ characteristic, values: values.sort((a, b) => b.cases - a.cases) }] : [];
  });
}
