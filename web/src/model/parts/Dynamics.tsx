// How the model moves: what sets it off, its phases, the ways between them, and the loops that drive it (R22).
import { inOrder, type Item, plain } from "../../api/caseDocument.ts";
import { flowOf, isDynamic, type ModelDocument, type Phase, type Role, type Transition } from "../../api/modelDocument.ts";
import { FlowLine } from "../../design/FlowLine.tsx";
import { useField, useFields } from "../../fields/editor.ts";
import { LiveChoice } from "../../fields/LiveChoice.tsx";
import { LiveText } from "../../fields/LiveText.tsx";
import { MoveButtons } from "../../fields/MoveButtons.tsx";
import { OpenItem } from "../../fields/OpenItem.tsx";
import { useMove } from "../../fields/useMove.ts";
import { useMessages } from "../../messages/index.ts";
import { choice } from "../../sync/index.ts";
import { useFull } from "./depth.ts";
import { EvidenceOf } from "./EvidenceOf.tsx";
import { type ItemProps, Items } from "./Items.tsx";
import { Triggers } from "./Lines.tsx";
import { Loops } from "./Loops.tsx";

export function Dynamics() {
  const { m } = useMessages();
  const full = useFull();
  const phases = useField<ModelDocument["phases"]>(["phases"]) ?? {};
  const transitions = useField<ModelDocument["transitions"]>(["transitions"]) ?? {};
  const flow = flowOf({ phases, transitions });
  return (
    <section className="sect" aria-labelledby="dynamics">
      <h2 id="dynamics">{m.model.dynamics}</h2>
      <FlowLine flow={flow} />
      {flow.phases.length > 0 && !isDynamic(flow) ? <p className="sentence warn">{m.model.still}</p> : null}
      {flow.dangling.length > 0 ? <p className="sentence warn">{m.model.dangling(flow.dangling.length)}</p> : null}
      {full ? (
        <>
          <LiveText path={["texts", "duration"]} label={m.model.duration} hint={m.model.durationHelp} oneLine />
          <Triggers />
        </>
      ) : null}
      <Phases />
      <Transitions />
      {full ? <Loops /> : null}
    </section>
  );
}

const BLANK_PHASE = { name: "", purpose: "", happens: "", inputs: "", outputs: "", done_when: "", lasts: "" };

export function Phases() {
  const { m } = useMessages();
  return (
    <Items<Phase> list="phases" id="phases" words={m.model.phases} blank={BLANK_PHASE} below numbered>
      {(props) => <PhaseItem key={props.item.id} {...props} />}
    </Items>
  );
}

function PhaseItem({ item: phase, path, at, shown, added }: ItemProps<Phase>) {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const move = useMove(path, at, shown, phase.name || m.models.unnamed);
  const line = (
    <>
      <span className="num muted">{at + 1}</span>
      <b className="grow">{phase.name || m.models.unnamed}</b>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={m.model.removePhase} removed={m.model.phaseRemoved}>
      <PhaseFields path={path} />
      {mayWrite ? (
        <div className="row">
          <MoveButtons at={at} count={shown.length} move={move} />
        </div>
      ) : null}
    </OpenItem>
  );
}

/** What is said of a phase; also beside the drawing. */
export function PhaseFields({ path }: { path: readonly [string, string] }) {
  const { m } = useMessages();
  const full = useFull();
  return (
    <>
      <LiveText path={[...path, "name"]} label={m.model.phaseName} oneLine />
      {full ? <LiveText path={[...path, "purpose"]} label={m.model.purpose} rows={1} /> : null}
      <LiveText path={[...path, "happens"]} label={m.model.happens} rows={2} />
      {full ? (
        <div className="twocol">
          <LiveText path={[...path, "inputs"]} label={m.model.inputs} rows={1} />
          <LiveText path={[...path, "outputs"]} label={m.model.outputs} rows={1} />
        </div>
      ) : null}
      <LiveText path={[...path, "done_when"]} label={m.model.doneWhen} rows={1} />
      {full ? (
        <>
          <LiveText path={[...path, "lasts"]} label={m.model.lasts} oneLine />
          <EvidenceOf about={path.join("/")} />
        </>
      ) : null}
    </>
  );
}

/** A new way from one phase to another. */
export const blankTransition = (from: string, to: string, kind: string) => ({
  from: choice(from),
  to: choice(to),
  kind: choice(kind),
  when: "",
  decides: choice(""),
  carries: "",
});

export function Transitions() {
  const { m } = useMessages();
  const phases = inOrder(useField<ModelDocument["phases"]>(["phases"]));
  const [first, second] = [phases[0]?.id ?? "", phases[1]?.id ?? ""];
  return (
    <Items<Transition>
      list="transitions"
      id="transitions"
      words={m.model.transitions}
      blank={blankTransition(second || first, first, "feedback")}
      below
      closed={phases.length === 0}
    >
      {(props) => <TransitionItem key={props.item.id} {...props} phases={phases} />}
    </Items>
  );
}

function TransitionItem({ item: transition, path, added, phases }: ItemProps<Transition> & { phases: Item<Phase>[] }) {
  const { m } = useMessages();
  const name = (id: string) => {
    const phase = phases.find((one) => one.id === id);
    return phase ? phase.name || m.models.unnamed : m.model.phaseGone;
  };
  const [from, to, kind] = [plain(transition.from), plain(transition.to), plain(transition.kind)];
  const line = (
    <>
      <span className={`tag way-${kind}`}>{m.model.transitionKinds[kind as keyof typeof m.model.transitionKinds] ?? kind}</span>
      <span className="grow">
        {name(from)} → {to === "" ? m.model.end : name(to)}
      </span>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={m.model.removeTransition} removed={m.model.transitionRemoved}>
      <TransitionFields transition={transition} path={path} />
    </OpenItem>
  );
}

/** What is said of a transition; also beside the drawing. */
export function TransitionFields({ transition, path }: { transition: Transition; path: readonly [string, string] }) {
  const { m } = useMessages();
  const full = useFull();
  const phases = inOrder(useField<ModelDocument["phases"]>(["phases"]));
  const roles = inOrder(useField<Record<string, Role>>(["roles"]));
  const named = (items: Item<{ name?: string }>[]) => Object.fromEntries(items.map(({ id, name }) => [id, name || m.models.unnamed]));
  const names = named(phases);
  const [from, to] = [plain(transition.from), plain(transition.to)];
  // A phase that is gone stays to be seen until somebody chooses another.
  const fromWords = from in names ? names : { [from]: m.model.phaseGone, ...names };
  const toWords = { "": m.model.end, ...(to === "" || to in names ? {} : { [to]: m.model.phaseGone }), ...names };
  return (
    <>
      <div className="fieldrow">
        <LiveChoice path={[...path, "kind"]} label={m.model.transitionKind} words={m.model.transitionKinds} />
        <LiveChoice path={[...path, "from"]} label={m.model.from} words={fromWords} />
        <LiveChoice path={[...path, "to"]} label={m.model.to} words={toWords} />
        {full ? <LiveChoice path={[...path, "decides"]} label={m.model.whoDecides} words={{ "": m.model.unsaid, ...named(roles) }} /> : null}
      </div>
      <LiveText path={[...path, "when"]} label={m.model.whenHappens} rows={1} />
      {full ? (
        <>
          <LiveText path={[...path, "carries"]} label={m.model.carries} rows={1} />
          <EvidenceOf about={path.join("/")} />
        </>
      ) : null}
    </>
  );
}
