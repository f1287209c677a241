// Rating: a score for each item, and why. How far a claim reaches is said in words.
import { useEffect, useRef } from "react";
import type { About, Ask, Item } from "../api/collections.ts";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { bindText, setInt } from "../sync/index.ts";
import { useRead, useWorkshop } from "../sync/react.ts";
import type { AnswerProps } from "./sealed.ts";

type RatingsAsk = Extract<Ask, { kind: "ratings" }>;

export function Ratings({ replica, mayWrite, ask, about }: AnswerProps & { ask: RatingsAsk; about: About | undefined }) {
  const { m } = useMessages();
  const claims = about?.purpose === "balance" ? about.claims : undefined;
  const rated = useRead(replica, (doc) => ask.items.filter((item) => doc?.ratings?.[item.key]?.score != null).length);
  return (
    <>
      <p className="left" role="status">
        {m.collections.ratedCount(rated, ask.items.length)}
      </p>
      <p className="hint">{claims ? m.balance.reachHelp : m.collections.scale(ask.low, ask.high)}</p>
      <ol className="rates">
        {ask.items.map((item) => {
          const kind = claims?.[item.key]?.kind;
          return (
            <Rate
              key={item.key}
              replica={replica}
              mayWrite={mayWrite}
              ask={ask}
              item={item}
              what={kind && m.model.claims[kind].one}
              words={claims && m.balance.reaches}
            />
          );
        })}
      </ol>
    </>
  );
}

interface RateProps extends AnswerProps {
  ask: RatingsAsk;
  item: Item;
  /** What kind of thing it is. */
  what: string | undefined;
  /** What each score is called, from the lowest; the score itself where nothing is said. */
  words: readonly string[] | undefined;
}

function Rate({ replica, mayWrite, ask, item, what, words }: RateProps) {
  const { m } = useMessages();
  const score = useRead(replica, (doc) => doc?.ratings?.[item.key]?.score ?? null);
  const scores = Array.from({ length: ask.high - ask.low + 1 }, (_, n) => ask.low + n);
  return (
    <li className="rate">
      <fieldset className={words ? "seg worded" : "seg"} disabled={!mayWrite}>
        <legend className="field-label">
          {what ? <b className="tag">{what}</b> : null} {item.label}
        </legend>
        <div>
          {scores.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name={`score-${item.key}`}
                value={one}
                checked={score === one}
                onChange={() => replica.edit(setInt(["ratings", item.key, "score"], one))}
              />
              <span>{words?.[one - ask.low] ?? one}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Reason replica={replica} mayWrite={mayWrite} item={item} why={words && score === ask.high ? m.balance.whyOnlyHere : m.collections.why} />
    </li>
  );
}

function Reason({ replica, mayWrite, item, why }: AnswerProps & { item: Item; why: string }) {
  const { m } = useMessages();
  const { history } = useWorkshop();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (area.current) return bindText(area.current, replica, ["ratings", item.key, "reason"], { history, field: item.key });
  }, [replica, history, item.key]);
  return (
    <textarea
      ref={area}
      className="input"
      rows={1}
      aria-label={m.collections.whyLabel(item.label)}
      placeholder={why}
      maxLength={LIMITS.note_chars_max}
      readOnly={!mayWrite}
    />
  );
}
