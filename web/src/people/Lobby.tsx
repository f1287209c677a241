// Those who wait to be let in, as a facilitator sees them.
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import { admit } from "../api/calls.ts";
import { useLive, useLobby } from "../api/live.tsx";
import { wordsOf } from "../api/words.ts";
import { PersonMark } from "../design/ActorMark.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useMessages } from "../messages/index.ts";
import type { Person } from "../sync/types.ts";
import { whereFrom } from "./whereFrom.ts";
import "./door.css";

export function Lobby() {
  const { m, format } = useMessages();
  const { id, say } = useLive();
  const waiting = [...useLobby()].sort((a, b) => format.collator.compare(a.name, b.name));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const answer = async (people: Person[], yes: boolean) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await Promise.all(people.map((person) => admit(id, person.participant, yes)));
      say((yes ? m.lobby.admitted : m.lobby.sentAway)(people.map(({ name }) => name).join(", ")));
    } catch (error) {
      setProblem(wordsOf(error, m));
    } finally {
      setBusy(false);
    }
  };
  if (waiting.length === 0 && !problem) return null;
  return (
    <section className="lobby card" aria-labelledby="lobby">
      <div className="lhead">
        <h2 id="lobby">
          {m.lobby.waiting} <span className="muted num">{waiting.length}</span>
        </h2>
        {waiting.length > 1 ? (
          <Button disabled={busy} onClick={() => void answer(waiting, true)}>
            {m.lobby.admitAll(waiting.length)}
          </Button>
        ) : null}
      </div>
      <ProblemLine>{problem}</ProblemLine>
      <ul className="everyone">
        {waiting.map((person) => (
          <li key={person.participant}>
            <PersonMark name={person.name} group={person.actor_group} quiet />
            <span className="grow">
              <span className="strong name">{person.name}</span>
              <span className="small muted">{whereFrom(person, m)}</span>
            </span>
            <span className="answers">
              <Button
                variant="secondary"
                disabled={busy}
                onClick={() => void answer([person], true)}
                aria-label={`${m.lobby.admit}: ${person.name}`}
              >
                {m.lobby.admit}
              </Button>
              <Button
                variant="tertiary"
                data-color="danger"
                disabled={busy}
                onClick={() => void answer([person], false)}
                aria-label={`${m.lobby.sendAway}: ${person.name}`}
              >
                {m.lobby.sendAway}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
