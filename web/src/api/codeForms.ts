// Filled code forms: what the server says that one would change.
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

/** What a filled form would change; nothing is. */
export function readCodeForm(workshop: string, file: File): Promise<FormDifference> {
  const form = new FormData();
  form.append("file", file, file.name);
  return request<FormDifference>(`/workshops/${workshop}/code-forms`, { method: "POST", body: form });
}
