// Who wrote here, as the server saw it arrive. What the server wrote itself, it wrote for somebody.
import { useState } from "react";
import { useParams } from "react-router";
import { useLive, usePeopleHere } from "../api/live.tsx";
import { useResource } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { useMessages } from "../messages/index.ts";

interface Author {
  by: string | null;
  brought_by: string | null;
  on_behalf_of: string | null;
  changes: number;
  to_ms: number;
}

export function Authors() {
  const { m } = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <details className="extra" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{m.case.authors}</summary>
      {open ? <List /> : null}
    </details>
  );
}

function List() {
  const { m, format } = useMessages();
  const { id } = useLive();
  const { subject = "" } = useParams();
  const { value, problem } = useResource<{ authors: Author[] }>(`/workshops/${id}/subjects/${subject}/authorship`);
  const names = new Map(usePeopleHere().map((person) => [person.participant, person.name]));
  const name = (of: string) => names.get(of) ?? m.audit.somebody;
  const who = ({ by, brought_by, on_behalf_of }: Author) => {
    if (by) return name(by);
    if (brought_by) return m.case.broughtBy(name(brought_by));
    return on_behalf_of ? m.case.serverFor(name(on_behalf_of)) : m.case.server;
  };
  if (!value) return <p className="small muted">{problem ? wordsOf(problem, m) : m.common.loading}</p>;
  return (
    <ul className="small">
      {value.authors.map((author, n) => (
        <li key={n}>{m.case.wrote(who(author), author.changes, format.dateTime(author.to_ms))}</li>
      ))}
    </ul>
  );
}
