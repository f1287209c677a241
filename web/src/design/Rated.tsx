// What several people's ratings came to: each item with its middle, its spread, how much they agree, and their reasons.
import type { Ask, Rated, Score } from "../api/collections.ts";
import { usePeopleHere } from "../api/live.tsx";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import "./rated.css";

type RatingsAsk = Extract<Ask, { kind: "ratings" }>;

export function AllRated({ ask, rated }: { ask: RatingsAsk; rated: Rated[] }) {
  const labels = new Map(ask.items.map((item) => [item.key, item.label]));
  return (
    <ol className="rated">
      {rated.map((one) => (
        <li key={one.item} className="card">
          <OneRated label={labels.get(one.item) ?? one.item} rated={one} low={ask.low} high={ask.high} />
        </li>
      ))}
    </ol>
  );
}

function OneRated({ label, rated, low, high }: { label: string; rated: Rated; low: number; high: number }) {
  const { m, format } = useMessages();
  const { scores, median, raters, agreement, apart } = rated;
  if (!scores || median === null) {
    return (
      <>
        <h3>{label}</h3>
        <p className="small muted">{raters ? m.collections.tooFew(raters, LIMITS.raters_min) : m.collections.nobodyRated}</p>
      </>
    );
  }
  const steps = Array.from({ length: high - low + 1 }, (_, n) => low + n);
  const count = (step: number) => scores.filter((score) => score.score === step).length;
  const most = Math.max(1, ...steps.map(count));
  const words = steps.map((step) => m.collections.countOn(count(step), step)).join(", ");
  return (
    <>
      <h3>
        {label} <span className="muted num small">{m.collections.median(format.number(median), raters)}</span>
      </h3>
      {agreement && raters > 1 ? (
        <p className="small">
          <span className={`tag agreed-${agreement.label}`}>{m.collections.agreed[agreement.label]}</span>{" "}
          <span className="muted num">{m.collections.consensus(format.exact(agreement.consensus, 2))}</span>
        </p>
      ) : null}
      <div className="histogram" role="img" aria-label={words}>
        {steps.map((step) => (
          <span key={step}>
            <i style={{ blockSize: `${(100 * count(step)) / most}%` }} />
            <b className="num tiny">{step}</b>
          </span>
        ))}
      </div>
      {apart ? <Apart apart={apart} /> : null}
      <Reasons scores={scores} besides={apart ?? []} />
    </>
  );
}

interface Worded {
  /** What each score is called, from nought; the score itself where nothing is said. */
  words?: readonly string[];
}

/** The two that see it most differently, next to each other. */
export function Apart({ apart, words }: Worded & { apart: [Score, Score] }) {
  const { m } = useMessages();
  return (
    <section className="apart" aria-label={m.collections.apart}>
      <h4>{m.collections.apart}</h4>
      <div>
        {apart.map((score) => (
          <Reason key={score.score} score={score} words={words} />
        ))}
      </div>
    </section>
  );
}

/** Those who gave reasons, the lowest score first. */
export function Reasons({ scores, besides = [], words }: Worded & { scores: Score[]; besides?: Score[] }) {
  const shown = besides.map((score) => JSON.stringify(score));
  const reasons = scores.filter((score) => score.reason && !shown.includes(JSON.stringify(score)));
  if (reasons.length === 0) return null;
  return (
    <ul className="reasons">
      {reasons
        .sort((a, b) => a.score - b.score)
        .map((score, n) => (
          <li key={n}>
            <Reason score={score} words={words} />
          </li>
        ))}
    </ul>
  );
}

function Reason({ score, words }: Worded & { score: Score }) {
  const { m } = useMessages();
  const people = new Map(usePeopleHere().map((person) => [person.participant, person.name]));
  const who =
    "participant" in score.by ? (people.get(score.by.participant) ?? "") : m.collections.pseudonym(score.by.pseudonym);
  return (
    <p className="reason">
      <span className="tag num">{words?.[score.score] ?? score.score}</span>
      <span>
        {score.reason}{" "}
        <span className="tiny muted">
          {who}
          {score.group ? `, ${m.groupsShort[score.group as keyof typeof m.groupsShort] ?? score.group}` : ""}
        </span>
      </span>
    </p>
  );
}
