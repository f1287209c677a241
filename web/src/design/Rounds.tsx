// Rounds in which people answer something apart from each other, each with where it stands and whether it waits for me.
import { Link } from "react-router";
import type { Collection } from "../api/collections.ts";
import { useLive, waitsFor } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";
import "./rounds.css";

export function Rounds({ rounds }: { rounds: readonly Collection[] }) {
  return (
    <ul className="rounds">
      {rounds.map((one) => (
        <Round key={one.id} round={one} />
      ))}
    </ul>
  );
}

function Round({ round }: { round: Collection }) {
  const { m, format } = useMessages();
  const { id, me } = useLive();
  const mine = round.state === "open" && waitsFor(round, me);
  return (
    <li>
      <Link className="grow" to={`/w/${id}/innsamlinger/${round.id}`}>
        {round.title}
      </Link>
      <span className="small muted num">
        {[round.round > 1 ? m.collections.round(round.round) : "", format.date(round.opened_ms)].filter(Boolean).join(" · ")}
      </span>
      <span className={mine ? "tag acc" : "tag"}>{mine ? m.collections.yourTurn : m.collections.states[round.state]}</span>
    </li>
  );
}
