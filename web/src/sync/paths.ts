/** Reading what lies at a path of a document. */

import { isImmutableString } from "@automerge/automerge";
import type { Path } from "./edits";

/** What lies at the path; an immutable string reads as a plain one. */
export function valueAt(doc: unknown, path: Path): unknown {
  const value = rawAt(doc, path);
  return isImmutableString(value) ? String(value) : value;
}

/** What lies at the path, as automerge gives it. */
export function rawAt(doc: unknown, path: Path): unknown {
  let value = doc;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
