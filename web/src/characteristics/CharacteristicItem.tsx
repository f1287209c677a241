// One characteristic in the list: what it is and how many use it; opened, all of it.
import { useState } from "react";
import { type CharacteristicsAnswer, helpOf, labelParts } from "../api/characteristics.ts";
import type { Characteristic } from "../generated/domain.ts";
import { labelOf, useMessages } from "../messages/index.ts";
import { EditCharacteristic } from "./EditCharacteristic.tsx";

export interface ItemProps {
  characteristic: Characteristic;
  answer: CharacteristicsAnswer;
  mayChange: boolean;
  /** Its neighbours under the same heading. */
  before: Characteristic | undefined;
  after: Characteristic | undefined;
}

export function CharacteristicItem(props: ItemProps) {
  const { characteristic, answer, mayChange } = props;
  const { m, language } = useMessages();
  // What is written in it stays there while it is closed again.
  const [opened, setOpened] = useState(false);
  const cases = answer.uses[characteristic.key]?.cases ?? 0;
  return (
    <li>
      <details className="openitem" data-key={characteristic.key} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
        <summary>
          <span className="kc num muted">{characteristic.code}</span>
          <span className="grow strong">{labelOf(characteristic, language)}</span>
          <span className="small muted">{m.characteristics.scales[characteristic.scale]}</span>
          <span className="tag num">{m.characteristics.uses(cases)}</span>
        </summary>
        {opened ? mayChange ? <EditCharacteristic {...props} /> : <ReadCharacteristic {...props} /> : null}
      </details>
    </li>
  );
}

function ReadCharacteristic({ characteristic, answer }: ItemProps) {
  const { m, language } = useMessages();
  const uses = answer.uses[characteristic.key]?.values ?? {};
  return (
    <div className="stack tight">
      <p>{helpOf(characteristic, language)}</p>
      <ul className="kvalues">
        {characteristic.values.map((value) => {
          const [label, meaning] = labelParts(value, language);
          return (
            <li key={value.key}>
              <span className="strong">{label}</span>{" "}
              <span className="muted num">{m.characteristics.uses(uses[value.key] ?? 0)}</span>
              {[meaning, language === "en" ? "" : value.definition].filter(Boolean).map((text) => (
                <p key={text} className="hint">
                  {text}
                </p>
              ))}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
