// A note on a board: what it says, which cases it is about, and the searches it asks for (row R7).
import { Button } from "@digdir/designsystemet-react";
import { MagnifyingGlassIcon } from "@navikt/aksel-icons";
import { useRef, useState } from "react";
import { useIsTeam } from "../api/live.tsx";
import { type Thing, useUses, useUsesOf } from "../api/uses.ts";
import { CaseChip } from "../design/CaseChip.tsx";
import { ThingLink } from "../design/ThingLink.tsx";
import { useArrival } from "../design/useArrival.ts";
import { useMessages } from "../messages/index.ts";
import { NewTask } from "./NewTask.tsx";
import type { Note } from "./sealed.ts";

interface Props {
  board: string;
  note: Note;
  by: string | undefined;
}

export function Card({ board, note, by }: Props) {
  const { m } = useMessages();
  const isTeam = useIsTeam();
  const [asking, setAsking] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const arrived = useArrival(note.id, item);
  const tasks = useUsesOf({ subject: board, item: note.id }).filter((use) => use.relation === "asked-by");
  return (
    <li ref={item} className={`note ${arrived ? "arrived" : ""}`} tabIndex={arrived ? -1 : undefined}>
      <p>{note.text}</p>
      {by ? <p className="tiny muted">{by}</p> : null}
      {note.about.length > 0 ? (
        <p className="row tight" aria-label={m.uses.aboutCases}>
          {note.about.map((subject) => (
            <CaseChip key={subject} subject={subject} />
          ))}
        </p>
      ) : null}
      {tasks.map(({ thing }) => (
        <Asked key={thing.place.item} task={thing} />
      ))}
      {isTeam && !asking ? (
        <Button variant="tertiary" data-size="sm" onClick={() => setAsking(true)}>
          <MagnifyingGlassIcon aria-hidden /> {m.uses.findLike}
        </Button>
      ) : null}
      {asking ? <NewTask board={board} card={note.id} onDone={() => setAsking(false)} /> : null}
    </li>
  );
}

/** A task that came from the card, and what it has brought so far. */
function Asked({ task }: { task: Thing }) {
  const { m } = useMessages();
  const { uses } = useUses();
  const found = uses.filter((use) => use.relation === "found" && use.from.item === task.place.item && use.from.subject === task.place.subject);
  return (
    <div className="asked stack tight">
      <ThingLink thing={task} />
      <p className="tiny muted">{task.waits ? m.uses.waits : m.uses.done(found.length)}</p>
      {found.length > 0 ? (
        <p className="row tight">
          {found.map((use) => (
            <CaseChip key={use.to.subject} subject={use.to.subject} />
          ))}
        </p>
      ) : null}
    </div>
  );
}
