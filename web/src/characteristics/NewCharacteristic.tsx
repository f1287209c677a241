// A characteristic of the workshop's own.
import { useState } from "react";
import { type CharacteristicsAnswer, characteristicsPath } from "../api/characteristics.ts";
import { useLive } from "../api/live.tsx";
import { resource } from "../api/resource.ts";
import { FormEnd } from "../design/FormEnd.tsx";
import { useMessages } from "../messages/index.ts";
import { type Draft, formOf, hasValues, newDraft } from "./draft.ts";
import { useChange } from "./useChange.ts";
import { Values } from "./Values.tsx";
import { WordsForm } from "./WordsForm.tsx";

interface Props {
  version: number;
  /** The heading it first stands under. */
  group: string;
  groups: string[];
  onClose(): void;
}

export function NewCharacteristic({ version, group, groups, onClose }: Props) {
  const { m } = useMessages();
  const { id } = useLive();
  const [draft, setDraft] = useState<Draft>(() => newDraft(group));
  const { busy, problem, change } = useChange();
  const add = async () => {
    const added = await change(version, { what: "add", form: formOf(draft) });
    if (added === undefined) return;
    onClose();
    const { value } = resource<CharacteristicsAnswer>(characteristicsPath(id)).get();
    const key = value?.characteristics.at(-1)?.key;
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-key="${key}"] > summary`)?.focus());
  };
  return (
    <form
      className="card stack kform knew"
      aria-label={m.characteristics.add}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <h2>{m.characteristics.add}</h2>
      <WordsForm draft={draft} groups={groups} onChange={setDraft} />
      {hasValues(draft.scale) ? <Values draft={draft} uses={{}} onChange={setDraft} /> : null}
      <FormEnd problem={problem} busy={busy} action={m.characteristics.save} onCancel={onClose} />
    </form>
  );
}
