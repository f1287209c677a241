// One grouping made by hand: its groups with their cases, and every move.
import { Button } from "@digdir/designsystemet-react";
import { useMemo, useState } from "react";
import type { Grouping, HandFit } from "../api/figures.ts";
import { useLive, usePeopleHere, useRows, useRowsBySubject } from "../api/live.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { FieldsContext, useFields } from "../fields/editor.ts";
import { useMessages } from "../messages/index.ts";
import { removeItem } from "../sync/index.ts";
import { type Hand, moveCase, newGroup } from "./hand.ts";
import { HandClear, useHandFit } from "./HandClear.tsx";
import { Description, HandTools, Locked } from "./HandTools.tsx";

interface Props {
  hand: Hand;
  /** As on the map, to hold it against. */
  computed: Grouping;
}

/** What is locked is shown as to somebody who may only read. */
export function HandGroups({ hand, computed }: Props) {
  const { m } = useMessages();
  const fields = useFields();
  const fit = useHandFit(hand);
  const within = useMemo(() => (hand.locked ? { ...fields, mayWrite: false } : fields), [fields, hand.locked]);
  return (
    <>
      <FieldsContext value={within}>
        <div className="row handhead">
          <LiveText path={["groupings", hand.id, "name"]} label={m.hand.name} oneLine />
          {hand.current ? <span className="tag good">{m.hand.current}</span> : null}
        </div>
        <Description hand={hand} />
      </FieldsContext>
      <Locked hand={hand} />
      <div className="row">
        <HandTools hand={hand} />
      </div>
      <FieldsContext value={within}>
        <Groups hand={hand} fit={fit} />
      </FieldsContext>
      <HandClear hand={hand} fit={fit} computed={computed} />
      <Moves hand={hand} />
    </>
  );
}

/** Names that change are told to all; the case that moves too. */
function Groups({ hand, fit }: { hand: Hand; fit: HandFit | undefined }) {
  const { m, format } = useMessages();
  const { replica, mayWrite } = useFields();
  const rows = useRows();
  const counted = rows.filter((row) => row.state !== "archived" && row.origin !== "future");
  const without = counted.filter((row) => hand.members[row.subject] === undefined).map((row) => row.subject);
  const clearOf = (group: string) => {
    const found = fit?.groups.find((one) => one.id === group);
    return found && (fit?.groups.length ?? 0) > 1 ? m.hand.clearOf(format.number(found.mean_silhouette)) : undefined;
  };
  const of = (group: string) => counted.filter((row) => hand.members[row.subject] === group).map((row) => row.subject);
  return (
    <>
      <ul className="handgroups">
        {hand.groups.map((group) => (
          <li key={group.id} className="card">
            <LiveText path={["groupings", hand.id, "groups", group.id, "name"]} label={m.hand.group} oneLine />
            <Members hand={hand} members={of(group.id)} clear={clearOf(group.id)} />
            {mayWrite && of(group.id).length === 0 ? (
              <button
                type="button"
                className="linklike small"
                onClick={() => replica.edit(removeItem(["groupings", hand.id, "groups", group.id]))}
              >
                {m.hand.remove}
              </button>
            ) : null}
          </li>
        ))}
        {without.length ? (
          <li className="card">
            <h3>{m.hand.without}</h3>
            <Members hand={hand} members={without} />
          </li>
        ) : null}
      </ul>
      {mayWrite ? (
        <Button variant="secondary" onClick={() => replica.edit(newGroup(hand, m.hand.newGroup))}>
          {m.hand.add}
        </Button>
      ) : null}
    </>
  );
}

interface MembersProps {
  hand: Hand;
  members: string[];
  /** How clearly they stand apart, in words. */
  clear?: string | undefined;
}

function Members({ hand, members, clear }: MembersProps) {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const rows = useRowsBySubject();
  const [moving, setMoving] = useState<string>();
  return (
    <>
      <p className="small muted num">{[m.hand.size(members.length), clear].filter(Boolean).join(", ")}</p>
      <ul className="members">
        {members.map((subject) => (
          <li key={subject}>
            <CaseChip subject={subject} />
            {mayWrite && moving !== subject ? (
              <button
                type="button"
                className="linklike small"
                aria-label={m.hand.moveOf(rows.get(subject)?.code ?? "")}
                onClick={() => setMoving(subject)}
              >
                {m.hand.move}
              </button>
            ) : null}
            {moving === subject ? <Move hand={hand} subject={subject} onClose={() => setMoving(undefined)} /> : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function Move({ hand, subject, onClose }: { hand: Hand; subject: string; onClose(): void }) {
  const { m } = useMessages();
  const { me } = useLive();
  const { replica } = useFields();
  const others = hand.groups.filter((group) => group.id !== hand.members[subject]);
  const [to, setTo] = useState(others[0]?.id ?? "");
  const [reason, setReason] = useState("");
  const move = (event: React.FormEvent) => {
    event.preventDefault();
    onClose();
    if (to) replica.edit(moveCase(hand, subject, to, reason.trim(), me.id));
  };
  return (
    <form className="row moveform" onSubmit={move} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <label>
        <span className="vh">{m.hand.to}</span>
        <select className="input" autoFocus value={to} onChange={(event) => setTo(event.target.value)}>
          {others.map((group) => (
            <option key={group.id} value={group.id}>
              {group.name || m.hand.unnamed}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="vh">{m.hand.why}</span>
        <input className="input" placeholder={m.hand.why} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <Button type="submit" data-size="sm" disabled={!to}>
        {m.hand.move}
      </Button>
      <Button type="button" data-size="sm" variant="tertiary" onClick={onClose}>
        {m.hand.cancel}
      </Button>
    </form>
  );
}

function Moves({ hand }: { hand: Hand }) {
  const { m } = useMessages();
  const names = new Map(usePeopleHere().map((person) => [person.participant, person.name]));
  const groupName = (id: string) => hand.groups.find((group) => group.id === id)?.name || m.hand.without;
  return (
    <details>
      <summary>{m.hand.moves}</summary>
      {hand.moves.length === 0 ? <p className="small muted">{m.hand.movesNone}</p> : null}
      <ul className="small members">
        {[...hand.moves].reverse().map((move) => (
          <li key={move.id}>
            <CaseChip subject={move.subject} short />{" "}
            {m.hand.moved(groupName(move.from), groupName(move.to), names.get(move.by) ?? m.audit.somebody)}
            {move.reason ? `: «${move.reason}»` : ""}
          </li>
        ))}
      </ul>
    </details>
  );
}
