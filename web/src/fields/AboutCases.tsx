// Which cases something is about: chips, and a field to name one more by code or name.
import { XMarkIcon } from "@navikt/aksel-icons";
import { useId } from "react";
import { useRows } from "../api/live.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { useMessages } from "../messages/index.ts";
import { type Path, toggleInSet } from "../sync/index.ts";
import { AddCase } from "./AddCase.tsx";
import { useFields } from "./editor.ts";

/** `chosen` are subjects, the keys of the set at `path`. */
export function AboutCases({ path, label, chosen }: { path: Path; label: string; chosen: string[] }) {
  const { m } = useMessages();
  const { replica, mayWrite } = useFields();
  const rows = useRows();
  const id = useId();
  const byCode = new Map(rows.map((row) => [row.subject, row.code]));
  const shown = chosen.filter((subject) => byCode.has(subject));
  return (
    <div className="stack tight">
      <span className="field-label" id={`${id}-label`}>
        {label}
      </span>
      {shown.length > 0 ? (
        <ul className="about" aria-labelledby={`${id}-label`}>
          {shown.map((subject) => (
            <li key={subject}>
              <CaseChip subject={subject} />
              {mayWrite ? (
                <button
                  type="button"
                  className="iconbtn"
                  aria-label={m.fields.takeOut(byCode.get(subject) ?? "")}
                  onClick={() => replica.edit(toggleInSet(path, subject, false))}
                >
                  <XMarkIcon aria-hidden className="ic" />
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {mayWrite ? <AddCase onAdd={(row) => replica.edit(toggleInSet(path, row.subject, true))} /> : null}
    </div>
  );
}
