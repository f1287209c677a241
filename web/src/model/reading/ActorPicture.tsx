// Who gives what to whom: the roles in a row, an arrow for what each gives another, to the right above them and to the left
// below, and the same in words.
import { useId } from "react";
import type { Reading } from "../../api/modelReading.ts";
import { ActorShape, isActorGroup } from "../../design/ActorMark.tsx";
import { useMessages } from "../../messages/index.ts";
import type { Handover } from "./handovers.ts";
import "./actorPicture.css";

const [WIDTH, BOX, NUMBER] = [720, 50, 8];
/** How high an arrow to the next rises, and how much more for each it passes. */
const [RISE, MORE] = [14, 15];
const MARKS_MAX = 4;

interface Props {
  reading: Reading;
  handovers: Handover[];
  leads: string | undefined;
}

export function ActorPicture({ reading: { roles }, handovers, leads }: Props) {
  const { m, format } = useMessages();
  const id = useId();
  const step = WIDTH / Math.max(1, roles.length);
  const width = Math.min(170, step - 12);
  const at = (place: number) => step * (place + 0.5);
  const rise = ({ from, to }: Handover) => RISE + MORE * (Math.abs(to - from) - 1);
  const room = (some: Handover[]) => Math.max(4, ...some.map((one) => rise(one) + NUMBER + 2));
  const on = handovers.filter(({ from, to }) => to > from);
  const back = handovers.filter(({ from, to }) => to < from);
  const top = room(on);
  const height = top + BOX + room(back);
  const name = (place: number) => roles[place]?.name || m.models.unnamed;
  return (
    <div className="actorpicture">
      <div className="bandscroll">
        <svg viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden>
          {handovers.map((one, place) => {
            const right = one.to > one.from;
            const side = right ? 1 : -1;
            const edge = right ? top : top + BOX;
            const [x1, x2] = [at(one.from) + side * 14, at(one.to) - side * 14];
            const peak = edge - side * rise(one);
            return (
              <g key={`${one.from}-${one.to}`} className="gives">
                {/* The curve reaches half as far as the point that draws it. */}
                <path d={`M${x1} ${edge}Q${(x1 + x2) / 2} ${edge - side * 2 * rise(one)} ${x2} ${edge - side}`} markerEnd={`url(#${id}-tip)`} />
                <circle cx={(x1 + x2) / 2} cy={peak} r={NUMBER} />
                <text x={(x1 + x2) / 2} y={peak + 4}>
                  {place + 1}
                </text>
              </g>
            );
          })}
          {roles.map((role, place) => {
            const groups = role.groups.filter(isActorGroup).slice(0, MARKS_MAX);
            return (
              <g key={role.id} className={`actor ${role.optional ? "optional" : ""} ${role.id === leads ? "leads" : ""}`}>
                <rect x={at(place) - width / 2} y={top} width={width} height={BOX} rx="7" />
                {groups.map((group, mark) => (
                  <g key={group} transform={`translate(${at(place) - (groups.length * 17) / 2 + mark * 17} ${top + 4}) scale(0.8)`}>
                    <ActorShape group={group} />
                  </g>
                ))}
                <foreignObject x={at(place) - width / 2 + 2} y={top + 21} width={width - 4} height={BOX - 22}>
                  <div className="actorname">{name(place)}</div>
                </foreignObject>
              </g>
            );
          })}
          <defs>
            <marker id={`${id}-tip`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
              <path className="tip" d="M0 0L8 4L0 8z" />
            </marker>
          </defs>
        </svg>
      </div>
      <ol className="handovers" aria-label={m.model.whoGives}>
        {handovers.map(({ from, to, what }) => (
          <li key={`${from}-${to}`}>
            {name(from)} → {name(to)}: {format.list(what)}
          </li>
        ))}
      </ol>
    </div>
  );
}
