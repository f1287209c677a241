// The plan: who finds out what, by responsible person, and the same as a file.
import { Button } from "@digdir/designsystemet-react";
import { DownloadIcon } from "@navikt/aksel-icons";
import { useMemo } from "react";
import type { Planned } from "../api/figures.ts";
import { useFieldName } from "../api/labels.ts";
import { useIsTeam, useLive, usePeopleHere } from "../api/live.tsx";
import { planAddress } from "../api/needs.ts";
import { CaseChip } from "../design/CaseChip.tsx";
import { useMessages } from "../messages/index.ts";

export function Plan({ plan }: { plan: Planned[] }) {
  const { m } = useMessages();
  const { id } = useLive();
  const team = useIsTeam();
  const names = new Map(usePeopleHere().map((one) => [one.participant, one.name]));
  const byPerson = useMemo(() => grouped(plan), [plan]);
  return (
    <section aria-labelledby="plan">
      <div className="pichead">
        <div>
          <h2 id="plan">{m.missing.plan}</h2>
          <p className="hint">{m.missing.planHelp}</p>
        </div>
        {team && plan.length ? (
          <Button variant="secondary" asChild>
            <a href={planAddress(id)} download title={m.missing.downloadHelp}>
              <DownloadIcon aria-hidden /> {m.missing.download}
            </a>
          </Button>
        ) : null}
      </div>
      {plan.length === 0 ? <p className="muted">{m.missing.planNone}</p> : null}
      {[...byPerson].map(([who, needs]) => (
        <Person key={who} name={who ? (names.get(who) ?? m.audit.somebody) : m.missing.nobody} needs={needs} />
      ))}
    </section>
  );
}

/** In the plan's order. */
function grouped(plan: Planned[]): Map<string, Planned[]> {
  const groups = new Map<string, Planned[]>();
  for (const one of plan) groups.set(one.responsible, [...(groups.get(one.responsible) ?? []), one]);
  return groups;
}

function Person({ name, needs }: { name: string; needs: Planned[] }) {
  const { m } = useMessages();
  const waits = needs.filter((one) => one.status === "open" || one.status === "asked").length;
  return (
    <details className="person" open={needs.length <= 12}>
      <summary>
        <h3>{m.missing.planOf(name, needs.length, waits)}</h3>
      </summary>
      <ul className="planned">
        {needs.map((one) => (
          <Line key={`${one.subject}/${one.id}`} one={one} />
        ))}
      </ul>
    </details>
  );
}

function Line({ one }: { one: Planned }) {
  const { m, format } = useMessages();
  const nameOf = useFieldName();
  return (
    <li>
      <CaseChip subject={one.subject} />
      <span className="grow">
        <b>{nameOf(one.about)}</b> <span className="muted">{one.question}</span>
        {one.answer ? <span className="block small">{one.answer}</span> : null}
      </span>
      <span className="small muted">
        {m.missing.ways[one.way]}, {one.due ? format.date(one.due) : m.missing.noDue}
      </span>
      <span className={`tag ${one.status === "received" ? "good" : ""}`}>{m.missing.statuses[one.status]}</span>
    </li>
  );
}
