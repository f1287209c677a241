// What the words of a list mean: one answer for each word, however often it stands.
import { Details } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useCharacteristics } from "../api/live.tsx";
import type { ValuePlan } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { fieldLabel, valuesOf } from "../api/caseFields.ts";

/** Words shown before one asks for all of them. */
const WORDS_SHOWN = 20;
/** What a select says for a word nobody has decided about. */
const UNDECIDED = "\u0000";

interface WordsProps {
  words: ValuePlan[];
  /** An empty key: the word means no value. */
  onChoose(field: string, word: string, key: string): void;
}

/** A word that is a value's own label is no question. */
function isQuestion(word: ValuePlan): boolean {
  return word.confidence !== "certain" || word.reason === "given" || word.reason === "remembered";
}

export function Words({ words, onChoose }: WordsProps) {
  const { m } = useMessages();
  const questions = words.filter(isQuestion);
  const toSee = questions.filter((word) => word.confidence !== "certain").length;
  const [open, setOpen] = useState(toSee > 0);
  const [all, setAll] = useState(false);
  if (questions.length === 0) return null;
  const shown = all ? questions : questions.slice(0, WORDS_SHOWN);
  return (
    <Details className="decide" open={open} onToggle={() => setOpen(!open)}>
      <Details.Summary>
        {m.intake.wordsTitle} {toSee ? <span className="muted num">{m.intake.wordsToSee(toSee)}</span> : null}
      </Details.Summary>
      <Details.Content>
        <p className="hint">{m.intake.wordsHelp}</p>
        <ul className="words">
          {shown.map((word) => (
            <Word key={`${word.field} ${word.original}`} word={word} onChoose={onChoose} />
          ))}
        </ul>
        {all || questions.length <= WORDS_SHOWN ? null : (
          <button type="button" className="linklike" onClick={() => setAll(true)}>
            {m.common.more(questions.length - WORDS_SHOWN)}
          </button>
        )}
      </Details.Content>
    </Details>
  );
}

function Word({ word, onChoose }: { word: ValuePlan; onChoose: WordsProps["onChoose"] }) {
  const { m, language } = useMessages();
  const characteristics = useCharacteristics();
  const field = fieldLabel(word.field, characteristics, m, language);
  const decided = word.used ? (word.key ?? UNDECIDED) : UNDECIDED;
  return (
    <li className={word.confidence === "certain" ? undefined : "doubtful"}>
      <span>
        «{word.original}»
        <span className="examples muted small num">
          {field}, {m.intake.cells(word.cells)}
        </span>
      </span>
      <select
        className="input"
        aria-label={m.intake.means(word.original, field)}
        value={decided}
        onChange={(event) => onChoose(word.field, word.original, event.target.value)}
      >
        {decided === UNDECIDED ? <option value={UNDECIDED}>{m.intake.undecided}</option> : null}
        <option value="">{m.intake.noValue}</option>
        {valuesOf(word.field, characteristics, m, language).map((value) => (
          <option key={value.key} value={value.key}>
            {value.label}
          </option>
        ))}
      </select>
    </li>
  );
}
