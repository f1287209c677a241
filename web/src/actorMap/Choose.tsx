// Which cases are on the map: some at once, or one at a time by code or name.
import { Button } from "@digdir/designsystemet-react";
import { XMarkIcon } from "@navikt/aksel-icons";
import { useRowsBySubject } from "../api/live.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { AddCase } from "../fields/AddCase.tsx";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import type { OnMap } from "./onMap.ts";

export function Choose({ onMap }: { onMap: OnMap }) {
  const { m } = useMessages();
  const rows = useRowsBySubject();
  const { subjects, ecosystems, chosen, set } = onMap;
  const most = LIMITS.actor_map_cases_max;
  const some = [
    { label: m.actorMap.ecosystems(ecosystems.length), of: ecosystems },
    { label: m.actorMap.chosen(chosen.length), of: chosen },
  ].filter(({ of }) => of.length > 0 && of.length <= most);
  return (
    <section className="onmap" aria-label={m.actorMap.choose}>
      {subjects.length ? (
        <ul className="about" aria-label={m.actorMap.choose}>
          {subjects.map((subject) => (
            <li key={subject}>
              <CaseChip subject={subject} />
              <button
                type="button"
                className="iconbtn"
                aria-label={m.fields.takeOut(rows.get(subject)?.code ?? "")}
                onClick={() => set(subjects.filter((one) => one !== subject))}
              >
                <XMarkIcon aria-hidden className="ic" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="row">
        {subjects.length < most ? (
          <AddCase onAdd={({ subject }) => set([...subjects.filter((one) => one !== subject), subject])} />
        ) : (
          <p className="hint">{m.actorMap.tooMany(most)}</p>
        )}
        {some.map(({ label, of }) => (
          <Button key={label} variant="tertiary" onClick={() => set(of)}>
            {label}
          </Button>
        ))}
        {subjects.length ? (
          <Button variant="tertiary" onClick={() => set([])}>
            {m.actorMap.clear}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
