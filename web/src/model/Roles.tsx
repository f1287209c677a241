// Who takes part, and what each does in which phase: who does it and who decides, in words and not in letters (R21).
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { inOrder, type Item, keysOf, plain } from "../api/caseDocument.ts";
import type { ModelDocument, Phase, Role } from "../api/modelDocument.ts";
import { ActorMark, SLOT_GROUPS } from "../design/ActorMark.tsx";
import { useField, useFields } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
import { OpenItem } from "../fields/OpenItem.tsx";
import { useAdd } from "../fields/useAdd.ts";
import { useMessages } from "../messages/index.ts";
import { setChoice, toggleInSet } from "../sync/index.ts";

const DUTIES = ["", "does", "decides", "both"] as const;

export function Roles() {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const roles = inOrder(useField<ModelDocument["roles"]>(["roles"]));
  const phases = inOrder(useField<ModelDocument["phases"]>(["phases"]));
  const { add, added } = useAdd(["roles"], roles);
  return (
    <section className="sect" aria-labelledby="roles">
      <div className="shead">
        <h2 id="roles">
          {m.model.roles} <span className="muted num">{roles.length || ""}</span>
        </h2>
        {mayWrite ? (
          <Button variant="tertiary" onClick={() => add({ name: "", groups: {}, tasks: "", duties: {} })}>
            <PlusIcon aria-hidden /> {m.model.addRole}
          </Button>
        ) : null}
      </div>
      {roles.length === 0 ? <p className="hint">{m.model.noRoles}</p> : null}
      <ul className="openlist">
        {roles.map((role) => (
          <RoleItem key={role.id} role={role} added={role.id === added} />
        ))}
      </ul>
      {roles.length > 0 && phases.length > 0 ? <DutyTable roles={roles} phases={phases} /> : null}
    </section>
  );
}

function RoleItem({ role, added }: { role: Item<Role>; added: boolean }) {
  const { m } = useMessages();
  const { replica, mayWrite } = useFields();
  const path = ["roles", role.id] as const;
  const groups = keysOf(role.groups);
  const line = (
    <>
      <span className="row tight">
        {SLOT_GROUPS.filter((group) => groups.includes(group)).map((group) => (
          <ActorMark key={group} group={group} />
        ))}
      </span>
      <b className="grow">{role.name || m.models.unnamed}</b>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={m.model.removeRole} removed={m.model.roleRemoved}>
      <LiveText path={[...path, "name"]} label={m.model.roleName} oneLine />
      <fieldset className="groupchoice" disabled={!mayWrite}>
        <legend className="field-label">{m.model.roleGroups}</legend>
        {SLOT_GROUPS.map((group) => (
          <label key={group} className="check">
            <input
              type="checkbox"
              checked={groups.includes(group)}
              onChange={(event) => replica.edit(toggleInSet([...path, "groups"], group, event.target.checked))}
            />
            <span>{m.groupsShort[group]}</span>
          </label>
        ))}
      </fieldset>
      <LiveText path={[...path, "tasks"]} label={m.model.roleTasks} rows={2} />
    </OpenItem>
  );
}

/** Role by phase; a phase nobody is responsible for is named below. */
function DutyTable({ roles, phases }: { roles: Item<Role>[]; phases: Item<Phase>[] }) {
  const { m, format } = useMessages();
  const { replica, mayWrite } = useFields();
  const duty = (role: Item<Role>, phase: string) => plain(role.duties?.[phase]);
  const nobody = phases.filter(({ id }) => !roles.some((role) => duty(role, id) !== ""));
  const name = (phase: Item<Phase>) => phase.name || m.models.unnamed;
  return (
    <>
      <h3 className="dutyhead">{m.model.duties}</h3>
      <div className="scrollx" role="region" aria-label={m.model.duties} tabIndex={0}>
        <table className="plain duties">
          <caption className="vh">{m.model.duties}</caption>
          <thead>
            <tr>
              <th scope="col">{m.model.role}</th>
              {phases.map((phase) => (
                <th key={phase.id} scope="col">
                  {name(phase)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {roles.map((role) => (
              <tr key={role.id}>
                <th scope="row">{role.name || m.models.unnamed}</th>
                {phases.map((phase) => (
                  <td key={phase.id}>
                    <select
                      className="input"
                      aria-label={m.model.dutyOf(role.name || m.models.unnamed, name(phase))}
                      disabled={!mayWrite}
                      value={duty(role, phase.id)}
                      onChange={(event) => replica.edit(setChoice(["roles", role.id, "duties", phase.id], event.target.value))}
                    >
                      {DUTIES.map((one) => (
                        <option key={one} value={one}>
                          {m.model.dutyWords[one]}
                        </option>
                      ))}
                    </select>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {nobody.length > 0 ? <p className="small warnline">{m.model.nobodyIn(format.list(nobody.map(name)))}</p> : null}
    </>
  );
}
