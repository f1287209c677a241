// What something is about: a row of things, each of which can be taken out, and a way to name one more.
import { XMarkIcon } from "@navikt/aksel-icons";
import { useId } from "react";
import { useMessages } from "../messages/index.ts";
import { type Path, toggleInSet } from "../sync/index.ts";
import { useFields } from "./editor.ts";

interface Props {
  /** Of the set that the things are keys of. */
  path: Path;
  label: string;
  things: { subject: string; words: string; shown: React.ReactNode }[];
  /** Names one more. */
  children: React.ReactNode;
}

export function About({ path, label, things, children }: Props) {
  const { m } = useMessages();
  const { replica, mayWrite } = useFields();
  const id = useId();
  return (
    <div className="stack tight">
      <span className="field-label" id={id}>
        {label}
      </span>
      {things.length > 0 ? (
        <ul className="about" aria-labelledby={id}>
          {things.map(({ subject, words, shown }) => (
            <li key={subject}>
              {shown}
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
      {mayWrite ? children : null}
    </div>
  );
}
