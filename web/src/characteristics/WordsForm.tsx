// The words of a characteristic: its name, its question, how it is coded.
import { useId } from "react";
import { LIMITS, SCALES, type Scale } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import type { Draft } from "./draft.ts";

interface Props {
  draft: Draft;
  /** Headings there are. */
  groups: string[];
  /** Codings stand where the scale says: of one that has been saved only the order of its values can come and go. */
  fixedScale?: boolean;
  onChange(draft: Draft): void;
}

export function WordsForm({ draft, groups, fixedScale = false, onChange }: Props) {
  const { m } = useMessages();
  const id = useId();
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const one = draft.scale === "nominal" || draft.scale === "ordinal";
  const scales: readonly Scale[] = fixedScale ? (one ? ["nominal", "ordinal"] : [draft.scale]) : SCALES;
  const line = (field: "label_nb" | "label_en" | "help_nb" | "help_en", label: string) => (
    <div>
      <label className="field-label" htmlFor={`${id}-${field}`}>
        {label}
      </label>
      <input
        id={`${id}-${field}`}
        className="input"
        maxLength={LIMITS.title_chars_max}
        required={field === "label_nb"}
        value={draft[field]}
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </div>
  );
  return (
    <>
      <div className="kfields">
        {line("label_nb", m.characteristics.labelNb)}
        {line("label_en", m.characteristics.labelEn)}
        {line("help_nb", m.characteristics.helpNb)}
        {line("help_en", m.characteristics.helpEn)}
        <div>
          <label className="field-label" htmlFor={`${id}-group`}>
            {m.characteristics.group}
          </label>
          <input
            id={`${id}-group`}
            className="input"
            list={`${id}-groups`}
            required
            maxLength={LIMITS.title_chars_max}
            value={draft.group}
            onChange={(event) => set({ group: event.target.value })}
          />
          <datalist id={`${id}-groups`}>
            {groups.map((group) => (
              <option key={group} value={group} />
            ))}
          </datalist>
        </div>
        <div>
          <label className="field-label" htmlFor={`${id}-scale`}>
            {m.characteristics.scale}
          </label>
          <select
            id={`${id}-scale`}
            className="input"
            value={draft.scale}
            disabled={scales.length === 1}
            aria-describedby={fixedScale && one ? `${id}-scale-help` : undefined}
            onChange={(event) => set({ scale: event.target.value as Scale })}
          >
            {scales.map((scale) => (
              <option key={scale} value={scale}>
                {m.characteristics.scales[scale]}
              </option>
            ))}
          </select>
          {fixedScale && one ? (
            <p className="hint" id={`${id}-scale-help`}>
              {m.characteristics.scaleHelp}
            </p>
          ) : null}
        </div>
        {draft.scale === "number" ? (
          <div>
            <label className="field-label" htmlFor={`${id}-unit`}>
              {m.characteristics.unit}
            </label>
            <input id={`${id}-unit`} className="input" value={draft.unit ?? ""} onChange={(event) => set({ unit: event.target.value || null })} />
          </div>
        ) : null}
      </div>
      <div className="row kchecks">
        <label className="check">
          <input type="checkbox" checked={draft.active} onChange={(event) => set({ active: event.target.checked })} />
          <span>{m.characteristics.active}</span>
        </label>
        <label className="check">
          <input type="checkbox" checked={draft.core} onChange={(event) => set({ core: event.target.checked })} />
          <span>{m.characteristics.core}</span>
        </label>
      </div>
    </>
  );
}
