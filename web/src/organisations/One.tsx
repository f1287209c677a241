// One organisation: what the team says beside what the cases and its name say, its names, and its cases.
import { Button } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import { Link } from "react-router";
import { itemOf, madeBy, type Organisation, type Organisations, type OwnName, type Said, withName } from "../api/actors.ts";
import { useIsTeam, useLive } from "../api/live.tsx";
import { ActorMark } from "../design/ActorMark.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useField, useFields } from "../fields/editor.ts";
import { LiveChoice } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { Standing } from "../fields/Standing.tsx";
import { useMessages } from "../messages/index.ts";
import { removeItem, together } from "../sync/index.ts";
import { MayBeOne } from "./MayBeOne.tsx";

export function One({ all, shown }: { all: Organisations; shown: string }) {
  const { m } = useMessages();
  const { id } = useLive();
  const one = called(all.organisations, shown);
  const back = <Link to={`/w/${id}/eksempler/virksomheter`}>{m.organisations.back}</Link>;
  if (!one) {
    return (
      <Teach title={m.organisations.gone} help={m.organisations.goneHelp}>
        {back}
      </Teach>
    );
  }
  const pairs = all.alike.filter(({ a, b }) => a === one.key || b === one.key);
  return (
    <div className="stack one">
      <p className="small">{back}</p>
      <Title tab={one.name}>{one.name}</Title>
      <Grounds one={one} />
      <Standing kind="register" needs="organisations" none={<NamesOnly one={one} />}>
        <What one={one} />
        <MayBeOne all={all} pairs={pairs} />
        <Names one={one} />
      </Standing>
      <CasesOf one={one} />
    </div>
  );
}

/** The organisation of a key; or of a name as it is written, which is how a case leads here. */
function called(all: readonly Organisation[], shown: string): Organisation | undefined {
  const loosely = (name: string) => name.toLocaleLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  return (
    all.find(({ names }) => names.some(({ key }) => key === shown)) ??
    all.find(({ names }) => names.some(({ name }) => loosely(name) === loosely(shown)))
  );
}

/** What its group rests on. */
function Grounds({ one }: { one: Organisation }) {
  const { m, format } = useMessages();
  const words = m.organisations;
  const listed = one.listed_groups.map((group) => m.groups[group]);
  const said = [one.said_group && m.groups[one.said_group], one.said_level && m.levels[one.said_level]].filter(Boolean);
  const rows: [string, string][] = [
    [words.said, said.join(", ") || words.nothing],
    [words.listed, listed.length ? format.list(listed) : words.nothing],
    [words.read, one.read_group ? m.groups[one.read_group] : words.nothing],
  ];
  return (
    <dl className="grounds">
      <div className="counts">
        <dt>{words.counts}</dt>
        <dd>
          <ActorMark group={one.group} quiet /> {m.groups[one.group]}
          {one.level ? `, ${m.levels[one.level].toLocaleLowerCase()}` : ""}
        </dd>
      </div>
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function What({ one }: { one: Organisation }) {
  const { m } = useMessages();
  const { replica, mayWrite } = useFields();
  const team = useIsTeam();
  const said = useField<Said>(["organisations"]);
  const words = m.organisations;
  const item = one.items.find((id) => said?.[id]);
  if (!item && !(mayWrite && team)) return null;
  const path = ["organisations", item ?? ""];
  return (
    <section className="card" aria-labelledby="says">
      <h2 id="says">{words.says}</h2>
      <p className="hint">{words.saysHelp}</p>
      {item ? (
        <div className="stack tight">
          <div className="fieldrow">
            <LiveChoice path={[...path, "group"]} label={words.group} words={{ "": words.unsaid, ...m.groups }} />
            <LiveChoice path={[...path, "level"]} label={words.level} words={{ "": words.unsaid, ...m.levels }} />
            <LiveChoice path={[...path, "legal_form"]} label={words.form} words={words.forms} />
          </div>
          <div className="fieldrow">
            <LiveText path={[...path, "name"]} label={words.name} hint={words.nameHelp} oneLine />
            <LiveText path={[...path, "country"]} label={words.country} oneLine />
          </div>
        </div>
      ) : (
        <Button variant="secondary" onClick={() => replica.edit(together(...itemOf(said, one).begin))}>
          {words.begin}
        </Button>
      )}
    </section>
  );
}

function Names({ one }: { one: Organisation }) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useFields();
  const said = useField<Said>(["organisations"]);
  const separate = (name: OwnName) => {
    replica.edit(together(...madeBy(said, one, name).map(removeItem)));
    say(m.organisations.separated(name.name));
  };
  return (
    <section aria-labelledby="names">
      <h2 id="names">{m.organisations.names}</h2>
      <p className="hint">{m.organisations.namesHelp}</p>
      <ul className="ownnames">
        {one.names.map((name, place) => (
          <li key={name.key}>
            <span className="grow">{name.name}</span>
            <span className="muted small num">{m.organisations.parties(name.parties)}</span>
            {mayWrite && place > 0 && madeBy(said, one, name).length > 0 ? (
              <button
                type="button"
                className="linklike small"
                aria-label={m.organisations.separate(name.name)}
                onClick={() => separate(name)}
              >
                {m.organisations.separateDo}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayWrite ? <AddName onAdd={(name) => replica.edit(withName(said, one, name))} /> : null}
    </section>
  );
}

function AddName({ onAdd }: { onAdd(name: string): void }) {
  const { m } = useMessages();
  const [name, setName] = useState("");
  const id = useId();
  const add = (event: React.FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    onAdd(name.trim());
    setName("");
  };
  return (
    <form className="row addname" onSubmit={add}>
      <label className="vh" htmlFor={id}>
        {m.organisations.addName}
      </label>
      <input
        id={id}
        className="input"
        placeholder={m.organisations.addNameExample}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" variant="secondary">
        {m.organisations.addNameDo}
      </Button>
    </form>
  );
}

/** For who may not read what the team says. */
function NamesOnly({ one }: { one: Organisation }) {
  const { m } = useMessages();
  if (one.names.length < 2) return null;
  return (
    <p>
      {m.organisations.columns.aliases}: {one.names.slice(1).map(({ name }) => name).join(", ")}
    </p>
  );
}

function CasesOf({ one }: { one: Organisation }) {
  const { m } = useMessages();
  return (
    <section aria-labelledby="incases">
      <h2 id="incases">{m.organisations.inCases}</h2>
      {one.parties.length === 0 ? <p className="hint">{m.organisations.inNone}</p> : null}
      <ul className="incases">
        {one.parties.map(({ subject, party, group, role }) => (
          <li key={`${subject} ${party}`}>
            <CaseChip subject={subject} />
            <span className="muted small">
              {m.groups[group]}, {m.case.roles[role].toLocaleLowerCase()}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
