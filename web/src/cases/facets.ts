// Filtering and ordering of the register's rows: pure, so that it can be tested without a screen.
import { valueLabel } from "../api/characteristics.ts";
import { mixKey, mixOf, mixWords } from "../api/mix.ts";
import type { Characteristic, RegisterRow } from "../generated/domain.ts";
import { type Format, labelOf, type Language, type Messages } from "../messages/index.ts";

/** Something rows can be filtered by. */
export interface Facet {
  /** In the address: `group`, `k.scope`. */
  key: string;
  label: string;
  values: { key: string; label: string }[];
  of(row: RegisterRow): string[];
}

/** What is searched for and chosen: facet key → value keys, any of which fits. */
export interface Query {
  text: string;
  chosen: Map<string, Set<string>>;
}

/** The pseudo-values of a characteristic without a value: three different kinds of nothing. */
export const NOTHINGS = ["not_coded", "unknown", "not_applicable"] as const;

/** All facets of a workshop in the chosen language. */
export function facetsOf(
  characteristics: Characteristic[],
  rows: RegisterRow[],
  m: Messages,
  language: Language,
  format: Format,
): Facet[] {
  const named = (words: Record<string, string>) =>
    Object.entries(words).map(([key, label]) => ({ key, label }));
  const mixes = [...new Set(rows.map((row) => mixKey(row.mix)))].sort();
  const lists = [...new Set(rows.flatMap((row) => row.lists))].sort(format.collator.compare);
  const countries = [...new Set(rows.map((row) => row.country).filter(Boolean))].sort();
  return [
    { key: "group", label: m.cases.facets.group, values: named(m.groups), of: (row) => row.actor_groups },
    {
      key: "mix",
      label: m.cases.facets.mix,
      values: mixes.map((key) => ({ key, label: mixWords(mixOf(key), m, format) })),
      of: (row) => [mixKey(row.mix)],
    },
    {
      key: "decision",
      label: m.cases.facets.decision,
      values: named(m.decisions),
      of: (row) => [row.decision],
    },
    {
      key: "eligible",
      label: m.selection.funnel.eligible,
      values: [
        { key: "yes", label: m.selection.funnel.eligible },
        { key: "no", label: m.selection.funnel.notEligible },
      ],
      of: (row) => [row.eligible ? "yes" : "no"],
    },
    { key: "state", label: m.cases.facets.state, values: named(m.case.stateNames), of: (row) => [row.state] },
    { key: "level", label: m.cases.facets.level, values: named(m.levels), of: (row) => row.level },
    { key: "origin", label: m.cases.facets.origin, values: named(m.origins), of: (row) => [row.origin] },
    {
      key: "country",
      label: m.cases.facets.country,
      values: countries.map((c) => ({ key: c, label: c })),
      of: (row) => [row.country],
    },
    {
      key: "list",
      label: m.cases.facets.list,
      values: lists.map((name) => ({ key: listKey(name), label: name })),
      of: (row) => row.lists.map(listKey),
    },
    ...characteristics.filter((c) => c.values.length > 0).map((c) => characteristicFacet(c, m, language)),
  ];
}

/** A list's name as it stands in an address, where commas part what is chosen. */
export const listKey = (name: string): string => encodeURIComponent(name);

function characteristicFacet(characteristic: Characteristic, m: Messages, language: Language): Facet {
  const nothings = [m.cases.noValue, m.cases.unknownValue, m.cases.notRelevant];
  return {
    key: `k.${characteristic.key}`,
    label: labelOf(characteristic, language),
    values: [
      ...characteristic.values.map(({ key }) => ({ key, label: valueLabel(characteristic, key, language) })),
      ...NOTHINGS.map((key, i) => ({ key, label: nothings[i] ?? key })),
    ],
    of: (row) => row.codings[characteristic.key] ?? [row.uncoded[characteristic.key] ?? "not_coded"],
  };
}

/** The rows that fit; a facet named in `except` is left out, to count what its other values would give. */
export function fitting(rows: RegisterRow[], query: Query, facets: Facet[], except?: string): RegisterRow[] {
  const words = query.text.toLocaleLowerCase("nb").split(/\s+/).filter(Boolean);
  const active = facets.filter(
    (facet) => facet.key !== except && (query.chosen.get(facet.key)?.size ?? 0) > 0,
  );
  return rows.filter(
    (row) =>
      active.every((facet) => facet.of(row).some((value) => query.chosen.get(facet.key)?.has(value))) &&
      words.every(
        (word) =>
          row.search.includes(word) || `${row.code} ${row.name}`.toLocaleLowerCase("nb").includes(word),
      ),
  );
}

/** How many of the rows have each value of a facet. */
export function countsOf(rows: RegisterRow[], facet: Facet): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of facet.of(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

export type Column = "name" | "decision" | "filled" | "scope" | "country" | "start";

export interface Order {
  column: Column;
  down: boolean;
}

const DECISIONS = ["in", "reserve", "none", "out"];

/** The rows in order; codes are compared as people do: N2 before N10. */
export function ordered(
  rows: RegisterRow[],
  order: Order,
  collator: Intl.Collator,
  scopeLabel: (row: RegisterRow) => string,
): RegisterRow[] {
  const byCode = (a: RegisterRow, b: RegisterRow) => collator.compare(a.code, b.code);
  const last = Number.MAX_SAFE_INTEGER;
  const text = (of: (row: RegisterRow) => string) => (a: RegisterRow, b: RegisterRow) =>
    collator.compare(of(a), of(b));
  const compare: Record<Column, (a: RegisterRow, b: RegisterRow) => number> = {
    name: byCode,
    decision: (a, b) => DECISIONS.indexOf(a.decision) - DECISIONS.indexOf(b.decision),
    filled: (a, b) => a.settled_core - b.settled_core,
    scope: text(scopeLabel),
    country: text((row) => row.country),
    start: (a, b) => (a.start_year ?? last) - (b.start_year ?? last),
  };
  const sign = order.down ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare[order.column](a, b) || byCode(a, b));
}

/** Reads a query from the address. */
export function queryFrom(params: URLSearchParams): Query {
  const chosen = new Map<string, Set<string>>();
  for (const [key, value] of params) {
    if (key !== "q" && key !== "sort" && key !== "ny" && value) chosen.set(key, new Set(value.split(",")));
  }
  return { text: params.get("q") ?? "", chosen };
}

/** The order an address asks for; by code where it asks for none. */
export function orderFrom(params: URLSearchParams): Order {
  const text = params.get("sort") ?? "name";
  const column = text.replace(/^-/, "");
  const known: Column[] = ["name", "decision", "filled", "scope", "country", "start"];
  return { column: known.find((one) => one === column) ?? "name", down: text.startsWith("-") };
}
