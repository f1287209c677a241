// What is done with a whole grouping by hand: make it the current one, describe, lock and delete it, and take back.
import { Button } from "@digdir/designsystemet-react";
import { PadlockLockedIcon, PadlockUnlockedIcon, TrashIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { useLive, usePeopleHere } from "../api/live.tsx";
import { Confirm } from "../design/Confirm.tsx";
import { useFields } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
import { useMessages } from "../messages/index.ts";
import { setChoice } from "../sync/index.ts";
import { type Hand, lock, remove, takeBack } from "./hand.ts";

/** The buttons of one grouping; what is locked can only be opened again. */
export function HandTools({ hand }: { hand: Hand }) {
  const { m } = useMessages();
  const { me } = useLive();
  const { replica, mayWrite, say } = useFields();
  const [asking, setAsking] = useState(false);
  const name = hand.name || m.hand.unnamed;
  if (!mayWrite) return null;
  const setLocked = (by: string, said: string) => {
    replica.edit(lock(hand, by));
    say(said);
  };
  if (hand.locked) {
    return (
      <Button variant="tertiary" onClick={() => setLocked("", m.hand.isUnlocked(name))}>
        <PadlockUnlockedIcon aria-hidden /> {m.hand.unlock}
      </Button>
    );
  }
  return (
    <>
      {hand.current ? null : (
        <Button variant="secondary" onClick={() => replica.edit(setChoice(["current"], hand.id))}>
          {m.hand.makeCurrent}
        </Button>
      )}
      <Button variant="tertiary" onClick={() => setLocked(me.id, m.hand.isLocked(name))}>
        <PadlockLockedIcon aria-hidden /> {m.hand.lock}
      </Button>
      <Button variant="tertiary" onClick={() => setAsking(true)}>
        <TrashIcon aria-hidden /> {m.hand.removeAll}
      </Button>
      {asking ? (
        <Confirm
          title={m.hand.removeAsk(name)}
          help={m.hand.removeHelp}
          action={m.hand.removeAll}
          onDo={async () => {
            replica.edit(remove(hand, me.id));
            say(m.hand.removed(name));
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

/** Why it cannot be changed, and who said so. */
export function Locked({ hand }: { hand: Hand }) {
  const { m } = useMessages();
  const people = usePeopleHere();
  if (!hand.locked) return null;
  const by = people.find((person) => person.participant === hand.locked)?.name ?? m.audit.somebody;
  return (
    <p className="small row">
      <PadlockLockedIcon aria-hidden className="ic" /> {m.hand.lockedBy(by)}
    </p>
  );
}

/** What the grouping is for. */
export function Description({ hand }: { hand: Hand }) {
  const { m } = useMessages();
  if (!hand.describable) return null;
  return <LiveText path={["groupings", hand.id, "description"]} label={m.hand.description} hint={m.hand.descriptionHelp} />;
}

/** Groupings somebody has deleted, each with the way back. */
export function Removed({ all }: { all: readonly Hand[] }) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useFields();
  if (all.length === 0) return null;
  return (
    <details>
      <summary>{m.hand.removedOnes(all.length)}</summary>
      <ul className="members">
        {all.map((hand) => {
          const name = hand.name || m.hand.unnamed;
          return (
            <li key={hand.id}>
              {name}{" "}
              {mayWrite ? (
                <button
                  type="button"
                  className="linklike small"
                  aria-label={m.hand.takeBackOf(name)}
                  onClick={() => {
                    replica.edit(takeBack(hand));
                    say(m.hand.isBack(name));
                  }}
                >
                  {m.hand.takeBack}
                </button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
