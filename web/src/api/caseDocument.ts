// A case's document as the screens read it: tolerant of what is missing or of another kind.

/** Text reads as a string, a choice as an object that turns into one. */
type Choice = unknown;

export interface PartyItem {
  name?: string;
  group?: Choice;
  role?: Choice;
  order?: Choice;
}

export interface CodingItem {
  state?: Choice;
  value?: Choice;
  values?: Record<string, boolean>;
  number?: number | null;
  text?: string;
  confidence?: Choice;
  coder?: Choice;
  note?: string;
}

export interface CaseDocument {
  code?: Choice;
  facts?: {
    name?: string;
    country?: string;
    sector?: string;
    source?: string;
    period?: string;
    origin?: Choice;
    status?: Choice;
    start_year?: number | null;
    end_year?: number | null;
    level?: Record<string, boolean>;
  };
  texts?: { description?: string; benefit?: string; notes?: string };
  parties?: Record<string, PartyItem>;
  codings?: Record<string, CodingItem>;
  selection?: { decision?: Choice; criterion?: Choice; reason?: string; by?: Choice };
  provenance?: Record<string, { list?: Choice; row?: number }>;
  /** What follows is not in older cases until the server adds it. */
  eligibility?: { answer?: Choice; reason?: string; by?: Choice };
  needs?: Record<string, NeedItem>;
  sources?: Record<string, SourceItem>;
  references?: Record<string, ReferenceItem>;
  extra?: Record<string, string>;
}

export interface NeedItem {
  about?: Choice;
  question?: string;
  way?: Choice;
  responsible?: Choice;
  due?: Choice;
  status?: Choice;
  answer?: string;
  source?: Choice;
  order?: Choice;
}

export interface SourceItem {
  title?: string;
  publisher?: string;
  address?: string;
  year?: number | null;
  read?: Choice;
  kind?: Choice;
  order?: Choice;
}

export interface ReferenceItem {
  field?: Choice;
  source?: Choice;
  page?: string;
  quote?: string;
  order?: Choice;
}

/** Text or choice as a plain string; nothing is empty. */
export function plain(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}

/** The parties in their order. */
export function partiesOf(doc: CaseDocument | undefined): { id: string; party: PartyItem }[] {
  return inOrder(doc?.parties).map(({ id, ...party }) => ({ id, party }));
}

/** An item of a list with its key. */
export type Item<T> = T & { id: string };

/** The items of a list in their order; equal keys by id, so that everybody sees the same. */
export function inOrder<T extends { order?: Choice }>(list: Record<string, T> | undefined): Item<T>[] {
  const items = Object.entries(list ?? {}).map(([id, item]) => ({ ...item, id }));
  const order = (item: Item<T>) => `${plain(item.order)} ${item.id}`;
  return items.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** The ids of a list's items in their order. */
export function idsInOrder(list: Record<string, { order?: Choice }> | undefined): string[] {
  return inOrder(list).map(({ id }) => id);
}

/** The order key of the last item of a list. */
export function lastOrder(list: Record<string, { order?: Choice }> | undefined): string | null {
  return plain(inOrder(list).at(-1)?.order) || null;
}

/** The keys of a set that are in it. */
export function keysOf(set: Record<string, boolean> | undefined): string[] {
  return Object.keys(set ?? {}).filter((key) => set?.[key] === true);
}
