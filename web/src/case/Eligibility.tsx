// Whether the case is an example of innovation in the public sector: yes, no, or not settled yet, and why (R13).
import { plain } from "../api/caseDocument.ts";
import { Segmented } from "../design/Segmented.tsx";
import { useMessages } from "../messages/index.ts";
import { setChoice, together } from "../sync/index.ts";
import { useEditor } from "./editor.ts";
import { useField, useGlow } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";

const ANSWERS = ["yes", "no", "unsure", ""] as const;

export function Eligibility() {
  const { m } = useMessages();
  const { replica, mayWrite, me } = useEditor();
  const answer = plain(useField(["eligibility", "answer"]));
  const known = ANSWERS.find((one) => one === answer) ?? "";
  const { glow, own } = useGlow(known);
  const choose = (next: (typeof ANSWERS)[number]) => {
    own();
    const by = next === "" ? "" : me.id;
    replica.edit(together(setChoice(["eligibility", "answer"], next), setChoice(["eligibility", "by"], by)));
  };
  return (
    <section className={`card selection ${glow}`} aria-labelledby="eligibility">
      <h2 id="eligibility">{m.missing.eligibility}</h2>
      <Segmented
        legend={m.missing.eligibility}
        hideLegend
        value={known}
        disabled={!mayWrite}
        options={ANSWERS.map((value) => ({ value, label: m.missing.eligible[value] }))}
        onChoose={choose}
      />
      {known === "" ? null : (
        <LiveText
          path={["eligibility", "reason"]}
          label={m.missing.eligibilityReason}
          hint={known === "unsure" ? m.missing.eligibilityUnsure : m.case.reasonHelp}
          rows={2}
        />
      )}
    </section>
  );
}
