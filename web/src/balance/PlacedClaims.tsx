// Where each claim is said: in the model, among what all models take for granted, or in a note beside it (R25).
import { Button } from "@digdir/designsystemet-react";
import { inOrder, type Item, plain } from "../api/caseDocument.ts";
import type { Claim, ModelDocument } from "../api/modelDocument.ts";
import { useField, useFields } from "../fields/editor.ts";
import { CLAIM_PLACES, type ClaimPlace } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { setChoice } from "../sync/index.ts";

export function PlacedClaims() {
  const { m } = useMessages();
  const claims = inOrder(useField<ModelDocument["claims"]>(["claims"])).filter((claim) => (claim.text ?? "").trim());
  if (claims.length === 0) return null;
  return (
    <section aria-labelledby="placed">
      <h3 id="placed">{m.balance.claims}</h3>
      <p className="hint">{m.balance.claimsHelp}</p>
      <ul className="vlist">
        {claims.map((claim) => (
          <PlacedClaim key={claim.id} claim={claim} />
        ))}
      </ul>
    </section>
  );
}

function PlacedClaim({ claim }: { claim: Item<Claim> }) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useFields();
  const place = plain(claim.place) as ClaimPlace;
  const text = claim.text ?? "";
  const put = (to: ClaimPlace) => {
    replica.edit(setChoice(["claims", claim.id, "place"], to));
    say(m.balance.saidNow(text, m.balance.places[to]));
  };
  return (
    <li>
      <span className="vname">{text}</span>
      {place === "" ? null : <span className="tag">{m.balance.places[place]}</span>}
      {mayWrite ? (
        <span className="vacts">
          {CLAIM_PLACES.filter((one) => one !== place).map((to) => (
            <Button key={to} variant="tertiary" data-size="sm" aria-label={`${m.balance.putIn[to]}: ${text}`} onClick={() => put(to)}>
              {m.balance.putIn[to]}
            </Button>
          ))}
        </span>
      ) : null}
    </li>
  );
}
