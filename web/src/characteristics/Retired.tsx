// The values that left a list: what they read as now, and the way back.
import { ArrowUndoIcon } from "@navikt/aksel-icons";
import { Button } from "@digdir/designsystemet-react";
import { shortLabel, valueLabel } from "../api/characteristics.ts";
import { useLive } from "../api/live.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import type { Characteristic, CharacteristicValue } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { useChange } from "./useChange.ts";

export function Retired({ characteristic, version }: { characteristic: Characteristic; version: number }) {
  const { m, language } = useMessages();
  const { say } = useLive();
  const { busy, problem, change } = useChange();
  if (characteristic.retired.length === 0) return null;
  const words = m.characteristics;
  const restore = async (value: CharacteristicValue) => {
    const back = await change(version, { what: "restore", key: characteristic.key, value: value.key });
    if (back !== undefined) say(words.restored(shortLabel(value, language)));
  };
  return (
    <div>
      <p className="field-label">{words.retired}</p>
      <ul className="kretired">
        {characteristic.retired.map((value) => {
          const name = shortLabel(value, language);
          return (
            <li key={value.key}>
              <span className="muted">
                {value.merged_into
                  ? words.retiredInto(name, valueLabel(characteristic, value.merged_into, language))
                  : words.retiredGone(name)}
              </span>
              <Button type="button" variant="tertiary" disabled={busy} onClick={() => void restore(value)}>
                <ArrowUndoIcon aria-hidden /> {words.restore(name)}
              </Button>
            </li>
          );
        })}
      </ul>
      <ProblemLine>{problem}</ProblemLine>
    </div>
  );
}
