// Whether the case goes on: in, reserve, out, and why.
import { plain } from "../api/caseDocument.ts";
import { Segmented } from "../design/Segmented.tsx";
import { asDecision } from "../design/SelectionMark.tsx";
import { DashedRing, HalfDisc, MinusRing, TickDisc } from "../design/icons.tsx";
import { useField, useGlow } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
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
        <LiveText
          path={["selection", "reason"]}
          label={m.case.reason}
          hint={decision === "out" && !hasReason ? m.case.reasonMissing : m.case.reasonHelp}
          rows={2}
        />
      )}
    </section>
  );
}
