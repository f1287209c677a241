// Names that are alike: people say whether they are one organisation or two.
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import { Link } from "react-router";
import {
  type Alike,
  keptApart,
  type Organisation,
  organisationPath,
  type Organisations,
  type Said,
  withName,
} from "../api/actors.ts";
import { useLive } from "../api/live.tsx";
import { useField, useFields } from "../fields/editor.ts";
import { useMessages } from "../messages/index.ts";

/** Pairs that are shown before somebody asks for more. */
const SHOWN = 5;

export function MayBeOne({ all, pairs }: { all: Organisations; pairs: Alike[] }) {
  const { m } = useMessages();
  const [more, setMore] = useState(false);
  const byKey = new Map(all.organisations.map((one) => [one.key, one]));
  const both = pairs.flatMap(({ a, b }): [Organisation, Organisation][] => {
    const [one, other] = [byKey.get(a), byKey.get(b)];
    return one && other ? [[one, other]] : [];
  });
  if (both.length === 0) return null;
  const shown = more ? both : both.slice(0, SHOWN);
  return (
    <section className="maybe card" aria-labelledby="maybe">
      <h2 id="maybe">{m.organisations.mayBeOne}</h2>
      <p className="hint">{m.organisations.mayBeOneHelp}</p>
      <ul>
        {shown.map(([one, other]) => (
          <Pair key={`${one.key} ${other.key}`} one={one} other={other} />
        ))}
      </ul>
      {shown.length < both.length ? (
        <button type="button" className="linklike" onClick={() => setMore(true)}>
          {m.organisations.more(both.length - shown.length)}
        </button>
      ) : null}
    </section>
  );
}

function Pair({ one, other }: { one: Organisation; other: Organisation }) {
  const { m } = useMessages();
  const { id } = useLive();
  const { replica, mayWrite, say } = useFields();
  const said = useField<Said>(["organisations"]);
  // Who has something said about it keeps its name.
  const [a, b] = one.items.length === 0 && other.items.length > 0 ? [other, one] : [one, other];
  const join = () => {
    replica.edit(withName(said, a, b.name));
    say(m.organisations.joined(a.name, b.name));
  };
  const apart = () => {
    replica.edit(keptApart(said, a, b));
    say(m.organisations.keptApart(a.name, b.name));
  };
  return (
    <li>
      <span className="grow">
        <Link to={organisationPath(id, one.key)}>{one.name}</Link> · <Link to={organisationPath(id, other.key)}>{other.name}</Link>
      </span>
      {mayWrite ? (
        <span className="row">
          <Button variant="secondary" data-size="sm" aria-label={m.organisations.joinOf(one.name, other.name)} onClick={join}>
            {m.organisations.join}
          </Button>
          <Button variant="tertiary" data-size="sm" aria-label={m.organisations.apartOf(one.name, other.name)} onClick={apart}>
            {m.organisations.apart}
          </Button>
        </span>
      ) : null}
    </li>
  );
}
