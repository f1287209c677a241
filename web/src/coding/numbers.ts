// Numbers as people type them.

/** Reads a number as people write it here, with comma or point; undefined when it is none. */
export function readNumber(text: string): number | null | undefined {
  const clean = text.trim().replace(/\s/g, "").replace(",", ".");
  if (clean === "") return null;
  return /^-?\d+(\.\d+)?$/.test(clean) ? Number(clean) : undefined;
}
