// What somebody has chosen for the sheets of an import. What is not chosen, the server proposes.
import type { Cell, ImportChoices, Join, SheetChoices, SheetPlan, TwinAnswer } from "../generated/domain.ts";

export const nothingChosen: ImportChoices = { sheets: [] };

type Named = Pick<SheetPlan, "file" | "name">;

/** What was chosen for a sheet. */
export function chosenFor(choices: ImportChoices, sheet: Named): SheetChoices {
  const found = choices.sheets.find((one) => one.file === sheet.file && one.name === sheet.name);
  return (
    found ?? {
      file: sheet.file,
      name: sheet.name,
      leave_out: false,
      take_known: false,
      header_row: null,
      columns: {},
      values: {},
      edition_of: null,
      twins: {},
      cells: {},
    }
  );
}

/** The choices with another answer for one sheet. */
export function withSheet(
  choices: ImportChoices,
  sheet: Named,
  change: (before: SheetChoices) => Partial<SheetChoices>,
): ImportChoices {
  const before = chosenFor(choices, sheet);
  const others = choices.sheets.filter((one) => one.file !== sheet.file || one.name !== sheet.name);
  return { sheets: [...others, { ...before, ...change(before) }] };
}

/** A column fills this field from now on; another column that was chosen for the same field gives it up. */
export function chooseColumn(before: SheetChoices, column: number, field: string): Partial<SheetChoices> {
  const shared = field === "extra" || field === "ignore" || field.startsWith("parties");
  const others = Object.entries(before.columns).filter(([, other]) => shared || other !== field);
  return { columns: { ...Object.fromEntries(others), [column]: field } };
}

/** A word means this value; an empty key says that it means none. */
export function chooseWord(before: SheetChoices, field: string, word: string, key: string): Partial<SheetChoices> {
  return { values: { ...before.values, [field]: { ...before.values[field], [word]: key } } };
}

/** Whether a row and the case beside it are the same. */
export function answerTwin(before: SheetChoices, { row, of }: Join, answer: TwinAnswer): Partial<SheetChoices> {
  return { twins: { ...before.twins, [row]: { answer, case: of.case, list: of.list, row: of.row } } };
}

/** What somebody has answered, also while it is being read anew; else what is proposed. */
export const answerFor = (chosen: SheetChoices, join: Join): TwinAnswer => chosen.twins[join.row]?.answer ?? join.answer;

const cellKey = (cell: Cell) => (cell.field === "parties" ? `parties.${cell.listed[0] ?? ""}` : cell.field);

/** Whether a case gets what the list says of a field. */
export function takeCell(before: SheetChoices, row: number, cell: Cell, take: boolean): Partial<SheetChoices> {
  return { cells: { ...before.cells, [row]: { ...before.cells[row], [cellKey(cell)]: take } } };
}

/** The same, as it was chosen or is proposed. */
export const isTaken = (chosen: SheetChoices, row: number, cell: Cell): boolean =>
  chosen.cells[row]?.[cellKey(cell)] ?? cell.take;

/** Another header row makes other columns of the sheet: what was chosen for the old ones goes. */
export function chooseHeaderRow(row: number): Partial<SheetChoices> {
  return { header_row: row, columns: {}, values: {}, twins: {}, cells: {} };
}
