// Which models something is about: their names, and a list to choose one more from.
import { XMarkIcon } from "@navikt/aksel-icons";
import { useId } from "react";
import { useModels } from "../api/models.ts";
import { placeKey, type Thing, thingsByPlace, useUses } from "../api/uses.ts";
import { ThingLink } from "../design/ThingLink.tsx";
import { useMessages } from "../messages/index.ts";
import { type Path, toggleInSet } from "../sync/index.ts";
import { useFields } from "./editor.ts";

/** `chosen` are subjects, the keys of the set at `path`; those of cases are left to others. */
export function AboutModels({ path, label, chosen }: { path: Path; label: string; chosen: string[] }) {
  const { m } = useMessages();
  const { replica, mayWrite } = useFields();
  const models = useNamedModels();
  const id = useId();
  const shown = models.filter(({ subject }) => chosen.includes(subject));
  const others = models.filter(({ subject }) => !chosen.includes(subject));
  if (shown.length === 0 && (!mayWrite || models.length === 0)) return null;
  return (
    <div className="stack tight">
      <span className="field-label" id={`${id}-label`}>
        {label}
      </span>
      {shown.length > 0 ? (
        <ul className="about" aria-labelledby={`${id}-label`}>
          {shown.map(({ subject, words, thing }) => (
            <li key={subject}>
              <ThingLink thing={thing} />
              {mayWrite ? (
                <button
                  type="button"
                  className="iconbtn"
                  aria-label={m.fields.takeOut(words)}
                  onClick={() => replica.edit(toggleInSet(path, subject, false))}
                >
                  <XMarkIcon aria-hidden className="ic" />
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {mayWrite && others.length > 0 ? (
        <label>
          <span className="vh">{m.fields.addModel}</span>
          <select
            className="input"
            value=""
            onChange={(event) => event.target.value && replica.edit(toggleInSet(path, event.target.value, true))}
          >
            <option value="">{m.fields.addModel}</option>
            {others.map(({ subject, words }) => (
              <option key={subject} value={subject}>
                {words}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </div>
  );
}

/** The models there are, by code and name. */
function useNamedModels(): { subject: string; words: string; thing: Thing }[] {
  const { things } = useUses();
  const known = thingsByPlace(things);
  return useModels().map(({ subject, code = "" }) => {
    const place = { subject };
    const named = known.get(placeKey(place));
    const words = [code, named?.title].filter(Boolean).join(" ");
    const thing: Thing = { place, kind: "model", date: "", waits: false, ...named, title: words };
    return { subject, words, thing };
  });
}
