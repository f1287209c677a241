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
        <RoleOption key={one} role={one}>
          <input type="radio" name="role" checked={value === one} onChange={() => onChoose(one)} />
        </RoleOption>
      ))}
    </fieldset>
  );
}

/** A role with what it may, behind its radio button or checkbox. */
export function RoleOption({ role, children }: { role: Role; children: React.ReactNode }) {
  const { m } = useMessages();
  return (
    <label>
      {children}
      <span>
        <b className="strong">{m.roles[role]}</b>{" "}
        <span className="small muted">{m.grantHelp[GRANT_OF[role]]}</span>
      </span>
    </label>
  );
}
