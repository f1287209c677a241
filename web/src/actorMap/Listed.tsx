// The map as a list: each group with its organisations, and what each is in which case.
import { Link } from "react-router";
import { type ActorMap, organisationPath } from "../api/actors.ts";
import { useLive } from "../api/live.tsx";
import { ActorMark } from "../design/ActorMark.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { useMessages } from "../messages/index.ts";

export function Listed({ map }: { map: ActorMap }) {
  const { m } = useMessages();
  const { id } = useLive();
  return (
    <div className="maplist">
      {map.groups.map(({ group, organisations }) => (
        <section key={group} aria-labelledby={`on-${group}`}>
          <h3 id={`on-${group}`} className="orggroup">
            <ActorMark group={group} quiet /> {m.groups[group]} <span className="muted num">{organisations.length}</span>
          </h3>
          <ul>
            {organisations.map((one) => (
              <li key={one.key}>
                <Link to={organisationPath(id, one.key)}>{one.name}</Link>
                <span className="row">
                  {one.parts.map(({ subject, role }) => (
                    <span key={`${subject} ${role}`} className="small">
                      <CaseChip subject={subject} short /> {m.case.roles[role].toLocaleLowerCase()}
                    </span>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
