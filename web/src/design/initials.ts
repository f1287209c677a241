// A person in two letters.

/** First letters of the first and last word; two letters of a single word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0] ?? "?";
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letters = last ? [...first][0]! + [...last][0]! : [...first].slice(0, 2).join("");
  return letters.toLocaleUpperCase("nb");
}
