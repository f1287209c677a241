// A field to name a case by code or name.
import { Button } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import { useRows } from "../api/live.tsx";
import type { RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

interface Props {
  /** What the field and its button are called where that is not just to add. */
  label?: string;
  action?: string;
  /** Answers why a case is not taken, or nothing where it is. */
  onAdd(row: RegisterRow): string | void;
  /** What stands beside the button. */
  children?: React.ReactNode;
}

export function AddCase({ label, action, onAdd, children }: Props) {
  const { m } = useMessages();
  const rows = useRows();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const words = (row: RegisterRow) => `${row.code} ${row.name}`;
  const add = (event: React.FormEvent) => {
    event.preventDefault();
    const wanted = text.trim().toLocaleLowerCase("nb");
    const row = rows.find((one) => [one.code, one.name, words(one)].some((w) => w.toLocaleLowerCase("nb") === wanted));
    const refused = row ? onAdd(row) : m.fields.noSuchCase;
    setProblem(refused ?? undefined);
    if (!refused) setText("");
  };
  return (
    <>
      <form className="row" onSubmit={add}>
        <label className="vh" htmlFor={id}>
          {label ?? m.fields.addCase}
        </label>
        <input
          id={id}
          className="input grow"
          list={`${id}-cases`}
          placeholder={m.fields.addCaseExample}
          value={text}
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(undefined);
          }}
        />
        <datalist id={`${id}-cases`}>
          {rows.map((row) => (
            <option key={row.subject} value={words(row)} />
          ))}
        </datalist>
        <Button type="submit" variant="secondary">
          {action ?? m.fields.addCaseDo}
        </Button>
        {children}
      </form>
      {problem ? (
        <p className="error small" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      ) : null}
    </>
  );
}
