// What is in a sealed document and on a board, as the screens read it. Containers are the server's; items are whole.
import { keysOf } from "../api/caseDocument.ts";
import type { Codings } from "../coding/editor.ts";
import type { Replica } from "../sync/types.ts";

export interface SealedDocument {
  notes?: Record<string, { text?: unknown; order?: unknown }>;
  votes?: Record<string, number | null>;
  ratings?: Record<string, { score?: number | null; reason?: unknown }>;
  /** By case and characteristic. */
  codings?: Record<string, Codings>;
}

export interface BoardDocument {
  notes?: Record<string, { text?: unknown; by?: unknown; about?: Record<string, boolean>; order?: unknown }>;
}

/** A note as it is shown. */
export interface Note {
  id: string;
  text: string;
  by: string;
  /** Subjects of the cases it is about. */
  about: string[];
  order: string;
}

/** The notes in their order. */
export function notesOf(doc: BoardDocument | undefined): Note[] {
  const notes = Object.entries(doc?.notes ?? {}).map(([id, note]) => ({
    id,
    text: words(note.text),
    by: words(note.by),
    about: keysOf(note.about),
    order: words(note.order),
  }));
  return notes.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1));
}

const words = (value: unknown): string => (value === undefined || value === null ? "" : String(value));

export interface AnswerProps {
  replica: Replica<SealedDocument>;
  mayWrite: boolean;
}
