// Who is here: marks in the bar, names and where they are in a list.
import { Popover } from "@digdir/designsystemet-react";
import { Link } from "react-router";
import { useLive, useRowsBySubject, useStoreOr } from "../api/live.tsx";
import { PersonMark } from "../design/ActorMark.tsx";
import { useMessages } from "../messages/index.ts";
import type { HerePerson } from "../sync/types.ts";

const MARKS_MAX = 4;
const nobody: readonly HerePerson[] = [];

export function PeopleHere() {
  const { m, format } = useMessages();
  const { sync, id } = useLive();
  const here = useStoreOr(sync?.here, nobody);
  const rows = useRowsBySubject();
  const people = [...new Map(here.map((one) => [one.person.participant, one])).values()];
  const others = people.filter((one) => !one.self);
  if (people.length === 0) return null;
  const names = format.list(others.map((one) => one.person.name));
  return (
    <div className="people">
      <Popover.TriggerContext>
        <Popover.Trigger className="people-btn" variant="tertiary">
          {others.slice(0, MARKS_MAX).map(({ person }) => (
            <PersonMark key={person.participant} name={person.name} group={person.actor_group} quiet />
          ))}
          <span className="more">{m.frame.hereNow(people.length)}</span>
          <span className="vh">{others.length ? names : m.frame.onlyYou}</span>
        </Popover.Trigger>
        <Popover placement="bottom-end" className="pop">
          <h2 className="small strong">{m.frame.peopleHere}</h2>
          <ul className="herelist">
            {people.map(({ person, self, subject }) => {
              const row = subject ? rows.get(subject) : undefined;
              return (
                <li key={person.participant}>
                  <PersonMark name={person.name} group={person.actor_group} size="sm" quiet />
                  <span className="grow">
                    {person.name}
                    {self ? <span className="muted"> ({m.common.you})</span> : null}
                  </span>
                  {row && !self ? (
                    <Link className="chip" to={`/w/${id}/eksempler/${row.subject}`}>
                      <span className="code">{row.code}</span>
                      <span className="t">{row.name}</span>
                    </Link>
                  ) : null}
                </li>
              );
            })}
          </ul>
        </Popover>
      </Popover.TriggerContext>
    </div>
  );
}
