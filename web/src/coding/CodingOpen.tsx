// One characteristic, open: what to ask, the values, how sure, and what it rests on.
import { useEffect, useId, useState } from "react";
import { plain } from "../api/caseDocument.ts";
import { helpOf, labelParts } from "../api/characteristics.ts";
import { useLive, usePeopleHere, useStoreOr } from "../api/live.tsx";
import { Segmented } from "../design/Segmented.tsx";
import { useField } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
import type { Characteristic } from "../generated/domain.ts";
import { labelOf, useMessages } from "../messages/index.ts";
import { type Path, setChoice } from "../sync/index.ts";
import { StateMark } from "./Coding.tsx";
import {
  chooseNoValue,
  chooseNumber,
  chooseValue,
  chosenKeys,
  type CodingState,
  NO_VALUES,
  stateOf,
  wordsState,
} from "./coding.ts";
import { codingsOf, useCodingEditor, useCodings } from "./editor.ts";
import { readNumber } from "./numbers.ts";

interface Props {
  characteristic: Characteristic;
  field: string;
  own(): void;
}

export function CodingOpen(props: Props) {
  const { characteristic } = props;
  const isThere = useCodings((codings) => codings[characteristic.key] !== undefined);
  return isThere ? <Open {...props} /> : <NotYet />;
}

/** A case from before the characteristic has no place for its coding until the server has made one, which it does of its
 * own accord where somebody who may write the case has it open. */
function NotYet() {
  const { m } = useMessages();
  const { sync } = useLive();
  const { mayWrite } = useCodingEditor();
  const offline = useStoreOr(sync?.connection, "online") === "offline";
  if (!mayWrite) return <p className="kbody hint">{m.case.states.not_coded}</p>;
  return (
    <p className="kbody hint" role="status">
      {offline ? m.characteristics.notYetOffline : m.characteristics.notYet}
    </p>
  );
}

function Open({ characteristic, field, own }: Props) {
  const { m, language } = useMessages();
  const { replica, mayWrite, at } = useCodingEditor();
  const path = [...at, characteristic.key];
  const confidence = plain(useField([...path, "confidence"]));
  const help = helpOf(characteristic, language);
  const setConfidence = (value: string) => {
    own();
    replica.edit(setChoice([...path, "confidence"], value));
  };
  return (
    <div className="kbody" onFocus={() => replica.presence(field)} onBlur={() => replica.presence(null)}>
      {help ? <p className="hint">{help}</p> : null}
      {characteristic.scale === "text" ? <Words characteristic={characteristic} /> : null}
      {characteristic.scale === "number" ? (
        <NumberValue characteristic={characteristic} own={own} />
      ) : null}
      <Values characteristic={characteristic} own={own} />
      <Segmented
        legend={m.case.confidence}
        value={confidence}
        disabled={!mayWrite}
        options={[...Object.entries(m.case.confidences), ["", m.case.noConfidence] as const].map(
          ([value, label]) => ({ value, label }),
        )}
        onChoose={setConfidence}
      />
      <LiveText path={[...path, "note"]} label={m.case.codingNote} rows={2} />
      <Coder path={[...path, "coder"]} />
    </div>
  );
}

function Values({ characteristic, own }: Omit<Props, "field">) {
  const { m, language } = useMessages();
  const editor = useCodingEditor();
  const { replica, mayWrite, me, at } = editor;
  const name = useId();
  const [state, keys] = useCodings((codings): [CodingState, string[]] => {
    const coding = codings[characteristic.key];
    return [stateOf(coding), chosenKeys(characteristic, coding)];
  });
  const chosen = state === "coded" ? keys : [];
  const coding = () => codingsOf(editor)[characteristic.key];
  const many = characteristic.scale === "multi";
  const choose = (key: string) => {
    own();
    replica.edit(chooseValue(at, characteristic, coding(), key, me.id));
  };
  const none = (key: (typeof NO_VALUES)[number]) => {
    own();
    replica.edit(chooseNoValue(at, characteristic, coding(), key, me.id));
  };
  return (
    <fieldset className="opts" disabled={!mayWrite}>
      <legend className="vh">
        {labelOf(characteristic, language)}: {many ? m.case.chooseMany : m.case.choose}
      </legend>
      {characteristic.values.map((value, i) => {
        const [label, meaning] = labelParts(value, language);
        return (
          <label key={value.key} className="opt">
            <input
              type={many ? "checkbox" : "radio"}
              name={name}
              checked={chosen.includes(value.key)}
              onChange={() => choose(value.key)}
            />
            <kbd aria-hidden="true">{i + 1}</kbd>
            <span className="grow">
              {label}
              {meaning ? <em>{meaning}</em> : null}
              {value.definition && language !== "en" ? <em>{value.definition}</em> : null}
            </span>
          </label>
        );
      })}
      <div className="nones">
        {NO_VALUES.map((key) => (
          <label key={key} className={`opt none n-${key}`} title={m.case.stateHelp[key]}>
            <input
              type="radio"
              name={many ? `${name}-none` : name}
              checked={state === key}
              onChange={() => none(key)}
            />
            <StateMark state={key} />
            {m.case.states[key]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function NumberValue({ characteristic, own }: Omit<Props, "field">) {
  const { m, format } = useMessages();
  const { replica, mayWrite, me, at } = useCodingEditor();
  const id = useId();
  const number = useField([...at, characteristic.key, "number"]);
  const shown = typeof number === "number" ? format.number(number) : "";
  const [text, setText] = useState(shown);
  const [bad, setBad] = useState(false);
  useEffect(() => setText(shown), [shown]);
  const write = () => {
    const number = readNumber(text);
    setBad(number === undefined);
    if (number === undefined || text === shown) return;
    own();
    replica.edit(chooseNumber(at, characteristic, number, me.id));
  };
  return (
    <div className="numval">
      <label className="field-label" htmlFor={id}>
        {m.case.number}
        {characteristic.unit ? ` (${characteristic.unit})` : ""}
      </label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        className="input num"
        value={text}
        readOnly={!mayWrite}
        aria-invalid={bad || undefined}
        aria-describedby={bad ? `${id}-bad` : undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={write}
        onKeyDown={(event) => event.key === "Enter" && write()}
      />
      {bad ? (
        <p className="tiny error" id={`${id}-bad`} role="alert">
          {m.case.numberBad}
        </p>
      ) : null}
    </div>
  );
}

function Words({ characteristic }: { characteristic: Characteristic }) {
  const { language } = useMessages();
  const editor = useCodingEditor();
  const { replica, me, at } = editor;
  const edited = (text: string) => {
    const state = stateOf(codingsOf(editor)[characteristic.key]);
    if ((state === "coded") !== (text.trim() !== "")) replica.edit(wordsState(at, characteristic, text, me.id));
  };
  return (
    <LiveText
      path={[...at, characteristic.key, "text"]}
      label={labelOf(characteristic, language)}
      rows={3}
      onEdited={edited}
    />
  );
}

function Coder({ path }: { path: Path }) {
  const { m } = useMessages();
  const id = plain(useField(path));
  const person = usePeopleHere().find((one) => one.participant === id);
  return person ? <p className="tiny muted">{m.case.coder(person.name)}</p> : null;
}
