// One decision for all that are marked: what, by which criterion, and why.
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import { Segmented } from "../design/Segmented.tsx";
import { CRITERIA, type Criterion, type Decision } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import type { Choice } from "../api/decisions.ts";

interface Props {
  count: number;
  decision: Decision;
  reason: React.RefObject<HTMLInputElement | null>;
  busy: boolean;
  onDecision(decision: Decision): void;
  /** Whether it was done: what was written stays until then. */
  onDo(choice: Choice): Promise<boolean>;
}

export function DecideBar({ count, decision, reason, busy, onDecision, onDo }: Props) {
  const { m } = useMessages();
  const words = m.selection.decisions;
  const [criterion, setCriterion] = useState<Criterion>("");
  const [text, setText] = useState("");
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (count === 0 || !(await onDo({ decision, criterion, reason: text.trim() }))) return;
    setText("");
    setCriterion("");
  };
  return (
    <form className="decidebar" onSubmit={(event) => void submit(event)}>
      <p className="num marked" role="status">
        {words.marked(count)}
      </p>
      <Segmented
        legend={words.decision}
        hideLegend
        value={decision}
        options={(["in", "reserve", "out", "none"] as const).map((value) => ({ value, label: m.case.choices[value] }))}
        onChoose={onDecision}
      />
      <label>
        <span className="vh">{words.criterion}</span>
        <select
          className="input"
          value={criterion}
          onChange={(event) => setCriterion(event.target.value as Criterion)}
        >
          <option value="">{words.criterion}</option>
          {CRITERIA.filter((key) => key !== "").map((key) => (
            <option key={key} value={key}>
              {m.criteria[key]}
            </option>
          ))}
        </select>
      </label>
      <label className="grow">
        <span className="vh">{words.reason}</span>
        <input
          ref={reason}
          className="input"
          placeholder={words.reason}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Button type="submit" loading={busy} disabled={count === 0}>
        {words.do(count)}
      </Button>
    </form>
  );
}
