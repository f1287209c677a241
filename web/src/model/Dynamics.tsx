// How the model moves: its phases, the ways between them, and the line that shows both (R22).
import { Button } from "@digdir/designsystemet-react";
import { ArrowDownIcon, ArrowUpIcon, PlusIcon } from "@navikt/aksel-icons";
import { inOrder, type Item, plain } from "../api/caseDocument.ts";
import { flowOf, isDynamic, type ModelDocument, type Phase, type Transition } from "../api/modelDocument.ts";
import { FlowLine } from "../design/FlowLine.tsx";
import { useField, useFields } from "../fields/editor.ts";
import { LiveChoice } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { OpenItem } from "../fields/OpenItem.tsx";
import { useAdd } from "../fields/useAdd.ts";
import { useMessages } from "../messages/index.ts";
import { choice, orderBetween, setChoice } from "../sync/index.ts";

export function Dynamics() {
  const { m } = useMessages();
  const phases = useField<ModelDocument["phases"]>(["phases"]) ?? {};
  const transitions = useField<ModelDocument["transitions"]>(["transitions"]) ?? {};
  const flow = flowOf({ phases, transitions });
  return (
    <section className="sect" aria-labelledby="dynamics">
      <h2 id="dynamics">{m.model.dynamics}</h2>
      <FlowLine flow={flow} />
      {flow.phases.length > 0 && !isDynamic(flow) ? <p className="sentence warn">{m.model.still}</p> : null}
      {flow.dangling.length > 0 ? <p className="sentence warn">{m.model.dangling(flow.dangling.length)}</p> : null}
      <Phases phases={inOrder(phases)} />
      <Transitions transitions={inOrder(transitions)} phases={inOrder(phases)} />
    </section>
  );
}

function Phases({ phases }: { phases: Item<Phase>[] }) {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const { add, added } = useAdd(["phases"], phases);
  return (
    <>
      <div className="shead">
        <h3>{m.model.phases}</h3>
        {mayWrite ? (
          <Button variant="tertiary" onClick={() => add({ name: "", happens: "", done_when: "" })}>
            <PlusIcon aria-hidden /> {m.model.addPhase}
          </Button>
        ) : null}
      </div>
      {phases.length === 0 ? <p className="hint">{m.model.noPhases}</p> : null}
      <ol className="openlist">
        {phases.map((phase, at) => (
          <PhaseItem key={phase.id} phase={phase} at={at} all={phases} added={phase.id === added} />
        ))}
      </ol>
    </>
  );
}

interface PhaseProps {
  phase: Item<Phase>;
  at: number;
  all: Item<Phase>[];
  added: boolean;
}

function PhaseItem({ phase, at, all, added }: PhaseProps) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useFields();
  const path = ["phases", phase.id] as const;
  const orderAt = (place: number) => plain(all[place]?.order) || null;
  const move = (to: number) => {
    const [before, after] = to < at ? [orderAt(to - 1), orderAt(to)] : [orderAt(to), orderAt(to + 1)];
    replica.edit(setChoice([...path, "order"], orderBetween(before, after)));
    say(m.case.moved(phase.name || m.models.unnamed, to + 1, all.length));
  };
  const line = (
    <>
      <span className="num muted">{at + 1}</span>
      <b className="grow">{phase.name || m.models.unnamed}</b>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={m.model.removePhase} removed={m.model.phaseRemoved}>
      <LiveText path={[...path, "name"]} label={m.model.phaseName} oneLine />
      <LiveText path={[...path, "happens"]} label={m.model.happens} rows={2} />
      <LiveText path={[...path, "done_when"]} label={m.model.doneWhen} rows={1} />
      {mayWrite ? (
        <div className="row">
          <Button variant="tertiary" data-size="sm" disabled={at === 0} onClick={() => move(at - 1)}>
            <ArrowUpIcon aria-hidden /> {m.model.earlier}
          </Button>
          <Button variant="tertiary" data-size="sm" disabled={at === all.length - 1} onClick={() => move(at + 1)}>
            <ArrowDownIcon aria-hidden /> {m.model.later}
          </Button>
        </div>
      ) : null}
    </OpenItem>
  );
}

interface TransitionsProps {
  transitions: Item<Transition>[];
  phases: Item<Phase>[];
}

function Transitions({ transitions, phases }: TransitionsProps) {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const { add, added } = useAdd(["transitions"], transitions);
  const [first, second] = [phases[0]?.id ?? "", phases[1]?.id ?? ""];
  const another = () => add({ from: choice(second || first), to: choice(first), kind: choice("feedback"), when: "" });
  return (
    <>
      <div className="shead">
        <h3>{m.model.transitions}</h3>
        {mayWrite && phases.length > 0 ? (
          <Button variant="tertiary" onClick={another}>
            <PlusIcon aria-hidden /> {m.model.addTransition}
          </Button>
        ) : null}
      </div>
      {transitions.length === 0 ? <p className="hint">{m.model.noTransitions}</p> : null}
      <ul className="openlist">
        {transitions.map((transition) => (
          <TransitionItem key={transition.id} transition={transition} phases={phases} added={transition.id === added} />
        ))}
      </ul>
    </>
  );
}

interface TransitionProps {
  transition: Item<Transition>;
  phases: Item<Phase>[];
  added: boolean;
}

function TransitionItem({ transition, phases, added }: TransitionProps) {
  const { m } = useMessages();
  const path = ["transitions", transition.id] as const;
  const names = Object.fromEntries(phases.map(({ id, name }) => [id, name || m.models.unnamed]));
  const name = (phase: string) => names[phase] ?? m.model.phaseGone;
  const [from, to, kind] = [plain(transition.from), plain(transition.to), plain(transition.kind)];
  const line = (
    <>
      <span className={`tag way-${kind}`}>{m.model.transitionKinds[kind as keyof typeof m.model.transitionKinds] ?? kind}</span>
      <span className="grow">
        {name(from)} → {to === "" ? m.model.end : name(to)}
      </span>
    </>
  );
  // A phase that is gone stays to be seen until somebody chooses another.
  const from_ = from in names ? names : { [from]: m.model.phaseGone, ...names };
  const to_ = { "": m.model.end, ...(to === "" || to in names ? {} : { [to]: m.model.phaseGone }), ...names };
  return (
    <OpenItem path={path} line={line} added={added} remove={m.model.removeTransition} removed={m.model.transitionRemoved}>
      <div className="fieldrow">
        <LiveChoice path={[...path, "kind"]} label={m.model.transitionKind} words={m.model.transitionKinds} />
        <LiveChoice path={[...path, "from"]} label={m.model.from} words={from_} />
        <LiveChoice path={[...path, "to"]} label={m.model.to} words={to_} />
      </div>
      <LiveText path={[...path, "when"]} label={m.model.whenHappens} rows={1} />
    </OpenItem>
  );
}
