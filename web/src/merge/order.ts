// The order in which the fields of a case are read.
import { type Cell, type Characteristic, IMPORT_FIELDS } from "../generated/domain.ts";

/** Facts first, then whether it is an example and chosen, the characteristics as they are numbered, and what lists said besides. */
export function inOrder(cells: readonly Cell[], characteristics: readonly Characteristic[]): Cell[] {
  const places = new Map<string, number>();
  const all = [
    ...IMPORT_FIELDS,
    "eligibility",
    "selection",
    ...characteristics.map((one) => `codings.${one.key}`),
  ];
  all.forEach((field, place) => places.set(field, place));
  const place = (cell: Cell) => places.get(cell.field) ?? all.length;
  return [...cells].sort((a, b) => place(a) - place(b));
}
