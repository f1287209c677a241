// Files to take along: where the server gives them.
import type { Language } from "../messages/index.ts";

/** What a file holds, and as what it may be written. */
export type ExportFile =
  | `${"register" | "codings" | "code-book" | "coverage" | "pairs" | "mixes" | "distances" | "groups"}.${"csv" | "xlsx"}`
  | `sources.${"ris" | "bib"}`
  | "code-form.xlsx";

/** The address of a file, in the language of the screen; `more` is what is asked of groups and distances. */
export function exportPath(workshop: string, file: ExportFile, language: Language, more?: URLSearchParams): string {
  const params = new URLSearchParams(more);
  params.set("language", language);
  return `/api/v1/workshops/${workshop}/exports/${file}?${params.toString()}`;
}
