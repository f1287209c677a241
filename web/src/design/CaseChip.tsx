// A case wherever it is named: kind mark, code, name; a link to its page.
import { Link } from "react-router";
import { casePath } from "../api/caseLink.ts";
import { useLive, useRowsBySubject } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";

/** Nothing for a case that has just gone, or that the register does not have yet. */
export function CaseChip({ subject, short }: { subject: string; short?: boolean }) {
  const { m } = useMessages();
  const { id } = useLive();
  const row = useRowsBySubject().get(subject);
  if (!row) return null;
  const name = row.name || m.case.unnamed;
  return (
    <Link className="chip" to={casePath(id, subject)} title={name}>
      <span className="k" aria-hidden="true">
        E
      </span>
      <span className="code">{row.code}</span>
      <span className={short ? "vh" : "t"}>{name}</span>
    </Link>
  );
}
