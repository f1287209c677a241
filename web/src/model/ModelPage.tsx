// One model: loaded, named, and looked at in one of several ways. All of them read the same document.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { Fragment, useEffect, useMemo } from "react";
import { Link, NavLink, useParams } from "react-router";
import { plain } from "../api/caseDocument.ts";
import { useLive } from "../api/live.tsx";
import { modelPath, useModels } from "../api/models.ts";
import { Assess } from "../assess/Assess.tsx";
import { Balance } from "../balance/Balance.tsx";
import { MessageBlock } from "../design/Problems.tsx";
import { Title } from "../design/Title.tsx";
import { FieldsContext, useField } from "../fields/editor.ts";
import { useUndoKeys } from "../fields/undo.ts";
import { useMessages } from "../messages/index.ts";
import { useMayWrite, useReplica, useReplicaState, WorkshopContext } from "../sync/react.ts";
import { WithCase } from "./beside/WithCase.tsx";
import { EntriesContext, useEntriesOfTeam } from "./entries.ts";
import { EvidenceView } from "./EvidenceView.tsx";
import { FlowView } from "./flow/FlowView.tsx";
import { LearnView } from "./reading/LearnView.tsx";
import { PageView } from "./reading/PageView.tsx";
import { PlanView } from "./reading/PlanView.tsx";
import { type View, VIEWS, viewOf } from "./views.ts";
import { WriteView } from "./WriteView.tsx";
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

const SHOWN: Record<View, React.ComponentType> = {
  "": WriteView,
  flyt: FlowView,
  belegg: EvidenceView,
  balanse: Balance,
  vurdering: Assess,
  side: PageView,
  planlegg: PlanView,
  laer: LearnView,
};

function Body({ subject }: { subject: string }) {
  const view = viewOf(useParams()["view"]);
  const Shown = SHOWN[view];
  // Evidence is given where the model is written and where its evidence is listed.
  const Around = view === "" || view === "belegg" ? WithCase : Fragment;
  return (
    <EntriesContext value={useEntriesOfTeam()}>
      <div className={`page modelpage view-${view || "modell"}`}>
        <Head subject={subject} view={view} />
        <Around>
          <Shown />
        </Around>
      </div>
    </EntriesContext>
  );
}

function Head({ subject, view }: { subject: string; view: View }) {
  const { m } = useMessages();
  const { id } = useLive();
  const model = useModels().find((one) => one.subject === subject);
  const name = plain(useField(["head", "name"])) || m.models.unnamed;
  const code = plain(useField(["code"]));
  const at = modelPath(id, subject);
  return (
    <header className="modelhead">
      <p className="codeline">
        <Link to={`/w/${id}/modeller`}>{m.models.title}</Link>
        <span className="mcode num">{code}</span>
        {model?.report === undefined ? null : <span className="tag good">{m.model.inReport(model.report)}</span>}
      </p>
      {/* Where the name is written, the field shows it. */}
      <Title tab={`${code} ${name}`} hidden={view === ""}>
        {name}
      </Title>
      <nav className="viewtabs" aria-label={m.model.views}>
        {VIEWS.map((one) => (
          <NavLink key={one} end to={one === "" ? at : `${at}/${one}`}>
            {m.model.viewNames[one]}
          </NavLink>
        ))}
      </nav>
    </header>
  );
}
