// Reads and edits groupings that people make by hand; tolerant of what is missing or of another kind.
import type { Grouping } from "../api/figures.ts";
import { addItem, choice, type Edit, freshId, orderBetween, setChoice, together } from "../sync/index.ts";

export interface Register {
  current?: unknown;
  groupings?: Record<string, StoredGrouping>;
}

interface StoredGrouping {
  name?: string;
  description?: string;
  /** Who locked it, or deleted it; nothing where nobody has. */
  locked?: unknown;
  removed?: unknown;
  order?: unknown;
  groups?: Record<string, { name?: string; order?: unknown }>;
  members?: Record<string, unknown>;
  moves?: Record<string, { subject?: unknown; from?: unknown; to?: unknown; by?: unknown; reason?: string; order?: unknown }>;
}

/** As the screen shows it: JSON, so that it renders again only when it says something else. */
export interface Hand {
  id: string;
  name: string;
  /** There is a place to describe it. */
  describable: boolean;
  current: boolean;
  /** Who locked it, and who deleted it; empty where nobody has. */
  locked: string;
  removed: string;
  groups: { id: string; name: string; order: string }[];
  /** Case to group. */
  members: Record<string, string>;
  moves: { id: string; subject: string; from: string; to: string; by: string; reason: string; order: string }[];
}

const word = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

const byOrder = (a: { order: string; id: string }, b: { order: string; id: string }) =>
  `${a.order} ${a.id}` < `${b.order} ${b.id}` ? -1 : 1;

export function groupingsOf(doc: Register | undefined): Hand[] {
  const current = word(doc?.current);
  const all = Object.entries(doc?.groupings ?? {}).map(([id, one]) => {
    const groups = Object.entries(one.groups ?? {}).map(([of, group]) => ({
      id: of,
      name: word(group.name),
      order: word(group.order),
    }));
    const known = new Set(groups.map((group) => group.id));
    const members = Object.entries(one.members ?? {}).map(([subject, group]) => [subject, word(group)] as const);
    const moves = Object.entries(one.moves ?? {}).map(([of, move]) => ({
      id: of,
      subject: word(move.subject),
      from: word(move.from),
      to: word(move.to),
      by: word(move.by),
      reason: word(move.reason),
      order: word(move.order),
    }));
    return {
      id,
      order: word(one.order),
      name: word(one.name),
      describable: one.description !== undefined,
      current: id === current,
      locked: word(one.locked),
      removed: word(one.removed),
      groups: groups.sort(byOrder),
      // A group that somebody removed meanwhile leaves its cases without one.
      members: Object.fromEntries(members.filter(([, group]) => known.has(group))),
      moves: moves.sort(byOrder),
    };
  });
  return all.sort(byOrder).map(({ order: _, ...one }) => one);
}

/** Where a new grouping starts. */
export interface Start {
  name: string;
  madeBy: string;
  groups: { name: string; members: string[] }[];
}

/** From the groups on the map, under these names. */
export function fromMap(grouping: Grouping, name: string, nameOf: (place: number) => string): Start {
  return {
    name,
    madeBy: `${grouping.method} ${grouping.groups.length}`,
    groups: grouping.groups.map((group, place) => ({ name: nameOf(place), members: group.members })),
  };
}

/** A new grouping, whole, after the others; the first one is the current one. */
export function newGrouping(start: Start, others: Hand[], doc: Register | undefined): { id: string; edit: Edit } {
  const id = freshId();
  const last = Object.values(doc?.groupings ?? {}).map((one) => word(one.order)).sort().at(-1) ?? null;
  let order: string | null = null;
  const ids = start.groups.map(() => freshId());
  const groups = Object.fromEntries(
    start.groups.map((group, n) => {
      order = orderBetween(order, null);
      return [ids[n]!, { name: group.name, order: choice(order) }];
    }),
  );
  const members = Object.fromEntries(
    start.groups.flatMap((group, n) => group.members.map((subject) => [subject, choice(ids[n]!)])),
  );
  const item = {
    name: start.name,
    description: "",
    made_by: choice(start.madeBy),
    order: choice(orderBetween(last, null)),
    groups,
    members,
    moves: {},
  };
  const add = addItem(["groupings"], id, item);
  return { id, edit: others.some((one) => !one.removed) ? add : together(add, setChoice(["current"], id)) };
}

/** Moves a case to another group, with the reason as a step of its own. */
export function moveCase(hand: Hand, subject: string, to: string, reason: string, by: string): Edit {
  const order = orderBetween(hand.moves.at(-1)?.order ?? null, null);
  const move = {
    subject: choice(subject),
    from: choice(hand.members[subject] ?? ""),
    to: choice(to),
    by: choice(by),
    reason,
    order: choice(order),
  };
  return together(
    setChoice(["groupings", hand.id, "members", subject], to),
    addItem(["groupings", hand.id, "moves"], freshId(), move),
  );
}

/** Against change by accident: whoever may write may lock it, and open it again. */
export const lock = (hand: Hand, by: string): Edit => setChoice(["groupings", hand.id, "locked"], by);

/** Nothing is gone: it is put away, and can be taken back as it was. The current one is current no more. */
export function remove(hand: Hand, by: string): Edit {
  const away = setChoice(["groupings", hand.id, "removed"], by);
  return hand.current ? together(away, setChoice(["current"], "")) : away;
}

export const takeBack = (hand: Hand): Edit => setChoice(["groupings", hand.id, "removed"], "");

export function newGroup(hand: Hand, name: string): Edit {
  const order = orderBetween(hand.groups.at(-1)?.order ?? null, null);
  return addItem(["groupings", hand.id, "groups"], freshId(), { name, order: choice(order) });
}
