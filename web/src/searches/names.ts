// Whether a name is of a case that is there already: a first look, without the list's doubts of an import.
import type { RegisterRow } from "../generated/domain.ts";

/** Words of a name that tell one from another: letters and digits, without case and punctuation. */
function words(name: string): string[] {
  return name.toLocaleLowerCase("nb").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** The cases whose name has the same words, or all the words of the other. One word alone has to be all of both. */
export function namesakes(name: string, rows: readonly RegisterRow[]): RegisterRow[] {
  const wanted = new Set(words(name));
  if (wanted.size === 0) return [];
  return rows.filter((row) => {
    const there = new Set(words(row.name));
    const common = [...wanted].filter((word) => there.has(word)).length;
    const smaller = Math.min(wanted.size, there.size);
    return common > 0 && (smaller > 1 ? common === smaller : wanted.size === there.size && common === wanted.size);
  });
}
