// One model, written together: the short model first. Each statement shows the cases it rests on.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { useEffect, useMemo } from "react";
import { Link, useParams } from "react-router";
import { plain } from "../api/caseDocument.ts";
import { useLive } from "../api/live.tsx";
import { useModels } from "../api/models.ts";
import { MessageBlock } from "../design/Problems.tsx";
import { Title } from "../design/Title.tsx";
import { FieldsContext, useField } from "../fields/editor.ts";
import { LiveChoice } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { useUndoKeys } from "../fields/undo.ts";
import { useMessages } from "../messages/index.ts";
import { useMayWrite, useReplica, useReplicaState, WorkshopContext } from "../sync/react.ts";
import { Claims } from "./Claims.tsx";
import { Dynamics } from "./Dynamics.tsx";
import { Adrift, EvidenceOf } from "./EvidenceOf.tsx";
import { Outline } from "./Outline.tsx";
import { Roles } from "./Roles.tsx";
import { Steps } from "./Steps.tsx";
import { Traits } from "./Traits.tsx";
import "../fields/list.css";
import "./model.css";

export function ModelPage() {
  const { subject = "" } = useParams();
  const { sync } = useLive();
  if (!sync) return <Loading />;
  return (
    <WorkshopContext value={sync}>
      <LiveModel key={subject} subject={subject} />
    </WorkshopContext>
  );
}

function Loading() {
  const { m } = useMessages();
  return (
    <div className="page stack">
      <p className="vh" role="status">
        {m.common.loading}
      </p>
      <Skeleton height={48} />
      <Skeleton height={240} />
    </div>
  );
}

function LiveModel({ subject }: { subject: string }) {
  const { m } = useMessages();
  const { id, sync, say } = useLive();
  const replica = useReplica(subject);
  const state = useReplicaState(replica);
  const mayWrite = useMayWrite(replica);
  useUndoKeys(say);
  useEffect(() => {
    sync?.where(subject);
    return () => sync?.where(null);
  }, [sync, subject]);
  const fields = useMemo(() => replica && { replica, mayWrite, say }, [replica, mayWrite, say]);
  if (state === "unavailable" || state === "quarantined") {
    return (
      <div className="page">
        <MessageBlock title={m.model.notHere} help={m.model.notHereHelp}>
          <Button variant="secondary" asChild>
            <Link to={`/w/${id}/modeller`}>{m.models.title}</Link>
          </Button>
        </MessageBlock>
      </div>
    );
  }
  if (!fields || state === "loading") return <Loading />;
  return (
    <FieldsContext value={fields}>
      <Body subject={subject} />
    </FieldsContext>
  );
}

function Body({ subject }: { subject: string }) {
  const { m } = useMessages();
  return (
    <div className="page modelpage">
      <Head subject={subject} />
      <div className="mgrid">
        <Outline />
        <article className="doc">
          <div id="pitch">
            <LiveText path={["texts", "pitch"]} label={m.model.pitch} hint={m.model.pitchHelp} rows={2} section />
          </div>
          <div className="twocol" id="when">
            <LiveText path={["texts", "when"]} label={m.model.when} rows={3} section />
            <LiveText path={["texts", "when_not"]} label={m.model.whenNot} rows={3} section />
          </div>
          <div id="benefit">
            <LiveText path={["texts", "benefit"]} label={m.model.benefit} hint={m.model.benefitHelp} rows={2} section />
          </div>
          <Traits />
          <Roles />
          <Dynamics />
          <Claims kind="strength" />
          <Claims kind="weakness" />
          <Claims kind="precondition" />
          <section className="sect" aria-labelledby="cases">
            <h2 id="cases">{m.model.cases}</h2>
            <p className="hint">{m.model.casesHelp}</p>
            <EvidenceOf about="" />
            <Adrift />
          </section>
          <Steps />
        </article>
      </div>
    </div>
  );
}

function Head({ subject }: { subject: string }) {
  const { m } = useMessages();
  const { id } = useLive();
  const model = useModels().find((one) => one.subject === subject);
  const name = plain(useField(["head", "name"]));
  const code = plain(useField(["code"]));
  return (
    <header className="modelhead">
      <p className="codeline">
        <Link to={`/w/${id}/modeller`}>{m.models.title}</Link>
        <span className="mcode num">{code}</span>
        {model?.report === undefined ? null : <span className="tag good">{m.model.inReport(model.report)}</span>}
      </p>
      <Title tab={`${code} ${name || m.models.unnamed}`} hidden>
        {name || m.models.unnamed}
      </Title>
      <LiveText path={["head", "name"]} label={m.models.name} hideLabel className="name" oneLine />
      <div className="fieldrow">
        <LiveChoice path={["head", "kind"]} label={m.model.kind} words={m.model.kinds} />
        <LiveChoice path={["head", "status"]} label={m.model.status} words={m.model.statuses} />
      </div>
    </header>
  );
}
