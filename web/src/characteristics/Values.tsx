// The values of a characteristic, in their order: renamed, described, moved, added, split, taken out.
import { Button } from "@digdir/designsystemet-react";
import { ArrowDownIcon, ArrowUpIcon, BranchingIcon, PlusIcon, TrashIcon } from "@navikt/aksel-icons";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { shortLabel } from "../api/characteristics.ts";
import { useLive } from "../api/live.tsx";
import { type Characteristic, LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { type Draft, type DraftValue, moved, newValue } from "./draft.ts";

interface Props {
  /** As it is saved; none of a new one. */
  characteristic?: Characteristic;
  draft: Draft;
  /** Value to how many cases have it. */
  uses: Record<string, number>;
  onChange(draft: Draft): void;
  onRetire?(value: string): void;
}

export function Values({ characteristic, draft, uses, onChange, onRetire }: Props) {
  const { m } = useMessages();
  const added = useRef<string>(undefined);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (!added.current) return;
    list.current?.querySelector<HTMLElement>(`[data-value="${added.current}"] input`)?.focus();
    added.current = undefined;
  });
  const set = (values: DraftValue[]) => onChange({ ...draft, values });
  const add = () => {
    const value = newValue();
    added.current = value.id;
    set([...draft.values, value]);
  };
  return (
    <fieldset className="kvaluesform">
      <legend className="field-label">{m.characteristics.values}</legend>
      <ol ref={list}>
        {draft.values.map((value, place) => (
          <ValueRow
            key={value.id}
            value={value}
            place={place}
            last={draft.values.length - 1}
            uses={value.key ? (uses[value.key] ?? 0) : undefined}
            characteristic={characteristic}
            onSet={(part) => set(draft.values.map((one) => (one === value ? { ...one, ...part } : one)))}
            onMove={(step) => set(moved(draft.values, place, step))}
            onOut={() => (value.key ? onRetire?.(value.key) : set(draft.values.filter((one) => one !== value)))}
          />
        ))}
      </ol>
      <Button type="button" variant="tertiary" onClick={add}>
        <PlusIcon aria-hidden /> {m.characteristics.addValue}
      </Button>
    </fieldset>
  );
}

interface RowProps {
  value: DraftValue;
  place: number;
  last: number;
  /** How many cases have it; undefined where it was never saved. */
  uses: number | undefined;
  characteristic: Characteristic | undefined;
  onSet(part: Partial<DraftValue>): void;
  onMove(step: -1 | 1): void;
  onOut(): void;
}

function ValueRow({ value, place, last, uses, characteristic, onSet, onMove, onOut }: RowProps) {
  const { m, language } = useMessages();
  const { id } = useLive();
  const words = m.characteristics;
  const name = value.label_nb ? shortLabel(value, language) || value.label_nb : `${words.value} ${place + 1}`;
  const input = (field: "label_nb" | "label_en" | "definition", label: string) => (
    <label className={`kv-${field}`}>
      <span className="tiny muted">{label}</span>
      <input
        className="input"
        aria-label={`${label} ${place + 1}`}
        maxLength={field === "definition" ? LIMITS.prompt_chars_max : LIMITS.title_chars_max}
        value={value[field]}
        onChange={(event) => onSet({ [field]: event.target.value })}
      />
    </label>
  );
  return (
    <li data-value={value.id}>
      {input("label_nb", words.value)}
      {input("label_en", words.valueEn)}
      {input("definition", words.definition)}
      <span className="kvfoot">
        <span className="tag num">{uses === undefined ? words.newValue : words.uses(uses)}</span>
        <button type="button" className="iconbtn" aria-label={words.up(name)} disabled={place === 0} onClick={() => onMove(-1)}>
          <ArrowUpIcon aria-hidden className="ic" />
        </button>
        <button type="button" className="iconbtn" aria-label={words.down(name)} disabled={place === last} onClick={() => onMove(1)}>
          <ArrowDownIcon aria-hidden className="ic" />
        </button>
        {uses && characteristic && last > 0 ? (
          <Link className="iconbtn" aria-label={words.spread(name, uses)} title={words.spread(name, uses)} to={`/w/${id}/eksempler/kjennetegn/${characteristic.key}/${value.key}`}>
            <BranchingIcon aria-hidden className="ic" />
          </Link>
        ) : null}
        <button
          type="button"
          className="iconbtn"
          aria-label={value.key ? words.retire(name) : words.takeOut(name)}
          title={value.key ? words.retire(name) : words.takeOut(name)}
          disabled={last === 0}
          onClick={onOut}
        >
          <TrashIcon aria-hidden className="ic" />
        </button>
      </span>
    </li>
  );
}
