// What those who come by a link are in the workshop, each role with what it may.
import { GRANT_OF, type Role } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

interface RoleChoiceProps {
  of: readonly Role[];
  value: Role;
  onChoose(role: Role): void;
}

export function RoleChoice({ of, value, onChoose }: RoleChoiceProps) {
  const { m } = useMessages();
  return (
    <fieldset className="grants">
      <legend className="field-label">{m.people.linkRole}</legend>
      {of.map((one) => (
        <label key={one}>
          <input type="radio" name="role" checked={value === one} onChange={() => onChoose(one)} />
          <span>
            <b className="strong">{m.roles[one]}</b>{" "}
            <span className="small muted">{m.grantHelp[GRANT_OF[one]]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
