// What somebody is to find out about the case: question, way, who, by when, and the answer with its source (R43).
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon, TrashIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { idsInOrder, plain } from "../api/caseDocument.ts";
import { useFieldName } from "../api/labels.ts";
import { useLive, usePeopleHere } from "../api/live.tsx";
import { addNeeds } from "../api/needs.ts";
import { Problem } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { NEED_STATUSES, WAYS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { removeItem, setChoice } from "../sync/index.ts";
import { useCase, useEditor } from "./editor.ts";
import { useField, useGlow } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
import { OneOf } from "./OneOf.tsx";

export function Needs({ subject }: { subject: string }) {
  const { m } = useMessages();
  const { mayWrite, say } = useEditor();
  const { id } = useLive();
  const needs = useCase((doc) => idsInOrder(doc.needs));
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    try {
      const made = await addNeeds(id, { cases: [subject] });
      say(m.missing.made(made.needs, made.cases));
    } catch (error) {
      say(error instanceof Problem ? wordsOf(error, m) : m.problems.unexpected);
    }
    setBusy(false);
  };
  return (
    <section className="sect" aria-labelledby="needs">
      <div className="shead">
        <h2 id="needs">{m.missing.needs}</h2>
        {mayWrite ? (
          <Button variant="tertiary" loading={busy} onClick={() => void ask()}>
            <PlusIcon aria-hidden /> {m.missing.ask}
          </Button>
        ) : null}
      </div>
      <p className="hint">{needs.length ? m.missing.needsHelp : m.missing.noNeeds}</p>
      <ul className="things">
        {needs.map((need) => (
          <Need key={need} id={need} />
        ))}
      </ul>
    </section>
  );
}

function Need({ id }: { id: string }) {
  const { m, format } = useMessages();
  const { replica, mayWrite, say } = useEditor();
  const nameOf = useFieldName();
  const path = ["needs", id];
  const [about, way, who, due, status] = useCase((doc) => {
    const need = doc.needs?.[id];
    return [need?.about, need?.way, need?.responsible, need?.due, need?.status].map(plain) as [string, string, string, string, string];
  });
  const { glow, own } = useGlow([way, who, due, status]);
  const people = usePeopleHere().filter((one) => !one.waits_for);
  const sources = useCase((doc) => idsInOrder(doc.sources).map((one) => [one, plain(doc.sources?.[one]?.title) || m.missing.unnamed] as const));
  const source = plain(useField([...path, "source"]));
  const set = (field: string) => (value: string) => {
    own();
    replica.edit(setChoice([...path, field], value));
  };
  const name = nameOf(about);
  return (
    <li className={`thing ${glow}`} aria-label={name}>
      <div className="thinghead">
        <h3>{name}</h3>
        {mayWrite ? (
          <button
            type="button"
            className="iconbtn"
            aria-label={m.missing.removeNeed(name)}
            onClick={() => {
              replica.edit(removeItem(path));
              say(m.missing.needRemoved);
            }}
          >
            <TrashIcon aria-hidden className="ic" />
          </button>
        ) : null}
      </div>
      <LiveText path={[...path, "question"]} label={m.missing.question} rows={1} />
      <div className="thingrow">
        <OneOf label={m.missing.way} value={way} options={WAYS.map((one) => [one, m.missing.ways[one]])} onChoose={set("way")} />
        <OneOf
          label={m.missing.responsible}
          value={who}
          options={[["", m.missing.nobody], ...people.map((one) => [one.participant, one.name] as const)]}
          onChoose={set("responsible")}
        />
        <label>
          <span className="fhead">{m.missing.due}</span>
          {mayWrite ? (
            <input className="input" type="date" value={due} onChange={(event) => set("due")(event.target.value)} />
          ) : (
            <span>{due ? format.date(due) : m.missing.noDue}</span>
          )}
        </label>
        <OneOf
          label={m.missing.status}
          value={status}
          options={NEED_STATUSES.map((one) => [one, m.missing.statuses[one]])}
          onChoose={set("status")}
        />
      </div>
      <LiveText path={[...path, "answer"]} label={m.missing.answer} rows={1} />
      {sources.length ? (
        <div className="thingrow">
          <OneOf label={m.missing.answerSource} value={source} options={[["", m.missing.noSource], ...sources]} onChoose={set("source")} />
        </div>
      ) : null}
    </li>
  );
}
