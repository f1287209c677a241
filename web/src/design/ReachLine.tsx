// What a claim is by its readers: its class, how many said what, and how much they agree.
import type { Reach } from "../api/collections.ts";
import { useMessages } from "../messages/index.ts";
import "./classBar.css";
import "./rated.css";

export function ReachLine({ reach }: { reach: Reach }) {
  const { m, format } = useMessages();
  const readers = reach.counts.reduce((sum, n) => sum + n, 0);
  const said = reach.counts.map((n, at) => m.balance.reachCount(n, m.balance.reaches[at] ?? "")).join(", ");
  return (
    <p className="reachline small">
      <span className="tag">
        <i className={`cb-${reach.class}`} aria-hidden="true" />
        {m.balance.classTitles[reach.class]}
      </span>
      <span className="num">{said}</span>
      <span className="muted">{m.balance.middle(m.balance.medians[2 * reach.median] ?? "")}</span>
      {reach.agreement && readers > 1 ? (
        <span className={`tag agreed-${reach.agreement.label}`}>
          {m.collections.agreed[reach.agreement.label]}
          <span className="vh">, {m.collections.consensus(format.exact(reach.agreement.consensus, 2))}</span>
        </span>
      ) : null}
    </p>
  );
}
