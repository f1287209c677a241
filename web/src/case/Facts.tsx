// The facts of a case: short texts, choices, years, levels of government.
import { useEffect, useId, useState } from "react";
import { keysOf, plain } from "../api/caseDocument.ts";
import { fieldOf, useField, useFieldPresence, useGlow } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
import { FieldHead } from "../fields/FieldHead.tsx";
import { useMessages } from "../messages/index.ts";
import { type Path, setChoice, setInt, toggleInSet } from "../sync/index.ts";
import { useCase, useEditor } from "./editor.ts";

export function Facts() {
  const { m } = useMessages();
  return (
    <section className="facts" aria-labelledby="facts">
      <h2 id="facts" className="vh">
        {m.case.facts}
      </h2>
      <LiveText path={["facts", "country"]} label={m.case.country} oneLine />
      <LiveText path={["facts", "sector"]} label={m.case.sector} oneLine />
      <ChoiceField path={["facts", "origin"]} label={m.case.origin} words={m.origins} />
      <ChoiceField path={["facts", "status"]} label={m.case.status} words={m.statuses} />
      <YearField path={["facts", "start_year"]} label={m.case.start} />
      <YearField path={["facts", "end_year"]} label={m.case.end} />
      <LiveText path={["facts", "period"]} label={m.case.period} oneLine />
      <Levels />
      <LiveText path={["facts", "source"]} label={m.case.source} className="wide" />
    </section>
  );
}

function ChoiceField({ path, label, words }: { path: Path; label: string; words: Record<string, string> }) {
  const { replica, mayWrite } = useEditor();
  const id = useId();
  const value = plain(useField(path));
  const { glow, own } = useGlow(value);
  const presence = useFieldPresence(fieldOf(path));
  return (
    <div className="field">
      <FieldHead field={fieldOf(path)} label={label} control={id} />
      <select
        id={id}
        className={`input ${glow}`}
        value={value}
        disabled={!mayWrite}
        {...presence}
        onChange={(event) => {
          own();
          replica.edit(setChoice(path, event.target.value));
        }}
      >
        {value in words ? null : <option value={value}>{value}</option>}
        {Object.entries(words).map(([key, word]) => (
          <option key={key} value={key}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A year, written when the field is left; what is no year stays in the field with a word about it. */
function YearField({ path, label }: { path: Path; label: string }) {
  const { m } = useMessages();
  const { replica, mayWrite } = useEditor();
  const id = useId();
  const stored = useField(path);
  const shown = typeof stored === "number" ? String(stored) : "";
  const [text, setText] = useState(shown);
  const [bad, setBad] = useState(false);
  const { glow, own } = useGlow(shown);
  const presence = useFieldPresence(fieldOf(path));
  useEffect(() => {
    setText(shown);
    setBad(false);
  }, [shown]);
  const write = () => {
    const clean = text.trim();
    const isYear = /^\d{4}$/.test(clean);
    setBad(clean !== "" && !isYear);
    if (clean === shown || (clean !== "" && !isYear)) return;
    own();
    replica.edit(setInt(path, clean === "" ? null : Number(clean)));
  };
  return (
    <div className="field">
      <FieldHead field={fieldOf(path)} label={label} control={id} />
      <input
        id={id}
        className={`input num ${glow}`}
        inputMode="numeric"
        value={text}
        readOnly={!mayWrite}
        aria-invalid={bad || undefined}
        aria-describedby={bad ? `${id}-bad` : undefined}
        onChange={(event) => setText(event.target.value)}
        onFocus={presence.onFocus}
        onBlur={() => {
          presence.onBlur();
          write();
        }}
        onKeyDown={(event) => event.key === "Enter" && write()}
      />
      {bad ? (
        <p className="tiny error" id={`${id}-bad`} role="alert">
          {m.case.year}
        </p>
      ) : null}
    </div>
  );
}

function Levels() {
  const { m } = useMessages();
  const { replica, mayWrite } = useEditor();
  const on = useCase((doc) => keysOf(doc.facts?.level));
  const { glow, own } = useGlow(on);
  const presence = useFieldPresence("facts.level");
  return (
    <fieldset className={`field wide levels ${glow}`} disabled={!mayWrite} {...presence}>
      <legend>
        <FieldHead field="facts.level" label={m.case.level} />
      </legend>
      <div className="row">
        {Object.entries(m.levels).map(([key, word]) => (
          <label key={key} className="tick">
            <input
              type="checkbox"
              checked={on.includes(key)}
              onChange={(event) => {
                own();
                replica.edit(toggleInSet(["facts", "level"], key, event.target.checked));
              }}
            />
            {word}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
