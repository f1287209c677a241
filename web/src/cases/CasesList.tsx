// The register on a phone: a list, a hundred rows at a time as one scrolls.
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { valueLabel } from "../api/characteristics.ts";
import { useLive, useStoreOr } from "../api/live.tsx";
import { ActorMark } from "../design/ActorMark.tsx";
import { SelectionMark } from "../design/SelectionMark.tsx";
import { StateMark } from "../design/StateMark.tsx";
import type { Characteristic, RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import type { HerePerson } from "../sync/types.ts";
import { nameOf } from "./names.ts";

const STEP = 100;
const nobody: readonly HerePerson[] = [];

export function CasesList({ rows, scope }: { rows: RegisterRow[]; scope: Characteristic | undefined }) {
  const { m } = useMessages();
  const [shown, setShown] = useState(STEP);
  const end = useRef<HTMLLIElement>(null);
  const { sync } = useLive();
  const here = useStoreOr(sync?.here, nobody);
  useEffect(() => {
    if (!end.current) return;
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && setShown((n) => n + STEP), {
      rootMargin: "800px",
    });
    seen.observe(end.current);
    return () => seen.disconnect();
  });
  return (
    <ul className="phonelist" aria-label={m.cases.table}>
      {rows.slice(0, shown).map((row) => (
        <Item
          key={row.subject}
          row={row}
          scope={scope}
          person={here.find((one) => !one.self && one.subject === row.subject)}
        />
      ))}
      {shown < rows.length ? (
        <li ref={end} className="muted small">
          {m.common.more(rows.length - shown)}
        </li>
      ) : null}
    </ul>
  );
}

function Item({
  row,
  scope,
  person,
}: {
  row: RegisterRow;
  scope: Characteristic | undefined;
  person: HerePerson | undefined;
}) {
  const { m, language } = useMessages();
  const { id } = useLive();
  return (
    <li className={person ? `other g-${person.person.actor_group}` : undefined}>
      <Link to={`/w/${id}/eksempler/${row.subject}`}>
        <span className="l1">
          <span className="code num">{row.code}</span>
          <b>{nameOf(row, m)}</b>
          <StateMark state={row.state} />
          {person ? (
            <span className={`who-name g-${person.person.actor_group}`}>{person.person.name}</span>
          ) : null}
        </span>
        <span className="l2">
          <span className="marks">
            {row.actor_groups.map((group) => (
              <ActorMark key={group} group={group} />
            ))}
          </span>
          <span className="muted small">
            {(row.codings["scope"] ?? [])
              .map((key) => m.cases.scopes[key] ?? valueLabel(scope, key, language))
              .join(", ")}
          </span>
          <SelectionMark decision={row.decision} />
        </span>
      </Link>
    </li>
  );
}
