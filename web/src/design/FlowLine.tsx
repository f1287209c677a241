// The dynamics of a model on one line: phases as rings, what leads back above, what repeats below, ends as squares.
// Everything it shows is said in words beside it.
import type { Flow, Way } from "../api/modelDocument.ts";
import { type Messages, useMessages } from "../messages/index.ts";
import { inReading } from "./flowShape.ts";
import "./flowLine.css";

const [STEP, LEFT, LINE, HEIGHT] = [34, 14, 34, 62];
const at = (place: number) => LEFT + place * STEP;

export function FlowLine({ flow }: { flow: Flow }) {
  const { m } = useMessages();
  if (flow.phases.length === 0) return null;
  const width = at(flow.phases.length - 1) + LEFT + 18;
  return (
    <svg className="flowline" viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} role="img" aria-label={flowWords(flow, m.model)}>
      <path className="way" d={`M${at(0)} ${LINE}H${at(flow.phases.length - 1)}`} />
      {flow.ways.map((way) => (
        <WayLine key={way.id} way={way} />
      ))}
      {flow.phases.map(({ id }, place) => (
        <circle key={id} className="phase" cx={at(place)} cy={LINE} r="5" />
      ))}
    </svg>
  );
}

function WayLine({ way: { kind, from, to } }: { way: Way }) {
  const shape = inReading(kind, from, to);
  if (shape === "end") {
    return (
      <g className="end">
        <path d={`M${at(from)} ${LINE - 5}V14`} />
        <rect x={at(from) - 4} y={6} width="8" height="8" rx="1.5" />
      </g>
    );
  }
  if (shape === "repeat") return <circle className="repeat" cx={at(from)} cy={LINE + 11} r="7" />;
  if (shape === "on" || to === undefined) return null;
  if (shape === "scale") return <path className="scale" d={`M${at(from)} ${LINE - 3}H${at(to)}M${at(from)} ${LINE + 3}H${at(to)}`} />;
  const rise = Math.min(26, 10 + 5 * Math.abs(to - from));
  const middle = (at(from) + at(to)) / 2;
  const arc = (higher: number) => `M${at(from)} ${LINE - 5}Q${middle} ${LINE - 5 - rise - higher} ${at(to)} ${LINE - 7}`;
  return (
    <g>
      <path className={kind || "branch"} d={`${arc(0)}m-3 -4l3 4l4 -3`} />
      {kind === "scale" ? <path className="scale" d={arc(6)} /> : null}
    </g>
  );
}

/** All the line shows, in words. */
export function flowWords({ phases, ways }: Flow, words: Messages["model"]): string {
  const name = (place: number | undefined) =>
    place === undefined ? words.end.toLocaleLowerCase() : phases[place]?.name || words.phaseNumber(place + 1);
  const names = phases.map((_phase, place) => name(place)).join(", ");
  const each = ways.map(({ from, to, kind }) => words.wayGoes(name(from), words.goes[kind || "forward"], name(to)));
  return `${[words.phasesAre(names), ...each].join(". ")}.`;
}
