// What readers said of claims, once it is revealed: what each is by that, how much they agree, and whose it was.
import { Link } from "react-router";
import type { About, Item, Outcome } from "../api/collections.ts";
import { useLive } from "../api/live.tsx";
import { modelPath, useNamedModels } from "../api/models.ts";
import { Apart, Reasons } from "../design/Rated.tsx";
import { ReachLine } from "../design/ReachLine.tsx";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

interface Props {
  items: Item[];
  claims: Extract<About, { purpose: "balance" }>["claims"];
  outcome: Extract<Outcome, { kind: "ratings" }>;
}

export function ClaimsOutcome({ items, claims, outcome }: Props) {
  const { m } = useMessages();
  const words = m.balance.reaches;
  return (
    <ol className="rated">
      {outcome.rated.map((rated, at) => {
        const claim = claims[rated.item];
        const reach = outcome.reach?.[at];
        return (
          <li key={rated.item} className="card">
            <h3>
              {claim ? <span className="tag">{m.model.claims[claim.kind].one}</span> : null} {items.find((item) => item.key === rated.item)?.label}
            </h3>
            {claim?.of ? <Whose model={claim.of.model} /> : null}
            {reach ? (
              <ReachLine reach={reach} />
            ) : (
              <p className="small muted">{rated.raters ? m.collections.tooFew(rated.raters, LIMITS.raters_min) : m.balance.nobodySaid}</p>
            )}
            {rated.apart ? <Apart apart={rated.apart} words={words} /> : null}
            <Reasons scores={rated.scores ?? []} besides={rated.apart ?? []} words={words} />
          </li>
        );
      })}
    </ol>
  );
}

/** The model it stood in, on its balance. */
function Whose({ model }: { model: string }) {
  const { m } = useMessages();
  const { id } = useLive();
  const known = useNamedModels().find((one) => one.subject === model);
  if (!known) return null;
  return (
    <p className="small">
      {m.balance.from} <Link to={`${modelPath(id, model)}/balanse`}>{known.words}</Link>
    </p>
  );
}
