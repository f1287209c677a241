// The characteristics that were deleted, and the way back.
import { Button } from "@digdir/designsystemet-react";
import { ArrowUndoIcon } from "@navikt/aksel-icons";
import type { CharacteristicsAnswer } from "../api/characteristics.ts";
import { useLive } from "../api/live.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import type { Characteristic } from "../generated/domain.ts";
import { labelOf, useMessages } from "../messages/index.ts";
import { useChange } from "./useChange.ts";

export function Deleted({ answer, mayChange }: { answer: CharacteristicsAnswer; mayChange: boolean }) {
  const { m, language } = useMessages();
  const { say } = useLive();
  const { busy, problem, change } = useChange();
  if (answer.deleted.length === 0) return null;
  const words = m.characteristics;
  const takeBack = async (one: Characteristic) => {
    const back = await change(answer.version, { what: "take-back", key: one.key });
    if (back !== undefined) say(words.gone.back(labelOf(one, language)));
  };
  return (
    <section className="kset" aria-labelledby="deleted">
      <h2 id="deleted">{words.gone.deleted}</h2>
      <p className="hint">{words.gone.deletedHelp}</p>
      <ul className="kretired">
        {answer.deleted.map((one) => {
          const name = labelOf(one, language);
          return (
            <li key={one.key}>
              <span className="muted">{name}</span>
              {mayChange ? (
                <Button type="button" variant="tertiary" disabled={busy} onClick={() => void takeBack(one)}>
                  <ArrowUndoIcon aria-hidden /> {words.restore(name)}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      <ProblemLine>{problem}</ProblemLine>
    </section>
  );
}
