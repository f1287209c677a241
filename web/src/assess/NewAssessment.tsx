// A round in which several people rate this model, by criteria somebody writes or by the challenges in use.
import { useState } from "react";
import { useNavigate } from "react-router";
import { type Judging, openCollection } from "../api/collections.ts";
import { plain } from "../api/caseDocument.ts";
import { useChallenges } from "../api/challenges.ts";
import { useLive } from "../api/live.tsx";
import { idempotencyKey } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { FormEnd } from "../design/FormEnd.tsx";
import { WhoSees } from "../design/WhoSees.tsx";
import { useField } from "../fields/editor.ts";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

/** The scale of each. */
const SCALES = { assessment: { low: 1, high: 5 }, challenges: { low: 0, high: 3 } };

interface Props {
  subject: string;
  purpose: Judging;
  onClose(): void;
}

export function NewAssessment({ subject, purpose, onClose }: Props) {
  const { m } = useMessages();
  const words = m.assess[purpose];
  const scale = SCALES[purpose];
  const { id } = useLive();
  const navigate = useNavigate();
  const [code, name] = [plain(useField(["code"])), plain(useField(["head", "name"]))];
  const { inUse, loading } = useChallenges();
  const [lines, setLines] = useState(() => m.assess.criteria.join("\n"));
  const [named, setNamed] = useState(false);
  const [key] = useState(idempotencyKey);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const waits = purpose === "challenges" && loading;
  const criteria = [...new Set(lines.split("\n").map((line) => line.trim()).filter(Boolean))];
  const start = async (event: React.FormEvent) => {
    event.preventDefault();
    if (waits) return;
    const wrong = purpose === "assessment" ? wrongCriteria(criteria, m) : inUse.length === 0 ? m.challenges.noneInUse : undefined;
    if (wrong) return setProblem(wrong);
    setBusy(true);
    setProblem(undefined);
    try {
      const title = words.titleOf(code, name || m.models.unnamed).slice(0, LIMITS.title_chars_max);
      const written = criteria.map((label, place) => ({ key: `c${place + 1}`, label }));
      const items = purpose === "assessment" ? written : inUse.map(({ key, name }) => ({ key, label: name.slice(0, LIMITS.title_chars_max) }));
      const question = { title, prompt: words.prompt, kind: "ratings" as const, items, ...scale };
      const about = { model: subject, purpose };
      const made = await openCollection(id, { ...question, about, team: false, named }, key);
      await navigate(`/w/${id}/innsamlinger/${made.id}`);
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return (
    <form className="card stack" onSubmit={(event) => void start(event)}>
      {purpose === "assessment" ? (
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
            {m.assess.criteriaHelp(scale.low, scale.high)}
          </p>
        </div>
      ) : null}
      <WhoSees named={named} onChoose={setNamed} />
      <FormEnd problem={problem} busy={busy || waits} action={words.start} onCancel={onClose} />
    </form>
  );
}

function wrongCriteria(criteria: string[], m: ReturnType<typeof useMessages>["m"]): string | undefined {
  if (criteria.length === 0) return m.assess.criteriaMissing;
  if (criteria.length > LIMITS.collection_items_max) return m.collections.itemsTooMany(LIMITS.collection_items_max);
  const long = criteria.find((one) => one.length > LIMITS.title_chars_max);
  return long && m.collections.itemTooLong(long.slice(0, 40), LIMITS.title_chars_max);
}
