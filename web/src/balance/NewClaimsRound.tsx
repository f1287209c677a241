// A round in which readers say how far the claims of some models reach, without knowing whose they are (R25).
import { useState } from "react";
import { useNavigate } from "react-router";
import { classed, type ModelClaims, useClaims } from "../api/balance.ts";
import { openCollection } from "../api/collections.ts";
import { useLive } from "../api/live.tsx";
import { useNamedModels } from "../api/models.ts";
import { idempotencyKey } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { FormEnd } from "../design/FormEnd.tsx";
import { WhoSees } from "../design/WhoSees.tsx";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

interface Props {
  /** Subjects of the models that are chosen at first. */
  first: readonly string[];
  onClose(): void;
}

export function NewClaimsRound({ first, onClose }: Props) {
  const { m } = useMessages();
  const { id } = useLive();
  const navigate = useNavigate();
  const models = useModelsThatClaim();
  const [chosen, setChosen] = useState(first);
  const [named, setNamed] = useState(false);
  const [key] = useState(idempotencyKey);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const taken = models.filter(({ subject }) => chosen.includes(subject));
  const claims = taken.reduce((sum, one) => sum + one.claims, 0);
  const start = async (event: React.FormEvent) => {
    event.preventDefault();
    if (taken.length === 0) return setProblem(m.balance.round.none);
    if (claims > LIMITS.collection_items_max) return setProblem(m.balance.round.tooMany(claims, LIMITS.collection_items_max));
    setBusy(true);
    setProblem(undefined);
    try {
      const { title, prompt } = m.balance.round;
      const about = { purpose: "balance" as const, models: taken.map(({ subject }) => subject) };
      const question = { title, prompt, kind: "ratings" as const, items: [], low: 0, high: 2, about };
      const made = await openCollection(id, { ...question, team: false, named }, key);
      await navigate(`/w/${id}/innsamlinger/${made.id}`);
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  const turn = (subject: string) => setChosen(chosen.includes(subject) ? chosen.filter((one) => one !== subject) : [...chosen, subject]);
  return (
    <form className="card stack" onSubmit={(event) => void start(event)}>
      <fieldset className="grants">
        <legend className="field-label">{m.balance.round.models}</legend>
        <p className="hint">{m.balance.round.help}</p>
        {models.map(({ subject, words, claims: n }) => (
          <label key={subject}>
            <input type="checkbox" checked={chosen.includes(subject)} onChange={() => turn(subject)} />
            <span>
              {words} <span className="muted num">{m.balance.round.claims(n)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <WhoSees named={named} onChoose={setNamed} />
      <FormEnd problem={problem} busy={busy} action={m.balance.round.start} onCancel={onClose} />
    </form>
  );
}

/** Models with claims of their own, each with how many. */
function useModelsThatClaim(): { subject: string; words: string; claims: number }[] {
  const { value } = useClaims(useLive().id);
  const count = (found: ModelClaims | undefined) => (found ? classed(found) + found.unclassed : 0);
  return useNamedModels()
    .map(({ subject, words }) => ({ subject, words, claims: count(value?.models.find((one) => one.model === subject)) }))
    .filter(({ claims }) => claims > 0);
}
