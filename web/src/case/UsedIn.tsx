// Where the case is used: searches, tasks, groupings, entries and cards that refer to it.
import { placeKey, useUsesOf } from "../api/uses.ts";
import { ThingLink } from "../design/ThingLink.tsx";
import { useMessages } from "../messages/index.ts";
import { NewCard } from "./NewCard.tsx";

export function UsedIn({ subject }: { subject: string }) {
  const { m } = useMessages();
  const uses = useUsesOf({ subject });
  return (
    <section className="sect" aria-labelledby="used-in">
      <h2 id="used-in">{m.uses.usedIn}</h2>
      {uses.length === 0 ? <p className="small muted">{m.uses.usedNowhere}</p> : null}
      <ul className="stack tight">
        {uses.map(({ thing, relation }) => (
          <li key={`${placeKey(thing.place)}/${relation}`}>
            <ThingLink thing={thing} />
          </li>
        ))}
      </ul>
      <NewCard subject={subject} />
    </section>
  );
}
