// Where the drawing puts what: phases from left to right, each on the lane of the role that leads in it.
import type { Reading, ReadTransition } from "../../api/modelReading.ts";
import { acts } from "../../api/modelDocument.ts";

/** Units of the drawing. */
export const SIZE = { label: 150, column: 124, lane: 74, head: 48, box: { width: 112, height: 46 } } as const;

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
  ways: Drawn[];
}

interface Point {
  x: number;
  y: number;
}

interface Drawn {
  way: ReadTransition;
  path: string;
  label: Point;
  end: boolean;
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
  const corridor = corridors(phases);
  const short = (a: Ends, b: Ends) => Math.abs(a.to.x - a.from.x) - Math.abs(b.to.x - b.from.x);
  const ends = reading.transitions.flatMap((way): Ends[] => {
    const [from, to] = [placed.get(way.from), placed.get(way.to)];
    return from && to ? [{ way, from, to }] : [];
  });
  // Those that lead to the next phase and nowhere else take no room above; of the others the short ones lie lowest.
  const over = new Map(ends.filter(isOver).sort(short).map(({ way, from, to }) => [way.id, corridor(from, to)]));
  const ways = reading.transitions.flatMap((way): Drawn[] => {
    const [from, to] = [placed.get(way.from), placed.get(way.to)];
    if (!from || (way.to !== "" && !to)) return [];
    return [{ way, ...(to ? (over.get(way.id) ?? between(from, to)) : ending(from)) }];
  });
  return { width, height, lanes, phases, ways };
}

interface Ends {
  way: ReadTransition;
  from: Placed;
  to: Placed;
}

/** Whether a way goes above phases: back, or on over several. */
const isOver = ({ way, from, to }: Ends): boolean => from !== to && (to.x - from.x !== SIZE.column || way.kind === "feedback");

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

/** To itself, or to the next through the room between their columns. */
function between(from: Placed, to: Placed) {
  if (from === to) {
    const top = from.y + H;
    return { path: `M${from.x - 12} ${top}a14 14 0 1 0 24 0`, label: { x: from.x, y: top + 36 }, end: false };
  }
  const [x1, x2] = [from.x + W, to.x - W];
  const middle = (x1 + x2) / 2;
  const path = `M${x1} ${from.y}H${middle}V${to.y}H${x2}`;
  return { path, label: { x: middle, y: Math.max(from.y, to.y) + H + 12 }, end: false };
}

/** How far the lowest corridor lies above the boxes, and the next above it, with the line between lanes between them; no higher
 * than this in the drawing. */
const [RISE, APART, TOP] = [9, 10, 26];
/** Where ways touch the top of a box, from its middle. */
const [FIRST, NEXT, LAST] = [12, 9, 30];
const ROUND = 7;

/**
 * Ways that go straight up, along a corridor above every box from the one end to the other, and straight down: a column
 * has one box, so that none is crossed. No two lie on each other.
 */
function corridors(phases: readonly Placed[]): (from: Placed, to: Placed) => Omit<Drawn, "way"> {
  const taken: { left: number; right: number; y: number }[] = [];
  const touched = new Map<string, number>();
  const touch = ({ id, x }: Placed, side: number): number => {
    const key = `${id} ${side}`;
    const before = touched.get(key) ?? 0;
    touched.set(key, before + 1);
    return x + side * Math.min(LAST, FIRST + NEXT * before);
  };
  return (from, to) => {
    const side = to.x < from.x ? -1 : 1;
    const [x1, x2] = [touch(from, side), touch(to, -side)];
    const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
    const under = phases.filter(({ x }) => x >= Math.min(from.x, to.x) && x <= Math.max(from.x, to.x));
    let y = Math.min(...under.map((phase) => phase.y)) - H - RISE;
    const isTaken = () => taken.some((one) => one.left <= right && left <= one.right && Math.abs(one.y - y) < APART);
    while (isTaken() && y - APART >= TOP) y -= APART;
    taken.push({ left, right, y });
    const path = [
      `M${x1} ${from.y - H}V${y + ROUND}Q${x1} ${y} ${x1 + side * ROUND} ${y}`,
      `H${x2 - side * ROUND}Q${x2} ${y} ${x2} ${y + ROUND}V${to.y - H}`,
    ].join("");
    return { path, label: { x: (x1 + x2) / 2, y: y - 4 }, end: false };
  };
}
