// The cases a statement rests on, or the model as a whole: what each says of it, how much it carries, what it shows.
import { type Item, lastOrder, plain } from "../../api/caseDocument.ts";
import { useCaseCounts } from "../../api/labels.ts";
import { useLive, useRowsBySubject } from "../../api/live.tsx";
import { adrift, type Evidence, evidenceAbout, type ModelDocument } from "../../api/modelDocument.ts";
import { AddCase } from "../../fields/AddCase.tsx";
import { useField, useFields } from "../../fields/editor.ts";
import { LiveChoice } from "../../fields/LiveChoice.tsx";
import { LiveText } from "../../fields/LiveText.tsx";
import { OpenItem } from "../../fields/OpenItem.tsx";
import { type RegisterRow, STRENGTHS } from "../../generated/domain.ts";
import { useMessages } from "../../messages/index.ts";
import { addItem, choice, freshId, orderBetween } from "../../sync/index.ts";
import { useRead } from "../../sync/react.ts";
import type { Replica } from "../../sync/types.ts";

type All = NonNullable<ModelDocument["evidence"]>;

export function EvidenceOf({ about }: { about: string }) {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const evidence = evidenceAbout({ evidence: useField<All>(["evidence"]) ?? {} }, about);
  const counted = useCaseCounts();
  return (
    <div className="evidence">
      {evidence.length === 0 ? (
        <p className="small bare">{m.model.bare}</p>
      ) : (
        <p className="small muted">{counted(evidence.map((one) => plain(one.case)))}</p>
      )}
      <ul className="openlist">
        {evidence.map((one) => (
          <One key={one.id} evidence={one} />
        ))}
      </ul>
      {mayWrite ? <AddEvidence about={about} linked={evidence.map((one) => plain(one.case))} /> : null}
    </div>
  );
}

/** Links whose statement was deleted; they are not counted as anything's evidence. */
export function Adrift() {
  const { m } = useMessages();
  const { replica } = useFields();
  const left = useRead(replica as Replica<ModelDocument>, adrift);
  if (left.length === 0) return null;
  return (
    <>
      <p className="sentence warn">{m.model.adrift(left.length)}</p>
      <ul className="openlist">
        {left.map((one) => (
          <One key={one.id} evidence={one} />
        ))}
      </ul>
    </>
  );
}

function One({ evidence }: { evidence: Item<Evidence> }) {
  const { m } = useMessages();
  const row = useRowsBySubject().get(plain(evidence.case));
  const path = ["evidence", evidence.id] as const;
  const [relation, strength] = [plain(evidence.relation), plain(evidence.strength)];
  // An imagined case shows what could be, and no more (domain model 1.3).
  const weighable = row?.origin === "future" ? STRENGTHS.slice(0, 1) : STRENGTHS;
  const strengths = Object.fromEntries(weighable.map((key) => [key, m.model.strengths[key]]));
  const line = (
    <>
      <span className={`tag rel-${relation}`}>{m.model.relations[relation as keyof typeof m.model.relations] ?? relation}</span>
      <b>{row ? row.code : m.model.caseGone}</b>
      <span className="grow">{row?.name}</span>
      <span className="small muted">{m.model.strengths[strength as keyof typeof m.model.strengths] ?? strength}</span>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={false} remove={m.model.unlink} removed={m.model.unlinked}>
      <div className="fieldrow">
        <LiveChoice path={[...path, "relation"]} label={m.model.relation} words={m.model.relations} />
        <LiveChoice path={[...path, "strength"]} label={m.model.strength} words={strengths} />
        <LiveChoice path={[...path, "field"]} label={m.model.caseField} words={{ "": m.model.wholeCase, ...m.model.caseFields }} />
      </div>
      <LiveText path={[...path, "shows"]} label={m.model.shows} rows={2} />
      <LiveText path={[...path, "quote"]} label={m.model.quote} rows={1} />
    </OpenItem>
  );
}

/** Takes one more case as evidence, named by code or name. */
function AddEvidence({ about, linked }: { about: string; linked: string[] }) {
  const { m } = useMessages();
  const { me } = useLive();
  const { replica, say } = useFields();
  const link = (row: RegisterRow) => {
    if (linked.includes(row.subject)) return m.model.linkedAlready(row.code);
    replica.edit(
      addItem(["evidence"], freshId(), {
        about: choice(about),
        case: choice(row.subject),
        field: choice(""),
        relation: choice("supports"),
        strength: choice("anecdote"),
        shows: "",
        quote: "",
        by: choice(me.id),
        order: choice(orderBetween(lastOrder((replica.doc as ModelDocument | undefined)?.evidence), null)),
      }),
    );
    return say(m.model.linkedNow(row.code));
  };
  return <AddCase label={m.model.linkCase} action={m.model.linkDo} onAdd={link} />;
}
