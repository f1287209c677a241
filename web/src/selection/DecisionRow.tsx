// One case among the decisions.
import { memo } from "react";
import { Link } from "react-router";
import { casePath } from "../api/caseLink.ts";
import { useLive } from "../api/live.tsx";
import { SelectionMark } from "../design/SelectionMark.tsx";
import { StateMark } from "../design/StateMark.tsx";
import type { Decision, RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

interface Props {
  row: RegisterRow;
  place: number;
  active: boolean;
  marked: boolean;
  /** What is decided about it as soon as the network is back. */
  waits: Decision | undefined;
  /** None where this person may not decide. */
  onMark: ((subject: string) => void) | undefined;
  onFocus(place: number): void;
}

export const DecisionRow = memo(function DecisionRow({ row, place, active, marked, waits, onMark, onFocus }: Props) {
  const { m } = useMessages();
  const { id } = useLive();
  const name = row.name || m.case.unnamed;
  return (
    <tr className={marked ? "marked" : row.decision === "out" ? "isout" : undefined}>
      {onMark ? (
        <td>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={m.selection.decisions.mark(`${row.code} ${name}`)}
            checked={marked}
            onChange={() => onMark(row.subject)}
          />
        </td>
      ) : null}
      <th scope="row">
        <Link
          to={casePath(id, row.subject)}
          data-place={place}
          tabIndex={active ? 0 : -1}
          onFocus={() => onFocus(place)}
        >
          <span className="code num">{row.code}</span> {name}
        </Link>{" "}
        <StateMark state={row.state} />
        {row.eligible ? null : <span className="tag warn">{whyNot(row, m.selection.decisions)}</span>}
      </th>
      <td>
        <SelectionMark decision={waits ?? row.decision} />
        {waits ? <span className="tag warn">{m.selection.decisions.waits}</span> : null}
      </td>
      <td className="why">
        {row.criterion ? <span className="muted">{m.criteria[row.criterion]}</span> : null} {row.reason}
      </td>
    </tr>
  );
});

/** Why a case may not be chosen (R2). */
function whyNot({ mix }: RegisterRow, words: { onlyPublic: string; noPublic: string; alone: string }): string {
  const partners = mix.research || mix.business || mix.voluntary;
  if (mix.public) return words.onlyPublic;
  return partners ? words.noPublic : words.alone;
}
