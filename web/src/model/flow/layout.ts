// Where the drawing puts what: phases from left to right, each on the lane of the role that leads in it.
import type { Reading, ReadTransition } from "../../api/modelReading.ts";
import { acts } from "../../api/modelDocument.ts";

/** Units of the drawing. */
export const SIZE = { label: 150, column: 124, lane: 74, head: 34, box: { width: 112, height: 46 } } as const;

export interface Placed {
  id: string;
  name: string;
  /** Middle of its box. */
  x: number;
  y: number;
  lane: number;
}

export interface Layout {
  width: number;
  height: number;
  /** Middles of the lanes, one for each role; one lane where there are no roles. */
  lanes: number[];
  phases: Placed[];
  ways: { way: ReadTransition; path: string; label: { x: number; y: number }; end: boolean }[];
}

export function layoutOf(reading: Reading): Layout {
  const count = Math.max(1, reading.roles.length);
  const lanes = Array.from({ length: count }, (_, lane) => SIZE.head + SIZE.lane * (lane + 0.5));
  const phases = reading.phases.map(({ id, name }, at) => {
    const lane = leadOf(reading, at);
    return { id, name, lane, x: SIZE.label + SIZE.column * (at + 0.5), y: lanes[lane] ?? 0 };
  });
  const width = SIZE.label + SIZE.column * reading.phases.length + 24;
  const height = SIZE.head + SIZE.lane * count + 8;
  const placed = new Map(phases.map((phase) => [phase.id, phase]));
  const ways = reading.transitions.flatMap((way) => {
    const [from, to] = [placed.get(way.from), placed.get(way.to)];
    if (!from || (way.to !== "" && !to)) return [];
    return [{ way, ...(to ? between(way, from, to) : ending(from)) }];
  });
  return { width, height, lanes, phases, ways };
}

/** The lane of a phase: of the first role that does its work, else of the first that decides in it, else the first. */
function leadOf({ roles }: Reading, phase: number): number {
  const does = roles.findIndex(({ duties }) => duties[phase] === "does" || duties[phase] === "both");
  const decides = roles.findIndex(({ duties }) => acts(duties[phase] ?? ""));
  return Math.max(0, does >= 0 ? does : decides);
}

const [W, H] = [SIZE.box.width / 2, SIZE.box.height / 2];

/** Stops at a square above the right end of the box. */
function ending({ x, y }: Placed) {
  const [left, top] = [x + W - 16, y - H];
  return { path: `M${left} ${top}v-8`, label: { x: left, y: top - 14 }, end: true };
}

function between(way: ReadTransition, from: Placed, to: Placed) {
  if (from === to) {
    const top = from.y + H;
    return { path: `M${from.x - 12} ${top}a14 14 0 1 0 24 0`, label: { x: from.x, y: top + 36 }, end: false };
  }
  const next = to.x - from.x === SIZE.column;
  if (next && way.kind !== "feedback") {
    const [x1, x2] = [from.x + W, to.x - W];
    const middle = (x1 + x2) / 2;
    const path = `M${x1} ${from.y}H${middle}V${to.y}H${x2}`;
    return { path, label: { x: middle, y: Math.max(from.y, to.y) + H + 12 }, end: false };
  }
  // Over what lies between.
  const top = Math.min(from.y, to.y) - H;
  const rise = Math.min(46, 18 + 7 * (Math.abs(to.x - from.x) / SIZE.column));
  const side = to.x < from.x ? -1 : 1;
  const [x1, x2] = [from.x + side * 12, to.x - side * 12];
  const path = `M${x1} ${from.y - H}C${x1} ${top - rise} ${x2} ${top - rise} ${x2} ${to.y - H}`;
  return { path, label: { x: (x1 + x2) / 2, y: top - rise * 0.78 - 4 }, end: false };
}
