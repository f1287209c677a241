// Strengths, weaknesses and preconditions: statements, each with the cases that support or contradict it.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { inOrder, type Item, plain } from "../api/caseDocument.ts";
import type { Claim, ModelDocument } from "../api/modelDocument.ts";
import { useField, useFields } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
import { OpenItem } from "../fields/OpenItem.tsx";
import { useAdd } from "../fields/useAdd.ts";
import type { ClaimKind } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { choice } from "../sync/index.ts";
import { EvidenceOf } from "./EvidenceOf.tsx";

export function Claims({ kind }: { kind: ClaimKind }) {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const all = inOrder(useField<ModelDocument["claims"]>(["claims"]));
  const claims = all.filter((claim) => plain(claim.kind) === kind);
  const { add, added } = useAdd(["claims"], all);
  const words = m.model.claims[kind];
  return (
    <section className="sect" aria-labelledby={`claims-${kind}`}>
      <div className="shead">
        <h2 id={`claims-${kind}`}>
          {words.title} <span className="muted num">{claims.length || ""}</span>
        </h2>
        {mayWrite ? (
          <Button variant="tertiary" onClick={() => add({ kind: choice(kind), text: "" })}>
            <PlusIcon aria-hidden /> {words.add}
          </Button>
        ) : null}
      </div>
      {claims.length === 0 ? <p className="hint">{words.none}</p> : null}
      <ul className="openlist">
        {claims.map((claim) => (
          <ClaimItem key={claim.id} claim={claim} added={claim.id === added} />
        ))}
      </ul>
    </section>
  );
}

function ClaimItem({ claim, added }: { claim: Item<Claim>; added: boolean }) {
  const { m } = useMessages();
  const path = ["claims", claim.id] as const;
  const about = path.join("/");
  const evidence = Object.values(useField<NonNullable<ModelDocument["evidence"]>>(["evidence"]) ?? {});
  const own = evidence.filter((one) => plain(one.about) === about);
  const against = own.filter((one) => plain(one.relation) === "contradicts").length;
  const line = (
    <>
      <span className="grow">{claim.text || <span className="muted">{m.model.unwritten}</span>}</span>
      {own.length === 0 ? <span className="tag warn">{m.model.bareTag}</span> : <span className="tag">{m.model.links(own.length)}</span>}
      {against > 0 ? <span className="tag rel-contradicts">{m.model.contested}</span> : null}
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={m.model.removeClaim} removed={m.model.claimRemoved}>
      <LiveText path={[...path, "text"]} label={m.model.claim} rows={2} />
      <EvidenceOf about={about} />
    </OpenItem>
  );
}
