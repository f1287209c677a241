// What somebody has chosen for the sheets of an import. What is not chosen, the server proposes.
import type { ImportChoices, SheetChoices, SheetPlan } from "../generated/domain.ts";

export const nothingChosen: ImportChoices = { sheets: [] };

type Named = Pick<SheetPlan, "file" | "name">;

/** What was chosen for a sheet. */
export function chosenFor(choices: ImportChoices, sheet: Named): SheetChoices {
  const found = choices.sheets.find((one) => one.file === sheet.file && one.name === sheet.name);
  return (
    found ?? { file: sheet.file, name: sheet.name, leave_out: false, take_known: false, header_row: null, columns: {}, values: {} }
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

/** Another header row makes other columns of the sheet: what was chosen for the old ones goes. */
export function chooseHeaderRow(row: number): Partial<SheetChoices> {
  return { header_row: row, columns: {}, values: {} };
}
