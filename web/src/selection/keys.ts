// Moving among the rows and deciding by single letters, as those do who sit with it all day.
import { useRef, useState } from "react";
import type { Decision, RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

interface Does {
  onMark(row: RegisterRow): void;
  onDecide(row: RegisterRow, decision: Decision): void;
}

export function useRowKeys(rows: RegisterRow[], does: Does) {
  const { m } = useMessages();
  const table = useRef<HTMLTableElement>(null);
  const [place, setActive] = useState(0);
  const active = Math.max(0, Math.min(place, rows.length - 1));
  const focus = (to: number) => table.current?.querySelector<HTMLElement>(`[data-place="${to}"]`)?.focus();
  const onKey = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.target instanceof HTMLElement) || event.target.dataset["place"] === undefined) return;
    const row = rows[active];
    if (!row) return;
    const letters = Object.entries(m.selection.decisions.letters) as [Decision, string][];
    const decision = letters.find(([, letter]) => letter === event.key.toUpperCase())?.[0];
    const moves: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: rows.length - 1 };
    const to = moves[event.key];
    if (to !== undefined) focus(Math.max(0, Math.min(to, rows.length - 1)));
    else if (event.key === " ") does.onMark(row);
    else if (decision) does.onDecide(row, decision);
    else return;
    event.preventDefault();
  };
  return { table, active, setActive, onKey, focusActive: () => focus(active) };
}
