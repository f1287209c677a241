// A table of fields with what either case says; with a choice for each where one is asked for.
import { useId } from "react";
import { fieldLabel, saidLabel } from "../api/caseFields.ts";
import { useCharacteristics } from "../api/live.tsx";
import type { Cell, Decision, RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

interface Props {
  stays: RegisterRow;
  goes: RegisterRow;
  cells: readonly Cell[];
  /** Fields of which the one that goes is taken. */
  taken?: ReadonlySet<string>;
  onTake?(field: string, yes: boolean): void;
}

export function Fields({ stays, goes, cells, taken, onTake }: Props) {
  const { m } = useMessages();
  return (
    <table className="formdiff mergefields">
      <thead>
        <tr>
          <th scope="col">{m.intake.cellHeads.field}</th>
          <th scope="col">{m.merge.stays(`${stays.code} ${stays.name}`)}</th>
          <th scope="col">{m.merge.goes(`${goes.code} ${goes.name}`)}</th>
        </tr>
      </thead>
      <tbody>
        {cells.map((cell) => (
          <Field
            key={cell.field}
            cell={cell}
            codes={[stays.code, goes.code]}
            taken={taken?.has(cell.field) ?? false}
            onTake={onTake ? (yes) => onTake(cell.field, yes) : undefined}
          />
        ))}
      </tbody>
    </table>
  );
}

interface FieldProps {
  cell: Cell;
  codes: [string, string];
  taken: boolean;
  onTake: ((yes: boolean) => void) | undefined;
}

function Field({ cell, codes, taken, onTake }: FieldProps) {
  const name = useId();
  const { label, said } = useWords(cell.field);
  const sides = [
    { code: codes[0], words: said(cell.here), chosen: !taken, take: false },
    { code: codes[1], words: said(cell.listed), chosen: taken, take: true },
  ];
  return (
    <tr>
      <th scope="row" id={`${name}-field`}>
        {label}
      </th>
      {sides.map(({ code, words, chosen, take }) => (
        <td key={code}>
          {onTake ? (
            <label>
              <input
                type="radio"
                name={name}
                checked={chosen}
                aria-describedby={`${name}-field`}
                onChange={() => onTake(take)}
              />
              <span>
                <span className="onphone">{code}: </span>
                {words}
              </span>
            </label>
          ) : (
            <>
              <span className="onphone">{code}: </span>
              {words}
            </>
          )}
        </td>
      ))}
    </tr>
  );
}

/** The name of a field, and what stands in it, in words. */
function useWords(field: string): { label: string; said(words: readonly string[]): string } {
  const { m, language } = useMessages();
  const characteristics = useCharacteristics();
  const joined = (words: readonly (string | undefined)[]) => words.filter(Boolean).join(": ") || "–";
  switch (field) {
    case "eligibility":
      return {
        label: m.merge.fields.eligibility,
        said: ([answer = "", reason]) => joined([answer && m.missing.eligible[answer as "yes"], reason]),
      };
    case "selection":
      return {
        label: m.merge.fields.selection,
        said: ([decision = "", criterion = "", reason]) =>
          joined([decision && m.decisions[decision as Decision], criterion && m.criteria[criterion as "other"], reason]),
      };
    default:
      return {
        label: fieldLabel(field, characteristics, m, language),
        said: (words) => saidLabel(field, words, characteristics, m, language) || "–",
      };
  }
}
