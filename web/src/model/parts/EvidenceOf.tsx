// What a statement rests on, or the model as a whole: the cases and what was said, what each says of it, how much it
// carries, what it shows.
import { Link } from "react-router";
import { type Item, plain } from "../../api/caseDocument.ts";
import { useEvidenceCounts, useLabels } from "../../api/labels.ts";
import { useRowsBySubject } from "../../api/live.tsx";
import { adrift, type Evidence, evidenceAbout, type ModelDocument } from "../../api/modelDocument.ts";
import { AddCase } from "../../fields/AddCase.tsx";
import { AddChosen } from "../../fields/AddChosen.tsx";
import { useField, useFields } from "../../fields/editor.ts";
import { LiveChoice } from "../../fields/LiveChoice.tsx";
import { LiveText } from "../../fields/LiveText.tsx";
import { OpenItem } from "../../fields/OpenItem.tsx";
import { type RegisterRow, STRENGTHS } from "../../generated/domain.ts";
import { useMessages } from "../../messages/index.ts";
import { useRead } from "../../sync/react.ts";
import type { Replica } from "../../sync/types.ts";
import { BesideButton } from "../beside/BesideButton.tsx";
import { mayQuote, useEntries, useEntryName, useEntryPath } from "../entries.ts";
import { useLink } from "../useLink.ts";

type All = NonNullable<ModelDocument["evidence"]>;

export function EvidenceOf({ about }: { about: string }) {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const evidence = evidenceAbout({ evidence: useField<All>(["evidence"]) ?? {} }, about);
  const counted = useEvidenceCounts();
  const of = evidence.map((one) => ({ subject: plain(one.case), entry: plain(one.entry) }));
  return (
    <div className="evidence" data-about={about}>
      {evidence.length === 0 ? <p className="small bare">{m.model.bare}</p> : <p className="small muted">{counted(of)}</p>}
      <ul className="openlist">
        {evidence.map((one) => (
          <One key={one.id} evidence={one} />
        ))}
      </ul>
      {mayWrite ? (
        <>
          <AddEvidence about={about} linked={of.map((one) => one.subject)} />
          <AddEntry about={about} linked={of.map((one) => one.entry)} />
        </>
      ) : null}
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
  const entry = plain(evidence.entry) !== "";
  const path = ["evidence", evidence.id] as const;
  const [relation, strength] = [plain(evidence.relation), plain(evidence.strength)];
  const line = (
    <>
      <span className={`tag rel-${relation}`}>{m.model.relations[relation as keyof typeof m.model.relations] ?? relation}</span>
      {entry ? <EntryLine evidence={evidence} /> : <CaseLine evidence={evidence} />}
      <span className="small muted">{m.model.strengths[strength as keyof typeof m.model.strengths] ?? strength}</span>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={false} remove={m.model.unlink} removed={m.model.unlinked}>
      {entry ? <EntryFields evidence={evidence} path={path} /> : <CaseFields evidence={evidence} path={path} />}
    </OpenItem>
  );
}

function CaseLine({ evidence }: { evidence: Item<Evidence> }) {
  const { m } = useMessages();
  const row = useRowsBySubject().get(plain(evidence.case));
  const quote = (evidence.quote ?? "").trim();
  return (
    <>
      <b>{row ? row.code : m.model.caseGone}</b>
      <span className="grow">{quote ? `«${quote}»` : row?.name}</span>
    </>
  );
}

/** Who is not of the team sees that somebody said something, and neither who nor what. */
function EntryLine({ evidence }: { evidence: Item<Evidence> }) {
  const { m } = useMessages();
  const name = useEntryName();
  const found = useEntries()?.find((one) => one.key === plain(evidence.entry));
  return (
    <>
      <b>{m.model.entry}</b>
      <span className="grow">{found ? name(found) : m.model.entryHidden}</span>
    </>
  );
}

interface FieldsProps {
  evidence: Item<Evidence>;
  path: readonly [string, string];
}

function CaseFields({ evidence, path }: FieldsProps) {
  const { m } = useMessages();
  const labels = useLabels();
  const subject = plain(evidence.case);
  const row = useRowsBySubject().get(subject);
  const field = plain(evidence.field);
  // An imagined case shows what could be, and no more (domain model 1.3).
  const weighable = row?.origin === "future" ? STRENGTHS.slice(0, 1) : STRENGTHS;
  const strengths = Object.fromEntries(weighable.map((key) => [key, m.model.strengths[key]]));
  const coding = field.startsWith("codings.") ? { [field]: labels.characteristic(field.slice("codings.".length)) } : {};
  return (
    <>
      <div className="fieldrow">
        <LiveChoice path={[...path, "relation"]} label={m.model.relation} words={m.model.relations} />
        <LiveChoice path={[...path, "strength"]} label={m.model.strength} words={strengths} />
        <LiveChoice path={[...path, "field"]} label={m.model.caseField} words={{ "": m.model.wholeCase, ...m.model.caseFields, ...coding }} />
      </div>
      <LiveText path={[...path, "shows"]} label={m.model.shows} rows={2} />
      <LiveText path={[...path, "quote"]} label={m.model.quote} rows={1} />
      {row ? <BesideButton row={row} evidence={path[1]} /> : null}
    </>
  );
}

/** Words are taken from what was said only where it may be repeated: whoever reads the model reads them. */
function EntryFields({ evidence, path }: FieldsProps) {
  const { m } = useMessages();
  const entries = useEntries();
  const pathOf = useEntryPath();
  const found = entries?.find((one) => one.key === plain(evidence.entry));
  const strengths = Object.fromEntries(STRENGTHS.map((key) => [key, m.model.strengths[key]]));
  const quoted = (evidence.quote ?? "") !== "";
  return (
    <>
      <div className="fieldrow">
        <LiveChoice path={[...path, "relation"]} label={m.model.entryRelation} words={m.model.relations} />
        <LiveChoice path={[...path, "strength"]} label={m.model.strength} words={strengths} />
      </div>
      <LiveText path={[...path, "shows"]} label={m.model.shows} hint={entries ? m.model.entrySeen : ""} rows={2} />
      {mayQuote(found) || quoted ? (
        <LiveText path={[...path, "quote"]} label={m.model.quote} rows={1} />
      ) : found ? (
        <p className="small muted">{m.model.entryNoQuote}</p>
      ) : null}
      {found?.notes ? <p className="small entrynotes">{found.notes}</p> : null}
      {found ? (
        <p>
          <Link to={pathOf(found)}>{m.model.openEntry}</Link>
        </p>
      ) : null}
    </>
  );
}

/** Takes one more case as evidence, named by code or name. */
function AddEvidence({ about, linked }: { about: string; linked: string[] }) {
  const { m } = useMessages();
  const { say } = useFields();
  const link = useLink();
  const add = (row: RegisterRow) => {
    if (linked.includes(row.subject)) return m.model.linkedAlready(row.code);
    link({ about, case: row.subject });
    return say(m.model.linkedNow(row.code));
  };
  return <AddCase label={m.model.linkCase} action={m.model.linkDo} onAdd={add} />;
}

/** Takes what somebody said as evidence; for the team alone. */
function AddEntry({ about, linked }: { about: string; linked: string[] }) {
  const { m } = useMessages();
  const { say } = useFields();
  const name = useEntryName();
  const link = useLink();
  const left = (useEntries() ?? []).filter((one) => !linked.includes(one.key));
  const add = (key: string) => {
    link({ about, entry: key });
    say(m.model.entryLinked);
  };
  return (
    <AddChosen
      choices={left.map((entry) => ({ key: entry.key, words: name(entry) }))}
      label={m.model.linkEntry}
      action={m.model.linkEntryDo}
      none={m.model.chooseEntry}
      onAdd={add}
    />
  );
}
