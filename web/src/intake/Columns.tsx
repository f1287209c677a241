// What each column of a list becomes, and why; one can say otherwise.
import { Details } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useCharacteristics } from "../api/live.tsx";
import type { ColumnPlan } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { fieldGroups, fieldLabel } from "../api/caseFields.ts";

interface ColumnsProps {
  columns: ColumnPlan[];
  onChoose(column: number, field: string): void;
}

/** Somebody should look at it: it was guessed, or not known at all. */
function isDoubtful(column: ColumnPlan): boolean {
  return column.confidence === "unsure" || column.confidence === "none";
}

export function Columns({ columns, onChoose }: ColumnsProps) {
  const { m, language } = useMessages();
  const toSee = columns.filter(isDoubtful).length;
  const [open, setOpen] = useState(toSee > 0);
  const heads = m.intake.columnHeads;
  const groups = fieldGroups(useCharacteristics(), m, language);
  return (
    <Details className="decide" open={open} onToggle={() => setOpen(!open)}>
      <Details.Summary>
        {m.intake.columnsTitle}{" "}
        <span className="muted num">
          {m.intake.columnsKnown(columns.length - toSee, columns.length)}
          {toSee ? `, ${m.intake.columnsToSee(toSee)}` : ""}
        </span>
      </Details.Summary>
      <Details.Content>
        <table className="columns">
          <thead>
            <tr>
              <th scope="col">{heads.list}</th>
              <th scope="col">{heads.becomes}</th>
              <th scope="col">{heads.why}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <ColumnRow key={column.column} column={column} groups={groups} onChoose={onChoose} />
            ))}
          </tbody>
        </table>
      </Details.Content>
    </Details>
  );
}

interface RowProps {
  column: ColumnPlan;
  groups: ReturnType<typeof fieldGroups>;
  onChoose: ColumnsProps["onChoose"];
}

function ColumnRow({ column, groups, onChoose }: RowProps) {
  const { m, language } = useMessages();
  const characteristics = useCharacteristics();
  const heading = column.header || m.intake.noHeading(column.column);
  const target = column.target ?? "extra";
  const offered = groups.some((group) => group.choices.some((choice) => choice.key === target));
  return (
    <tr className={isDoubtful(column) ? "doubtful" : undefined}>
      <th scope="row">
        {heading}
        <span className="examples muted small">{column.examples.join(" · ")}</span>
      </th>
      <td>
        <select
          className="input"
          aria-label={m.intake.becomes(heading)}
          value={target}
          onChange={(event) => onChoose(column.column, event.target.value)}
        >
          {offered ? null : <option value={target}>{fieldLabel(target, characteristics, m, language)}</option>}
          {groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.choices.map((choice) => (
                <option key={choice.key} value={choice.key}>
                  {choice.label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </td>
      <td className="small muted">{m.intake.columnReasons[column.reason]}</td>
    </tr>
  );
}
