// Planned and heard by side, as bars that are a table to those who listen.
import { ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import { useMessages } from "../messages/index.ts";
import { forgotten, type Reached } from "./coverage.ts";

export function Coverage({ coverage }: { coverage: Reached[] }) {
  const { m, format } = useMessages();
  const missing = forgotten(coverage).map((side) => m.dialogue.sides[side]);
  const most = Math.max(1, ...coverage.flatMap((one) => [one.planned, one.heard]));
  if (coverage.every((one) => one.planned + one.heard === 0)) return null;
  return (
    <section className="card reach" aria-labelledby="reach">
      <h2 id="reach">{m.dialogue.reach}</h2>
      {missing.length > 0 ? (
        <p className="sentence warn" role="status">
          <ExclamationmarkTriangleIcon aria-hidden />
          {m.dialogue.nobodyFrom(format.either(missing))}
        </p>
      ) : null}
      <table>
        <thead>
          <tr>
            <th scope="col">{m.dialogue.side}</th>
            <th scope="col">{m.dialogue.planned}</th>
            <th scope="col">{m.dialogue.heard}</th>
          </tr>
        </thead>
        <tbody>
          {coverage.map(({ side, planned, heard }) => (
            <tr key={side}>
              <th scope="row">{m.dialogue.sides[side]}</th>
              <Bar of={planned} most={most} kind="all" />
              <Bar of={heard} most={most} kind="sel" />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Bar({ of, most, kind }: { of: number; most: number; kind: string }) {
  const { format } = useMessages();
  return (
    <td className={of === 0 ? "zero" : undefined}>
      <span className="num">{format.number(of)}</span>
      <span className="b" aria-hidden="true">
        <i className={kind} style={{ width: `${(100 * of) / most}%` }} />
      </span>
    </td>
  );
}
