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
import { useMessages } from "../messages/index.ts";
import { removeItem } from "../sync/index.ts";
import { useCase, useEditor } from "./editor.ts";
import { useField } from "../fields/editor.ts";
import { LiveChoice, LiveDay } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";

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
  const { m } = useMessages();
  const { replica, mayWrite, say } = useEditor();
  const nameOf = useFieldName();
  const path = ["needs", id];
  const about = plain(useField([...path, "about"]));
  const here = usePeopleHere().filter((one) => !one.waits_for);
  const people = { "": m.missing.nobody, ...Object.fromEntries(here.map((one) => [one.participant, one.name])) };
  const sources = useCase((doc) => idsInOrder(doc.sources).map((one) => [one, plain(doc.sources?.[one]?.title) || m.missing.unnamed] as const));
  const name = nameOf(about);
  return (
    <li className="thing" aria-label={name}>
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
        <LiveChoice path={[...path, "way"]} label={m.missing.way} words={m.missing.ways} />
        <LiveChoice path={[...path, "responsible"]} label={m.missing.responsible} words={people} />
        <LiveDay path={[...path, "due"]} label={m.missing.due} />
        <LiveChoice path={[...path, "status"]} label={m.missing.status} words={m.missing.statuses} />
      </div>
      <LiveText path={[...path, "answer"]} label={m.missing.answer} rows={1} />
      {sources.length ? (
        <div className="thingrow">
          <LiveChoice
            path={[...path, "source"]}
            label={m.missing.answerSource}
            words={{ "": m.missing.noSource, ...Object.fromEntries(sources) }}
          />
        </div>
      ) : null}
    </li>
  );
}
