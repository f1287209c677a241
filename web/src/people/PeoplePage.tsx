// Who is in the workshop, and the links that let people in.
import { useLive, usePeopleHere } from "../api/live.tsx";
import { PersonMark } from "../design/ActorMark.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import type { Person } from "../sync/types.ts";
import { Links } from "./Links.tsx";
import { Lobby } from "./Lobby.tsx";
import { RolesOf } from "./RolesOf.tsx";
import { whereFrom } from "./whereFrom.ts";
import "./people.css";

export function PeoplePage() {
  const { m } = useMessages();
  const { me } = useLive();
  const facilitates = me.grants.includes("facilitator");
  return (
    <div className="page">
      <div className="head">
        <div>
          <Title tab={m.people.title}>{m.people.title}</Title>
          <p className="lead">{m.people.lead}</p>
        </div>
      </div>
      {facilitates ? <Lobby /> : null}
      <div className="pgrid">
        <Everyone facilitates={facilitates} />
        {facilitates ? <Links /> : <p className="hint">{m.people.onlyFacilitator}</p>}
      </div>
    </div>
  );
}

function Everyone({ facilitates }: { facilitates: boolean }) {
  const { m, format } = useMessages();
  const people = [...usePeopleHere()].sort(
    (a, b) => Number(b.here) - Number(a.here) || format.collator.compare(a.name, b.name),
  );
  const inside = people.filter((person) => person.grants.length > 0 || person.here);
  return (
    <section aria-labelledby="everyone">
      <h2 id="everyone">
        {m.people.everyone} <span className="muted num">{inside.length || ""}</span>
      </h2>
      <ul className="everyone">
        {inside.map((person) => (
          <li key={person.participant}>
            <PersonMark name={person.name} group={person.actor_group} quiet />
            <span className="grow">
              <Who person={person} />
              <span className="small muted">{whereFrom(person, m)}</span>
            </span>
            <span className={`tag ${person.here ? "good" : ""}`}>
              {person.here ? m.people.here : m.people.away}
            </span>
            <RolesOf person={person} editable={facilitates} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Who({ person }: { person: Person }) {
  const { m } = useMessages();
  const { me } = useLive();
  return (
    <span className="strong name">
      {person.name}
      {person.participant === me.id ? <span className="muted"> ({m.people.you})</span> : null}
    </span>
  );
}
