// Who is in the workshop, and the links that let people in.
import { useState } from "react";
import { setGrants } from "../api/calls.ts";
import { useLive, usePeopleHere } from "../api/live.tsx";
import { wordsOf } from "../api/words.ts";
import { PersonMark } from "../design/ActorMark.tsx";
import { Title } from "../design/Title.tsx";
import type { Grant } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import type { Person } from "../sync/types.ts";
import { Links } from "./Links.tsx";
import { Lobby } from "./Lobby.tsx";
import { whereFrom } from "./whereFrom.ts";
import "./people.css";

const GRANTS: Grant[] = ["facilitator", "editor", "reviewer", "viewer"];

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
  const [problem, setProblem] = useState<string>();
  return (
    <section aria-labelledby="everyone">
      <h2 id="everyone">
        {m.people.everyone} <span className="muted num">{inside.length || ""}</span>
      </h2>
      {problem ? (
        <p className="sentence bad" role="alert">
          {problem}
        </p>
      ) : null}
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
            <GrantOf person={person} editable={facilitates} onProblem={setProblem} />
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

interface GrantProps {
  person: Person;
  editable: boolean;
  onProblem(words: string | undefined): void;
}

function GrantOf({ person, editable, onProblem }: GrantProps) {
  const { m } = useMessages();
  const { id, me } = useLive();
  const strongest = GRANTS.find((grant) => person.grants.includes(grant)) ?? "";
  const [busy, setBusy] = useState(false);
  if (!editable || person.participant === me.id) {
    return <span className="grant small">{strongest ? m.grants[strongest] : m.people.noGrant}</span>;
  }
  const change = async (grant: string) => {
    setBusy(true);
    onProblem(undefined);
    try {
      await setGrants(
        id,
        person.participant,
        GRANTS.filter((one) => one === grant),
      );
    } catch (error) {
      onProblem(wordsOf(error, m));
    } finally {
      setBusy(false);
    }
  };
  return (
    <select
      className="input grant"
      aria-label={m.people.changeGrant(person.name)}
      value={strongest}
      disabled={busy}
      onChange={(event) => void change(event.target.value)}
    >
      {GRANTS.map((grant) => (
        <option key={grant} value={grant}>
          {m.grants[grant]}
        </option>
      ))}
      <option value="">{m.people.noGrant}</option>
    </select>
  );
}
