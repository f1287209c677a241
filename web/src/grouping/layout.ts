// Where cases stand in the picture: the server's places fitted to a frame, and moved apart so that codes can be read.
// Pure and without chance: the same places give the same picture.

export interface Point {
  x: number;
  y: number;
}

export interface Frame {
  width: number;
  height: number;
  /** Free on each side, for marks and names. */
  margin: number;
}

/** The places fitted into the frame, `apart` pixels from each other at the least where there is room. */
export function laidOut(places: readonly Point[], frame: Frame, apart: number): Point[] {
  return separated(fitted(places, frame), frame, apart);
}

/** Up is up: the greatest y stands at the top. */
export function fitted(places: readonly Point[], { width, height, margin }: Frame): Point[] {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const spread = (values: number[]) => ({ low: Math.min(...values), span: Math.max(...values) - Math.min(...values) });
  const [across, up] = [spread(xs), spread(ys)];
  const into = (value: number, { low, span }: { low: number; span: number }, size: number) =>
    span > 0 ? margin + ((value - low) / span) * (size - 2 * margin) : size / 2;
  return places.map(({ x, y }) => ({ x: into(x, across, width), y: height - into(y, up, height) }));
}

const ROUNDS = 80;

/** Each pair that stands too close moves apart along the line between them. */
function separated(points: Point[], { width, height, margin }: Frame, apart: number): Point[] {
  const moved = points.map((point) => ({ ...point }));
  for (let round = 0; round < ROUNDS; round++) {
    let still = true;
    for (const [i, a] of moved.entries()) {
      for (const [j, b] of moved.entries()) {
        if (j <= i) continue;
        const distance = Math.hypot(b.x - a.x, b.y - a.y);
        if (distance >= apart) continue;
        still = false;
        // Two in one place part by their order in the list.
        const angle = distance > 0 ? Math.atan2(b.y - a.y, b.x - a.x) : i + j;
        const step = (apart - distance) / 2 + 0.1;
        for (const [point, way] of [[a, -1], [b, 1]] as const) {
          point.x = clamp(point.x + way * step * Math.cos(angle), margin, width - margin);
          point.y = clamp(point.y + way * step * Math.sin(angle), margin, height - margin);
        }
      }
    }
    if (still) break;
  }
  return moved;
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** Half the height of a name. */
const NAME_PX = 9;

/**
 * Where the name of each group stands: above or below its cases, over their middle or an end, wherever it covers
 * fewest marks and names. The point is the middle of the name's base line.
 */
export function named(groups: readonly (readonly Point[])[], widths: readonly number[], frame: Frame, radius: number): Point[] {
  const marks = groups.flat();
  const taken: { at: Point; half: number }[] = [];
  return groups.map((own, group) => {
    const half = (widths[group] ?? 0) / 2;
    const at = best(candidates(own, half, frame, radius), (one) => {
      const covered = marks.filter(({ x, y }) => Math.abs(x - one.x) < half + radius && Math.abs(y - one.y) < NAME_PX + radius);
      const names = taken.filter((name) => Math.abs(name.at.x - one.x) < half + name.half && Math.abs(name.at.y - one.y) < 2 * NAME_PX);
      return covered.length + 3 * names.length;
    });
    taken.push({ at, half });
    return at;
  });
}

function candidates(own: readonly Point[], half: number, { width, height }: Frame, radius: number): Point[] {
  const [xs, ys] = [own.map(({ x }) => x), own.map(({ y }) => y)];
  const rows = [Math.min(...ys) - radius - 14, Math.max(...ys) + radius + 22].map((y) => clamp(y, 14, height - 6));
  const columns = [xs.reduce((sum, x) => sum + x, 0) / Math.max(xs.length, 1), Math.min(...xs), Math.max(...xs)];
  return rows.flatMap((y) => columns.map((x) => ({ x: clamp(x, half, width - half), y })));
}

/** The first with the least cost. */
function best(all: Point[], cost: (one: Point) => number): Point {
  return all.map((one) => ({ one, cost: cost(one) })).reduce((a, b) => (b.cost < a.cost ? b : a)).one;
}

/** The corners of the smallest convex shape around some points (Andrew 1979), counter-clockwise on paper. */
export function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (all: Point[]) => {
    const corners: Point[] = [];
    for (const point of all) {
      while (corners.length > 1 && turn(corners[corners.length - 2]!, corners[corners.length - 1]!, point) <= 0) corners.pop();
      corners.push(point);
    }
    return corners.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

const turn = (a: Point, b: Point, c: Point) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
