// What the lines and marks of the drawing mean.
import { TRANSITION_KINDS } from "../../generated/domain.ts";
import { useMessages } from "../../messages/index.ts";
import { DutyShape } from "./FlowDrawing.tsx";

export function Legend() {
  const { m } = useMessages();
  const duties = (["decides", "does", "both", "asked", "told"] as const).map((duty) => ({ duty, words: m.model.dutyWords[duty] }));
  return (
    <ul className="flowlegend" aria-label={m.model.legend}>
      {TRANSITION_KINDS.map((kind) => (
        <li key={kind}>
          <svg className="flowkey" width="34" height="16" aria-hidden>
            <path className={`way ${kind}`} d={kind === "repeat" ? "M13 3a7 7 0 1 0 8 0" : "M1 7H33"} />
            {kind === "scale" ? <path className="way scale inner" d="M1 7H33" /> : null}
          </svg>
          {m.model.transitionKinds[kind]}
        </li>
      ))}
      {duties.map(({ duty, words }) => (
        <li key={duty}>
          <svg className="flowkey" width="18" height="18" aria-hidden>
            <g className={`duty ${duty}`}>
              <DutyShape duty={duty} x={9} y={9} />
            </g>
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}
