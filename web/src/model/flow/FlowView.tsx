// The dynamics as a drawing one edits on, or as the list of the same; and a walk through them.
import { Button } from "@digdir/designsystemet-react";
import { PlayIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { inOrder } from "../../api/caseDocument.ts";
import { isDynamic, type ModelDocument } from "../../api/modelDocument.ts";
import { LoopPicture } from "../../design/LoopPicture.tsx";
import { Segmented } from "../../design/Segmented.tsx";
import { useField, useFields } from "../../fields/editor.ts";
import { useMessages } from "../../messages/index.ts";
import { DepthContext } from "../parts/depth.ts";
import { Phases, Transitions } from "../parts/Dynamics.tsx";
import { Triggers } from "../parts/Lines.tsx";
import { Loops } from "../parts/Loops.tsx";
import { useReading } from "../useReading.ts";
import { FlowDrawing, type Picked } from "./FlowDrawing.tsx";
import { Legend } from "./Legend.tsx";
import { PickedPanel } from "./PickedPanel.tsx";
import { Walk } from "./Walk.tsx";
import "./flow.css";

type Shape = "picture" | "list";

export function FlowView() {
  const { m } = useMessages();
  const [shape, setShape] = useState<Shape>("picture");
  const shapes = (["picture", "list"] as Shape[]).map((value) => ({ value, label: m.model.flowShapes[value] }));
  return (
    <DepthContext value="full">
      <div className="flowhead">
        <Segmented<Shape> legend={m.model.flowShape} hideLegend value={shape} options={shapes} onChoose={setShape} />
      </div>
      {shape === "picture" ? <Drawn /> : <Listed />}
    </DepthContext>
  );
}

function Listed() {
  return (
    <div className="doc stack">
      <Triggers />
      <Phases />
      <Transitions />
      <Loops />
    </div>
  );
}

function Drawn() {
  const { m } = useMessages();
  const reading = useReading();
  const [picked, setPicked] = useState<Picked>();
  /** The phase a walk stands in; nothing while nobody walks. */
  const [walk, setWalk] = useState<number>();
  const { mayWrite } = useFields();
  const { flow } = reading;
  if (flow.phases.length === 0) return <p className="hint">{m.model.phases.none}</p>;
  const gone = picked && !(picked.kind === "phase" ? reading.phases : reading.transitions).some(({ id }) => id === picked.id);
  return (
    <>
      <div className="row">
        <Button variant="secondary" onClick={() => setWalk(walk === undefined ? 0 : undefined)}>
          <PlayIcon aria-hidden /> {walk === undefined ? m.model.walk : m.model.walkStop}
        </Button>
        <p className="small muted">{m.model.flowCount(flow.phases.length, reading.transitions.length, reading.triggers.length)}</p>
      </div>
      {!isDynamic(flow) ? <p className="sentence warn">{m.model.still}</p> : null}
      {flow.dangling.length > 0 ? <p className="sentence warn">{m.model.danglingHere(flow.dangling.length)}</p> : null}
      {walk === undefined ? null : <Walk reading={reading} at={walk} onMove={setWalk} />}
      <Legend />
      <FlowDrawing reading={reading} picked={gone ? undefined : picked} walk={walk} onPick={setPicked} />
      {picked && !gone ? <PickedPanel picked={picked} onPick={setPicked} /> : mayWrite ? <p className="hint">{m.model.pickHelp}</p> : null}
      <LoopPictures />
    </>
  );
}

function LoopPictures() {
  const { m } = useMessages();
  const loops = inOrder(useField<ModelDocument["loops"]>(["loops"]));
  return (
    <ul className="looppictures">
      {loops.map((loop) => (
        <li key={loop.id}>
          <h3>{loop.name || m.models.unnamed}</h3>
          <LoopPicture loop={loop} />
          {loop.breaks ? <p className="small">{m.model.brokenBy(loop.breaks)}</p> : null}
        </li>
      ))}
    </ul>
  );
}
