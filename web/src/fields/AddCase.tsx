// A field to name a case by code or name.
import { Button } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import { useRows } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";

export function AddCase({ onAdd }: { onAdd(subject: string): void }) {
  const { m } = useMessages();
  const rows = useRows();
  const [text, setText] = useState("");
  const [unknown, setUnknown] = useState(false);
  const id = useId();
  const words = (row: (typeof rows)[number]) => `${row.code} ${row.name}`;
  const add = (event: React.FormEvent) => {
    event.preventDefault();
    const wanted = text.trim().toLocaleLowerCase("nb");
    const row = rows.find((one) => [one.code, one.name, words(one)].some((w) => w.toLocaleLowerCase("nb") === wanted));
    setUnknown(!row);
    if (!row) return;
    onAdd(row.subject);
    setText("");
  };
  return (
    <>
      <form className="row" onSubmit={add}>
        <label className="vh" htmlFor={id}>
          {m.fields.addCase}
        </label>
        <input
          id={id}
          className="input grow"
          list={`${id}-cases`}
          placeholder={m.fields.addCaseExample}
          value={text}
          aria-invalid={unknown}
          aria-describedby={unknown ? `${id}-unknown` : undefined}
          onChange={(event) => {
            setText(event.target.value);
            setUnknown(false);
          }}
        />
        <datalist id={`${id}-cases`}>
          {rows.map((row) => (
            <option key={row.subject} value={words(row)} />
          ))}
        </datalist>
        <Button type="submit" variant="secondary">
          {m.fields.addCaseDo}
        </Button>
      </form>
      {unknown ? (
        <p className="error small" id={`${id}-unknown`} role="alert">
          {m.fields.noSuchCase}
        </p>
      ) : null}
    </>
  );
}
