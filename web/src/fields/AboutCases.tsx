// Which cases something is about: chips, and a field to name one more by code or name.
import { Button } from "@digdir/designsystemet-react";
import { XMarkIcon } from "@navikt/aksel-icons";
import { useId, useState } from "react";
import { useRows } from "../api/live.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { useMessages } from "../messages/index.ts";
import { type Path, toggleInSet } from "../sync/index.ts";
import { useFields } from "./editor.ts";

/** `chosen` are subjects, the keys of the set at `path`. */
export function AboutCases({ path, label, chosen }: { path: Path; label: string; chosen: string[] }) {
  const { m } = useMessages();
  const { replica, mayWrite } = useFields();
  const rows = useRows();
  const [text, setText] = useState("");
  const [unknown, setUnknown] = useState(false);
  const id = useId();
  const words = (row: (typeof rows)[number]) => `${row.code} ${row.name}`;
  const add = () => {
    const wanted = text.trim().toLocaleLowerCase("nb");
    const row = rows.find((one) => [one.code, one.name, words(one)].some((w) => w.toLocaleLowerCase("nb") === wanted));
    setUnknown(!row);
    if (!row) return;
    replica.edit(toggleInSet(path, row.subject, true));
    setText("");
  };
  const byCode = new Map(rows.map((row) => [row.subject, row.code]));
  const shown = chosen.filter((subject) => byCode.has(subject));
  return (
    <div className="stack tight">
      <span className="field-label" id={`${id}-label`}>
        {label}
      </span>
      {shown.length > 0 ? (
        <ul className="about" aria-labelledby={`${id}-label`}>
          {shown.map((subject) => (
            <li key={subject}>
              <CaseChip subject={subject} />
              {mayWrite ? (
                <button
                  type="button"
                  className="iconbtn"
                  aria-label={m.fields.takeOut(byCode.get(subject) ?? "")}
                  onClick={() => replica.edit(toggleInSet(path, subject, false))}
                >
                  <XMarkIcon aria-hidden className="ic" />
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {mayWrite ? (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
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
      ) : null}
      {unknown ? (
        <p className="error small" id={`${id}-unknown`} role="alert">
          {m.fields.noSuchCase}
        </p>
      ) : null}
    </div>
  );
}
