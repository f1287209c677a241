// A characteristic of the workshop's own.
import { useState } from "react";
import { type CharacteristicsAnswer, characteristicsPath } from "../api/characteristics.ts";
import { useLive, useRows } from "../api/live.tsx";
import { completeCases } from "../api/needs.ts";
import { resource } from "../api/resource.ts";
import { FormEnd } from "../design/FormEnd.tsx";
import { useMessages } from "../messages/index.ts";
import { type Draft, formOf, hasValues, newDraft } from "./draft.ts";
import { useChange } from "./useChange.ts";
import { Values } from "./Values.tsx";
import { WordsForm } from "./WordsForm.tsx";

/** As many as the server takes at once. */
const CASES_AT_ONCE = 500;

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
  const rows = useRows();
  const [draft, setDraft] = useState<Draft>(() => newDraft(group));
  const { busy, problem, change } = useChange();
  const add = async () => {
    const added = await change(version, { what: "add", form: formOf(draft) });
    if (added === undefined) return;
    onClose();
    const { value } = resource<CharacteristicsAnswer>(characteristicsPath(id)).get();
    const key = value?.characteristics.at(-1)?.key;
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-key="${key}"] > summary`)?.focus());
    await makeReady(id, rows.filter((row) => row.state === "open").map((row) => row.subject));
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

/** Cases from before get a place for the new coding now, so that it is there for those who go offline; one that is missed
 * gets it when it is opened. */
async function makeReady(id: string, subjects: string[]): Promise<void> {
  for (let from = 0; from < subjects.length; from += CASES_AT_ONCE) {
    await completeCases(id, subjects.slice(from, from + CASES_AT_ONCE)).catch(() => undefined);
  }
}
