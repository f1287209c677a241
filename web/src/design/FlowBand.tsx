// The dynamics across a page: numbered phases with their names, and what leads back, repeats, ends or spreads.
import { inReading } from "./flowShape.ts";
import type { Flow, Way } from "../api/modelDocument.ts";
import { useMessages } from "../messages/index.ts";
import { flowWords } from "./FlowLine.tsx";
import "./flowBand.css";

const [WIDTH, LINE, HEIGHT] = [720, 52, 112];

export function FlowBand({ flow }: { flow: Flow }) {
  const { m } = useMessages();
  const step = WIDTH / Math.max(1, flow.phases.length);
  const at = (place: number) => step * (place + 0.5);
  if (flow.phases.length === 0) return null;
  return (
    <div className="bandscroll" role="region" aria-label={m.model.howItGoes} tabIndex={0}>
      <svg className="flowband" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={flowWords(flow, m.model)}>
        <path className="way" d={`M${at(0)} ${LINE}H${at(flow.phases.length - 1)}`} />
        {flow.ways.map((way) => (
          <BandWay key={way.id} way={way} at={at} />
        ))}
        {flow.phases.map(({ id, name }, place) => (
          <g key={id}>
            <circle className="phase" cx={at(place)} cy={LINE} r="11" />
            <text className="n" x={at(place)} y={LINE + 4.5}>
              {place + 1}
            </text>
            <foreignObject x={at(place) - step / 2 + 2} y={LINE + 18} width={step - 4} height="42">
              <div className="bandname">{name || m.model.phaseNumber(place + 1)}</div>
            </foreignObject>
          </g>
        ))}
      </svg>
    </div>
  );
}

function BandWay({ way: { kind, from, to, when }, at }: { way: Way; at(place: number): number }) {
  const shape = inReading(kind, from, to);
  const x = at(from);
  if (shape === "end") {
    return (
      <g className="end">
        <path d={`M${x + 9} ${LINE - 9}L${x + 20} 27`} />
        <rect x={x + 15} y="14" width="12" height="12" rx="2" />
        <path d={`M${x + 18} 17l6 6m0 -6l-6 6`} />
      </g>
    );
  }
  if (shape === "repeat") return <path className="repeat" d={`M${x - 8} ${LINE - 9}a11 11 0 1 1 16 0`} />;
  if (shape === "on" || to === undefined) return null;
  if (shape === "scale") return <path className="scale" d={`M${x} ${LINE - 4}H${at(to)}M${x} ${LINE + 4}H${at(to)}`} />;
  const rise = Math.min(30, 14 + 5 * Math.abs(to - from));
  const middle = (x + at(to)) / 2;
  const arc = (higher: number) => `M${x} ${LINE - 12}Q${middle} ${LINE - 12 - rise - higher} ${at(to)} ${LINE - 13}`;
  return (
    <g>
      <path className={kind || "branch"} d={`${arc(0)}m-4 -5l4 5l5 -4`} />
      {kind === "scale" ? <path className="scale" d={arc(8)} /> : null}
      {when && when.length <= WHEN_CHARS ? (
        <text className="when" x={middle} y={LINE - 16 - rise / 2}>
          {when}
        </text>
      ) : null}
    </g>
  );
}

/** Longer conditions are for the list. */
const WHEN_CHARS = 22;
