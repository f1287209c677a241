// All organisations as a table to search: how many cases, group, level, legal form and other names of each.
import { useId } from "react";
import { Link, useSearchParams } from "react-router";
import { type Organisation, organisationPath } from "../api/actors.ts";
import { useLive } from "../api/live.tsx";
import { ActorMark } from "../design/ActorMark.tsx";
import { ACTOR_GROUPS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

/** In the address. */
const [WORDS, GROUP, ALL] = ["q", "gruppe", "alle"];
/** More than these are shown when somebody asks for all. */
const SHOWN = 100;

export function OrganisationTable({ organisations }: { organisations: Organisation[] }) {
  const { m } = useMessages();
  const [params, setParams] = useSearchParams();
  const ids = { words: useId(), group: useId() };
  const [words, group] = [params.get(WORDS!) ?? "", params.get(GROUP!) ?? ""];
  const set = (key: string, value: string) =>
    setParams((before) => (value ? before.set(key, value) : before.delete(key), before), { replace: true });
  const wanted = words.trim().toLocaleLowerCase();
  const fitting = organisations.filter(
    (one) =>
      (!group || one.group === group) &&
      one.names.some(({ name, key }) => name.toLocaleLowerCase().includes(wanted) || key.includes(wanted)),
  );
  const shown = params.has(ALL!) ? fitting : fitting.slice(0, SHOWN);
  const groups = ACTOR_GROUPS.filter((one) => organisations.some((other) => other.group === one));
  return (
    <section aria-label={m.organisations.title}>
      <div className="orgfilter">
        <label className="vh" htmlFor={ids.words}>
          {m.organisations.search}
        </label>
        <input
          id={ids.words}
          type="search"
          className="input"
          placeholder={m.organisations.search}
          value={words}
          onChange={(event) => set(WORDS!, event.target.value)}
        />
        <label className="vh" htmlFor={ids.group}>
          {m.organisations.group}
        </label>
        <select id={ids.group} className="input" value={group} onChange={(event) => set(GROUP!, event.target.value)}>
          <option value="">{m.organisations.anyGroup}</option>
          {groups.map((one) => (
            <option key={one} value={one}>
              {m.groups[one]}
            </option>
          ))}
        </select>
        <p className="small muted num" role="status">
          {m.organisations.shown(fitting.length, organisations.length)}
        </p>
      </div>
      {fitting.length === 0 ? <p className="sentence">{m.organisations.nothingFits}</p> : <Rows organisations={shown} />}
      {shown.length < fitting.length ? (
        <button type="button" className="linklike" onClick={() => set(ALL!, "1")}>
          {m.organisations.showAll(fitting.length)}
        </button>
      ) : null}
    </section>
  );
}

function Rows({ organisations }: { organisations: Organisation[] }) {
  const { m } = useMessages();
  const { id } = useLive();
  const words = m.organisations.columns;
  return (
    <div className="tablescroll" tabIndex={0} role="group" aria-label={m.organisations.title}>
      <table className="plain orgs">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col" className="num">
              {words.cases}
            </th>
            <th scope="col">{words.group}</th>
            <th scope="col">{words.level}</th>
            <th scope="col">{words.form}</th>
            <th scope="col">{words.aliases}</th>
          </tr>
        </thead>
        <tbody>
          {organisations.map((one) => (
            <tr key={one.key}>
              <th scope="row">
                <Link to={organisationPath(id, one.key)}>{one.name}</Link>
              </th>
              <td className="num">{one.cases}</td>
              <td>
                <span className="orggroup">
                  <ActorMark group={one.group} quiet /> {m.groupsShort[one.group]}
                </span>
              </td>
              <td>{one.level ? m.levels[one.level] : ""}</td>
              <td>{one.legal_form ? m.organisations.forms[one.legal_form] : ""}</td>
              <td className="muted">
                {one.names
                  .slice(1)
                  .map(({ name }) => name)
                  .join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
