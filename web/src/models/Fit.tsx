// How well a model suits a challenge.

/** 0 to 3 as so many filled places, and as the number. */
export function Fit({ words }: { words: string }) {
  return (
    <span className="row tight">
      <span className="places" aria-hidden>
        {[1, 2, 3].map((place) => (
          <i key={place} className={place <= Number(words) ? "on" : ""} />
        ))}
      </span>
      <span className="num">{words}</span>
    </span>
  );
}
