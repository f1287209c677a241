// The codes of the cases a statement rests on and how much of what was said it rests on, or that it rests on nothing.
import { useRowsBySubject } from "../../api/live.tsx";
import type { Linked } from "../../api/modelReading.ts";
import { useMessages } from "../../messages/index.ts";

export function EvidenceCodes({ evidence }: { evidence: readonly Linked[] }) {
  const { m } = useMessages();
  const rows = useRowsBySubject();
  const codes = evidence.flatMap((one) => rows.get(one.subject)?.code ?? []);
  const entries = evidence.filter((one) => one.entry !== "").length;
  const said = entries > 0 ? [m.model.entryCount(entries)] : [];
  return <span className="muted">{[...codes, ...said].join(", ") || m.model.bareTag}</span>;
}
