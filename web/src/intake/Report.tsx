// What a list would become, before anything is added: how many, what to look at, the first rows.
import { Button } from "@digdir/designsystemet-react";
import { CheckmarkCircleIcon, ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { ActorMark } from "../design/ActorMark.tsx";
import type { CaseRecord, ImportReport, SheetReport, Warning, WarningKind } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

/** Rows shown before one asks for all of them. */
const SAMPLE_ROWS = 12;
/** Warnings shown for one kind; more of the same kind say little more. */
const PLACES_MAX = 6;

/** How many cases a report makes. */
export function casesIn(report: ImportReport): number {
  return report.cases ?? report.sheets.reduce((sum, sheet) => sum + sheet.records.length, 0);
}

export function Report({ report, onYes, onOther }: { report: ImportReport; onYes(): void; onOther(): void }) {
  const { m } = useMessages();
  const cases = casesIn(report);
  const file = report.sheets[0]?.file ?? "";
  return (
    <div className="stack report">
      <div className="verdict card">
        <div className="grow">
          <h2>{cases ? m.intake.found(cases, file) : m.intake.nothing}</h2>
          <p className="muted">
            {cases ? m.intake.nothingYet : m.intake.nothingHelp}{" "}
            {report.skipped ? `${m.intake.skipped(report.skipped)}.` : null}
          </p>
        </div>
        <div className="row">
          {cases ? <Button onClick={onYes}>{m.intake.do(cases)}</Button> : null}
          <Button variant={cases ? "tertiary" : "secondary"} onClick={onOther}>
            {m.intake.other}
          </Button>
        </div>
      </div>
      {report.sheets.map((sheet) => (
        <Sheet key={`${sheet.file} ${sheet.name}`} sheet={sheet} named={report.sheets.length > 1} />
      ))}
    </div>
  );
}

function Sheet({ sheet, named }: { sheet: SheetReport; named: boolean }) {
  const { m } = useMessages();
  return (
    <section className="stack" aria-label={m.intake.sheet(sheet.name)}>
      {named ? <h2>{m.intake.sheet(sheet.name)}</h2> : null}
      <Doubts sheet={sheet} />
      {sheet.records.length ? <Sample records={sheet.records} /> : null}
    </section>
  );
}

function Doubts({ sheet }: { sheet: SheetReport }) {
  const { m } = useMessages();
  const kinds = grouped(sheet);
  if (sheet.warnings.length === 0 && sheet.duplicates.length === 0) {
    return (
      <p className="sentence">
        <CheckmarkCircleIcon aria-hidden /> {m.intake.noWarnings}
      </p>
    );
  }
  return (
    <div className="sentence warn">
      <ExclamationmarkTriangleIcon aria-hidden />
      <div>
        <h3>{m.intake.warnings(sheet.warnings.length + sheet.duplicates.length)}</h3>
        <ul className="doubts">
          {[...kinds].map(([kind, warnings]) => (
            <li key={kind}>
              {m.intake.warningKinds[kind]} <span className="muted num">({warnings.length})</span>
              <ul>
                {warnings.slice(0, PLACES_MAX).map((warning, i) => (
                  <li key={i} className="small">
                    <span className="muted">{m.intake.warningAt(warning.row, warning.column)}</span>{" "}
                    {warning.value}
                  </li>
                ))}
                {warnings.length > PLACES_MAX ? (
                  <li className="small muted">{m.common.more(warnings.length - PLACES_MAX)}</li>
                ) : null}
              </ul>
            </li>
          ))}
          {sheet.duplicates.map((same) => (
            <li key={`${same.row} ${same.of_row} ${same.by}`}>
              {m.intake.duplicateBy(same.row, same.of_row, same.by)}: «{same.value}»
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function grouped(sheet: SheetReport): Map<WarningKind, Warning[]> {
  const kinds = new Map<WarningKind, Warning[]>();
  for (const warning of sheet.warnings)
    kinds.set(warning.kind, [...(kinds.get(warning.kind) ?? []), warning]);
  return kinds;
}

function Sample({ records }: { records: CaseRecord[] }) {
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
