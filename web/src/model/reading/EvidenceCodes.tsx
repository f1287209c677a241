// The codes of the cases a statement rests on, or that it rests on none.
import { useRowsBySubject } from "../../api/live.tsx";
import type { Linked } from "../../api/modelReading.ts";
import { useMessages } from "../../messages/index.ts";

export function EvidenceCodes({ evidence }: { evidence: readonly Linked[] }) {
  const { m } = useMessages();
  const rows = useRowsBySubject();
  const codes = evidence.flatMap((one) => rows.get(one.subject)?.code ?? []);
  return <span className="muted">{codes.join(", ") || m.model.bareTag}</span>;
}
