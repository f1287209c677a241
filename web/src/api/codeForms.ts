// Filled code forms: what the server says that one would change.
import { LIMITS } from "../generated/domain.ts";
import { request } from "./request.ts";

/** What a coding says, without who said it. */
export interface Said {
  state: "coded" | "unknown" | "not_applicable" | "not_coded";
  values: string[];
  number: number | null;
  text: string;
}

export interface FormChange {
  subject: string;
  characteristic: string;
  now: Said;
  new: Said;
  /** What stands for `now` when I say yes to it. */
  seen: string;
  /** Somebody has changed it since the form was made, or nobody knows. */
  meanwhile: boolean;
}

export interface FormDoubt {
  /** From 1. */
  row: number;
  case: string;
  characteristic: string | null;
  original: string;
  why: "unknown-word" | "many-values" | "not-a-number" | "unknown-case" | "repeated";
}

export interface FormDifference {
  changes: FormChange[];
  doubts: FormDoubt[];
  cases: number;
  cells: number;
}

/** A coding of a form that was left as it stood. */
export interface Left {
  subject: string;
  characteristic: string;
}

/** What came of taking a form in. */
export interface Taken {
  /** By which it is undone. */
  imports: string[];
  /** How many codings were changed. */
  codings: number;
  /** Coded otherwise by now, or in cases that take no edits. */
  left: Left[];
}

const formOf = (file: File) => {
  const form = new FormData();
  form.append("file", file, file.name);
  return form;
};

/** What a filled form would change; nothing is. */
export const readCodeForm = (workshop: string, file: File) =>
  request<FormDifference>(`/workshops/${workshop}/code-forms`, { method: "POST", body: formOf(file) });

/** Has the cases coded as the form says, by one command of the server; of more than one takes, several follow each other. */
export async function takeInCodeForm(
  workshop: string,
  file: File,
  changes: readonly FormChange[],
  key: string,
): Promise<Taken> {
  const all: Taken = { imports: [], codings: 0, left: [] };
  for (const [n, take] of inParts(changes).entries()) {
    const form = formOf(file);
    form.append("choices", JSON.stringify({ take }));
    const taken = await request<{ import: string | null; codings: number; left: Left[] }>(
      `/workshops/${workshop}/code-forms/taken-in`,
      { method: "POST", body: form, headers: { "Idempotency-Key": `${key}-${n}` } },
    );
    if (taken.import) all.imports.push(taken.import);
    all.codings += taken.codings;
    all.left.push(...taken.left);
  }
  return all;
}

/** A yes to a change, as the server takes it. */
type Yes = Pick<FormChange, "subject" | "characteristic" | "seen">;

/** What stands around the changes of one command, and to spare. */
const AROUND_BYTES = 100;
const ROOM: { cases: number; bytes: number } = {
  cases: LIMITS.decided_cases_max,
  bytes: LIMITS.import_choices_bytes_max - AROUND_BYTES,
};

/** Changes in parts of so many cases and bytes at most; what is about one case stays together. */
export function inParts(changes: readonly FormChange[], room = ROOM): Yes[][] {
  const byCase = new Map<string, Yes[]>();
  for (const { subject, characteristic, seen } of changes) {
    byCase.set(subject, [...(byCase.get(subject) ?? []), { subject, characteristic, seen }]);
  }
  const parts: { cases: number; bytes: number; changes: Yes[] }[] = [];
  for (const own of byCase.values()) {
    const bytes = new TextEncoder().encode(JSON.stringify(own)).length;
    let part = parts.at(-1);
    if (!part || part.cases === room.cases || part.bytes + bytes > room.bytes) {
      part = { cases: 0, bytes: 0, changes: [] };
      parts.push(part);
    }
    part.cases += 1;
    part.bytes += bytes;
    part.changes.push(...own);
  }
  return parts.map((part) => part.changes);
}
