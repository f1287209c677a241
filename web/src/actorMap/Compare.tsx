// How the cases differ: how many organisations of each group, which groups all or one of them have, whom they share.
import { Link } from "react-router";
import { type ActorMap, organisationPath } from "../api/actors.ts";
import { useLive, useRowsBySubject } from "../api/live.tsx";
import { ActorMark } from "../design/ActorMark.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import type { ActorGroup } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

export function Compare({ map }: { map: ActorMap }) {
  const { m, format } = useMessages();
  const rows = useRowsBySubject();
  if (map.cases.length < 2) return null;
  const code = (subject: string) => rows.get(subject)?.code ?? "";
  const name = (group: ActorGroup) => m.groups[group].toLocaleLowerCase();
  const sentences = [
    map.in_all.length ? m.actorMap.inAll(format.list(map.in_all.map(name))) : m.actorMap.inAllNone,
    ...map.in_one.map(({ group, subject }) => m.actorMap.onlyIn(name(group), code(subject))),
  ];
  return (
    <>
      <section aria-labelledby="compare">
        <h2 id="compare">{m.actorMap.compare}</h2>
        <p className="hint">{m.actorMap.compareHelp}</p>
        <div className="tablescroll" tabIndex={0} role="group" aria-label={m.actorMap.compare}>
          <Counts map={map} />
        </div>
        <ul className="dotted small">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <Sharing map={map} />
    </>
  );
}

function Counts({ map }: { map: ActorMap }) {
  const { m } = useMessages();
  const count = (organisations: ActorMap["groups"][number]["organisations"], subject: string) =>
    organisations.filter((one) => one.parts.some((part) => part.subject === subject && part.role !== "evaluator")).length;
  return (
    <table className="plain counts">
      <thead>
        <tr>
          <th scope="col">{m.organisations.group}</th>
          {map.cases.map(({ subject }) => (
            <th key={subject} scope="col">
              <CaseChip subject={subject} short />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {map.groups.map(({ group, organisations }) => (
          <tr key={group}>
            <th scope="row">
              <span className="orggroup">
                <ActorMark group={group} quiet /> {m.groups[group]}
              </span>
            </th>
            {map.cases.map(({ subject }) => {
              const n = count(organisations, subject);
              return (
                <td key={subject} className={n ? "num" : "num zero"}>
                  {n || <span aria-label={m.actorMap.noneThere}>–</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sharing({ map }: { map: ActorMap }) {
  const { m } = useMessages();
  const { id } = useLive();
  const names = new Map(map.groups.flatMap(({ organisations }) => organisations).map((one) => [one.key, one.name]));
  return (
    <section aria-labelledby="sharing">
      <h2 id="sharing">{m.actorMap.sharing}</h2>
      {map.sharing.length === 0 ? <p className="hint">{m.actorMap.sharingNone}</p> : null}
      <ul className="sharing">
        {map.sharing.map(({ a, b, organisations }) => (
          <li key={`${a} ${b}`}>
            <span className="row">
              <CaseChip subject={a} short /> <CaseChip subject={b} short />
            </span>
            <span>
              {organisations.map((key, place) => (
                <span key={key}>
                  {place ? ", " : ""}
                  <Link to={organisationPath(id, key)}>{names.get(key) ?? key}</Link>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
