// One of some words, under its label.
import { useEditor } from "./editor.ts";

interface Props {
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  onChoose(value: string): void;
}

export function OneOf({ label, value, options, onChoose }: Props) {
  const { mayWrite } = useEditor();
  const known = options.some(([one]) => one === value);
  return (
    <label>
      <span className="fhead">{label}</span>
      <select className="input" value={value} disabled={!mayWrite} onChange={(event) => onChoose(event.target.value)}>
        {known ? null : <option value={value}>{value}</option>}
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
