// One of some words, or a day, chosen by whoever comes last.
import { useId } from "react";
import { plain } from "../api/caseDocument.ts";
import { type Path, setChoice } from "../sync/index.ts";
import { fieldOf, useField, useFieldPresence, useFields, useGlow } from "./editor.ts";
import "./fields.css";

interface Props {
  path: Path;
  label: string;
  hideLabel?: boolean;
  /** Under which name presence speaks of it; without one its own path. */
  field?: string;
}

/** A key of `words`; a key that is not among them is shown as it stands. */
export function LiveChoice({ path, label, hideLabel, field, words }: Props & { words: Record<string, string> }) {
  const { value, glow, choose, ...control } = useChosen(path, field);
  return (
    <Labelled id={control.id} label={label} hidden={hideLabel}>
      <select className={`input ${glow}`} {...control} value={value} onChange={(event) => choose(event.target.value)}>
        {value in words ? null : <option value={value}>{value}</option>}
        {Object.entries(words).map(([key, word]) => (
          <option key={key} value={key}>
            {word}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** A day as `2026-11-26`, or nothing. */
export function LiveDay({ path, label, hideLabel, field }: Props) {
  const { value, glow, choose, ...control } = useChosen(path, field);
  return (
    <Labelled id={control.id} label={label} hidden={hideLabel}>
      <input
        type="date"
        className={`input ${glow}`}
        {...control}
        value={value}
        onChange={(event) => choose(event.target.value)}
      />
    </Labelled>
  );
}

function useChosen(path: Path, field = fieldOf(path)) {
  const { replica, mayWrite } = useFields();
  const value = plain(useField(path));
  const { glow, own } = useGlow(value);
  const presence = useFieldPresence(field);
  const choose = (next: string) => {
    own();
    replica.edit(setChoice(path, next));
  };
  return { id: useId(), disabled: !mayWrite, value, glow, choose, ...presence };
}

function Labelled(props: { id: string; label: string; hidden?: boolean | undefined; children: React.ReactNode }) {
  return (
    <div className="field">
      <div className={props.hidden ? "vh" : "fhead"}>
        <label htmlFor={props.id}>{props.label}</label>
      </div>
      {props.children}
    </div>
  );
}
