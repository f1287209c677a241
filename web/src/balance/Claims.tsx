// The claims of the model by what readers who did not know whose they were said of them, and where each is said: in the
// model, among what all models take for granted, or in a note beside it (R25).
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { classed, claimsOf, imbalances, type ModelClaims, type Said, tellingOf, useClaims, VALUE_CLASSES, type ValueClass } from "../api/balance.ts";
import { inOrder, type Item, plain } from "../api/caseDocument.ts";
import { useCollections, useLive } from "../api/live.tsx";
import type { Claim, ModelDocument } from "../api/modelDocument.ts";
import { ClassBar } from "../design/ClassBar.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Reasons } from "../design/Rated.tsx";
import { ReachLine } from "../design/ReachLine.tsx";
import { Rounds } from "../design/Rounds.tsx";
import { useField, useFields } from "../fields/editor.ts";
import { CLAIM_PLACES, type ClaimKind, type ClaimPlace, LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { setChoice } from "../sync/index.ts";
import { NewClaimsRound } from "./NewClaimsRound.tsx";

export function Claims() {
  const { m } = useMessages();
  const { subject = "" } = useParams();
  const { id, me } = useLive();
  const asked = useClaims(id, subject);
  const [making, setMaking] = useState(false);
  const claims = inOrder(useField<ModelDocument["claims"]>(["claims"])).filter((claim) => (claim.text ?? "").trim());
  const found = asked.value?.models[0];
  const said = new Map(found?.claims.map((one) => [one.claim, one.said]));
  return (
    <section className="claims" aria-labelledby="claims">
      <div className="shead">
        <h3 id="claims">
          {m.balance.claims} <span className="muted num">{claims.length || ""}</span>
        </h3>
        {me.grants.includes("facilitator") && claims.length > 0 && !making ? (
          <Button variant="tertiary" onClick={() => setMaking(true)}>
            {m.balance.askReaders}
          </Button>
        ) : null}
      </div>
      <NotLoaded of={asked} />
      {claims.length === 0 ? <p className="hint">{m.balance.noClaims}</p> : null}
      {making ? <NewClaimsRound first={[subject]} onClose={() => setMaking(false)} /> : null}
      {found && claims.length > 0 ? <Bar found={found} /> : null}
      <ClaimsRounds model={subject} />
      {claims.length > 0 ? (
        <>
          <p className="hint">{m.balance.claimsHelp}</p>
          <ul className="vlist">
            {claims.map((claim) => (
              <PlacedClaim key={claim.id} claim={claim} said={said.get(claim.id) ?? null} />
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

/** The bar, as far as readers have said anything; and what there should be more or less of. */
function Bar({ found }: { found: ModelClaims }) {
  const { m } = useMessages();
  const [n, uneven] = [classed(found), imbalances(found)];
  if (n === 0) return <p className="sentence">{m.balance.notAsked}</p>;
  const parts = VALUE_CLASSES.map((key) => ({ key, label: m.balance.classes[key], count: claimsOf(found, key) }));
  return (
    <>
      <ClassBar what={m.balance.claims} parts={parts} />
      <p className="num">{m.balance.telling(tellingOf(found), n)}</p>
      {found.unclassed > 0 ? <p className="small muted">{m.balance.unclassed(found.unclassed)}</p> : null}
      {uneven.length ? (
        <ul className="sentence warn">
          {uneven.map((one) => (
            <li key={one}>{m.balance.imbalances[one]}</li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** What is asked now, of whichever models: that is told when it is revealed. And what came out about this one. */
export function ClaimsRounds({ model }: { model?: string }) {
  const { value } = useCollections();
  const rounds = value?.collections.filter(({ about, state }) => {
    if (about?.purpose !== "balance") return false;
    return state !== "revealed" || model === undefined || about.models.includes(model);
  });
  return <Rounds rounds={rounds ?? []} />;
}

/** Where a claim of each class is proposed to be said (domain model 3.3). */
const PROPOSED: Record<ValueClass, ClaimPlace> = {
  distinctive: "",
  variant: "",
  "typical-but-shared": "",
  "self-evident": "common",
  "too-local": "local",
};

function PlacedClaim({ claim, said }: { claim: Item<Claim>; said: Said | null }) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useFields();
  const place = plain(claim.place) as ClaimPlace;
  const kind = plain(claim.kind) as ClaimKind | "";
  const text = claim.text ?? "";
  const proposed = said?.reach && said.of_other_words === null ? PROPOSED[said.reach.class] : undefined;
  const put = (to: ClaimPlace) => {
    replica.edit(setChoice(["claims", claim.id, "place"], to));
    say(m.balance.saidNow(text, m.balance.places[to]));
  };
  return (
    <li>
      <div className="vname">
        <p>
          {kind ? <span className="tag">{m.model.claims[kind].one}</span> : null} {text}
        </p>
        <WhatReadersSaid said={said} />
      </div>
      {place === "" ? null : <span className="tag">{m.balance.places[place]}</span>}
      {mayWrite ? (
        <span className="vacts">
          {CLAIM_PLACES.filter((one) => one !== place).map((to) => (
            <Button
              key={to}
              variant={to === proposed ? "secondary" : "tertiary"}
              data-size="sm"
              aria-label={`${m.balance.putIn[to]}: ${text}`}
              onClick={() => put(to)}
            >
              {m.balance.putIn[to]}
            </Button>
          ))}
        </span>
      ) : null}
    </li>
  );
}

function WhatReadersSaid({ said }: { said: Said | null }) {
  const { m } = useMessages();
  const { id } = useLive();
  if (!said) return <p className="small muted">{m.balance.nobodySaid}</p>;
  return (
    <>
      {said.reach ? <ReachLine reach={said.reach} /> : <p className="small muted">{m.collections.tooFew(said.readers, LIMITS.raters_min)}</p>}
      <Reasons scores={said.only_here} words={m.balance.reaches} />
      {said.of_other_words === null ? null : (
        <p className="small warnline">
          {m.balance.otherWords(said.of_other_words)} <Link to={`/w/${id}/innsamlinger/${said.collection}`}>{m.balance.thatRound}</Link>
        </p>
      )}
    </>
  );
}
