// Kjennetegn: what cases are coded by, in their order, each opened to be changed; and every version there was.
import { Button, Spinner } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { type CharacteristicsAnswer, characteristicsPath } from "../api/characteristics.ts";
import { useIsTeam, useLive, usePeopleHere, useStoreOr } from "../api/live.tsx";
import { useResource } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { CaseViews } from "../design/CaseViews.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Title } from "../design/Title.tsx";
import type { Characteristic } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { CharacteristicItem } from "./CharacteristicItem.tsx";
import { Deleted } from "./Deleted.tsx";
import { History } from "./History.tsx";
import { NewCharacteristic } from "./NewCharacteristic.tsx";
import "../fields/list.css";
import "./characteristics.css";

export function CharacteristicsPage() {
  const { m } = useMessages();
  const { id } = useLive();
  const { value, problem } = useResource<CharacteristicsAnswer>(characteristicsPath(id));
  return (
    <div className="page characteristics">
      <div className="head">
        <div>
          <Title tab={m.characteristics.title}>{m.characteristics.title}</Title>
          <p className="lead">{m.characteristics.lead}</p>
        </div>
      </div>
      <CaseViews />
      {value ? <All answer={value} /> : null}
      {!value && problem ? <ProblemLine>{wordsOf(problem, m)}</ProblemLine> : null}
      {!value && !problem ? (
        <p role="status">
          <Spinner aria-hidden data-size="sm" /> {m.common.loading}
        </p>
      ) : null}
    </div>
  );
}

function All({ answer }: { answer: CharacteristicsAnswer }) {
  const { m } = useMessages();
  const { sync } = useLive();
  const isTeam = useIsTeam();
  const offline = useStoreOr(sync?.connection, "online") === "offline";
  const [adding, setAdding] = useState(false);
  const mayChange = isTeam && !offline;
  const inUse = answer.characteristics.filter((one) => one.active);
  const out = answer.characteristics.filter((one) => !one.active);
  const groups = byGroup(inUse);
  return (
    <>
      <Version answer={answer} />
      {isTeam ? null : <p className="sentence">{m.characteristics.readOnly}</p>}
      {isTeam && offline ? <p className="sentence warn">{m.characteristics.offline}</p> : null}
      {groups.map(([group, list]) => (
        <Group key={group} title={group.replace(/^[A-Z]\.\s*/, "")} list={list} answer={answer} mayChange={mayChange} />
      ))}
      {out.length ? (
        <Group
          title={m.characteristics.inactive}
          help={m.characteristics.inactiveHelp}
          list={out}
          answer={answer}
          mayChange={mayChange}
        />
      ) : null}
      <Deleted answer={answer} mayChange={mayChange} />
      {mayChange && adding ? (
        <NewCharacteristic
          version={answer.version}
          group={groups.at(-1)?.[0] ?? ""}
          groups={groups.map(([group]) => group)}
          onClose={() => setAdding(false)}
        />
      ) : null}
      {mayChange && !adding ? (
        <div className="listhead">
          <Button variant="secondary" onClick={() => setAdding(true)}>
            <PlusIcon aria-hidden /> {m.characteristics.add}
          </Button>
        </div>
      ) : null}
      <History history={answer.history} />
    </>
  );
}

/** Which version this is, who made it, and when. */
function Version({ answer: { version, history } }: { answer: CharacteristicsAnswer }) {
  const { m, format } = useMessages();
  const people = usePeopleHere();
  const [last] = history;
  if (!last) return <p className="muted small num">{m.characteristics.versionFirst}</p>;
  const who = people.find((one) => one.participant === last.by)?.name ?? m.characteristics.somebody;
  return (
    <p className="muted small num">
      {m.characteristics.version(version)}, {m.characteristics.lastBy(who, format.dateTime(last.at_ms))}
    </p>
  );
}

interface GroupProps {
  title: string;
  help?: string;
  list: Characteristic[];
  answer: CharacteristicsAnswer;
  mayChange: boolean;
}

function Group({ title, help, list, answer, mayChange }: GroupProps) {
  return (
    <section className="kset" aria-label={title}>
      <h2>{title}</h2>
      {help ? <p className="hint">{help}</p> : null}
      <ul className="openlist">
        {list.map((one, place) => (
          <CharacteristicItem
            key={one.key}
            characteristic={one}
            answer={answer}
            mayChange={mayChange}
            before={list[place - 1]}
            after={list[place + 1]}
          />
        ))}
      </ul>
    </section>
  );
}

/** In the order in which they are first met. */
function byGroup(list: Characteristic[]): [string, Characteristic[]][] {
  const groups = new Map<string, Characteristic[]>();
  for (const one of list) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return [...groups];
}
