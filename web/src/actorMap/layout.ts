// Where everything stands on the map: cases down the middle, public organisations to the left, others to the right,
// each group below its heading. Pure: the same map gives the same picture.
import type { ActorMap, OrganisationOnMap } from "../api/actors.ts";
import type { ActorGroup } from "../generated/domain.ts";

const PUBLIC: readonly ActorGroup[] = ["stat", "region", "kommune", "offentlig"];

const ROW = 24;
const HEADING = 40;
const CASE = 64;
const MARGIN = 16;

export interface Heading {
  group: ActorGroup;
  y: number;
}

export interface PlacedOrganisation {
  group: ActorGroup;
  one: OrganisationOnMap;
  y: number;
}

export interface Side {
  headings: Heading[];
  organisations: PlacedOrganisation[];
}

export interface Placed {
  left: Side;
  right: Side;
  /** The middle of each case, in the order of the map. */
  cases: number[];
  height: number;
}

export function placed(map: ActorMap): Placed {
  const at = new Map(map.cases.map((one, place) => [one.subject, place]));
  const [left, right] = [side(map, at, true), side(map, at, false)];
  const height = Math.max(left.height, right.height, map.cases.length * CASE) + 2 * MARGIN;
  const step = (height - 2 * MARGIN) / Math.max(map.cases.length, 1);
  return {
    left: moved(left, (height - left.height) / 2),
    right: moved(right, (height - right.height) / 2),
    cases: map.cases.map((_, place) => MARGIN + step * (place + 0.5)),
    height,
  };
}

function side(map: ActorMap, at: Map<string, number>, isPublic: boolean): Side & { height: number } {
  const [headings, organisations]: [Heading[], PlacedOrganisation[]] = [[], []];
  let y = 0;
  for (const { group, organisations: own } of map.groups) {
    if (PUBLIC.includes(group) !== isPublic) continue;
    headings.push({ group, y: y + HEADING * 0.6 });
    y += HEADING;
    // Near the cases they belong to, so that few lines cross; the server's order settles the rest.
    const middle = (one: OrganisationOnMap) =>
      one.parts.reduce((sum, part) => sum + (at.get(part.subject) ?? 0), 0) / Math.max(one.parts.length, 1);
    for (const one of [...own].sort((a, b) => middle(a) - middle(b))) {
      organisations.push({ group, one, y: y + ROW / 2 });
      y += ROW;
    }
  }
  return { headings, organisations, height: y };
}

function moved({ headings, organisations }: Side, by: number): Side {
  const down = <T extends { y: number }>(all: T[]) => all.map((one) => ({ ...one, y: one.y + by }));
  return { headings: down(headings), organisations: down(organisations) };
}
