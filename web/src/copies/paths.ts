// Where in a case a difference lies, in words.
import type { Characteristic } from "../generated/domain.ts";
import { labelOf, type Language, type Messages } from "../messages/index.ts";

/** «Beskrivelse», «K10 Omfang», «Parter»; the path itself where there is no word for it. */
export function nameOfPath(
  path: readonly (string | number)[],
  m: Messages,
  characteristics: Characteristic[],
  language: Language,
): string {
  const [part, key] = path.map(String);
  if (part === "parties") return m.case.parties;
  if (part === "selection") return m.case.selection;
  if (part === "threads") return m.talk.title;
  if (part === "codings") {
    const found = characteristics.find((c) => c.key === key);
    return found ? `${found.code} ${labelOf(found, language)}` : m.case.coding;
  }
  const words: Record<string, string> = {
    name: m.case.name,
    country: m.case.country,
    sector: m.case.sector,
    source: m.case.source,
    origin: m.case.origin,
    status: m.case.status,
    start_year: m.case.start,
    end_year: m.case.end,
    period: m.case.period,
    level: m.case.level,
    description: m.case.description,
    benefit: m.case.benefit,
    notes: m.case.notes,
  };
  return words[key ?? ""] ?? path.join(" / ");
}
