// Everybody who has access, across workshops: how they sign in, from where, and an end to it.
import { Button, Table } from "@digdir/designsystemet-react";
import { useState } from "react";
import { type AdminPerson, endPlaceOf, endPlacesOf, type Place } from "../api/account.ts";
import { wordsOf } from "../api/words.ts";
import { PersonMark } from "../design/ActorMark.tsx";
import { Confirm } from "../design/Confirm.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useMessages } from "../messages/index.ts";
import { Cell } from "./Cell.tsx";

interface PeopleProps {
  people: AdminPerson[];
  titles: Map<string, string>;
  onChanged(): void;
}

export function People({ people, titles, onChanged }: PeopleProps) {
  const { m } = useMessages();
  const w = m.admin.peopleColumns;
  const [all, setAll] = useState(false);
  const inside = people.filter(hasAccess);
  const shown = all ? people : inside;
  return (
    <section aria-labelledby="people">
      <h2 id="people">
        {m.admin.people} <span className="muted num">{inside.length || ""}</span>
      </h2>
      <p className="hint">{m.admin.peopleHelp}</p>
      {people.length > inside.length ? (
        <label className="check">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
          <span>{m.admin.alsoWithout(people.length - inside.length)}</span>
        </label>
      ) : null}
      <Table className="admintable" role="table">
        <Table.Head role="rowgroup">
          <Table.Row role="row">
            {[w.who, w.where, w.signIn, w.seen].map((name) => (
              <Table.HeaderCell key={name} role="columnheader">
                {name}
              </Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Head>
        <Table.Body role="rowgroup">
          {shown.map((person) => (
            <PersonLine key={person.id} person={person} titles={titles} onChanged={onChanged} />
          ))}
        </Table.Body>
      </Table>
    </section>
  );
}

/** Whether they can see anything, or get in to see it. */
function hasAccess(person: AdminPerson): boolean {
  return person.owner || person.participants.some((one) => one.grants.length > 0 || one.waits);
}

interface PersonLineProps {
  person: AdminPerson;
  titles: Map<string, string>;
  onChanged(): void;
}

function PersonLine({ person, titles, onChanged }: PersonLineProps) {
  const { m, format } = useMessages();
  const w = m.admin.peopleColumns;
  const me = person.participants[0];
  const seen = Math.max(0, ...person.places.map((place) => place.used_s ?? 0));
  return (
    <Table.Row role="row">
      <Table.HeaderCell scope="row" role="rowheader">
        <span className="person">
          {me ? <PersonMark name={me.name} group={me.actor_group} quiet /> : null}
          <span>
            {me?.name ?? m.admin.nobody}
            {person.owner ? <span className="tag acc">{m.admin.owner}</span> : null}
            <span className="small muted block">{me?.organisation}</span>
          </span>
        </span>
      </Table.HeaderCell>
      <Cell name={w.where}>
        {person.participants.map((one) => (
          <span key={one.workshop} className="block">
            {titles.get(one.workshop) ?? one.workshop}{" "}
            <span className="muted">
              {one.waits ? m.admin.waits : one.grants[0] ? m.grants[one.grants[0]] : m.people.noGrant}
            </span>
          </span>
        ))}
      </Cell>
      <Cell name={w.signIn}>
        <SignsInBy person={person} />
      </Cell>
      <Cell name={w.seen}>
        {seen ? format.dateTime(seen * 1000) : m.admin.never}
        {person.places.length > 0 ? <PlacesOf person={person} onChanged={onChanged} /> : null}
      </Cell>
    </Table.Row>
  );
}

function SignsInBy({ person }: { person: AdminPerson }) {
  const { m } = useMessages();
  const { account } = person;
  return (
    <>
      {account ? account.name : <span className="muted">{m.admin.byLink}</span>}
      {account ? (
        <span className="small muted block">
          {m.admin.ways(account.passkeys.length, account.password_s !== null)}
        </span>
      ) : null}
      <code className="tiny muted block" title={m.admin.idHelp}>
        {person.id}
      </code>
    </>
  );
}

function PlacesOf({ person, onChanged }: { person: AdminPerson; onChanged(): void }) {
  const { m } = useMessages();
  const [problem, setProblem] = useState<string>();
  const [ending, setEnding] = useState(false);
  const name = person.participants[0]?.name ?? m.admin.nobody;
  const end = (place: Place) =>
    endPlaceOf(person.id, place.id)
      .then(onChanged)
      .catch((error: unknown) => setProblem(wordsOf(error, m)));
  return (
    <details className="placesof">
      <summary>
        {m.admin.places(person.places.length)}
        <span className="vh"> {name}</span>
      </summary>
      <ProblemLine>{problem}</ProblemLine>
      <ul>
        {person.places.map((place) => (
          <PlaceLine key={place.id} place={place} onEnd={() => void end(place)} />
        ))}
      </ul>
      <Button variant="secondary" onClick={() => setEnding(true)}>
        {m.admin.endAll}
      </Button>
      {ending ? (
        <Confirm
          title={m.admin.endAllTitle(name)}
          help={m.admin.endAllHelp}
          action={m.admin.endAll}
          onDo={() => endPlacesOf(person.id).then(onChanged)}
          onClose={() => setEnding(false)}
        />
      ) : null}
    </details>
  );
}

function PlaceLine({ place, onEnd }: { place: Place; onEnd(): void }) {
  const { m, format } = useMessages();
  const w = m.places;
  const name = place.kind === "browser" ? place.browser || w.unknown : w.kinds[place.kind];
  const at = format.dateTime((place.used_s ?? place.made_s) * 1000);
  return (
    <li>
      <span className="grow">
        {name}
        <span className="small muted block">{place.used_s ? w.usedAt(at) : w.madeAt(at)}</span>
      </span>
      <Button variant="tertiary" aria-label={`${w.end}: ${name}`} onClick={onEnd}>
        {w.end}
      </Button>
    </li>
  );
}
