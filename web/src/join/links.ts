// Links as people paste them.

/** Where a pasted link leads inside this client, or undefined when it is none of ours. */
export function pathOfLink(text: string): string | undefined {
  const found = /\/(bli-med|eier)\/?#([A-Za-z0-9_-]{43})\s*$/.exec(text.trim());
  return found ? `/${found[1]}#${found[2]}` : undefined;
}
