// A value leaves the list: its cases get another, and of one that cases have somebody has to say which.
import { Button } from "@digdir/designsystemet-react";
import { useEffect, useId, useRef, useState } from "react";
import { shortLabel } from "../api/characteristics.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import type { Characteristic, CharacteristicValue } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { useChange } from "./useChange.ts";

interface Props {
  characteristic: Characteristic;
  value: CharacteristicValue;
  /** How many cases have it. */
  uses: number;
  version: number;
  onClose(): void;
}

export function Retire({ characteristic, value, uses, version, onClose }: Props) {
  const { m, language } = useMessages();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [into, setInto] = useState("");
  const [missing, setMissing] = useState(false);
  const { busy, problem, change } = useChange();
  useEffect(() => dialog.current?.showModal(), []);
  const words = m.characteristics;
  const name = shortLabel(value, language);
  const act = async () => {
    if (uses > 0 && !into) return setMissing(true);
    const wanted = { what: "retire", key: characteristic.key, value: value.key, into: into || null } as const;
    if ((await change(version, wanted)) !== undefined) dialog.current?.close();
  };
  return (
    <dialog ref={dialog} className="dialog stack" aria-labelledby={`${id}-title`} onClose={onClose}>
      <h2 id={`${id}-title`}>{words.retireTitle(name)}</h2>
      <p>{uses ? words.retireUsed(uses) : words.retireUnused}</p>
      <div>
        <label className="field-label" htmlFor={`${id}-into`}>
          {words.retireInto}
        </label>
        <select
          id={`${id}-into`}
          className="input"
          value={into}
          aria-invalid={missing || undefined}
          onChange={(event) => {
            setInto(event.target.value);
            setMissing(false);
          }}
        >
          <option value="">{uses ? words.retireChoose : words.retireNone}</option>
          {characteristic.values
            .filter((one) => one.key !== value.key)
            .map((one) => (
              <option key={one.key} value={one.key}>
                {shortLabel(one, language)}
              </option>
            ))}
        </select>
      </div>
      <ProblemLine>{missing ? words.retireTarget : problem}</ProblemLine>
      <div className="row">
        <Button type="button" data-color="danger" loading={busy} onClick={() => void act()}>
          {into || uses ? words.retireMerge : words.retireDelete}
        </Button>
        <Button type="button" variant="tertiary" onClick={() => dialog.current?.close()}>
          {m.common.cancel}
        </Button>
      </div>
    </dialog>
  );
}
