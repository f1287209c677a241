// Who takes part: each with name, actor group and role, in an order people can change without dragging.
import { Button } from "@digdir/designsystemet-react";
import { ArrowDownIcon, ArrowRightIcon, ArrowUpIcon, PlusIcon, TrashIcon } from "@navikt/aksel-icons";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { organisationPath } from "../api/actors.ts";
import { partiesOf, plain } from "../api/caseDocument.ts";
import { useLive } from "../api/live.tsx";
import { ActorMark } from "../design/ActorMark.tsx";
import { useField } from "../fields/editor.ts";
import { LiveChoice } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { PeopleIn } from "../fields/FieldHead.tsx";
import { useMessages } from "../messages/index.ts";
import { addItem, choice, freshId, orderBetween, removeItem, setChoice } from "../sync/index.ts";
import { useCase, useEditor } from "./editor.ts";

/** A party's place in the list. */
interface Listed {
  id: string;
  order: string;
}

export function Parties() {
  const { m } = useMessages();
  const { replica, mayWrite } = useEditor();
  const parties = useCase((doc): Listed[] =>
    partiesOf(doc).map(({ id, party }) => ({ id, order: plain(party.order) })),
  );
  const [added, setAdded] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (!added) return;
    list.current?.querySelector<HTMLElement>(`[data-party="${added}"] textarea`)?.focus();
  }, [added]);
  const add = () => {
    const id = freshId();
    const last = parties[parties.length - 1];
    const order = orderBetween(last?.order || null, null);
    const item = { name: "", group: choice("kommune"), role: choice("partner"), order: choice(order) };
    replica.edit(addItem(["parties"], id, item));
    setAdded(id);
  };
  return (
    <section className="sect" aria-labelledby="parties">
      <div className="shead">
        <h2 id="parties">{m.case.parties}</h2>
        <PeopleIn field="parties" writes={false} />
        {mayWrite ? (
          <Button variant="tertiary" onClick={add}>
            <PlusIcon aria-hidden /> {m.case.addParty}
          </Button>
        ) : null}
      </div>
      {parties.length === 0 ? <p className="hint">{m.case.noParties}</p> : null}
      <ul className="plist" ref={list}>
        {parties.map((listed, i) => (
          <PartyRow key={listed.id} id={listed.id} at={i} all={parties} />
        ))}
      </ul>
    </section>
  );
}

function PartyRow({ id, at, all }: { id: string; at: number; all: Listed[] }) {
  const { m } = useMessages();
  const { mayWrite } = useEditor();
  const { id: workshop } = useLive();
  const path = ["parties", id];
  const name = plain(useField([...path, "name"]));
  const group = plain(useField([...path, "group"]));
  const role = plain(useField([...path, "role"]));
  if (!mayWrite) {
    return (
      <li>
        <ActorMark group={group} size="lg" />
        <span className="grow">{name ? <Link to={organisationPath(workshop, name)}>{name}</Link> : null}</span>
        <span className="tag">{m.case.roles[role as keyof typeof m.case.roles] ?? role}</span>
      </li>
    );
  }
  return (
    <li data-party={id}>
      <ActorMark group={group} size="lg" quiet />
      <LiveText path={[...path, "name"]} label={m.case.partyName} hideLabel oneLine />
      <LiveChoice path={[...path, "group"]} label={m.case.partyGroup} hideLabel field="parties" words={m.groupsShort} />
      <LiveChoice path={[...path, "role"]} label={m.case.partyRole} hideLabel field="parties" words={m.case.roles} />
      <Moves id={id} name={name} at={at} all={all} />
    </li>
  );
}

function Moves({ id, name, at, all }: { id: string; name: string; at: number; all: Listed[] }) {
  const { m } = useMessages();
  const { replica, say } = useEditor();
  const { id: workshop } = useLive();
  const called = name || m.case.addParty;
  const orderOf = (i: number) => all[i]?.order || null;
  const move = (to: number) => {
    const [before, after] = to < at ? [orderOf(to - 1), orderOf(to)] : [orderOf(to), orderOf(to + 1)];
    replica.edit(setChoice(["parties", id, "order"], orderBetween(before, after)));
    say(m.case.moved(called, to + 1, all.length));
  };
  const remove = () => {
    replica.edit(removeItem(["parties", id]));
    say(m.case.partyRemoved(called));
  };
  return (
    <span className="moves">
      {name ? (
        <Link className="iconbtn" aria-label={m.organisations.ofParty(name)} to={organisationPath(workshop, name)}>
          <ArrowRightIcon aria-hidden className="ic" />
        </Link>
      ) : null}
      <button
        type="button"
        className="iconbtn"
        aria-label={m.case.moveUp(called)}
        disabled={at === 0}
        onClick={() => move(at - 1)}
      >
        <ArrowUpIcon aria-hidden className="ic" />
      </button>
      <button
        type="button"
        className="iconbtn"
        aria-label={m.case.moveDown(called)}
        disabled={at === all.length - 1}
        onClick={() => move(at + 1)}
      >
        <ArrowDownIcon aria-hidden className="ic" />
      </button>
      <button type="button" className="iconbtn" aria-label={m.case.removeParty(called)} onClick={remove}>
        <TrashIcon aria-hidden className="ic" />
      </button>
    </span>
  );
}
