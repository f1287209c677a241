// The first cases a sheet would become.
import { useState } from "react";
import { ActorMark } from "../design/ActorMark.tsx";
import type { CaseRecord } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

/** Rows shown before one asks for all of them. */
const SAMPLE_ROWS = 12;

export function Sample({ records }: { records: CaseRecord[] }) {
  const { m } = useMessages();
  const [all, setAll] = useState(false);
  const shown = all ? records : records.slice(0, SAMPLE_ROWS);
  const words = m.intake.columns;
  return (
    <div>
      <h3>{all ? m.intake.sampleAll : m.intake.sample}</h3>
      <div className="sample" tabIndex={0} role="group" aria-label={all ? m.intake.sampleAll : m.intake.sample}>
        <table>
          <thead>
            <tr>
              <th scope="col" className="num">
                {words.row}
              </th>
              <th scope="col">{words.code}</th>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.country}</th>
              <th scope="col">{words.parties}</th>
              <th scope="col" className="num">
                {words.coded}
              </th>
              <th scope="col" className="num">
                {words.extra}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((record) => (
              <SampleRow key={record.row} record={record} />
            ))}
          </tbody>
        </table>
      </div>
      {all || records.length <= SAMPLE_ROWS ? null : (
        <button type="button" className="linklike" onClick={() => setAll(true)}>
          {m.common.more(records.length - SAMPLE_ROWS)}
        </button>
      )}
    </div>
  );
}

function SampleRow({ record }: { record: CaseRecord }) {
  const groups = [...new Set(record.parties.map(([, group]) => group))];
  return (
    <tr>
      <td className="num muted">{record.row}</td>
      <td className="num muted">{record.code}</td>
      <th scope="row">{record.fields["name"]}</th>
      <td>{record.fields["country"]}</td>
      <td>
        <span className="marks">
          {groups.map((group) => (
            <ActorMark key={group} group={group} />
          ))}
        </span>{" "}
        <span className="muted num">{record.parties.length || ""}</span>
      </td>
      <td className="num">{Object.keys(record.codings).length}</td>
      <td className="num muted">{Object.keys(record.extra).length || ""}</td>
    </tr>
  );
}
