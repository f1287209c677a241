// Codings by what was deleted while somebody coded: nothing of them is lost, and what was deleted can be taken back.
import { Button } from "@digdir/designsystemet-react";
import { ArrowUndoIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { type CodingItem, keysOf, plain } from "../api/caseDocument.ts";
import {
  changeCharacteristics,
  type CharacteristicsAnswer,
  characteristicsPath,
  livingValue,
  shortLabel,
} from "../api/characteristics.ts";
import { useIsTeam, useLive } from "../api/live.tsx";
import { resource, useResource } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import type { Characteristic, CharacteristicsChange } from "../generated/domain.ts";
import { labelOf, type Speech, useMessages } from "../messages/index.ts";
import { isSettled, stateOf, valueInWords } from "./coding.ts";
import { useCodingEditor, useCodings } from "./editor.ts";

export function Gone() {
  const { characteristics } = useCodingEditor();
  const known = new Map(characteristics.map((one) => [one.key, one]));
  const found = useCodings((codings) =>
    Object.entries(codings).filter(([key, coding]) => isSettled(coding) && isGone(known.get(key), coding)),
  );
  return found.length ? <GoneOnes found={found} /> : null;
}

/** Whether a coding says something that no characteristic in use has. */
function isGone(characteristic: Characteristic | undefined, coding: CodingItem): boolean {
  return !characteristic || deadKeys(characteristic, coding).length > 0;
}

/** The keys of a coding that stand for no value in use. */
function deadKeys(characteristic: Characteristic, coding: CodingItem): string[] {
  const { scale } = characteristic;
  if (scale === "number" || scale === "text" || plain(coding.state) !== "coded") return [];
  const value = plain(coding.value);
  const keys = scale === "multi" ? keysOf(coding.values) : value ? [value] : [];
  return keys.filter((key) => livingValue(characteristic, key) === undefined);
}

const stateWords = (coding: CodingItem, m: Speech["m"]) => {
  const state = stateOf(coding);
  return state === "coded" ? "" : m.case.states[state];
};

/** What a coding says by something that was deleted, and what takes that back. */
interface One {
  key: string;
  name: string;
  says: string;
  change: CharacteristicsChange;
}

function oneOf([key, coding]: [string, CodingItem], answer: CharacteristicsAnswer, speech: Speech): One[] {
  const { m, language, format } = speech;
  const deleted = answer.deleted.find((one) => one.key === key);
  if (deleted) {
    const name = labelOf(deleted, language);
    const said = valueInWords(deleted, coding, language, format) || stateWords(coding, m);
    return [{ key, name, says: `${name}: ${said}`, change: { what: "take-back", key } }];
  }
  const characteristic = answer.characteristics.find((one) => one.key === key);
  if (!characteristic) return [];
  const gone = deadKeys(characteristic, coding).map((value) => characteristic.retired.find((one) => one.key === value));
  return gone
    .filter((value) => value !== undefined)
    .map((value) => {
      const name = shortLabel(value, language);
      const says = `${labelOf(characteristic, language)}: ${name}`;
      return { key: `${key} ${value.key}`, name, says, change: { what: "restore", key, value: value.key } };
    });
}

function GoneOnes({ found }: { found: [string, CodingItem][] }) {
  const speech = useMessages();
  const { m } = speech;
  const { id, say } = useLive();
  const isTeam = useIsTeam();
  const { value: answer } = useResource<CharacteristicsAnswer>(characteristicsPath(id));
  const [problem, setProblem] = useState<string>();
  if (!answer) return null;
  const words = m.characteristics.gone;
  const take = async (change: CharacteristicsChange, name: string) => {
    setProblem(undefined);
    try {
      await changeCharacteristics(id, answer.version, change);
      say(words.back(name));
    } catch (error) {
      setProblem(wordsOf(error, m));
    }
    await resource(characteristicsPath(id)).refresh();
    void resource(`/workshops/${id}/register`).refresh();
  };
  const ones = found.flatMap((one): One[] => oneOf(one, answer, speech));
  if (ones.length === 0) return null;
  return (
    <section className="sentence warn" aria-labelledby="gone">
      <div className="stack tight">
        <h3 id="gone">{words.title}</h3>
        <p>{words.help}</p>
        <ul>
          {ones.map(({ key, name, says, change }) => (
            <li key={key}>
              {says}{" "}
              {isTeam ? (
                <Button variant="tertiary" data-size="sm" onClick={() => void take(change, name)}>
                  <ArrowUndoIcon aria-hidden /> {m.characteristics.restore(name)}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
        <ProblemLine>{problem}</ProblemLine>
      </div>
    </section>
  );
}
