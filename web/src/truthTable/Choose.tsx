// What is asked: an outcome, and up to six conditions, each some values of a characteristic.
import { XMarkIcon } from "@navikt/aksel-icons";
import { useChallenges } from "../api/challenges.ts";
import { useLabels } from "../api/labels.ts";
import { useCharacteristics } from "../api/live.tsx";
import type { AnyOf } from "../api/truthTable.ts";
import { AddChosen } from "../fields/AddChosen.tsx";
import { type Characteristic, LIMITS } from "../generated/domain.ts";
import { labelOf, useMessages } from "../messages/index.ts";
import type { Asked } from "./question.ts";

interface Props {
  asked: Asked;
  onAsk(change: Partial<Asked>): void;
}

export function Choose({ asked, onAsk }: Props) {
  const { m } = useMessages();
  return (
    <div className="truthchoose">
      <section aria-labelledby="outcome">
        <h2 id="outcome">{m.truthTable.outcome}</h2>
        <OutcomeChoice asked={asked} onAsk={onAsk} />
      </section>
      <section aria-labelledby="conditions">
        <h2 id="conditions">{m.truthTable.conditions}</h2>
        <p className="hint">{m.truthTable.conditionsHelp}</p>
        {asked.conditions.map((one) => (
          <Values
            key={one.characteristic}
            asked={one}
            onChoose={(values) => onAsk({ conditions: asked.conditions.map((other) => (other === one ? { ...one, values } : other)) })}
            onDrop={() => onAsk({ conditions: asked.conditions.filter((other) => other !== one) })}
          />
        ))}
        <AddCondition asked={asked} onAsk={onAsk} />
      </section>
    </div>
  );
}

const CODED = "c:";
const CHALLENGE = "u:";

function OutcomeChoice({ asked, onAsk }: Props) {
  const { m, language } = useMessages();
  const { outcome, conditions } = asked;
  const codable = useCodable();
  const { inUse } = useChallenges();
  const chosen = outcome === undefined ? "" : "coded" in outcome ? CODED + outcome.coded.characteristic : CHALLENGE + outcome.challenge;
  const choose = (word: string) => {
    const key = word.slice(CODED.length);
    // What is the outcome cannot be a condition of itself.
    const rest = conditions.filter((one) => !word.startsWith(CODED) || one.characteristic !== key);
    const next = word === "" ? undefined : word.startsWith(CODED) ? { coded: { characteristic: key, values: [] } } : { challenge: key };
    onAsk({ outcome: next, conditions: rest });
  };
  return (
    <>
      <div className="field">
        <label htmlFor="outcome-of">{m.truthTable.outcomeOf}</label>
        <select id="outcome-of" className="input" value={chosen} onChange={(event) => choose(event.target.value)}>
          <option value="">{m.model.noneChosen}</option>
          <optgroup label={m.truthTable.byCoding}>
            {codable.map((one) => (
              <option key={one.key} value={CODED + one.key}>
                {labelOf(one, language)}
              </option>
            ))}
          </optgroup>
          <optgroup label={m.truthTable.byChallenge}>
            {inUse.map(({ key, name }) => (
              <option key={key} value={CHALLENGE + key}>
                {name}
              </option>
            ))}
          </optgroup>
        </select>
      </div>
      {outcome && "coded" in outcome ? <Values asked={outcome.coded} onChoose={(values) => onAsk({ outcome: { coded: { ...outcome.coded, values } } })} /> : null}
      {outcome && "challenge" in outcome ? <p className="small muted">{m.truthTable.challengeMeans}</p> : null}
    </>
  );
}

/** Characteristics with a list of values. */
const useCodable = (): Characteristic[] => useCharacteristics().filter((one) => one.values.length > 0);

interface ValuesProps {
  asked: AnyOf;
  onChoose(values: string[]): void;
  onDrop?(): void;
}

/** Which values of a characteristic count. */
function Values({ asked, onChoose, onDrop }: ValuesProps) {
  const { m, language } = useMessages();
  const labels = useLabels();
  const of = useCodable().find((one) => one.key === asked.characteristic);
  const name = labels.characteristic(asked.characteristic);
  const toggle = (key: string) => onChoose(asked.values.includes(key) ? asked.values.filter((one) => one !== key) : [...asked.values, key]);
  return (
    <fieldset className="truthvalues">
      <legend>{m.truthTable.anyOf(name)}</legend>
      {(of?.values ?? []).map((value) => (
        <label key={value.key} className="check">
          <input type="checkbox" checked={asked.values.includes(value.key)} onChange={() => toggle(value.key)} />
          <span>{labelOf(value, language)}</span>
        </label>
      ))}
      {asked.values.length === 0 ? <p className="small warnline">{m.truthTable.noValue}</p> : null}
      {onDrop ? (
        <button type="button" className="iconbtn" aria-label={m.truthTable.drop(name)} onClick={onDrop}>
          <XMarkIcon aria-hidden className="ic" />
        </button>
      ) : null}
    </fieldset>
  );
}

function AddCondition({ asked: { outcome, conditions }, onAsk }: Props) {
  const { m, language } = useMessages();
  const taken = new Set(conditions.map((one) => one.characteristic));
  if (outcome && "coded" in outcome) taken.add(outcome.coded.characteristic);
  const left = useCodable().filter((one) => !taken.has(one.key));
  if (conditions.length >= LIMITS.conditions_max) return <p className="small muted">{m.truthTable.enough(LIMITS.conditions_max)}</p>;
  return (
    <AddChosen
      choices={left.map((one) => ({ key: one.key, words: labelOf(one, language) }))}
      label={m.truthTable.addCondition}
      action={m.truthTable.addCondition}
      none={m.truthTable.chooseCondition}
      onAdd={(characteristic) => onAsk({ conditions: [...conditions, { characteristic, values: [] }] })}
    />
  );
}
