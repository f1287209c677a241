/** Named edits: what a person does to a document, as data; applied and inverted by `history`. */

import { ImmutableString } from "@automerge/automerge";
import type { Content } from "./types";

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** From the root of a document to a value. */
export type Path = readonly (string | number)[];

/** One named edit; make it with the functions below. */
export type Edit =
  | { readonly do: "set"; readonly path: Path; readonly value: Scalar }
  | { readonly do: "unset"; readonly path: Path }
  | { readonly do: "add"; readonly path: Path; readonly value: Content }
  | { readonly do: "remove"; readonly path: Path }
  | {
      readonly do: "splice";
      readonly path: Path;
      readonly at: number;
      readonly del: number;
      readonly ins: string;
    }
  | { readonly do: "text"; readonly path: Path; readonly text: string }
  | { readonly do: "together"; readonly edits: readonly Edit[] };

/** What a field that is not Text can hold; `float` keeps a whole number a float in the document. */
export type Scalar =
  | { readonly choice: string }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly flag: boolean }
  | null;

/** A string that is one whole: an id, a choice, an order key. */
export function choice(value: string): ImmutableString {
  return new ImmutableString(value);
}

/** Sets a choice, an id or an order key. */
export function setChoice(path: Path, value: string | null): Edit {
  return { do: "set", path, value: value === null ? null : { choice: value } };
}

/** Sets a whole number, as years and counts are. */
export function setInt(path: Path, value: number | null): Edit {
  return { do: "set", path, value: value === null ? null : { int: value } };
}

/** Sets a number that may have decimals. */
export function setFloat(path: Path, value: number | null): Edit {
  return { do: "set", path, value: value === null ? null : { float: value } };
}

/** Sets a yes or no. */
export function setFlag(path: Path, value: boolean): Edit {
  return { do: "set", path, value: { flag: value } };
}

/** Puts a key into a set or takes it out; a set is a map from key to `true`. */
export function toggleInSet(path: Path, key: string, on: boolean): Edit {
  const at = [...path, key];
  return on ? { do: "set", path: at, value: { flag: true } } : { do: "unset", path: at };
}

/** Replaces `del` UTF-16 units at `at` by `ins`. */
export function spliceText(path: Path, at: number, del: number, ins: string): Edit {
  return { do: "splice", path, at, del, ins };
}

/** Makes the text read `text`, changing only what differs. */
export function updateText(path: Path, text: string): Edit {
  return { do: "text", path, text };
}

/** Adds a whole item to a list (a map keyed by id). */
export function addItem(list: Path, id: string, item: { readonly [key: string]: Content }): Edit {
  return { do: "add", path: [...list, id], value: item };
}

/** Removes an item with all that is in it. */
export function removeItem(path: Path): Edit {
  return { do: "remove", path };
}

/** Several edits of one document as one change and one undo step. */
export function together(...edits: Edit[]): Edit {
  return { do: "together", edits };
}

/** A fresh id: 16 characters of `0-9a-z`. */
export function freshId(): string {
  let id = "";
  while (id.length < 16) {
    for (const byte of crypto.getRandomValues(new Uint8Array(24))) {
      if (byte < 252 && id.length < 16) id += DIGITS[byte % 36];
    }
  }
  return id;
}

/** An order key between two others; null stands for the list's ends. Keys never end in `0`. */
export function orderBetween(before: string | null, after: string | null): string {
  const low = before ?? "";
  let key = "";
  for (let i = 0; ; i++) {
    const from = i < low.length ? DIGITS.indexOf(low.charAt(i)) : 0;
    const bounded = after !== null && after.startsWith(key) && i < after.length;
    const to = bounded ? DIGITS.indexOf(after.charAt(i)) : DIGITS.length;
    if (to - from > 1) return key + DIGITS.charAt(Math.floor((from + to) / 2));
    key += DIGITS.charAt(from);
  }
}
