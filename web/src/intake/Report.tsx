// What a list would become, before anything is added: how many, what to look at, the first rows.
import { Button } from "@digdir/designsystemet-react";
import { CheckmarkCircleIcon, ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { ActorMark } from "../design/ActorMark.tsx";
import type { CaseRecord, Doubt, ImportPlan, SheetPlan, Twin } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

/** Rows shown before one asks for all of them. */
const SAMPLE_ROWS = 12;
/** Warnings shown for one kind; more of the same kind say little more. */
const PLACES_MAX = 6;

/** How many cases a report makes. */
export function casesIn(report: ImportPlan): number {
  return report.cases ?? report.sheets.reduce((sum, sheet) => sum + sheet.records.length, 0);
}

export function Report({ report, onYes, onOther }: { report: ImportPlan; onYes(): void; onOther(): void }) {
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

function Sheet({ sheet, named }: { sheet: SheetPlan; named: boolean }) {
  const { m } = useMessages();
  return (
    <section className="stack" aria-label={m.intake.sheet(sheet.name)}>
      {named ? <h2>{m.intake.sheet(sheet.name)}</h2> : null}
      <Doubts sheet={sheet} />
      {sheet.records.length ? <Sample records={sheet.records} /> : null}
    </section>
  );
}

function Doubts({ sheet }: { sheet: SheetPlan }) {
  const { m } = useMessages();
  const twin = (of: Twin) =>
    of.case ? m.intake.twinHere(of.case, of.name) : m.intake.twinAt(of.row, of.list, of.name);
  const place = (doubt: Doubt) => ({
    at: m.intake.warningAt(doubt.row, doubt.column),
    words: `«${doubt.original}» ${m.intake.readAs(doubt.read_as)}`,
  });
  const count = sheet.warnings.length + sheet.doubts.length + sheet.duplicates.length;
  if (count === 0) {
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
        <h3>{m.intake.warnings(count)}</h3>
        <ul className="doubts">
          {[...grouped(sheet.warnings, (warning) => warning.kind)].map(([kind, warnings]) => (
            <Places
              key={kind}
              words={m.intake.warningKinds[kind]}
              places={warnings.map((w) => ({ at: m.intake.warningAt(w.row, w.column), words: w.value }))}
            />
          ))}
          {[...grouped(sheet.doubts, (doubt) => doubt.why)].map(([why, doubts]) => (
            <Places key={why} words={m.intake.doubtKinds[why]} places={doubts.map(place)} />
          ))}
          {sheet.duplicates.map((same) => (
            <li key={`${same.row} ${same.of.list} ${same.of.row} ${same.of.case}`}>{m.intake.duplicateBy(same.row, same.name, twin(same.of), same.score)}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** One kind of doubt, and where it is met. */
function Places({ words, places }: { words: string; places: { at: string; words: string }[] }) {
  const { m } = useMessages();
  return (
    <li>
      {words} <span className="muted num">({places.length})</span>
      <ul>
        {places.slice(0, PLACES_MAX).map((place, i) => (
          <li key={i} className="small">
            <span className="muted">{place.at}</span> {place.words}
          </li>
        ))}
        {places.length > PLACES_MAX ? (
          <li className="small muted">{m.common.more(places.length - PLACES_MAX)}</li>
        ) : null}
      </ul>
    </li>
  );
}

function grouped<T, K>(items: T[], kind: (item: T) => K): Map<K, T[]> {
  const kinds = new Map<K, T[]>();
  for (const item of items) kinds.set(kind(item), [...(kinds.get(kind(item)) ?? []), item]);
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
