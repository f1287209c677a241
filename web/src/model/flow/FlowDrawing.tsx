// The flow as it is drawn: a lane for each role, a column for each phase, and a line for each way between them. Phases
// and ways are buttons; the list beside it has the same.
import { useEffect, useId, useRef } from "react";
import { flowWords } from "../../design/FlowLine.tsx";
import { ActorShape, isActorGroup } from "../../design/ActorMark.tsx";
import type { Duty } from "../../api/modelDocument.ts";
import type { Reading } from "../../api/modelReading.ts";
import { useMessages } from "../../messages/index.ts";
import { type Layout, layoutOf, type Placed, SIZE } from "./layout.ts";

export interface Picked {
  kind: "phase" | "transition";
  id: string;
}

interface Props {
  reading: Reading;
  picked: Picked | undefined;
  /** Place of the phase a walk stands in. */
  walk: number | undefined;
  onPick(picked: Picked): void;
}

export function FlowDrawing({ reading, picked, walk, onPick }: Props) {
  const { m } = useMessages();
  const layout = layoutOf(reading);
  const words = flowWords(reading.flow, m.model);
  const id = useId();
  const here = walk === undefined ? undefined : reading.phases[walk]?.id;
  return (
    <div className="scrollx flowdrawing" role="region" aria-label={m.model.flowPicture} tabIndex={0}>
      <p className="vh" id={id}>
        {words}
      </p>
      <svg viewBox={`0 0 ${layout.width} ${layout.height}`} width={layout.width} height={layout.height} role="group" aria-describedby={id} aria-label={m.model.flowPicture}>
        <Lanes reading={reading} layout={layout} />
        <Order layout={layout} ways={reading.flow.ways} />
        {layout.ways.map(({ way, path, label, end }) => (
          <Pick key={way.id} picked={picked} me={{ kind: "transition", id: way.id }} onPick={onPick} name={nameOf(reading, way.id, m.model)}>
            <path className="hit" d={path} />
            <path className={`way ${way.kind}`} d={path} markerEnd={end ? undefined : `url(#${id}-${way.kind || "forward"})`} />
            {way.kind === "scale" ? <path className="way scale inner" d={path} /> : null}
            {end ? <rect className="stop" x={label.x - 6} y={label.y - 6} width="12" height="12" rx="2" /> : null}
            {way.when ? (
              <text className={`when ${way.kind}`} x={label.x} y={end ? label.y - 10 : label.y}>
                {short(way.when)}
              </text>
            ) : null}
          </Pick>
        ))}
        {layout.phases.map((phase, at) => (
          <PhaseBox key={phase.id} phase={phase} at={at} here={phase.id === here} picked={picked} onPick={onPick} />
        ))}
        <defs>
          {(["forward", "feedback", "repeat", "branch", "scale"] as const).map((kind) => (
            <marker key={kind} id={`${id}-${kind}`} viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">
              <path className={`tip ${kind}`} d="M0 0L8 4L0 8z" />
            </marker>
          ))}
        </defs>
      </svg>
    </div>
  );
}

/** As much of a condition as fits beside its line. */
const WHEN_CHARS = 26;
const short = (text: string) => (text.length > WHEN_CHARS ? `${text.slice(0, WHEN_CHARS - 1).trimEnd()}…` : text);

interface Named {
  end: string;
  wayGoes(from: string, goes: string, to: string): string;
  goes: Record<string, string>;
}

function nameOf({ transitions, phases }: Reading, id: string, words: Named): string {
  const way = transitions.find((one) => one.id === id);
  const name = (phase: string) => phases.find((one) => one.id === phase)?.name ?? words.end.toLocaleLowerCase();
  return way ? words.wayGoes(name(way.from), words.goes[way.kind] ?? "", name(way.to)) : "";
}

interface PickProps {
  me: Picked;
  name: string;
  picked: Picked | undefined;
  onPick(picked: Picked): void;
  children: React.ReactNode;
}

/** A part of the drawing one can take hold of, by pointer and by key. */
function Pick({ me, name, picked, onPick, children }: PickProps) {
  const on = picked?.id === me.id;
  return (
    <g
      className={`pick ${me.kind} ${on ? "on" : ""}`}
      role="button"
      tabIndex={0}
      aria-pressed={on}
      aria-label={name}
      onClick={() => onPick(me)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onPick(me);
      }}
    >
      {children}
    </g>
  );
}

interface BoxProps {
  phase: Placed;
  at: number;
  /** The walk stands here. */
  here: boolean;
  picked: Picked | undefined;
  onPick(picked: Picked): void;
}

function PhaseBox({ phase: { id, name, x, y }, at, here, picked, onPick }: BoxProps) {
  const { m } = useMessages();
  const { width, height } = SIZE.box;
  const box = useRef<SVGRectElement>(null);
  useEffect(() => {
    if (here) box.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [here]);
  const shown = name || m.model.phaseNumber(at + 1);
  return (
    <Pick me={{ kind: "phase", id }} name={`${at + 1} ${shown}`} picked={picked} onPick={onPick}>
      <rect ref={box} className={`box ${here ? "here" : ""}`} x={x - width / 2} y={y - height / 2} width={width} height={height} rx="8" />
      <foreignObject x={x - width / 2} y={y - height / 2} width={width} height={height}>
        <div className="boxname">
          <span>{shown}</span>
        </div>
      </foreignObject>
    </Pick>
  );
}

/** One lane for each role with what it does in each phase; a line from the phase's box to those who act in it. */
function Lanes({ reading, layout }: { reading: Reading; layout: Layout }) {
  const { m } = useMessages();
  return (
    <>
      {reading.phases.map(({ id }, at) => (
        <text key={id} className="number" x={layout.phases[at]?.x} y="20">
          {at + 1}
        </text>
      ))}
      {reading.roles.map((role, lane) => {
        const y = layout.lanes[lane] ?? 0;
        return (
          <g key={role.id}>
            <path className="lane" d={`M0 ${y - SIZE.lane / 2}H${layout.width}`} />
            {role.groups.filter(isActorGroup).map((group, at) => (
              <g key={group} transform={`translate(${8 + at * 24} ${y - 30})`}>
                <ActorShape group={group} />
              </g>
            ))}
            <foreignObject x="6" y={y - 7} width={SIZE.label - 14} height="46">
              <div className="rolename">
                {role.name || m.models.unnamed}
                {role.optional ? <span className="muted"> ({m.model.optional.toLocaleLowerCase()})</span> : null}
              </div>
            </foreignObject>
            {role.duties.map((duty, at) => {
              const phase = layout.phases[at];
              if (!phase || duty === "" || phase.lane === lane) return null;
              return <DutyMark key={phase.id} duty={duty} phase={phase} y={y} />;
            })}
          </g>
        );
      })}
    </>
  );
}

function DutyMark({ duty, phase, y }: { duty: Duty; phase: Placed; y: number }) {
  const edge = phase.y + Math.sign(y - phase.y) * (SIZE.box.height / 2);
  return (
    <g className={`duty ${duty}`}>
      {duty === "does" || duty === "both" ? <path d={`M${phase.x} ${edge}V${y}`} /> : null}
      <DutyShape duty={duty} x={phase.x} y={y} />
    </g>
  );
}

/** A ring with a dot decides, a dot does, a ring is asked, a speck is told. */
export function DutyShape({ duty, x, y }: { duty: Duty; x: number; y: number }) {
  if (duty === "told") return <circle className="speck" cx={x} cy={y} r="2" />;
  const ring = duty === "decides" || duty === "both" || duty === "asked";
  const dot = duty !== "asked";
  return (
    <>
      {ring ? <circle className="ring" cx={x} cy={y} r={duty === "asked" ? 4.5 : 7} /> : null}
      {dot ? <circle className="dot" cx={x} cy={y} r={duty === "decides" ? 3 : 5} /> : null}
    </>
  );
}

/** A thin line where one phase follows another and no way says how. */
function Order({ layout, ways }: { layout: Layout; ways: Reading["flow"]["ways"] }) {
  return layout.phases.slice(1).map((to, at) => {
    const from = layout.phases[at];
    if (!from || ways.some((way) => way.from === at && way.to === at + 1)) return null;
    const [x1, x2] = [from.x + SIZE.box.width / 2, to.x - SIZE.box.width / 2];
    return <path key={to.id} className="order" d={`M${x1} ${from.y}H${(x1 + x2) / 2}V${to.y}H${x2}`} />;
  });
}
