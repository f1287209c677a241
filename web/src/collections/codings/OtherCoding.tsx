// A third coding, where neither of the coders is right.
import { Button } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import type { Coding } from "../../api/collections.ts";
import { shortLabel } from "../../api/characteristics.ts";
import { NO_VALUES } from "../../coding/coding.ts";
import { readNumber } from "../../coding/numbers.ts";
import { type Characteristic, LIMITS } from "../../generated/domain.ts";
import { labelOf, useMessages } from "../../messages/index.ts";
import { BLANK } from "./words.ts";

interface Props {
  characteristic: Characteristic;
  busy: boolean;
  onChoose(coding: Coding): void;
  onClose(): void;
}

export function OtherCoding({ characteristic, busy, onChoose, onClose }: Props) {
  const { m, language } = useMessages();
  const id = useId();
  const [coding, setCoding] = useState<Coding>(BLANK);
  const [number, setNumber] = useState("");
  const set = (part: Partial<Coding>) => setCoding({ ...coding, ...part });
  const read = readNumber(number);
  const bad = number !== "" && typeof read !== "number";
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (bad || !isSaid(coding, characteristic)) return;
    onChoose(coding);
  };
  const none = (
    <div className="row">
      {NO_VALUES.slice(0, 2).map((state) => (
        <label key={state} className="tick" title={m.case.stateHelp[state]}>
          <input
            type="radio"
            name={id}
            checked={coding.state === state}
            onChange={() => set({ ...BLANK, state, note: coding.note, confidence: coding.confidence })}
          />
          {m.case.states[state]}
        </label>
      ))}
    </div>
  );
  return (
    <form className="other stack tight" onSubmit={submit}>
      <fieldset>
        <legend className="field-label">
          {m.doubleCoding.answer} <span className="vh">{labelOf(characteristic, language)}</span>
        </legend>
        <div className="row">
          {characteristic.values.map((value) => (
            <label key={value.key} className="tick">
              {characteristic.scale === "multi" ? (
                <input
                  type="checkbox"
                  checked={coding.values.includes(value.key)}
                  onChange={(event) => set({ state: "coded", values: turned(coding.values, value.key, event.target.checked) })}
                />
              ) : (
                <input
                  type="radio"
                  name={id}
                  checked={coding.value === value.key}
                  onChange={() => set({ state: "coded", value: value.key })}
                />
              )}
              {shortLabel(value, language)}
            </label>
          ))}
        </div>
        {characteristic.scale === "number" ? (
          <input
            className="input num"
            inputMode="decimal"
            aria-label={m.case.number}
            aria-invalid={bad || undefined}
            value={number}
            onChange={(event) => {
              setNumber(event.target.value);
              const given = readNumber(event.target.value);
              set(typeof given === "number" ? { state: "coded", number: given } : { state: "not_coded", number: null });
            }}
          />
        ) : null}
        {characteristic.scale === "text" ? (
          <textarea
            className="input"
            rows={2}
            aria-label={labelOf(characteristic, language)}
            maxLength={LIMITS.note_chars_max}
            value={coding.text}
            onChange={(event) => set({ state: event.target.value.trim() ? "coded" : "not_coded", text: event.target.value })}
          />
        ) : null}
        {none}
      </fieldset>
      <label>
        <span className="field-label">{m.case.confidence}</span>
        <select className="input" value={coding.confidence} onChange={(event) => set({ confidence: event.target.value })}>
          <option value="">{m.case.noConfidence}</option>
          {Object.entries(m.case.confidences).map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="field-label">{m.case.codingNote}</span>
        <textarea
          className="input"
          rows={2}
          maxLength={LIMITS.note_chars_max}
          value={coding.note}
          onChange={(event) => set({ note: event.target.value })}
        />
      </label>
      <div className="row">
        <Button type="submit" loading={busy} disabled={!isSaid(coding, characteristic)}>
          {m.doubleCoding.setIt}
        </Button>
        <Button type="button" variant="tertiary" onClick={onClose}>
          {m.common.cancel}
        </Button>
      </div>
    </form>
  );
}

const turned = (values: string[], key: string, on: boolean) =>
  on ? [...values, key] : values.filter((one) => one !== key);

/** Whether it says anything: a value, or which kind of none. */
function isSaid(coding: Coding, { scale }: Characteristic): boolean {
  if (coding.state !== "coded") return coding.state !== "not_coded";
  if (scale === "multi") return coding.values.length > 0;
  if (scale === "number") return coding.number !== null;
  return scale === "text" ? coding.text.trim() !== "" : coding.value !== null;
}
