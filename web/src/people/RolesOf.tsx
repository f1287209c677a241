// What one person is, and for a facilitator a way to change it: a person may have several roles.
import { Popover } from "@digdir/designsystemet-react";
import { PencilIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { setRoles } from "../api/calls.ts";
import { useLive } from "../api/live.tsx";
import { wordsOf } from "../api/words.ts";
import { FormEnd } from "../design/FormEnd.tsx";
import { ROLES, type Role } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import type { Person } from "../sync/types.ts";
import { RoleOption } from "./RoleChoice.tsx";
import { whatTheyAre } from "../design/roles.ts";

export function RolesOf({ person, editable }: { person: Person; editable: boolean }) {
  const { m } = useMessages();
  const { me } = useLive();
  const [open, setOpen] = useState(false);
  const words = whatTheyAre(person, m) ?? m.people.noGrant;
  if (!editable || person.participant === me.id) return <span className="grant small">{words}</span>;
  return (
    <Popover.TriggerContext>
      <Popover.Trigger variant="tertiary" className="grant small" onClick={() => setOpen(!open)}>
        {words} <PencilIcon aria-hidden />
        <span className="vh">{m.people.changeRoles(person.name)}</span>
      </Popover.Trigger>
      <Popover placement="bottom-end" className="pop rolesmenu" open={open} onClose={() => setOpen(false)}>
        {open ? <Choose person={person} onDone={() => setOpen(false)} /> : null}
      </Popover>
    </Popover.TriggerContext>
  );
}

function Choose({ person, onDone }: { person: Person; onDone(): void }) {
  const { m } = useMessages();
  const { id, say } = useLive();
  const [chosen, setChosen] = useState<readonly Role[]>();
  const roles = chosen ?? person.roles;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!chosen) return onDone();
    setBusy(true);
    try {
      await setRoles(id, person.participant, chosen);
      say(m.people.isNow(person.name, whatTheyAre({ roles, grants: [] }, m) ?? m.people.noGrant));
      onDone();
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  const turn = (role: Role) =>
    setChosen(ROLES.filter((one) => (one === role ? !roles.includes(one) : roles.includes(one))));
  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
      <fieldset className="grants">
        <legend className="field-label">{m.people.rolesOf(person.name)}</legend>
        {ROLES.map((one) => (
          <RoleOption key={one} role={one}>
            <input type="checkbox" checked={roles.includes(one)} onChange={() => turn(one)} />
          </RoleOption>
        ))}
      </fieldset>
      {chosen?.length === 0 ? <p className="sentence warn">{m.people.noRoles(person.name)}</p> : null}
      <FormEnd problem={problem} busy={busy} action={m.common.save} onCancel={onDone} />
    </form>
  );
}
