// What was said: by whom, with which consent, and which cases and models it is about.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { type Item, keysOf, plain } from "../api/caseDocument.ts";
import { useModels } from "../api/models.ts";
import type { Entry } from "../api/teamDocument.ts";
import { placeKey, useUsesOf } from "../api/uses.ts";
import { ActorMark } from "../design/ActorMark.tsx";
import { ThingLink } from "../design/ThingLink.tsx";
import { AboutCases } from "../fields/AboutCases.tsx";
import { AboutModels } from "../fields/AboutModels.tsx";
import { useFields } from "../fields/editor.ts";
import { LiveChoice, LiveDay } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { OpenItem } from "../fields/OpenItem.tsx";
import { useAdd } from "../fields/useAdd.ts";
import { today } from "../fields/today.ts";
import { useMessages } from "../messages/index.ts";
import { choice } from "../sync/index.ts";

export function Entries({ entries }: { entries: Item<Entry>[] }) {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const { add, added } = useAdd(["entries"], entries);
  const another = () =>
    add({
      date: choice(today()),
      method: choice("interview"),
      who: "",
      group: choice(""),
      questions: "",
      notes: "",
      consent: choice(""),
      about: {},
    });
  return (
    <section aria-labelledby="entries">
      <div className="listhead">
        <h2 id="entries">{m.dialogue.entries}</h2>
        {mayWrite ? (
          <Button variant="secondary" onClick={another}>
            <PlusIcon aria-hidden /> {m.dialogue.addEntry}
          </Button>
        ) : null}
      </div>
      <p className="hint">{m.dialogue.entriesHelp}</p>
      {entries.length === 0 ? null : (
        <ul className="openlist">
          {entries.map((entry) => (
            <EntryItem key={entry.id} entry={entry} added={entry.id === added} />
          ))}
        </ul>
      )}
    </section>
  );
}

function EntryItem({ entry, added }: { entry: Item<Entry>; added: boolean }) {
  const { m, format } = useMessages();
  const words = m.dialogue;
  const path = ["entries", entry.id] as const;
  const [date, consent] = [plain(entry.date), plain(entry.consent)];
  const about = keysOf(entry.about);
  const modelsThere = useModels();
  const models = about.filter((subject) => modelsThere.some((one) => one.subject === subject)).length;
  const cases = about.length - models;
  const line = (
    <>
      {plain(entry.group) ? <ActorMark group={plain(entry.group)} /> : <span className="tag">{words.groupUnsaid}</span>}
      <b>{entry.who || words.anonymous}</b>
      <span className="grow muted small">{date ? format.date(date) : ""}</span>
      {cases > 0 ? <span className="muted small">{words.aboutCases(cases)}</span> : null}
      {models > 0 ? <span className="muted small">{words.aboutModels(models)}</span> : null}
      <span className={`tag ${consent ? "" : "warn"}`}>
        {words.consents[consent as keyof typeof words.consents] ?? consent}
      </span>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={words.removeEntry} removed={words.entryRemoved}>
      <LiveText path={[...path, "who"]} label={words.entryWho} hint={words.entryWhoHelp} oneLine />
      <div className="fieldrow">
        <LiveChoice path={[...path, "group"]} label={words.group} words={{ "": words.groupUnsaid, ...m.groupsShort }} />
        <LiveChoice path={[...path, "method"]} label={words.method} words={words.methods} />
        <LiveDay path={[...path, "date"]} label={words.date} />
        <LiveChoice path={[...path, "consent"]} label={words.consent} words={words.consents} />
      </div>
      <LiveText path={[...path, "questions"]} label={words.asked} rows={2} />
      <LiveText path={[...path, "notes"]} label={words.notes} rows={3} />
      <AboutCases path={[...path, "about"]} label={words.about} chosen={keysOf(entry.about)} />
      <AboutModels path={[...path, "about"]} label={words.aboutModelsLabel} chosen={keysOf(entry.about)} />
      <EvidenceIn entry={entry.id} />
    </OpenItem>
  );
}

/** The models that have it as evidence of something. */
function EvidenceIn({ entry }: { entry: string }) {
  const { m } = useMessages();
  const { replica } = useFields();
  const models = useUsesOf({ subject: replica.subject, item: entry }).filter(({ relation }) => relation === "evidence");
  if (models.length === 0) return null;
  return (
    <div className="stack tight">
      <span className="field-label">{m.dialogue.evidenceIn}</span>
      {models.map(({ thing }) => (
        <ThingLink key={placeKey(thing.place)} thing={thing} />
      ))}
    </div>
  );
}
