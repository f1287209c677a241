// Who takes part, and what each does in which phase: who does it and who decides, in words and not in letters (R21).
import { Checkbox } from "@digdir/designsystemet-react";
import { useState } from "react";
import { inOrder, type Item, keysOf, plain } from "../../api/caseDocument.ts";
import { acts, DUTIES, dutyOf, type ModelDocument, type Phase, type Role } from "../../api/modelDocument.ts";
import { ActorMark, SLOT_GROUPS } from "../../design/ActorMark.tsx";
import { useField, useFields } from "../../fields/editor.ts";
import { LiveChoice } from "../../fields/LiveChoice.tsx";
import { LiveText } from "../../fields/LiveText.tsx";
import { OpenItem } from "../../fields/OpenItem.tsx";
import { useMessages } from "../../messages/index.ts";
import { choice, setChoice, toggleInSet } from "../../sync/index.ts";
import { useFull } from "./depth.ts";
import { EvidenceOf } from "./EvidenceOf.tsx";
import { type ItemProps, Items } from "./Items.tsx";

const BLANK = { name: "", groups: {}, tasks: "", competence: "", decides: "", effort: "", need: choice("necessary"), duties: {} };

export function Roles() {
  const { m } = useMessages();
  const roles = inOrder(useField<ModelDocument["roles"]>(["roles"]));
  const phases = inOrder(useField<ModelDocument["phases"]>(["phases"]));
  const table = roles.length > 0 && phases.length > 0 ? <DutyTable roles={roles} phases={phases} /> : null;
  return (
    <Items<Role> list="roles" id="roles" words={m.model.roles} blank={BLANK} after={table}>
      {(props) => <RoleItem key={props.item.id} {...props} />}
    </Items>
  );
}

function RoleItem({ item: role, path, added }: ItemProps<Role>) {
  const { m } = useMessages();
  const { replica, mayWrite } = useFields();
  const full = useFull();
  const groups = keysOf(role.groups);
  const line = (
    <>
      <span className="row tight">
        {SLOT_GROUPS.filter((group) => groups.includes(group)).map((group) => (
          <ActorMark key={group} group={group} />
        ))}
      </span>
      <b className="grow">{role.name || m.models.unnamed}</b>
      {plain(role.need) === "helpful" ? <span className="tag">{m.model.optional}</span> : null}
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
      {full ? (
        <>
          <LiveText path={[...path, "competence"]} label={m.model.roleCompetence} rows={1} />
          <LiveText path={[...path, "decides"]} label={m.model.roleDecides} rows={1} />
          <div className="fieldrow">
            <LiveText path={[...path, "effort"]} label={m.model.roleEffort} oneLine />
            <LiveChoice path={[...path, "need"]} label={m.model.need} words={m.model.roleNeeds} />
          </div>
          <EvidenceOf about={path.join("/")} />
        </>
      ) : null}
    </OpenItem>
  );
}

/** Role by phase; a phase nobody is responsible for is named below. */
function DutyTable({ roles, phases }: { roles: Item<Role>[]; phases: Item<Phase>[] }) {
  const { m, format } = useMessages();
  const [asked, setAsked] = useState(() => phases.some(({ id }) => roles.some((role) => !acts(dutyOf(role, id)) && dutyOf(role, id) !== "")));
  const nobody = phases.filter(({ id }) => !roles.some((role) => acts(dutyOf(role, id))));
  const name = (phase: Item<Phase>) => phase.name || m.models.unnamed;
  return (
    <div>
      <div className="shead dutyhead">
        <h3>{m.model.duties}</h3>
        <Checkbox label={m.model.alsoAsked} checked={asked} onChange={(event) => setAsked(event.target.checked)} />
      </div>
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
                    <DutyCell role={role} phase={phase} asked={asked} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {nobody.length > 0 ? <p className="small warnline">{m.model.nobodyIn(format.list(nobody.map(name)))}</p> : null}
    </div>
  );
}

/** Who is asked and who is told stand in the choice only where somebody wants them, or has said so here. */
function DutyCell({ role, phase, asked }: { role: Item<Role>; phase: Item<Phase>; asked: boolean }) {
  const { m } = useMessages();
  const { replica, mayWrite } = useFields();
  const duty = dutyOf(role, phase.id);
  const choices = DUTIES.filter((one) => asked || one === "" || acts(one) || one === duty);
  return (
    <select
      className="input"
      aria-label={m.model.dutyOf(role.name || m.models.unnamed, phase.name || m.models.unnamed)}
      disabled={!mayWrite}
      value={duty}
      onChange={(event) => replica.edit(setChoice(["roles", role.id, "duties", phase.id], event.target.value))}
    >
      {choices.map((one) => (
        <option key={one} value={one}>
          {m.model.dutyWords[one]}
        </option>
      ))}
    </select>
  );
}
