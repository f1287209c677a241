// What those who come by a link may do, each grant with what it means.
import type { Grant } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

interface GrantChoiceProps {
  of: Grant[];
  value: Grant;
  onChoose(grant: Grant): void;
}

export function GrantChoice({ of, value, onChoose }: GrantChoiceProps) {
  const { m } = useMessages();
  return (
    <fieldset className="grants">
      <legend className="field-label">{m.people.linkGrant}</legend>
      {of.map((one) => (
        <label key={one}>
          <input type="radio" name="grant" checked={value === one} onChange={() => onChoose(one)} />
          <span>
            <b className="strong">{m.grants[one]}</b> <span className="small muted">{m.grantHelp[one]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
