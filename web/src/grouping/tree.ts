// A tree of joined cases as lines to draw and steps to read.
import type { Joined } from "../api/figures.ts";

/** One joining, drawn as a bracket: from two places down the page, both at their own height, to a new height. */
export interface Bracket {
  fromA: number;
  fromB: number;
  /** Rows down the page, in leaves. */
  a: number;
  b: number;
  height: number;
}

export interface Tree {
  /** Places of the cases, in the order in which they stand down the page. */
  leaves: number[];
  brackets: Bracket[];
  /** The greatest height. */
  top: number;
}

interface Branch {
  leaves: number[];
  row: number;
  height: number;
}

/** The tree of `n` cases; what cannot be compared is joined at the greatest height. */
export function treeOf(n: number, joined: readonly Joined[]): Tree {
  const top = Math.max(0, ...joined.map(({ height }) => height ?? 0)) || 1;
  const order = leavesOf(n, joined);
  const rowOf = new Map(order.map((leaf, row) => [leaf, row]));
  const branches = new Map<number, Branch>(
    order.map((leaf) => [leaf, { leaves: [leaf], row: rowOf.get(leaf) ?? 0, height: 0 }]),
  );
  const brackets: Bracket[] = [];
  for (const { first, second, height } of joined) {
    const [a, b] = [branches.get(first), branches.get(second)];
    if (!a || !b) continue;
    const at = height ?? top;
    brackets.push({ a: a.row, b: b.row, fromA: a.height, fromB: b.height, height: at });
    branches.set(first, { leaves: [...a.leaves, ...b.leaves], row: (a.row + b.row) / 2, height: at });
    branches.delete(second);
  }
  return { leaves: order, brackets, top };
}

function leavesOf(n: number, joined: readonly Joined[]): number[] {
  const members = Array.from({ length: n }, (_, leaf) => [leaf]);
  for (const { first, second } of joined) {
    members[first] = [...(members[first] ?? []), ...(members[second] ?? [])];
    members[second] = [];
  }
  return members.flat();
}

/** Between which heights the tree is cut so that `groups` are left. */
export function cutAt(joined: readonly Joined[], groups: number): number | undefined {
  const last = joined[joined.length - groups]?.height;
  const next = joined[joined.length - groups + 1]?.height;
  if (next === undefined || next === null) return undefined;
  return ((last ?? 0) + next) / 2;
}
