// Problems in words for people.
import type { Messages } from "../messages/index.ts";
import type { Refusal } from "../generated/domain.ts";
import { Problem } from "./request.ts";

/** A sentence that says what happened: ours where we know the kind, else the server's own. */
export function wordsOf(error: unknown, m: Messages): string {
  if (!(error instanceof Problem)) return m.problems.unexpected;
  if (error.kind === "unreachable") return m.problems.unreachable;
  const ours = m.problems.kinds[error.kind] ?? m.intake.refusals[error.why as Refusal];
  return ours ?? ([error.message, error.detail].filter(Boolean).join(" ") || m.problems.unexpected);
}
