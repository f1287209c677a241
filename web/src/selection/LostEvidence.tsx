// Which models rest on cases that a selection leaves out.
import { useMemo } from "react";
import { placeKey, type Thing, thingsByPlace, useUses } from "../api/uses.ts";
import { CaseChip } from "../design/CaseChip.tsx";
import { ThingLink } from "../design/ThingLink.tsx";
import { useMessages } from "../messages/index.ts";

/** A model, and the cases of its evidence that are left out. */
interface Losing {
  model: Thing;
  cases: string[];
  /** How many cases its evidence is of, all in all. */
  of: number;
}

/** Models that would lose evidence if these cases alone were selected; `models` is how many rest on any case. */
function useLosing(selected: readonly string[]): { losing: Losing[]; models: number } {
  const { things, uses } = useUses();
  return useMemo(() => {
    const known = thingsByPlace(things);
    const rests = new Map<string, Set<string>>();
    for (const { from, to, relation } of uses) {
      // What was said is no case that could be selected.
      if (relation !== "evidence" || to.item !== undefined) continue;
      const key = placeKey(from);
      rests.set(key, (rests.get(key) ?? new Set()).add(to.subject));
    }
    const kept = new Set(selected);
    const losing = [...rests].flatMap(([key, of]) => {
      const model = known.get(key);
      const cases = [...of].filter((one) => !kept.has(one));
      return model && cases.length ? [{ model, cases, of: of.size }] : [];
    });
    return { losing, models: rests.size };
  }, [things, uses, selected]);
}

export function LostEvidence({ selected }: { selected: readonly string[] }) {
  const { m } = useMessages();
  const { losing, models } = useLosing(selected);
  const words = m.selection.evidence;
  if (models === 0) return null;
  if (losing.length === 0) return <p className="small muted">{words.none}</p>;
  return (
    <details className="lost">
      <summary>{words.loses(losing.length)}</summary>
      <ul className="stack tight">
        {losing.map(({ model, cases, of }) => (
          <li key={placeKey(model.place)}>
            <ThingLink thing={model} /> <span className="small muted num">{words.cases(cases.length, of)}</span>
            <ul className="suggested">
              {cases.map((subject) => (
                <li key={subject}>
                  <CaseChip subject={subject} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}
