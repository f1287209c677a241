// Voting: a number of votes to spread, moved as one likes until it closes.
import { MinusIcon, PlusIcon } from "@navikt/aksel-icons";
import type { Ask } from "../api/collections.ts";
import { useMessages } from "../messages/index.ts";
import { setInt } from "../sync/index.ts";
import { useRead } from "../sync/react.ts";
import type { AnswerProps } from "./sealed.ts";

export function Votes({ replica, mayWrite, ask }: AnswerProps & { ask: Extract<Ask, { kind: "votes" }> }) {
  const { m } = useMessages();
  const votes = useRead(replica, (doc) => ask.items.map((item) => Number(doc?.votes?.[item.key] ?? 0)));
  const left = ask.budget - votes.reduce((sum, one) => sum + one, 0);
  const give = (key: string, count: number) => replica.edit(setInt(["votes", key], count || null));
  return (
    <>
      <p className="left" role="status">
        {m.collections.votesLeft(left, ask.budget)} <Dots filled={ask.budget - left} of={ask.budget} />
      </p>
      <p className="hint">{m.collections.votesHelp(ask.each_max)}</p>
      <ul className="items">
        {ask.items.map((item, place) => {
          const mine = votes[place] ?? 0;
          return (
            <li key={item.key}>
              <span className="grow">{item.label}</span>
              <span className="stepper" role="group" aria-label={item.label}>
                <button
                  type="button"
                  className="iconbtn"
                  disabled={!mayWrite || mine === 0}
                  onClick={() => give(item.key, mine - 1)}
                >
                  <MinusIcon aria-hidden className="ic" />
                  <span className="vh">{m.collections.lessFor(item.label)}</span>
                </button>
                <span className="num mine">
                  <span aria-hidden>{mine}</span>
                  <span className="vh">{m.collections.votesFor(mine)}</span>
                </span>
                <button
                  type="button"
                  className="iconbtn"
                  disabled={!mayWrite || left <= 0 || mine >= ask.each_max}
                  onClick={() => give(item.key, mine + 1)}
                >
                  <PlusIcon aria-hidden className="ic" />
                  <span className="vh">{m.collections.moreFor(item.label)}</span>
                </button>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Dots({ filled, of }: { filled: number; of: number }) {
  if (of > 12) return null;
  return (
    <span className="dots" aria-hidden>
      {Array.from({ length: of }, (_, n) => (
        <i key={n} className={n < filled ? "on" : ""} />
      ))}
    </span>
  );
}
