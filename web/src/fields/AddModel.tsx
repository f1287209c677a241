// Takes one more model, chosen from a list. It is taken by a button: who goes through a list by keyboard has not chosen yet.
import { Button } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import { useMessages } from "../messages/index.ts";

interface Props {
  models: { subject: string; words: string }[];
  label: string;
  action: string;
  onAdd(subject: string): void;
}

export function AddModel({ models, label, action, onAdd }: Props) {
  const { m } = useMessages();
  const id = useId();
  const [chosen, setChosen] = useState("");
  if (models.length === 0) return null;
  return (
    <div className="addmodel">
      <label className="vh" htmlFor={id}>
        {label}
      </label>
      <select id={id} className="input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
        <option value="">{m.model.noneChosen}</option>
        {models.map(({ subject, words }) => (
          <option key={subject} value={subject}>
            {words}
          </option>
        ))}
      </select>
      <Button
        variant="secondary"
        disabled={!models.some(({ subject }) => subject === chosen)}
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
