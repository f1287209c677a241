// Takes one more thing, chosen from a list. It is taken by a button: who goes through a list by keyboard has not chosen yet.
import { Button } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import { useMessages } from "../messages/index.ts";

interface Props {
  choices: { key: string; words: string }[];
  label: string;
  action: string;
  /** What stands there while nothing is chosen. */
  none?: string;
  onAdd(key: string): void;
}

export function AddChosen({ choices, label, action, none, onAdd }: Props) {
  const { m } = useMessages();
  const id = useId();
  const [chosen, setChosen] = useState("");
  if (choices.length === 0) return null;
  return (
    <div className="addchosen">
      <label className="vh" htmlFor={id}>
        {label}
      </label>
      <select id={id} className="input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
        <option value="">{none ?? m.model.noneChosen}</option>
        {choices.map(({ key, words }) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
      <Button
        variant="secondary"
        disabled={!choices.some(({ key }) => key === chosen)}
        onClick={() => {
          onAdd(chosen);
          setChosen("");
        }}
      >
        {action}
      </Button>
    </div>
  );
}
