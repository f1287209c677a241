// Strengths, weaknesses and preconditions: statements, each with the cases that support or contradict it.
import { plain } from "../../api/caseDocument.ts";
import type { Claim, ModelDocument } from "../../api/modelDocument.ts";
import { useField } from "../../fields/editor.ts";
import { LiveChoice } from "../../fields/LiveChoice.tsx";
import { LiveText } from "../../fields/LiveText.tsx";
import { OpenItem } from "../../fields/OpenItem.tsx";
import type { ClaimKind } from "../../generated/domain.ts";
import { useMessages } from "../../messages/index.ts";
import { choice } from "../../sync/index.ts";
import { EvidenceOf } from "./EvidenceOf.tsx";
import { type ItemProps, Items } from "./Items.tsx";
import { Written } from "./Lines.tsx";

export function Claims({ kind }: { kind: ClaimKind }) {
  const { m } = useMessages();
  const blank = { kind: choice(kind), text: "", ...(kind === "precondition" ? { need: choice("necessary"), takes: choice("") } : {}) };
  return (
    <Items<Claim>
      list="claims"
      id={`claims-${kind}`}
      words={m.model.claims[kind]}
      blank={blank}
      only={(claim) => plain(claim.kind) === kind}
    >
      {(props) => <ClaimItem key={props.item.id} {...props} />}
    </Items>
  );
}

function ClaimItem({ item: claim, path, added }: ItemProps<Claim>) {
  const { m } = useMessages();
  const about = path.join("/");
  const evidence = Object.values(useField<NonNullable<ModelDocument["evidence"]>>(["evidence"]) ?? {});
  const own = evidence.filter((one) => plain(one.about) === about);
  const against = own.filter((one) => plain(one.relation) === "contradicts").length;
  const line = (
    <>
      <Written text={claim.text} />
      {plain(claim.need) === "helpful" ? <span className="tag">{m.model.needs.helpful}</span> : null}
      {own.length === 0 ? <span className="tag warn">{m.model.bareTag}</span> : <span className="tag">{m.model.links(own.length)}</span>}
      {against > 0 ? <span className="tag rel-contradicts">{m.model.contested}</span> : null}
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={m.model.removeClaim} removed={m.model.claimRemoved}>
      <LiveText path={[...path, "text"]} label={m.model.claim} rows={2} />
      {plain(claim.kind) === "precondition" ? (
        <div className="fieldrow">
          <LiveChoice path={[...path, "need"]} label={m.model.need} words={m.model.needs} />
          <LiveChoice path={[...path, "takes"]} label={m.model.takes} words={{ "": m.model.unsaid, ...m.model.takesWords }} />
        </div>
      ) : null}
      <EvidenceOf about={about} />
    </OpenItem>
  );
}
