// Links into the workshop: made, shown once, listed, taken back.
import { Button } from "@digdir/designsystemet-react";
import { DoorOpenIcon, LinkBrokenIcon, PlusIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { Link } from "react-router";
import { createLink, type LinkRow, revokeLink, setClosed } from "../api/calls.ts";
import { useLive } from "../api/live.tsx";
import { useResource } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { Confirm } from "../design/Confirm.tsx";
import { CopyField } from "../design/CopyField.tsx";
import { FormEnd } from "../design/FormEnd.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Audit } from "./Audit.tsx";
import { RoleChoice } from "./RoleChoice.tsx";
import { whatTheyAre } from "../design/roles.ts";
import { ROLES, type Role } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

/** How long a link may last, in hours; without one it does not end. */
const HOURS = [4, 14 * 24, 90 * 24, undefined];
const HOURS_FIRST = HOURS[1];

export function Links() {
  const { m } = useMessages();
  const { id } = useLive();
  const links = useResource<{ links: LinkRow[] }>(`/workshops/${id}/links`);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string>();
  const [revoking, setRevoking] = useState<LinkRow>();
  const all = [...(links.value?.links ?? [])].sort(
    (a, b) => Number(a.revoked) - Number(b.revoked) || b.created_s - a.created_s,
  );
  return (
    <section aria-labelledby="links">
      <div className="lhead">
        <h2 id="links">{m.people.links}</h2>
        {making || made ? null : (
          <Button onClick={() => setMaking(true)}>
            <PlusIcon aria-hidden /> {m.people.newLink}
          </Button>
        )}
      </div>
      <p className="hint">{m.people.linksLead}</p>
      <Button variant="secondary" className="links-door" asChild>
        <Link to={`/w/${id}/folk/dor`}>
          <DoorOpenIcon aria-hidden /> {m.people.door}
        </Link>
      </Button>
      {making ? (
        <NewLink
          onClose={() => setMaking(false)}
          onMade={(address) => {
            setMaking(false);
            setMade(address);
            void links.refresh();
          }}
        />
      ) : null}
      {made ? <Made address={made} onDone={() => setMade(undefined)} /> : null}
      {links.problem ? <ProblemLine>{wordsOf(links.problem, m)}</ProblemLine> : null}
      {links.value && all.length === 0 && !making && !made ? (
        <p className="teach small">{m.people.noLinks}</p>
      ) : null}
      {all.length > 0 ? (
        <LinkTable links={all} onRevoke={setRevoking} onChanged={() => void links.refresh()} />
      ) : null}
      <Audit links={new Map(all.map((link) => [link.id, link.label]))} />
      {revoking ? (
        <Confirm
          title={m.people.revokeTitle(revoking.label)}
          help={m.people.revokeHelp(revoking.used)}
          action={m.people.revokeDo}
          onDo={() => revokeLink(id, revoking.id).then(() => void links.refresh())}
          onClose={() => setRevoking(undefined)}
        />
      ) : null}
    </section>
  );
}

function NewLink({ onClose, onMade }: { onClose(): void; onMade(address: string): void }) {
  const { m } = useMessages();
  const { id } = useLive();
  const [label, setLabel] = useState("");
  const [role, setRole] = useState<Role>("actor");
  const [hours, setHours] = useState(HOURS_FIRST);
  const [lobby, setLobby] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const { path } = await createLink(id, role, label.trim() || m.roles[role], {
        lobby,
        ...(hours ? { hours } : {}),
      });
      onMade(location.origin + path);
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return (
    <form className="card stack newlink" onSubmit={(event) => void submit(event)}>
      <div>
        <label className="field-label" htmlFor="link-label">
          {m.people.linkLabel}
        </label>
        <input
          id="link-label"
          className="input"
          autoFocus
          maxLength={200}
          value={label}
          aria-describedby="link-label-help"
          onChange={(event) => setLabel(event.target.value)}
        />
        <p className="hint" id="link-label-help">
          {m.people.linkLabelHelp}
        </p>
      </div>
      <RoleChoice of={ROLES} value={role} onChoose={setRole} />
      <div>
        <label className="field-label" htmlFor="link-hours">
          {m.people.linkLasts}
        </label>
        <select
          id="link-hours"
          className="input"
          value={hours ?? ""}
          onChange={(event) => setHours(Number(event.target.value) || undefined)}
        >
          {HOURS.map((one) => (
            <option key={one ?? ""} value={one ?? ""}>
              {m.people.lasts(one)}
            </option>
          ))}
        </select>
      </div>
      <label className="check">
        <input type="checkbox" checked={lobby} onChange={(event) => setLobby(event.target.checked)} />
        <span>{m.people.linkLobby}</span>
      </label>
      <FormEnd problem={problem} busy={busy} action={m.people.make} onCancel={onClose} />
    </form>
  );
}

function Made({ address, onDone }: { address: string; onDone(): void }) {
  const { m } = useMessages();
  return (
    <div className="card stack newlink made">
      <h3>{m.people.made}</h3>
      <p className="sentence warn">{m.people.madeOnce}</p>
      <CopyField label={m.people.linkField} text={address} action={m.people.copyLink} />
      <div className="row">
        <Button variant="secondary" onClick={onDone}>
          {m.people.done}
        </Button>
      </div>
    </div>
  );
}

interface LinkTableProps {
  links: LinkRow[];
  onRevoke(link: LinkRow): void;
  onChanged(): void;
}

function LinkTable({ links, onRevoke, onChanged }: LinkTableProps) {
  const { m } = useMessages();
  const words = m.people.columns;
  return (
    <div className="ltable">
      {/* The roles hold where a narrow screen lays the table out as blocks. */}
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader">{words.label}</th>
            <th role="columnheader">{words.grant}</th>
            <th role="columnheader">{words.used}</th>
            <th role="columnheader">{words.state}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {links.map((link) => (
            <LinkLine key={link.id} link={link} onRevoke={onRevoke} onChanged={onChanged} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Why a link admits nobody, if it does not. */
function useEnd(link: LinkRow): string | undefined {
  const { m } = useMessages();
  if (link.revoked) return m.people.revoked;
  if (link.ends_s !== null && link.ends_s * 1000 <= Date.now()) return m.people.over;
  if (link.uses_max !== null && link.used >= link.uses_max) return m.people.usedUp;
  return undefined;
}

interface LinkLineProps {
  link: LinkRow;
  onRevoke(link: LinkRow): void;
  onChanged(): void;
}

function LinkLine({ link, onRevoke, onChanged }: LinkLineProps) {
  const { m, format } = useMessages();
  const { id } = useLive();
  const end = useEnd(link);
  const [problem, setProblem] = useState<string>();
  const turn = () =>
    setClosed(id, link.id, !link.closed)
      .then(onChanged)
      .catch((error: unknown) => setProblem(wordsOf(error, m)));
  return (
    <tr role="row" className={end || link.closed ? "off" : ""}>
      <th role="rowheader" scope="row">
        {link.label || m.people.untitled}{" "}
        <span className="tiny muted">
          {link.ends_s
            ? m.people.until(format.dateTime(link.ends_s * 1000))
            : `${m.people.columns.created} ${format.date(link.created_s * 1000)}`}
        </span>
        {problem ? (
          <span className="sentence bad" role="alert">
            {problem}
          </span>
        ) : null}
      </th>
      <td role="cell">
        {whatTheyAre({ roles: link.roles, grants: [link.grant] }, m)}
        {link.lobby ? <span className="tiny muted lobbyhint"> {m.people.viaLobby}</span> : null}
      </td>
      <td role="cell" className="num">{m.people.used(link.used)}</td>
      <td role="cell">
        {end ? <span className="tag">{end}</span> : null}
        {end ? null : (
          <Button
            variant="tertiary"
            onClick={() => void turn()}
            aria-label={`${link.closed ? m.people.openAgain : m.people.close}: ${link.label}`}
          >
            {link.closed ? m.people.openAgain : m.people.close}
          </Button>
        )}
        {link.revoked ? null : (
          <Button
            variant="tertiary"
            data-color="danger"
            onClick={() => onRevoke(link)}
            aria-label={`${m.people.revoke}: ${link.label}`}
          >
            <LinkBrokenIcon aria-hidden /> {m.people.revoke}
          </Button>
        )}
      </td>
    </tr>
  );
}
