// The combinations: those with cases as a table with marks or as sentences, those without as ideas, and who is left out.
import type { TruthRow, TruthTable } from "../api/truthTable.ts";
import { CaseChip } from "../design/CaseChip.tsx";
import { Picture } from "../design/Picture.tsx";
import { useMessages } from "../messages/index.ts";

interface Props {
  table: TruthTable;
  /** What the conditions are called, in their order. */
  names: string[];
}

const casesOf = (row: TruthRow): number => row.with_outcome.length + row.without.length;

export function Combinations({ table, names }: Props) {
  const { m } = useMessages();
  const rows = table.rows.filter((row) => casesOf(row) > 0);
  if (rows.length === 0) return <p className="sentence warn">{m.truthTable.noCases}</p>;
  return (
    <Picture
      name="kombinasjoner"
      title={m.truthTable.combinations}
      caption={m.truthTable.reads}
      picture={<Marks rows={rows} names={names} of={table.with_outcome} />}
      list={<Sentences rows={rows} names={names} />}
    />
  );
}

function Marks({ rows, names, of }: { rows: TruthRow[]; names: string[]; of: number }) {
  const { m } = useMessages();
  return (
    <div className="tablescroll" role="region" aria-label={m.truthTable.combinations} tabIndex={0}>
      <table className="plain truthrows">
        <caption className="vh">{m.truthTable.combinations}</caption>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{m.truthTable.haveIt}</th>
            <th scope="col">{m.truthTable.says}</th>
            <th scope="col">{m.truthTable.cases}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.holds.join()}>
              {row.holds.map((holds, at) => (
                <td key={names[at]}>
                  <span className={holds ? "mark on" : "mark"} aria-hidden />
                  {holds ? m.truthTable.yes : <span className="muted">{m.truthTable.no}</span>}
                </td>
              ))}
              <td>
                <span className="units" aria-hidden>
                  {row.with_outcome.map((one) => (
                    <i key={one} className="on" />
                  ))}
                  {row.without.map((one) => (
                    <i key={one} />
                  ))}
                </span>
                <span className="num block">{m.truthTable.share(row.with_outcome.length, casesOf(row))}</span>
                <span className="small muted block">{m.truthTable.covers(row.with_outcome.length, of)}</span>
              </td>
              <td>
                <Tag row={row} />
              </td>
              <td>
                <Behind row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Tag({ row }: { row: TruthRow }) {
  const { m } = useMessages();
  return <span className={`tag says-${row.says}`}>{m.truthTable.saysWords[row.says]}</span>;
}

/** The cases of a combination: those with the outcome, and those without. */
function Behind({ row }: { row: TruthRow }) {
  const { m } = useMessages();
  const part = (title: string, cases: string[]) =>
    cases.length ? (
      <div className="behind">
        <span className="small muted">{title}</span>
        {cases.map((subject) => (
          <CaseChip key={subject} subject={subject} short />
        ))}
      </div>
    ) : null;
  return (
    <>
      {part(m.truthTable.withOutcome, row.with_outcome)}
      {part(m.truthTable.without, row.without)}
    </>
  );
}

function Sentences({ rows, names }: { rows: TruthRow[]; names: string[] }) {
  const { m } = useMessages();
  const words = useCombination(names);
  return (
    <ul className="truthlist">
      {rows.map((row) => (
        <li key={row.holds.join()}>
          <p>
            <b>{words(row.holds)}</b> {m.truthTable.sentence(row.with_outcome.length, casesOf(row))} <Tag row={row} />
          </p>
          <Behind row={row} />
        </li>
      ))}
    </ul>
  );
}

/** «Driver: innkjøpsmakt, og ikke Omfang: økosystem» */
function useCombination(names: string[]): (holds: boolean[]) => string {
  const { m, format } = useMessages();
  return (holds) => format.list(names.map((name, at) => (holds[at] ? name : m.truthTable.not(name))));
}

/** Ideas for what has not been tried, and no evidence. */
export function WithoutCases({ table, names }: Props) {
  const { m } = useMessages();
  const words = useCombination(names);
  const rows = table.rows.filter((row) => row.says === "nothing");
  if (rows.length === 0) return null;
  return (
    <details className="method">
      <summary>
        <h2>{m.truthTable.withoutCases(rows.length)}</h2>
      </summary>
      <p className="hint">{m.truthTable.withoutCasesHelp}</p>
      <ul className="dotted">
        {rows.map((row) => (
          <li key={row.holds.join()}>{words(row.holds)}</li>
        ))}
      </ul>
    </details>
  );
}

export function LeftOut({ table }: { table: TruthTable }) {
  const { m } = useMessages();
  if (table.left_out.length === 0) return null;
  return (
    <details className="method">
      <summary>
        <h2>{m.truthTable.leftOut(table.left_out.length)}</h2>
      </summary>
      <p className="hint">{m.truthTable.leftOutHelp}</p>
      <div className="behind">
        {table.left_out.map((subject) => (
          <CaseChip key={subject} subject={subject} short />
        ))}
      </div>
    </details>
  );
}
