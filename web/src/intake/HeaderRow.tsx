// Which row of a sheet holds the headings: found by the server, and set right by a person.
import { useEffect, useId, useState } from "react";
import { useMessages } from "../messages/index.ts";

export function HeaderRow({ row, onChoose }: { row: number; onChoose(row: number): void }) {
  const { m } = useMessages();
  const id = useId();
  const [typed, setTyped] = useState(String(row));
  useEffect(() => setTyped(String(row)), [row]);
  const choose = () => {
    const chosen = Number(typed);
    if (Number.isInteger(chosen) && chosen > 0 && chosen !== row) onChoose(chosen);
    else setTyped(String(row));
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
