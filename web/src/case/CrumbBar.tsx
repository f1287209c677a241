// Above a case: back to the table, previous and next, who is here, undo and redo.
import { Button } from "@digdir/designsystemet-react";
import {
  ArrowRedoIcon,
  ArrowUndoIcon,
  ChevronDownIcon,
  ChevronLeftIcon,
  ChevronUpIcon,
} from "@navikt/aksel-icons";
import { Link } from "react-router";
import { casePath } from "../api/caseLink.ts";
import { useLive } from "../api/live.tsx";
import { PersonMark } from "../design/ActorMark.tsx";
import { useMessages } from "../messages/index.ts";
import { useOthers, useUndo, useWorkshop } from "../sync/react.ts";
import { useEditor } from "./editor.ts";
import { useNeighbours } from "./neighbours.ts";
import { StateMenu } from "./StateMenu.tsx";

export function CrumbBar({ subject }: { subject: string }) {
  const { m } = useMessages();
  const { id } = useLive();
  return (
    <div className="crumb">
      <Link to={`/w/${id}/eksempler`}>
        <ChevronLeftIcon aria-hidden className="ic" />
        {m.case.crumb}
      </Link>
      <Neighbours subject={subject} />
      <span className="grow" />
      <Others />
      <UndoRedo />
      <StateMenu subject={subject} />
    </div>
  );
}

function Neighbours({ subject }: { subject: string }) {
  const { m } = useMessages();
  const { id } = useLive();
  const neighbours = useNeighbours(subject);
  if (!neighbours) return null;
  const { at, of, before, after } = neighbours;
  return (
    <>
      <span className="muted num">{m.case.position(at + 1, of)}</span>
      <Step
        to={before && casePath(id, before)}
        label={m.case.previous}
        icon={<ChevronUpIcon aria-hidden className="ic" />}
      />
      <Step
        to={after && casePath(id, after)}
        label={m.case.next}
        icon={<ChevronDownIcon aria-hidden className="ic" />}
      />
    </>
  );
}

function Step({ to, label, icon }: { to: string | undefined; label: string; icon: React.ReactNode }) {
  if (!to)
    return (
      <button type="button" className="iconbtn" aria-label={label} disabled>
        {icon}
      </button>
    );
  return (
    <Link className="iconbtn" to={to} aria-label={label}>
      {icon}
    </Link>
  );
}

function Others() {
  const { m } = useMessages();
  const people = useOthers(useEditor().replica);
  if (people.length === 0) return null;
  return (
    <span className="row small muted">
      {m.case.othersHere}
      {people.map((one) => (
        <PersonMark key={one.participant} name={one.name} group={one.actor_group} size="sm" />
      ))}
    </span>
  );
}

function UndoRedo() {
  const { m } = useMessages();
  const { history } = useWorkshop();
  const { mayWrite } = useEditor();
  const steps = useUndo();
  if (!mayWrite) return null;
  return (
    <span className="undo">
      <Button variant="tertiary" disabled={steps.undo === 0} onClick={() => history.undo()} title="Ctrl Z">
        <ArrowUndoIcon aria-hidden /> {m.common.undo}
      </Button>
      <Button
        variant="tertiary"
        icon
        disabled={steps.redo === 0}
        onClick={() => history.redo()}
        aria-label={m.common.redo}
        title="Ctrl Shift Z"
      >
        <ArrowRedoIcon aria-hidden />
      </Button>
    </span>
  );
}
