// The map: like cases near each other, a hull around each group, marks for typical, borderline and chosen ones.
import { useMemo } from "react";
import type { Grouping } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { useRowsBySubject } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";
import { hull, laidOut, named, type Point } from "./layout.ts";
import { letterOf, traitsOf } from "./names.ts";

const FRAME = { width: 900, height: 640, margin: 44 };
const RADIUS = 15;
/** With more cases, codes would cover each other: only the typical ones have theirs. */
const CODES_MAX = 120;
const DOT = 4;
/** Characters of a name that stand beside a hull, and what one takes at the most. */
const NAME_CHARS = 30;
const CHAR_PX = 7.5;

interface Props {
  grouping: Grouping;
  marked: number | undefined;
  onMark(group: number): void;
}

export function CaseMap({ grouping, marked, onMark }: Props) {
  const { m } = useMessages();
  const labels = useLabels();
  const rows = useRowsBySubject();
  const { placed, groups } = grouping;
  const many = placed.length > CODES_MAX;
  const points = useMemo(() => laidOut(placed, FRAME, many ? 2 * DOT : 2 * RADIUS + 3), [placed, many]);
  const central = new Set(groups.map((group) => group.central));
  const names = groups.map((group) => shortened(traitsOf(group, labels, 1)));
  const ofGroup = groups.map((_, group) => points.filter((_, i) => placed[i]?.group === group));
  const namesAt = named(ofGroup, names.map((name) => CHAR_PX * (name.length + 4)), FRAME, RADIUS);
  return (
    <svg
      className="casemap"
      viewBox={`0 0 ${FRAME.width} ${FRAME.height}`}
      role="img"
      aria-label={m.grouping.mapText(placed.length, groups.length)}
    >
      {ofGroup.map((own, group) => (
        <Hull key={group} points={own} on={group === marked} onClick={() => onMark(group)} />
      ))}
      {placed.map((one, i) => {
        const row = rows.get(one.subject);
        const point = points[i];
        if (!point) return null;
        const isCentral = central.has(one.subject);
        const kinds = [row?.decision === "in" && "in", isCentral && "med", one.borderline && "bord"].filter(Boolean);
        const small = many && !isCentral;
        return (
          <g
            key={one.subject}
            className={`pt ${kinds.join(" ")}`}
            transform={`translate(${point.x} ${point.y})`}
            onClick={() => onMark(one.group)}
          >
            <title>{`${row?.code ?? ""} ${row?.name ?? ""}`}</title>
            <circle r={small ? DOT : RADIUS} />
            {small ? null : <text y="4">{row?.code ?? ""}</text>}
          </g>
        );
      })}
      {names.map((name, group) => (
        <text
          key={group}
          className={group === marked ? "gname on" : "gname"}
          x={namesAt[group]?.x}
          y={namesAt[group]?.y}
        >
          <tspan className="gletter">{letterOf(group)}</tspan> {name}{" "}
          <tspan className="gn">{ofGroup[group]?.length}</tspan>
        </text>
      ))}
    </svg>
  );
}

/** A line round the outermost cases, as broad as the marks and more, makes a shape with round corners. */
function Hull({ points, on, onClick }: { points: Point[]; on: boolean; onClick(): void }) {
  const corners = hull(points);
  const path = `M${corners.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
  return (
    <g className={on ? "hull on" : "hull"} onClick={onClick}>
      <path className="edge" d={path} />
      <path className="area" d={path} />
    </g>
  );
}

const shortened = (name: string) => (name.length > NAME_CHARS ? `${name.slice(0, NAME_CHARS - 1)}…` : name);
