// The cases that are most alike, with what they share and what differs.
import { useState } from "react";
import type { LikePair } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { useRowsBySubject } from "../api/live.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { useMessages } from "../messages/index.ts";

const FIRST = 5;

export function Pairs({ pairs }: { pairs: LikePair[] }) {
  const { m } = useMessages();
  const [all, setAll] = useState(false);
  const shown = all ? pairs : pairs.slice(0, FIRST);
  return (
    <>
      <p className="small muted">{m.grouping.pairsLead}</p>
      <ul className="pairs">
        {shown.map((pair) => (
          <Pair key={`${pair.a}-${pair.b}`} pair={pair} />
        ))}
      </ul>
      {pairs.length > FIRST ? (
        <button type="button" className="linklike small" onClick={() => setAll(!all)}>
          {all ? m.grouping.pairsFewer : m.grouping.pairsMore(pairs.length)}
        </button>
      ) : null}
    </>
  );
}

function Pair({ pair }: { pair: LikePair }) {
  const { m, format } = useMessages();
  const labels = useLabels();
  const { a, b, same, different, uncertain } = pair;
  const words = format.list(different.map((key) => labels.characteristic(key).toLocaleLowerCase()));
  const says = [m.grouping.differNone, m.grouping.differOnly(words)][different.length] ?? m.grouping.differ(words);
  return (
    <li>
      <CaseChip subject={a} />
      <CaseChip subject={b} />
      <p>
        {says} <span className="muted num">({m.grouping.compared(same.length + different.length)})</span>
      </p>
      {uncertain ? <p className="small warned">{m.grouping.uncertain}</p> : null}
      <details>
        <summary className="small">{m.grouping.shared(same.length)}</summary>
        <Compared pair={pair} />
      </details>
    </li>
  );
}

/** Each characteristic both are coded on: the same value once, different ones side by side. */
function Compared({ pair: { a, b, same, different } }: { pair: LikePair }) {
  const { m } = useMessages();
  const labels = useLabels();
  const rows = useRowsBySubject();
  const [one, other] = [rows.get(a), rows.get(b)];
  if (!one || !other) return null;
  const values = (row: typeof one, key: string) =>
    (row.codings[key] ?? []).map((value) => labels.value(key, value)).join(", ");
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{m.views.characteristic}</th>
          <th scope="col">{one.code}</th>
          <th scope="col">{other.code}</th>
        </tr>
      </thead>
      <tbody>
        {different.map((key) => (
          <tr key={key} className="differs">
            <th scope="row">{labels.characteristic(key)}</th>
            <td>{values(one, key)}</td>
            <td>{values(other, key)}</td>
          </tr>
        ))}
        {same.map((key) => (
          <tr key={key}>
            <th scope="row">{labels.characteristic(key)}</th>
            <td colSpan={2}>{values(one, key)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
