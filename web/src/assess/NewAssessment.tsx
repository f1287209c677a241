// A round in which several people rate this model: by which criteria, who is asked, and what they are told before.
import { useState } from "react";
import { useNavigate } from "react-router";
import { openCollection } from "../api/collections.ts";
import { plain } from "../api/caseDocument.ts";
import { useLive } from "../api/live.tsx";
import { idempotencyKey } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { FormEnd } from "../design/FormEnd.tsx";
import { useField } from "../fields/editor.ts";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

/** The scale of an assessment. */
const [LOW, HIGH] = [1, 5];

export function NewAssessment({ subject, onClose }: { subject: string; onClose(): void }) {
  const { m } = useMessages();
  const { id } = useLive();
  const navigate = useNavigate();
  const [code, name] = [plain(useField(["code"])), plain(useField(["head", "name"]))];
  const [lines, setLines] = useState(() => m.assess.criteria.join("\n"));
  const [named, setNamed] = useState(false);
  const [key] = useState(idempotencyKey);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const criteria = [...new Set(lines.split("\n").map((line) => line.trim()).filter(Boolean))];
  const start = async (event: React.FormEvent) => {
    event.preventDefault();
    const wrong = wrongCriteria(criteria, m);
    if (wrong) return setProblem(wrong);
    setBusy(true);
    setProblem(undefined);
    try {
      const title = m.assess.titleOf(code, name || m.models.unnamed).slice(0, LIMITS.title_chars_max);
      const items = criteria.map((label, place) => ({ key: `c${place + 1}`, label }));
      const question = { title, prompt: m.assess.prompt, kind: "ratings" as const, items, low: LOW, high: HIGH };
      const about = { model: subject, purpose: "assessment" as const };
      const made = await openCollection(id, { ...question, about, team: false, named }, key);
      await navigate(`/w/${id}/innsamlinger/${made.id}`);
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return (
    <form className="card stack" onSubmit={(event) => void start(event)}>
      <div>
        <label className="field-label" htmlFor="criteria">
          {m.assess.criteriaLabel}
        </label>
        <textarea
          id="criteria"
          className="input"
          rows={criteria.length + 1}
          aria-describedby="criteria-help"
          value={lines}
          onChange={(event) => setLines(event.target.value)}
        />
        <p className="hint" id="criteria-help">
          {m.assess.criteriaHelp(LOW, HIGH)}
        </p>
      </div>
      <fieldset className="grants">
        <legend className="field-label">{m.collections.whoSees}</legend>
        <label>
          <input type="radio" name="named" checked={!named} onChange={() => setNamed(false)} />
          <span>{m.collections.withoutNames}</span>
        </label>
        <label>
          <input type="radio" name="named" checked={named} onChange={() => setNamed(true)} />
          <span>{m.collections.withNames}</span>
        </label>
      </fieldset>
      <FormEnd problem={problem} busy={busy} action={m.assess.start} onCancel={onClose} />
    </form>
  );
}

function wrongCriteria(criteria: string[], m: ReturnType<typeof useMessages>["m"]): string | undefined {
  if (criteria.length === 0) return m.assess.criteriaMissing;
  if (criteria.length > LIMITS.collection_items_max) return m.collections.itemsTooMany(LIMITS.collection_items_max);
  const long = criteria.find((one) => one.length > LIMITS.title_chars_max);
  return long && m.collections.itemTooLong(long.slice(0, 40), LIMITS.title_chars_max);
}
