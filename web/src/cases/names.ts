// What a case is called in a list.
import type { RegisterRow } from "../generated/domain.ts";
import type { Messages } from "../messages/index.ts";

/** The name; why there is none where the server cannot read the case. */
export function nameOf(row: RegisterRow, m: Messages): string {
  if (row.problems.some(({ kind }) => kind === "unreadable")) return m.case.quarantined;
  return row.name || m.case.unnamed;
}
