// What was picked, to be dragged to a statement or made evidence of one that is chosen: the same by mouse and by keyboard.
import { Button } from "@digdir/designsystemet-react";
import { DragVerticalIcon } from "@navikt/aksel-icons";
import { useId, useState } from "react";
import type { EvidenceRelation } from "../../generated/domain.ts";
import { useMessages } from "../../messages/index.ts";
import { useStatements } from "../statements.ts";
import { useReading } from "../useReading.ts";
import { unmark } from "./drop.ts";
import { takenFrom, usePicking, wordsOf } from "./passage.ts";
import { useTake } from "./useTake.ts";

/** Longer ones are cut in the list to choose from. */
const WORDS_MAX = 70;

export function Picked() {
  const { m } = useMessages();
  const { picked, pick, isForFewer, mayShow, letShow, drag } = usePicking();
  const statements = useStatements(useReading());
  const take = useTake();
  const id = useId();
  const [about, setAbout] = useState("");
  const [relation, setRelation] = useState<EvidenceRelation>("supports");
  const cut = (text: string) => (text.length > WORDS_MAX ? `${text.slice(0, WORDS_MAX)} …` : text);
  return (
    <section className="picked" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{m.model.pickedTitle}</h3>
      {picked ? (
        <>
          <p
            className="pickedwords"
            draggable
            onDragStart={(event) => {
              event.dataTransfer.setData("text/plain", wordsOf(picked));
              event.dataTransfer.effectAllowed = "link";
              drag(true);
            }}
            onDragEnd={() => {
              drag(false);
              unmark();
            }}
          >
            <DragVerticalIcon aria-hidden className="ic" />
            <span>{wordsOf(picked)}</span>
          </p>
          {isForFewer ? (
            <>
              <details className="pickedfewer" id={`${id}-fewer`}>
                <summary>{m.model.pickedFewer}</summary>
                <p>{m.model.pickedFewerHelp}</p>
              </details>
              <label className="check small">
                <input type="checkbox" aria-describedby={`${id}-fewer`} checked={mayShow} onChange={(event) => letShow(event.target.checked)} />
                <span>{m.model.pickedMayShow}</span>
              </label>
            </>
          ) : (
            <p className="hint">{m.model.pickedHelp}</p>
          )}
          <div className="pickedfields">
            <div className="field">
              <label htmlFor={`${id}-about`}>{m.model.evidenceFor}</label>
              <select id={`${id}-about`} className="input" value={about} onChange={(event) => setAbout(event.target.value)}>
                <option value="">{m.model.wholeModel}</option>
                {statements.map((one) => (
                  <option key={one.about} value={one.about}>
                    {`${one.kind}: ${cut(one.text)}`}
                  </option>
                ))}
              </select>
            </div>
            <div className="field">
              <label htmlFor={`${id}-relation`}>{m.model.relation}</label>
              <select id={`${id}-relation`} className="input" value={relation} onChange={(event) => setRelation(event.target.value as EvidenceRelation)}>
                {Object.entries(m.model.relations).map(([key, words]) => (
                  <option key={key} value={key}>
                    {words}
                  </option>
                ))}
              </select>
            </div>
          </div>
          <div className="row">
            <Button
              data-size="sm"
              onClick={() => {
                take(takenFrom(picked, mayShow || !isForFewer), statements.some((one) => one.about === about) ? about : "", relation);
                pick(undefined);
              }}
            >
              {m.model.makeEvidence}
            </Button>
            <Button variant="tertiary" data-size="sm" onClick={() => pick(undefined)}>
              {m.model.unpick}
            </Button>
          </div>
        </>
      ) : (
        <p className="hint">{m.model.pickedNone}</p>
      )}
    </section>
  );
}
