// What was taken hold of in the drawing, to be read and written in; and a new way from a phase.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon, TrashIcon } from "@navikt/aksel-icons";
import { useEffect, useId, useRef } from "react";
import { inOrder } from "../../api/caseDocument.ts";
import type { ModelDocument } from "../../api/modelDocument.ts";
import { useField, useFields } from "../../fields/editor.ts";
import { useAdd } from "../../fields/useAdd.ts";
import { useMessages } from "../../messages/index.ts";
import { removeItem } from "../../sync/index.ts";
import { blankTransition, PhaseFields, TransitionFields } from "../parts/Dynamics.tsx";
import type { Picked } from "./FlowDrawing.tsx";

interface Props {
  picked: Picked;
  onPick(picked: Picked | undefined): void;
}

export function PickedPanel({ picked, onPick }: Props) {
  const { m } = useMessages();
  const id = useId();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [picked.id]);
  return (
    <section className="card picked" aria-labelledby={id}>
      <h2 id={id} ref={title} tabIndex={-1}>
        {picked.kind === "phase" ? m.model.phaseName : m.model.transition}
      </h2>
      {picked.kind === "phase" ? <PickedPhase key={picked.id} id={picked.id} onPick={onPick} /> : <PickedTransition key={picked.id} id={picked.id} onPick={onPick} />}
    </section>
  );
}

function PickedPhase({ id, onPick }: { id: string; onPick: Props["onPick"] }) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useFields();
  const phases = inOrder(useField<ModelDocument["phases"]>(["phases"]));
  const { add } = useAdd(["transitions"], inOrder(useField<ModelDocument["transitions"]>(["transitions"])));
  const connect = () => {
    const at = phases.findIndex((phase) => phase.id === id);
    const to = phases[at + 1]?.id ?? "";
    onPick({ kind: "transition", id: add(blankTransition(id, to, to === "" ? "branch" : "forward")) });
  };
  const remove = () => {
    replica.edit(removeItem(["phases", id]));
    say(m.model.phaseRemoved);
    onPick(undefined);
  };
  return (
    <>
      <PhaseFields path={["phases", id]} />
      {mayWrite ? (
        <div className="row">
          <Button variant="secondary" data-size="sm" onClick={connect}>
            <PlusIcon aria-hidden /> {m.model.connect}
          </Button>
          <Button variant="tertiary" data-size="sm" onClick={remove}>
            <TrashIcon aria-hidden /> {m.model.removePhase}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function PickedTransition({ id, onPick }: { id: string; onPick: Props["onPick"] }) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useFields();
  const transition = useField<NonNullable<ModelDocument["transitions"]>[string]>(["transitions", id]);
  if (!transition) return null;
  const remove = () => {
    replica.edit(removeItem(["transitions", id]));
    say(m.model.transitionRemoved);
    onPick(undefined);
  };
  return (
    <>
      <TransitionFields transition={transition} path={["transitions", id]} />
      {mayWrite ? (
        <Button variant="tertiary" data-size="sm" onClick={remove}>
          <TrashIcon aria-hidden /> {m.model.removeTransition}
        </Button>
      ) : null}
    </>
  );
}
