// Each case by how little is known of it, the least first.
import { useState } from "react";
import type { CaseMissing, Missing } from "../api/figures.ts";
import { useFieldName } from "../api/labels.ts";
import { CaseChip } from "../design/CaseChip.tsx";
import { useMessages } from "../messages/index.ts";

/** Cases that are shown at first (R42). */
const FIRST = 10;

export function LeastComplete({ missing }: { missing: Missing }) {
  const { m } = useMessages();
  const [all, setAll] = useState(false);
  const shown = all ? missing.by_case : missing.by_case.slice(0, FIRST);
  return (
    <section aria-labelledby="least">
      <h2 id="least">{m.missing.least}</h2>
      <p className="hint">{m.missing.leastHelp(missing.agreed.length)}</p>
      <div className="tablescroll">
        <table className="plain leasttable">
          <thead>
            <tr>
              <th scope="col">{m.views.case}</th>
              <th scope="col">{m.missing.characteristics}</th>
              <th scope="col">{m.missing.lacks}</th>
              <th scope="col">{m.missing.basics}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Row key={one.subject} one={one} of={missing.agreed.length} />
            ))}
          </tbody>
        </table>
      </div>
      {missing.by_case.length > FIRST ? (
        <p>
          <button type="button" className="linklike" onClick={() => setAll(!all)}>
            {all ? m.missing.showLeast : m.missing.showAll(missing.by_case.length)}
          </button>
        </p>
      ) : null}
    </section>
  );
}

function Row({ one, of }: { one: CaseMissing; of: number }) {
  const { m } = useMessages();
  const paths = (keys: string[]) => keys.map((key) => `codings.${key}`);
  const lacks = paths([...one.missing, ...one.unknown]);
  return (
    <tr>
      <th scope="row">
        <CaseChip subject={one.subject} />
      </th>
      <td className="known">
        <span className="num">{m.missing.coded(one.coded, of)}</span>
        <span className="meter" aria-hidden>
          <i style={{ inlineSize: `${(100 * one.coded) / of}%` }} />
        </span>
        {one.not_applicable ? <span className="tiny muted">{m.missing.notApplicable(one.not_applicable)}</span> : null}
      </td>
      <td>
        <Blanks one={one} paths={lacks} />
      </td>
      <td>
        <Blanks one={one} paths={one.basics_missing} />
      </td>
    </tr>
  );
}

/** Names of blanks; what was looked for in vain, and what somebody is looking for, says so. */
function Blanks({ one, paths }: { one: CaseMissing; paths: string[] }) {
  const { m } = useMessages();
  const nameOf = useFieldName();
  if (paths.length === 0) return <span className="muted">{m.missing.nothing}</span>;
  const unknown = new Set(one.unknown.map((key) => `codings.${key}`));
  return (
    <ul className="blanks">
      {paths.map((path) => (
        <li key={path} className={one.asked.includes(path) ? "isasked" : ""}>
          {nameOf(path)}
          {unknown.has(path) ? <em> {m.missing.unknown}</em> : null}
          {one.asked.includes(path) ? <em> {m.missing.asked}</em> : null}
        </li>
      ))}
    </ul>
  );
}
