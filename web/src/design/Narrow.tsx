// Cases that are coded as ecosystems and have one partner group or none (R19): a sentence about one, a list of several.
import { ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import { Link } from "react-router";
import { actorMapPath } from "../api/actors.ts";
import { useLive, useRows } from "../api/live.tsx";
import type { RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { CaseChip } from "./CaseChip.tsx";

const PARTNERS = ["research", "business", "voluntary"] as const;

export function NarrowSentence({ row }: { row: RegisterRow }) {
  const { m } = useMessages();
  const { id } = useLive();
  if (!row.narrow_ecosystem) return null;
  const partner = PARTNERS.find((part) => row.mix[part]);
  return (
    <p className="sentence warn narrow" role="note">
      <ExclamationmarkTriangleIcon aria-hidden />
      <span>
        {partner ? m.actorMap.narrowOf(row.code, m.variation.partners[partner]) : m.actorMap.narrowAlone(row.code)}{" "}
        <Link to={actorMapPath(id, [row.code])}>{m.actorMap.seeMap}</Link>
      </span>
    </p>
  );
}

/** Of the cases that count, or of those of them that are chosen; nothing where there is none. */
export function NarrowList({ chosen }: { chosen?: boolean }) {
  const { m } = useMessages();
  const counted = useRows().filter((row) => row.state !== "archived" && row.origin !== "future");
  const narrow = counted.filter((row) => row.narrow_ecosystem && (!chosen || row.decision === "in"));
  if (narrow.length === 0) return null;
  return (
    <section className="narrowlist" aria-labelledby="narrow">
      <h2 id="narrow">{m.actorMap.narrow}</h2>
      <p className="hint">{m.actorMap.narrowHelp}</p>
      <ul>
        {narrow.map((row) => (
          <li key={row.subject}>
            <CaseChip subject={row.subject} />
          </li>
        ))}
      </ul>
    </section>
  );
}
