// Whether the case goes on: in, reserve, out, and why.
import { useState } from "react";
import { useParams } from "react-router";
import { plain } from "../api/caseDocument.ts";
import { DecisionHistory } from "../design/DecisionHistory.tsx";
import { Segmented } from "../design/Segmented.tsx";
import { asDecision } from "../design/SelectionMark.tsx";
import { DashedRing, HalfDisc, MinusRing, TickDisc } from "../design/icons.tsx";
import { useField, useGlow } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
import { CRITERIA } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { setChoice, together } from "../sync/index.ts";
import { useCase, useEditor } from "./editor.ts";

const ICONS = { in: <TickDisc />, reserve: <HalfDisc />, out: <MinusRing />, none: <DashedRing /> };

export function Selection() {
  const { m } = useMessages();
  const { replica, mayWrite, me } = useEditor();
  const decision = asDecision(plain(useField(["selection", "decision"])));
  const hasReason = useCase((doc) => plain(doc.selection?.reason) !== "");
  const { glow, own } = useGlow(decision);
  const words = m.case.choices;
  const choose = (next: typeof decision) => {
    own();
    replica.edit(together(setChoice(["selection", "decision"], next), setChoice(["selection", "by"], me.id)));
  };
  return (
    <section className={`card selection ${glow}`} aria-labelledby="selection">
      <h2 id="selection">{m.case.selection}</h2>
      <Segmented
        legend={m.case.selectionHelp}
        value={decision}
        disabled={!mayWrite}
        options={(["in", "reserve", "out", "none"] as const).map((value) => ({
          value,
          label: words[value],
          icon: ICONS[value],
        }))}
        onChoose={choose}
      />
      {decision === "none" && !hasReason ? null : (
        <>
          <CriterionChoice />
          <LiveText
            path={["selection", "reason"]}
            label={m.case.reason}
            hint={decision === "out" && !hasReason ? m.case.reasonMissing : m.case.reasonHelp}
            rows={2}
          />
        </>
      )}
      <History />
    </section>
  );
}

function CriterionChoice() {
  const { m } = useMessages();
  const { replica, mayWrite } = useEditor();
  const criterion = plain(useField(["selection", "criterion"]));
  return (
    <label>
      <span className="field-label">{m.selection.criterion}</span>
      <select
        className="input"
        value={criterion}
        disabled={!mayWrite}
        onChange={(event) => replica.edit(setChoice(["selection", "criterion"], event.target.value))}
      >
        {["" as const, ...CRITERIA.filter((one) => one !== "")].map((key) => (
          <option key={key} value={key}>
            {m.criteria[key]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Read when it is opened: most who open a case do not ask. */
function History() {
  const { m } = useMessages();
  const { subject = "" } = useParams();
  const [open, setOpen] = useState(false);
  return (
    <details className="extra" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{m.selection.history}</summary>
      {open ? <DecisionHistory subject={subject} /> : null}
    </details>
  );
}
