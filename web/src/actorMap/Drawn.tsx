// The map itself: lines from organisations to the cases they take part in.
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { type ActorMap, organisationPath } from "../api/actors.ts";
import { casePath } from "../api/caseLink.ts";
import { useLive, useRowsBySubject } from "../api/live.tsx";
import { ActorShape } from "../design/ActorMark.tsx";
import { useMessages } from "../messages/index.ts";
import { type PlacedOrganisation, placed, type Side } from "./layout.ts";

const WIDTH = 1040;
/** Where the dots of each side stand, and the edges of the cases between them. */
const DOTS = { left: 336, right: WIDTH - 336 };
const CASES = { left: 430, right: WIDTH - 430 };
const CASE_HEIGHT = 44;
/** Characters there is room for. */
const [NAME_CHARS, CASE_CHARS] = [42, 24];

interface Mark {
  marked: string | undefined;
  mark(key: string | undefined): void;
}

export function Drawn({ map }: { map: ActorMap }) {
  const { m } = useMessages();
  const [marked, mark] = useState<string>();
  const places = useMemo(() => placed(map), [map]);
  const y = new Map(map.cases.map((one, place) => [one.subject, places.cases[place] ?? 0]));
  const marks = { marked, mark };
  return (
    <svg
      className={marked === undefined ? "amap" : "amap some"}
      viewBox={`0 0 ${WIDTH} ${places.height}`}
      role="group"
      aria-label={m.actorMap.mapText(map.organisations, map.cases.length)}
    >
      {(["left", "right"] as const).map((side) => (
        <g key={side} aria-hidden="true">
          {places[side].organisations.map((placed) => (
            <Lines key={placed.one.key} placed={placed} side={side} y={y} marked={marked} />
          ))}
        </g>
      ))}
      <Organisations side="left" of={places.left} {...marks} />
      <Cases places={places.cases} map={map} {...marks} />
      <Organisations side="right" of={places.right} {...marks} />
    </svg>
  );
}

interface LinesProps {
  placed: PlacedOrganisation;
  side: "left" | "right";
  y: Map<string, number>;
  marked: string | undefined;
}

function Lines({ placed: { one, group, y: from }, side, y, marked }: LinesProps) {
  const [x, to] = [DOTS[side], CASES[side]];
  const middle = (x + to) / 2;
  return one.parts.map(({ subject, role }) => {
    const on = marked === one.key || marked === subject;
    const end = y.get(subject) ?? 0;
    return (
      <path
        key={`${subject} ${role}`}
        className={`line g-${group} ${role} ${on ? "on" : ""}`}
        d={`M${x} ${from.toFixed(1)}C${middle} ${from.toFixed(1)} ${middle} ${end.toFixed(1)} ${to} ${end.toFixed(1)}`}
      />
    );
  });
}

function Organisations({ side, of, marked, mark }: { side: "left" | "right"; of: Side } & Mark) {
  const { m, format } = useMessages();
  const { id } = useLive();
  const rows = useRowsBySubject();
  const [x, way] = side === "left" ? [DOTS.left, -1] : [DOTS.right, 1];
  const code = (subject: string) => rows.get(subject)?.code ?? "";
  return (
    <g className={`side-${side}`}>
      {of.headings.map(({ group, y }) => (
        <g key={group} className="gheading" transform={`translate(${x} ${y})`}>
          <g transform="translate(-10 -10)">
            <ActorShape group={group} />
          </g>
          <text x={16 * way} y="5">
            {m.groups[group]}
          </text>
        </g>
      ))}
      {of.organisations.map(({ one, group, y }) => {
        const parts = one.parts.map((part) => `${code(part.subject)} ${m.case.roles[part.role].toLocaleLowerCase()}`);
        const shared = new Set(one.parts.map((part) => part.subject)).size > 1;
        const on = marked === one.key || one.parts.some((part) => part.subject === marked);
        return (
          <Link
            key={one.key}
            to={organisationPath(id, one.key)}
            className={`org g-${group} ${shared ? "shared" : ""} ${on ? "on" : ""}`}
            onMouseEnter={() => mark(one.key)}
            onMouseLeave={() => mark(undefined)}
            onFocus={() => mark(one.key)}
            onBlur={() => mark(undefined)}
          >
            <title>{`${one.name}: ${format.list(parts)}`}</title>
            <rect className="hit" x={side === "left" ? 0 : x - 8} y={y - 12} width={344} height="24" />
            <circle cx={x} cy={y} r={shared ? 6 : 4.5} />
            <text x={x + 16 * way} y={y + 4.5}>
              {shortened(one.name, NAME_CHARS)}
            </text>
          </Link>
        );
      })}
    </g>
  );
}

function Cases({ places, map, marked, mark }: { places: number[]; map: ActorMap } & Mark) {
  const { m } = useMessages();
  const { id } = useLive();
  const rows = useRowsBySubject();
  const ofMarked = map.groups
    .flatMap(({ organisations }) => organisations)
    .find((one) => one.key === marked)
    ?.parts.map((part) => part.subject);
  return map.cases.map(({ subject, narrow_ecosystem }, place) => {
    const row = rows.get(subject);
    const name = row?.name || m.case.unnamed;
    const y = places[place] ?? 0;
    const on = marked === subject || (ofMarked?.includes(subject) ?? false);
    return (
      <Link
        key={subject}
        to={casePath(id, subject)}
        className={`case ${on ? "on" : ""} ${narrow_ecosystem ? "narrow" : ""}`}
        onMouseEnter={() => mark(subject)}
        onMouseLeave={() => mark(undefined)}
        onFocus={() => mark(subject)}
        onBlur={() => mark(undefined)}
      >
        <title>{`${row?.code ?? ""} ${name}`}</title>
        <rect
          x={CASES.left}
          y={y - CASE_HEIGHT / 2}
          width={CASES.right - CASES.left}
          height={CASE_HEIGHT}
          rx="8"
        />
        <text className="code" x={WIDTH / 2} y={y - 4}>
          {row?.code ?? ""}
        </text>
        <text className="name" x={WIDTH / 2} y={y + 13}>
          {shortened(name, CASE_CHARS)}
        </text>
      </Link>
    );
  });
}

const shortened = (text: string, chars: number) => (text.length > chars ? `${text.slice(0, chars - 1)}…` : text);
