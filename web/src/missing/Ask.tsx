// Every blank becomes a task in one action: who, how, by when.
import { Button } from "@digdir/designsystemet-react";
import { useId, useRef, useState } from "react";
import type { Missing } from "../api/figures.ts";
import { useLive, usePeopleHere } from "../api/live.tsx";
import { addNeeds, type Errand } from "../api/needs.ts";
import { idempotencyKey, Problem } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { FormEnd } from "../design/FormEnd.tsx";
import { type Way, WAYS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

export function Ask({ missing }: { missing: Missing }) {
  const { m } = useMessages();
  const [open, setOpen] = useState(false);
  return open ? (
    <Form missing={missing} onClose={() => setOpen(false)} />
  ) : (
    <p>
      <Button onClick={() => setOpen(true)}>{m.missing.askAll(missing.unasked)}</Button>
    </p>
  );
}

function Form({ missing, onClose }: { missing: Missing; onClose(): void }) {
  const { m } = useMessages();
  const { id, say } = useLive();
  const [errand, setErrand] = useState<Errand>({ way: "document", responsible: "", due: "" });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const key = useRef(idempotencyKey());
  const cases = missing.cases === "chosen" ? {} : { cases: missing.by_case.map((one) => one.subject) };
  const send = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const made = await addNeeds(id, { ...cases, ...errand }, key.current);
      say(m.missing.made(made.needs, made.cases));
      onClose();
    } catch (error) {
      setProblem(error instanceof Problem ? wordsOf(error, m) : String(error));
      setBusy(false);
    }
  };
  return (
    <form className="card askform" onSubmit={(event) => void send(event)}>
      <h2>{m.missing.askAll(missing.unasked)}</h2>
      <p className="hint">{m.missing.askHelp}</p>
      <ErrandFields errand={errand} onChange={setErrand} />
      <FormEnd problem={problem} busy={busy} action={m.missing.ask} onCancel={onClose} />
    </form>
  );
}

function ErrandFields({ errand, onChange }: { errand: Errand; onChange(errand: Errand): void }) {
  const { m } = useMessages();
  const field = useId();
  const people = usePeopleHere().filter((one) => !one.waits_for);
  return (
    <div className="errand">
      <div>
        <label className="field-label" htmlFor={`${field}-who`}>
          {m.missing.responsible}
        </label>
        <select
          id={`${field}-who`}
          className="input"
          value={errand.responsible}
          autoFocus
          onChange={(event) => onChange({ ...errand, responsible: event.target.value })}
        >
          <option value="">{m.missing.nobody}</option>
          {people.map((one) => (
            <option key={one.participant} value={one.participant}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label className="field-label" htmlFor={`${field}-way`}>
          {m.missing.way}
        </label>
        <select
          id={`${field}-way`}
          className="input"
          value={errand.way}
          onChange={(event) => onChange({ ...errand, way: event.target.value as Way })}
        >
          {WAYS.map((way) => (
            <option key={way} value={way}>
              {m.missing.ways[way]}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label className="field-label" htmlFor={`${field}-due`}>
          {m.missing.due}
        </label>
        <input
          id={`${field}-due`}
          className="input"
          type="date"
          value={errand.due}
          onChange={(event) => onChange({ ...errand, due: event.target.value })}
        />
      </div>
    </div>
  );
}
