// Utvalg: how the gross list becomes a selection, two suggestions to start from, and every decision with its reason.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { UploadIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { Link } from "react-router";
import { type SelectionFigures, useSelection } from "../api/figures.ts";
import { useIsTeam, useLive } from "../api/live.tsx";
import { CaseViews } from "../design/CaseViews.tsx";
import { DecisionHistory } from "../design/DecisionHistory.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { useDecide } from "./deciding.ts";
import { Decisions } from "./Decisions.tsx";
import { Funnel } from "./Funnel.tsx";
import { useAskedSize } from "./question.ts";
import { Said } from "./Said.tsx";
import { Suggestions } from "./Suggestions.tsx";
import "../design/figures.css";
import "./selection.css";

export function SelectionPage() {
  const { m } = useMessages();
  const { id } = useLive();
  const { size, keep } = useAskedSize();
  const asked = useSelection(id, size, keep);
  // While another size is computed, what was shown stays.
  const [last, setLast] = useState<SelectionFigures>();
  if (asked.value && asked.value !== last) setLast(asked.value);
  const found = asked.value ?? last;
  const funnel = found?.funnel;
  return (
    <div className="page figures">
      <div className="head">
        <div>
          <Title tab={m.selection.title}>{m.selection.title}</Title>
          {funnel?.gross ? (
            <p className="lead num">{m.selection.summary(funnel.chosen, funnel.reserve, funnel.out)}</p>
          ) : null}
        </div>
      </div>
      <CaseViews />
      <NotLoaded of={asked} />
      {!found && !asked.problem ? (
        <div className="stack" role="status" aria-label={m.common.loading}>
          <Skeleton height={28} />
          <Skeleton height={320} />
        </div>
      ) : null}
      {found && found.funnel.gross === 0 ? <Empty /> : null}
      {found && found.funnel.gross > 0 ? <Found found={found} /> : null}
    </div>
  );
}

function Found({ found }: { found: SelectionFigures }) {
  const deciding = useDecide();
  return (
    <>
      <Funnel found={found} />
      <Suggestions found={found} deciding={deciding} />
      <Decisions deciding={deciding} />
      <History />
      <Said deciding={deciding} />
    </>
  );
}

function History() {
  const { m } = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <details className="method" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{m.selection.history}</h2>
      </summary>
      <div className="methodbody">
        <p className="small muted">{m.selection.historyHelp}</p>
        {open ? <DecisionHistory /> : null}
      </div>
    </details>
  );
}

function Empty() {
  const { m } = useMessages();
  const { id } = useLive();
  const isTeam = useIsTeam();
  return (
    <Teach title={m.selection.emptyTitle} help={m.selection.emptyHelp} example={m.selection.emptyExample}>
      {isTeam ? (
        <Button asChild>
          <Link to={`/w/${id}/hent-inn`}>
            <UploadIcon aria-hidden /> {m.views.import}
          </Link>
        </Button>
      ) : null}
    </Teach>
  );
}
