// One case, live: everybody's edits as they come, whose they are, and where each of us is.
import { Button } from "@digdir/designsystemet-react";
import { useEffect, useMemo, useRef } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { type CaseDocument, plain } from "../api/caseDocument.ts";
import { useCharacteristics, useLive, useRowsBySubject } from "../api/live.tsx";
import { useMedia } from "../design/media.ts";
import { NarrowSentence } from "../design/Narrow.tsx";
import { MessageBlock } from "../design/Problems.tsx";
import { SelectionMark } from "../design/SelectionMark.tsx";
import { tabId, Tabs } from "../design/Tabs.tsx";
import { Title } from "../design/Title.tsx";
import { FieldsContext } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
import { useUndoKeys } from "../fields/undo.ts";
import { useMessages } from "../messages/index.ts";
import { useMayWrite, useReplica, useReplicaState, WorkshopContext } from "../sync/react.ts";
import { openThreads } from "../talk/talk.ts";
import { TalkPanel } from "../talk/TalkPanel.tsx";
import { useTalk } from "../talk/useTalk.ts";
import { CaseLoading } from "./CaseLoading.tsx";
import { CaseCoding } from "./CaseCoding.tsx";
import { CrumbBar } from "./CrumbBar.tsx";
import { EditorContext, useCase, useEditor } from "./editor.ts";
import { Eligibility } from "./Eligibility.tsx";
import { Facts } from "./Facts.tsx";
import { Merged } from "./Merged.tsx";
import { Needs } from "./Needs.tsx";
import { Parties } from "./Parties.tsx";
import { Provenance } from "./Provenance.tsx";
import { Selection } from "./Selection.tsx";
import { Sources } from "./Sources.tsx";
import { useCaseState, useIsListed } from "./StateMenu.tsx";
import { UsedIn } from "./UsedIn.tsx";
import "./case.css";

export function CasePage() {
  const { subject = "" } = useParams();
  const { sync } = useLive();
  if (!sync) return <CaseLoading subject={subject} />;
  return (
    <WorkshopContext value={sync}>
      <LiveCase key={subject} subject={subject} />
    </WorkshopContext>
  );
}

function LiveCase({ subject }: { subject: string }) {
  const { sync, me, say } = useLive();
  const replica = useReplica<CaseDocument>(subject);
  const state = useReplicaState(replica);
  const mayWrite = useMayWrite(replica);
  const characteristics = useCharacteristics();
  useEffect(() => {
    sync?.where(subject);
    return () => sync?.where(null);
  }, [sync, subject]);
  useUndoKeys(say);
  const editor = useMemo(
    () => (replica ? { replica, mayWrite, characteristics, me, say } : undefined),
    [replica, mayWrite, characteristics, me, say],
  );
  if (state === "unavailable" || state === "quarantined") return <NotHere subject={subject} state={state} />;
  if (!editor || state === "loading") return <CaseLoading subject={subject} />;
  return (
    <FieldsContext value={editor}>
      <EditorContext value={editor}>
        <Body subject={subject} />
      </EditorContext>
    </FieldsContext>
  );
}

const ONE_COLUMN = "(max-width: 1180px)";
/** In the address, so that a link can lead to the comments. */
const [SHOWS, TALK] = ["vis", "merknader"];

/** In two columns the comments take turns with the coding form, in one with all of the case. */
function Body({ subject }: { subject: string }) {
  const { m } = useMessages();
  const [search, setSearch] = useSearchParams();
  const narrow = useMedia(ONE_COLUMN);
  const talk = useTalk(subject);
  const shown = search.get(SHOWS) === TALK ? "talk" : "case";
  const show = (next: "case" | "talk") => setSearch(next === "talk" ? { [SHOWS]: TALK } : {}, { replace: true });
  const open = openThreads(talk.threads ?? []);
  const tabs = (
    <Tabs
      label={m.talk.shows}
      value={shown}
      tabs={[
        { value: "case", label: narrow ? m.talk.theCase : m.talk.theCoding },
        { value: "talk", label: m.talk.title, count: { number: open, words: m.talk.open(open) } },
      ]}
      panels={(tab) => (tab === "talk" ? "talk" : narrow ? "case coding" : "coding")}
      onChoose={show}
    />
  );
  const why = useWhyReadOnly(subject);
  return (
    <div className="page casepage">
      <CrumbBar subject={subject} />
      <Merged subject={subject} />
      <WhyReadOnly why={why} mayComment={talk.mayWrite} onComment={shown === "talk" ? undefined : () => show("talk")} />
      {narrow ? tabs : null}
      <div className="cgrid">
        <Article subject={subject} hidden={narrow && shown === "talk"} />
        <div className="side">
          {narrow ? null : tabs}
          <div className="side" id="coding" role="tabpanel" aria-labelledby={tabId("case")} hidden={shown === "talk"}>
            <Selection />
            <Eligibility />
            <CaseCoding />
          </div>
          <div id="talk" role="tabpanel" tabIndex={-1} aria-labelledby={tabId("talk")} hidden={shown === "case"}>
            <TalkPanel talk={talk} readOnly={why === m.case.readOnly ? m.talk.readOnly : why} />
          </div>
        </div>
      </div>
    </div>
  );
}

function Article({ subject, hidden }: { subject: string; hidden: boolean }) {
  const { m } = useMessages();
  return (
    <article className="doc" id="case" hidden={hidden}>
      <Heading />
      <LiveText path={["facts", "name"]} label={m.case.name} hideLabel className="name" oneLine />
      <Facts />
      <LiveText
        path={["texts", "description"]}
        label={m.case.description}
        hint={m.case.descriptionHelp}
        rows={3}
        section
      />
      <Parties />
      <Narrow subject={subject} />
      <LiveText
        path={["texts", "benefit"]}
        label={m.case.benefit}
        hint={m.case.benefitHelp}
        rows={2}
        section
      />
      <Sources />
      <Needs subject={subject} />
      <LiveText path={["texts", "notes"]} label={m.case.notes} hint={m.case.notesHelp} rows={2} section />
      <Provenance subject={subject} />
      <UsedIn subject={subject} />
    </article>
  );
}

/** An ecosystem with too few kinds of partners, as the server has it. */
function Narrow({ subject }: { subject: string }) {
  const row = useRowsBySubject().get(subject);
  return row ? <NarrowSentence row={row} /> : null;
}

function Heading() {
  const { m } = useMessages();
  const [code, decision, name] = useCase((doc) => [
    plain(doc.code),
    plain(doc.selection?.decision),
    plain(doc.facts?.name),
  ]);
  return (
    <>
      <p className="codeline">
        <span className="num">{code}</span>
        <SelectionMark decision={decision ?? ""} />
      </p>
      <Title tab={`${code} ${name || m.case.unnamed}`} hidden>
        {name || m.case.unnamed}
      </Title>
    </>
  );
}

/** Why the case cannot be changed, whether or not I may. */
function useWhyReadOnly(subject: string): string {
  const { m } = useMessages();
  return { closed: m.case.closed, archived: m.case.archived, open: m.case.readOnly }[useCaseState(subject)];
}

interface Why {
  why: string;
  mayComment: boolean;
  /** Leads to the comments; not where one is. */
  onComment: (() => void) | undefined;
}

function WhyReadOnly({ why, mayComment, onComment }: Why) {
  const { m } = useMessages();
  const { mayWrite, say } = useEditor();
  const told = useRef(mayWrite);
  useEffect(() => {
    if (told.current && !mayWrite) say(why);
    told.current = mayWrite;
  }, [mayWrite, why, say]);
  if (mayWrite) return null;
  return (
    <p className="sentence readonly" role="note">
      {mayComment ? (
        <span>
          {m.talk.mayComment}{" "}
          {onComment ? (
            <button type="button" className="linklike" onClick={onComment}>
              {m.talk.write}
            </button>
          ) : null}
        </span>
      ) : (
        why
      )}
    </p>
  );
}

/** A document that is mine to read and that the server does not give out is damaged there. */
function NotHere({ subject, state }: { subject: string; state: "unavailable" | "quarantined" }) {
  const { m } = useMessages();
  const { id } = useLive();
  const damaged = useIsListed(subject) || state === "quarantined";
  const title = damaged ? m.case.quarantined : m.case.unavailable;
  return (
    <div className="page">
      <title>{`${title} – Samverk`}</title>
      <MessageBlock
        title={title}
        help={damaged ? m.case.quarantinedHelp : m.case.unavailableHelp}
      >
        <Button variant="secondary" asChild>
          <Link to={`/w/${id}/eksempler`}>{m.case.crumb}</Link>
        </Button>
      </MessageBlock>
    </div>
  );
}
