// Links as people paste them.

/** Where a pasted link or a typed code leads inside this client, or undefined when it is none of ours. */
export function pathOfLink(text: string): string | undefined {
  const found = /\/(bli-med|eier|kom-tilbake)\/?#([A-Za-z0-9_-]{43})\s*$/.exec(text.trim());
  if (found) return `/${found[1]}#${found[2]}`;
  const code = text.replace(/[\s-]/g, "");
  return CODE.test(code) ? `/bli-med#${code.toUpperCase()}` : undefined;
}

/** The code of a room as somebody types it; the server reads O as 0, and I and L as 1. */
export const CODE = /^[0-9A-TV-Za-tv-z]{6}$/;

/** The code as it is read out: in two parts. */
export const spoken = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`;
