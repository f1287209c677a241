// A walk through the phases: who acts, what is handed over, and what can send the work another way (R22).
import { Button } from "@digdir/designsystemet-react";
import { ArrowLeftIcon, ArrowRightIcon } from "@navikt/aksel-icons";
import { useEffect, useRef } from "react";
import type { Duty } from "../../api/modelDocument.ts";
import type { Reading, ReadTransition } from "../../api/modelReading.ts";
import { useMessages } from "../../messages/index.ts";

interface Props {
  reading: Reading;
  /** Place of the phase it stands in. */
  at: number;
  onMove(to: number): void;
}

export function Walk({ reading, at, onMove }: Props) {
  const { m, format } = useMessages();
  const place = Math.min(at, reading.phases.length - 1);
  const phase = reading.phases[place];
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [place]);
  if (!phase) return null;
  const ways = reading.transitions.filter((way) => way.from === phase.id);
  const who = (duties: Duty[]) => reading.roles.filter((role) => duties.includes(role.duties[place] ?? "")).map((role) => role.name);
  const facts: [string, string][] = [
    [m.model.purpose, phase.purpose],
    [m.model.happens, phase.happens],
    [m.model.dutyWords.does, format.list(who(["does", "both"]))],
    [m.model.dutyWords.decides, format.list(who(["decides", "both"]))],
    [m.model.dutyWords.asked, format.list(who(["asked"]))],
    [m.model.inputs, phase.inputs],
    [m.model.outputs, phase.outputs],
    [m.model.doneWhen, phase.doneWhen],
    [m.model.lasts, phase.lasts],
  ];
  return (
    <section className="card walk" aria-labelledby="walk">
      <p className="small muted">{m.model.walkAt(place + 1, reading.phases.length)}</p>
      <h2 id="walk" ref={title} tabIndex={-1}>
        {phase.name || m.model.phaseNumber(place + 1)}
      </h2>
      <dl className="facts">
        {facts.map(([name, words]) =>
          words ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {who(["does", "decides", "both"]).length === 0 ? <p className="small warnline">{m.model.nobodyIn(phase.name)}</p> : null}
      {ways.length > 0 ? <h3>{m.model.waysFrom}</h3> : null}
      <ul className="waysfrom">
        {ways.map((way) => (
          <WayFrom key={way.id} way={way} reading={reading} onMove={onMove} />
        ))}
      </ul>
      <div className="row">
        <Button variant="secondary" disabled={place === 0} onClick={() => onMove(place - 1)}>
          <ArrowLeftIcon aria-hidden /> {m.model.walkBack}
        </Button>
        <Button disabled={place === reading.phases.length - 1} onClick={() => onMove(place + 1)}>
          {m.model.walkOn} <ArrowRightIcon aria-hidden />
        </Button>
      </div>
    </section>
  );
}

function WayFrom({ way, reading, onMove }: { way: ReadTransition; reading: Reading; onMove(to: number): void }) {
  const { m } = useMessages();
  const to = reading.phases.findIndex((phase) => phase.id === way.to);
  const decides = reading.roles.find((role) => role.id === way.decides)?.name;
  const name = way.to === "" ? m.model.end : (reading.phases[to]?.name ?? m.model.phaseGone);
  return (
    <li>
      <span className={`tag way-${way.kind}`}>{way.kind ? m.model.transitionKinds[way.kind] : ""}</span>
      <span className="grow">
        <b>{name}</b>
        {way.when ? <span className="block small">{m.model.whenIs(way.when)}</span> : null}
        {decides ? <span className="block small">{m.model.decidesIs(decides)}</span> : null}
        {way.carries ? <span className="block small">{m.model.carriesIs(way.carries)}</span> : null}
      </span>
      {to >= 0 ? (
        <Button variant="tertiary" data-size="sm" onClick={() => onMove(to)}>
          {m.model.follow}
          <span className="vh"> {name}</span>
        </Button>
      ) : null}
    </li>
  );
}
