// The model as it is written: its parts one below the other, the short ones first, all of them when it is opened further.
import { useState } from "react";
import { useRowsBySubject } from "../api/live.tsx";
import type { ModelDocument } from "../api/modelDocument.ts";
import { gatesOf } from "../api/modelGates.ts";
import { Segmented } from "../design/Segmented.tsx";
import { useFields } from "../fields/editor.ts";
import { LiveChoice } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { useMessages } from "../messages/index.ts";
import { useRead } from "../sync/react.ts";
import type { Replica } from "../sync/types.ts";
import { Claims } from "./parts/Claims.tsx";
import { type Depth, DepthContext, depthOf } from "./parts/depth.ts";
import { Dynamics } from "./parts/Dynamics.tsx";
import { Adrift, EvidenceOf } from "./parts/EvidenceOf.tsx";
import { ChallengeFits, TaskFits } from "./parts/Fits.tsx";
import { Gates } from "./parts/Gates.tsx";
import { Questions, Steps, Variants } from "./parts/Lines.tsx";
import { Outline } from "./parts/Outline.tsx";
import { Roles } from "./parts/Roles.tsx";
import { Traits } from "./parts/Traits.tsx";
import { Nearest, Transfer } from "./parts/Transfer.tsx";
import { useJudged } from "./useJudged.ts";

export function WriteView() {
  const { m } = useMessages();
  const { replica } = useFields();
  const [depth, setDepth] = useState<Depth>(() => depthOf(replica.doc ?? undefined));
  const rows = useRowsBySubject();
  const judged = useJudged();
  const gates = useRead(replica as Replica<ModelDocument>, (doc) => gatesOf(doc, rows, depth, judged));
  const depths = (["short", "full"] as Depth[]).map((value) => ({ value, label: m.model.depths[value] }));
  return (
    <DepthContext value={depth}>
      <LiveText path={["head", "name"]} label={m.models.name} hideLabel className="name" oneLine />
      <div className="fieldrow headfields">
        <LiveChoice path={["head", "kind"]} label={m.model.kind} words={m.model.kinds} />
        <LiveChoice path={["head", "status"]} label={m.model.status} words={m.model.statuses} />
        <Segmented<Depth> legend={m.model.depth} value={depth} options={depths} onChoose={setDepth} />
      </div>
      <div className="mgrid">
        <Outline gates={gates} />
        <article className="doc">
          {depth === "full" ? <Full /> : <Short />}
          <Gates gates={gates} />
        </article>
      </div>
    </DepthContext>
  );
}

function Short() {
  return (
    <>
      <Opening />
      <Traits />
      <Roles />
      <Dynamics />
      <Claims kind="strength" />
      <Claims kind="weakness" />
      <Claims kind="precondition" />
      <Cases />
      <Steps />
    </>
  );
}

function Full() {
  return (
    <>
      <Opening />
      <Core />
      <Traits />
      <Roles />
      <Dynamics />
      <TaskFits />
      <Claims kind="strength" />
      <Claims kind="weakness" />
      <ChallengeFits />
      <Claims kind="precondition" />
      <Transfer />
      <Variants />
      <Nearest />
      <Cases />
      <Story />
      <Steps />
      <Questions />
    </>
  );
}

function Opening() {
  const { m } = useMessages();
  return (
    <>
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
    </>
  );
}

function Core() {
  const { m } = useMessages();
  return (
    <>
      <div id="what">
        <LiveText path={["texts", "what"]} label={m.model.what} hint={m.model.whatHelp} rows={3} section />
      </div>
      <div id="argument">
        <LiveText path={["texts", "argument"]} label={m.model.argument} hint={m.model.argumentHelp} rows={1} section />
      </div>
    </>
  );
}

function Cases() {
  const { m } = useMessages();
  return (
    <section className="sect" aria-labelledby="cases">
      <h2 id="cases">{m.model.cases}</h2>
      <p className="hint">{m.model.casesHelp}</p>
      <EvidenceOf about="" />
      <Adrift />
    </section>
  );
}

function Story() {
  const { m } = useMessages();
  return (
    <div id="story">
      <LiveText path={["texts", "story"]} label={m.model.story} hint={m.model.storyHelp} rows={3} section />
    </div>
  );
}
