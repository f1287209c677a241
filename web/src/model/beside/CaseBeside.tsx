// The case beside the model: its texts, to select passages in, its coded values, and what of it the model rests on.
import { XMarkIcon } from "@navikt/aksel-icons";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { type CaseDocument, plain } from "../../api/caseDocument.ts";
import { casePath } from "../../api/caseLink.ts";
import { useFieldName, useLabels } from "../../api/labels.ts";
import { useCharacteristics, useLive, useRowsBySubject } from "../../api/live.tsx";
import { casesIn, type Linked } from "../../api/modelReading.ts";
import { AddCase } from "../../fields/AddCase.tsx";
import { AddChosen } from "../../fields/AddChosen.tsx";
import { useFields } from "../../fields/editor.ts";
import type { RegisterRow } from "../../generated/domain.ts";
import { useMessages } from "../../messages/index.ts";
import { useRead, useReplica, useReplicaState } from "../../sync/react.ts";
import { useStatements } from "../statements.ts";
import { useReading } from "../useReading.ts";
import { passageFrom, placeOf, usePicking } from "./passage.ts";
import { Picked } from "./Picked.tsx";
import { useBeside } from "./useBeside.ts";

const TEXTS = ["description", "benefit", "notes"] as const;

export function CaseBeside({ subject }: { subject: string }) {
  const { m } = useMessages();
  const { id } = useLive();
  const { mayWrite } = useFields();
  const [, open] = useBeside();
  const row = useRowsBySubject().get(subject);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <aside className="casebeside" aria-label={m.model.caseBeside} onKeyDown={(event) => event.key === "Escape" && open({})}>
      <div className="besidehead">
        <h2 ref={heading} tabIndex={-1}>
          {row ? <Link to={casePath(id, subject)}>{`${row.code} ${row.name}`}</Link> : m.model.caseBeside}
        </h2>
        <button type="button" className="iconbtn" aria-label={m.model.closeBeside} onClick={() => open({})}>
          <XMarkIcon aria-hidden className="ic" />
        </button>
      </div>
      <Another subject={subject} />
      {row ? <Opened row={row} /> : null}
      {row && mayWrite ? <Picked /> : null}
    </aside>
  );
}

/** The cases the model rests on are one choice away; any other by code or name. */
function Another({ subject }: { subject: string }) {
  const { m } = useMessages();
  const rows = useRowsBySubject();
  const [, open] = useBeside();
  const own = casesIn(useReading()).flatMap((one) => {
    const row = one === subject ? undefined : rows.get(one);
    return row ? [{ key: one, words: `${row.code} ${row.name}` }] : [];
  });
  return (
    <div className="stack tight">
      <AddChosen choices={own} label={m.model.ofModel} action={m.model.show} none={m.model.ofModel} onAdd={(one) => open({ case: one })} />
      <AddCase label={m.model.otherCase} action={m.model.show} onAdd={(row) => open({ case: row.subject })} />
    </div>
  );
}

function Opened({ row }: { row: RegisterRow }) {
  const { m } = useMessages();
  const replica = useReplica<CaseDocument>(row.subject);
  const state = useReplicaState(replica);
  const texts = useRead(replica, (doc) => TEXTS.map((key) => plain(doc?.texts?.[key])));
  const [{ evidence: shown }] = useBeside();
  const own = useReading().evidence.filter((one) => one.subject === row.subject);
  const at = own.find((one) => one.id === shown);
  if (state === "loading" || !replica) return <p className="hint">{m.common.loading}</p>;
  return (
    <>
      <p className="hint">{m.model.selectHelp}</p>
      {TEXTS.map((key, place) => (
        <Text key={key} row={row} field={`texts.${key}`} text={texts[place] ?? ""} quote={at?.field === `texts.${key}` ? at.quote : ""} />
      ))}
      <Coded row={row} />
      <RestsOn own={own} />
    </>
  );
}

interface TextProps {
  row: RegisterRow;
  field: string;
  text: string;
  /** A passage that is to be seen. */
  quote: string;
}

/** About as many characters as there is room for on a line. */
const LINE = 44;
const LINES_MAX = 14;

/**
 * In a field of its own text is selected by mouse, finger and keyboard alike. What is typed changes nothing: it is not marked
 * `readonly`, for then browsers move no caret in it by key.
 */
function Text({ row, field, text, quote }: TextProps) {
  const { m } = useMessages();
  const { pick } = usePicking();
  const nameOf = useFieldName();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const place = placeOf(text, quote);
    if (!area.current || !place) return;
    area.current.focus({ preventScroll: true });
    area.current.setSelectionRange(...place);
    area.current.scrollIntoView({ block: "nearest" });
  }, [text, quote]);
  useEffect(() => {
    const selected = () => {
      const here = area.current;
      if (!here || document.activeElement !== here) return;
      const passage = passageFrom(row.subject, field, text, here.selectionStart, here.selectionEnd);
      if (passage) pick(passage);
    };
    const here = area.current;
    const refuse = (event: Event) => event.preventDefault();
    here?.addEventListener("beforeinput", refuse);
    document.addEventListener("selectionchange", selected);
    document.addEventListener("select", selected);
    return () => {
      here?.removeEventListener("beforeinput", refuse);
      document.removeEventListener("selectionchange", selected);
      document.removeEventListener("select", selected);
    };
  }, [row.subject, field, text, pick]);
  if (text.trim() === "") return null;
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE)), 0);
  return (
    <label className="besidetext">
      <span className="field-label">{m.model.caseFields[field as keyof typeof m.model.caseFields] ?? nameOf(field)}</span>
      <textarea
        ref={area}
        className="input"
        aria-readonly
        inputMode="none"
        rows={Math.min(lines, LINES_MAX)}
        value={text}
        onChange={() => undefined}
      />
      {quote && !placeOf(text, quote) ? <span className="small warnline">{m.model.quoteGone(quote)}</span> : null}
    </label>
  );
}

/** Its coded values, each a button that picks it. */
function Coded({ row }: { row: RegisterRow }) {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const { picked, pick } = usePicking();
  const labels = useLabels();
  const coded = useCharacteristics().flatMap((one) => (row.codings[one.key] ?? []).map((value) => ({ key: one.key, value })));
  if (coded.length === 0) return null;
  const words = ({ key, value }: { key: string; value: string }) => `${labels.characteristic(key)}: ${labels.value(key, value)}`;
  return (
    <section aria-labelledby="beside-coded">
      <h3 id="beside-coded">{m.model.codedValues}</h3>
      <ul className="besidecoded">
        {coded.map((one) => (
          <li key={`${one.key}/${one.value}`}>
            {mayWrite ? (
              <button
                type="button"
                className="tag"
                aria-pressed={picked?.field === `codings.${one.key}` && picked.shows === words(one)}
                onClick={() => pick({ case: row.subject, field: `codings.${one.key}`, quote: "", shows: words(one) })}
              >
                {words(one)}
              </button>
            ) : (
              <span className="tag">{words(one)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Both ways: which passages of the case the model rests on, and for what. */
function RestsOn({ own }: { own: Linked[] }) {
  const { m } = useMessages();
  const [, open] = useBeside();
  const statements = useStatements(useReading());
  const of = (about: string) => (about === "" ? m.model.wholeModel : (statements.find((one) => one.about === about)?.text ?? m.model.unwritten));
  const relations: Record<string, string> = m.model.relations;
  return (
    <section aria-labelledby="beside-rests">
      <h3 id="beside-rests">{m.model.restsOnHere}</h3>
      {own.length === 0 ? <p className="hint">{m.model.restsOnNothing}</p> : null}
      <ul className="stack tight">
        {own.map((one) => (
          <li key={one.id} className="small">
            {one.quote ? (
              <button type="button" className="linklike" onClick={() => open({ case: one.subject, evidence: one.id })}>
                «{one.quote}»
              </button>
            ) : (
              (one.shows || m.model.wholeCase)
            )}{" "}
            <span className={`tag rel-${one.relation}`}>{relations[one.relation] ?? one.relation}</span> {of(one.about)}
          </li>
        ))}
      </ul>
    </section>
  );
}
