// Whether answers are shown with names once they are revealed; said before anybody answers.
import { useMessages } from "../messages/index.ts";

interface Props {
  named: boolean;
  onChoose(named: boolean): void;
}

export function WhoSees({ named, onChoose }: Props) {
  const { m } = useMessages();
  return (
    <fieldset className="grants">
      <legend className="field-label">{m.collections.whoSees}</legend>
      <label>
        <input type="radio" name="named" checked={!named} onChange={() => onChoose(false)} />
        <span>{m.collections.withoutNames}</span>
      </label>
      <label>
        <input type="radio" name="named" checked={named} onChange={() => onChoose(true)} />
        <span>{m.collections.withNames}</span>
      </label>
    </fieldset>
  );
}
