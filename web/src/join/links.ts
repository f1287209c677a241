// Links as people paste them, and codes as they type them.

/** The code of a room as somebody types it; the server reads O as 0, and I and L as 1. */
const CODE = /^[0-9A-TV-Za-tv-z]{6}$/;

/** Where a pasted link or a typed code leads inside this client, or undefined when it is none of ours. */
export function pathOfLink(text: string): string | undefined {
  const found = /\/(bli-med|eier|kom-tilbake)\/?#([A-Za-z0-9_-]{43})\s*$/.exec(text.trim());
  if (found) return `/${found[1]}#${found[2]}`;
  const code = text.replace(/[\s-]/g, "");
  return CODE.test(code) ? `/bli-med#${code.toUpperCase()}` : undefined;
}
