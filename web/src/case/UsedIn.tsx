// Where the case is used: searches, tasks, groupings, entries, cards and models that refer to it, or to a case that went into it.
import { useRowsBySubject } from "../api/live.tsx";
import { useMergedInto } from "../api/merges.ts";
import { placeKey, type Relation, type Thing, thingsByPlace, useUses } from "../api/uses.ts";
import { ThingLink } from "../design/ThingLink.tsx";
import { useMessages } from "../messages/index.ts";
import { NewCard } from "./NewCard.tsx";

export function UsedIn({ subject }: { subject: string }) {
  const { m } = useMessages();
  const uses = useUsesWithMerged(subject);
  return (
    <section className="sect" aria-labelledby="used-in">
      <h2 id="used-in">{m.uses.usedIn}</h2>
      {uses.length === 0 ? <p className="small muted">{m.uses.usedNowhere}</p> : null}
      <ul className="stack tight">
        {uses.map(({ thing, relation, by }) => (
          <li key={`${placeKey(thing.place)}/${relation}/${by}`}>
            <ThingLink thing={thing} />
            {by ? <span className="small muted"> {m.merge.refersTo(by)}</span> : null}
          </li>
        ))}
      </ul>
      <NewCard subject={subject} />
    </section>
  );
}

/** What refers to the case, or to one that went into it: `by` is the code of that one. */
function useUsesWithMerged(subject: string): { thing: Thing; relation: Relation; by: string }[] {
  const { things, uses } = useUses();
  const rows = useRowsBySubject();
  const merged = useMergedInto(subject);
  const known = thingsByPlace(things);
  return [subject, ...merged].flatMap((one) =>
    uses.flatMap((use) => {
      const thing = placeKey(use.to) === one ? known.get(placeKey(use.from)) : undefined;
      const by = one === subject ? "" : (rows.get(one)?.code ?? "");
      return thing ? [{ thing, relation: use.relation, by }] : [];
    }),
  );
}
