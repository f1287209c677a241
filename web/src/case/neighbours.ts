// The cases before and after one, by code.
import { useMemo } from "react";
import { useRows } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";

export interface Neighbours {
  /** From 0. */
  at: number;
  of: number;
  before: string | undefined;
  after: string | undefined;
}

/** Undefined while the register does not have the case. */
export function useNeighbours(subject: string): Neighbours | undefined {
  const { format } = useMessages();
  const rows = useRows();
  const sorted = useMemo(() => [...rows].sort((a, b) => format.collator.compare(a.code, b.code)), [rows, format]);
  const at = sorted.findIndex((row) => row.subject === subject);
  if (at < 0) return undefined;
  return { at, of: sorted.length, before: sorted[at - 1]?.subject, after: sorted[at + 1]?.subject };
}
