// A new collection: what is asked, how, and what people are told before they answer.
import { useState } from "react";
import { useNavigate } from "react-router";
import { type Ask, type CodingsAsk, openCollection, setStage } from "../api/collections.ts";
import { useCharacteristics, useLive, useRows } from "../api/live.tsx";
import { idempotencyKey } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { FormEnd } from "../design/FormEnd.tsx";
import { WhoSees } from "../design/WhoSees.tsx";
import { Segmented } from "../design/Segmented.tsx";
import { LIMITS } from "../generated/domain.ts";
import { type Messages, useMessages } from "../messages/index.ts";
import { firstCodings, NewCodings, wrongCodings } from "./codings/NewCodings.tsx";
import { KINDS, KIND_ICONS } from "./kinds.ts";

const LOWEST = 1;
const HIGHEST = 5;

export function NewCollection({ onClose }: { onClose(): void }) {
  const { m } = useMessages();
  const { id } = useLive();
  const navigate = useNavigate();
  const [kind, setKind] = useState<Ask["kind"]>("notes");
  const [title, setTitle] = useState("");
  const [prompt, setPrompt] = useState("");
  const [lines, setLines] = useState("");
  const [budget, setBudget] = useState(5);
  const [eachMax, setEachMax] = useState(2);
  const [first, characteristics] = [useRows(), useCharacteristics()];
  const [chosen, setChosen] = useState<CodingsAsk>();
  const codings = chosen ?? firstCodings(first, characteristics);
  const [minutes, setMinutes] = useState(0);
  const [named, setNamed] = useState(false);
  const [team, setTeam] = useState(false);
  const [key] = useState(idempotencyKey);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const items = itemsOf(lines);
  const wrong = title.trim() ? wrongAsk(kind, items, codings, m) : m.collections.titleMissing;
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (wrong) return setProblem(wrong);
    setBusy(true);
    setProblem(undefined);
    try {
      const question = { title: title.trim(), prompt: prompt.trim(), ...askOf(kind, items, budget, eachMax, codings) };
      const made = await openCollection(id, { ...question, team, named }, key);
      await setStage(id, {
        title: title.trim(),
        instruction: prompt.trim(),
        collection: made.id,
        minutes: minutes || null,
      });
      await navigate(`/w/${id}/innsamlinger/${made.id}`);
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return (
    <form className="card stack newcollection" onSubmit={(event) => void submit(event)}>
      <Segmented
        legend={m.collections.whatKind}
        value={kind}
        options={KINDS.map((value) => {
          const Icon = KIND_ICONS[value];
          return { value, label: m.collections.kinds[value], icon: <Icon aria-hidden /> };
        })}
        onChoose={(value) => setKind(value)}
      />
      <p className="hint">{m.collections.kindHelp[kind]}</p>
      <div>
        <label className="field-label" htmlFor="c-title">
          {m.collections.titleLabel}
        </label>
        <input id="c-title" className="input" autoFocus maxLength={LIMITS.title_chars_max} value={title} onChange={(event) => setTitle(event.target.value)} />
      </div>
      <div>
        <label className="field-label" htmlFor="c-prompt">
          {m.collections.promptLabel}
        </label>
        <textarea id="c-prompt" className="input" rows={2} maxLength={LIMITS.prompt_chars_max} value={prompt} onChange={(event) => setPrompt(event.target.value)} />
      </div>
      {kind === "codings" ? <NewCodings ask={codings} onChange={setChosen} /> : null}
      {kind === "notes" || kind === "codings" ? null : (
        <div>
          <label className="field-label" htmlFor="c-items">
            {m.collections.itemsLabel[kind]}
          </label>
          <textarea id="c-items" className="input" rows={5} aria-describedby="c-items-help" value={lines} onChange={(event) => setLines(event.target.value)} />
          <p className="hint" id="c-items-help">
            {m.collections.itemsHelp(items.length)}
          </p>
        </div>
      )}
      {kind === "votes" ? (
        <div className="row">
          <Count id="c-budget" label={m.collections.budget} value={budget} max={100} onChange={setBudget} />
          <Count id="c-each" label={m.collections.eachMax} value={Math.min(eachMax, budget)} max={budget} onChange={setEachMax} />
        </div>
      ) : null}
      <div className="row">
        <Count id="c-minutes" label={m.collections.minutes} value={minutes} min={0} max={480} onChange={setMinutes} />
      </div>
      {kind === "codings" ? <p className="hint">{m.doubleCoding.named}</p> : null}
      {kind === "codings" ? null : <WhoSees named={named} onChoose={setNamed} />}
      <label className="check" hidden={kind === "codings"}>
        <input type="checkbox" checked={team} onChange={(event) => setTeam(event.target.checked)} />
        <span>{m.collections.askTeamOnly}</span>
      </label>
      <FormEnd problem={problem} busy={busy} action={m.collections.start} onCancel={onClose} />
    </form>
  );
}

interface CountProps {
  id: string;
  label: string;
  value: number;
  min?: number;
  max: number;
  onChange(value: number): void;
}

function Count({ id, label, value, min = 1, max, onChange }: CountProps) {
  return (
    <div className="count-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input num"
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        value={value}
        onChange={(event) => onChange(Math.min(Math.max(event.target.valueAsNumber || min, min), max))}
      />
    </div>
  );
}

/** One item a line; the key is its place, which stays the same in every further round. */
function itemsOf(lines: string): string[] {
  const written = lines.split("\n").map((line) => line.trim()).filter(Boolean);
  return [...new Set(written)];
}

function wrongAsk(kind: Ask["kind"], items: string[], codings: CodingsAsk, m: Messages): string | undefined {
  if (kind === "notes") return undefined;
  return kind === "codings" ? wrongCodings(codings, m) : wrongItems(items, m);
}

/** What is wrong with them, if anything is. */
function wrongItems(items: string[], m: Messages): string | undefined {
  if (items.length < 2) return m.collections.itemsMissing;
  if (items.length > LIMITS.collection_items_max) return m.collections.itemsTooMany(LIMITS.collection_items_max);
  const long = items.find((item) => item.length > LIMITS.title_chars_max);
  return long && m.collections.itemTooLong(long.slice(0, 40), LIMITS.title_chars_max);
}

function askOf(kind: Ask["kind"], labels: string[], budget: number, eachMax: number, codings: CodingsAsk): Ask {
  const items = labels.map((label, place) => ({ key: `i${place + 1}`, label }));
  if (kind === "notes") return { kind };
  if (kind === "codings") return codings;
  if (kind === "votes") return { kind, items, budget, each_max: Math.min(eachMax, budget) };
  return { kind, items, low: LOWEST, high: HIGHEST };
}
