// Which row of a sheet holds the headings: found by the server, and set right by a person.
import { useEffect, useId, useState } from "react";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

interface Props {
  /** Null where none was found, and none was said. */
  row: number | null;
  onChoose(row: number): void;
}

export function HeaderRow({ row, onChoose }: Props) {
  const { m } = useMessages();
  const id = useId();
  const now = row === null ? "" : String(row);
  const [typed, setTyped] = useState(now);
  useEffect(() => setTyped(now), [now]);
  const choose = () => {
    const chosen = Number(typed);
    const isRow = Number.isInteger(chosen) && chosen > 0 && chosen <= LIMITS.import_rows_max;
    if (isRow && chosen !== row) onChoose(chosen);
    else setTyped(now);
  };
  return (
    <form
      className="headerrow"
      onSubmit={(event) => {
        event.preventDefault();
        choose();
      }}
    >
      <label htmlFor={id}>{m.intake.headerRow}</label>
      <input
        id={id}
        className="input num"
        inputMode="numeric"
        size={3}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={choose}
      />
    </form>
  );
}
