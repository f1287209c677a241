// How broadly a model is founded, over sectors, levels, places and countries; 0 is all in one (R24).
import type { BreadthOver } from "../api/balance.ts";
import { useMessages } from "../messages/index.ts";

/** Parts named; the rest are counted. */
const NAMED = 6;

export function Breadth({ breadth, n }: { breadth: BreadthOver[]; n: number }) {
  const { m } = useMessages();
  const narrow = n > 1 ? breadth.filter((one) => one.breadth === 0).map((one) => m.balance.over[one.over].toLowerCase()) : [];
  return (
    <section aria-labelledby="breadth">
      <h3 id="breadth">{m.balance.breadth}</h3>
      <p className="hint">{m.balance.breadthHelp}</p>
      {narrow.map((over) => (
        <p key={over} className="sentence warn">
          {m.balance.narrow(over)}
        </p>
      ))}
      <dl className="breadths">
        {breadth.map((one) => (
          <Over key={one.over} one={one} n={n} />
        ))}
      </dl>
    </section>
  );
}

function Over({ one, n }: { one: BreadthOver; n: number }) {
  const { m, format } = useMessages();
  const words = (name: string) => (one.over === "level" ? (m.levels[name as keyof typeof m.levels] ?? name) : name);
  const parts = one.parts.slice(0, NAMED).map(({ name, cases }) => `${words(name)} ${format.number(cases)}`);
  const more = one.parts.length - parts.length;
  return (
    <div>
      <dt>{m.balance.over[one.over]}</dt>
      <dd className="num strong">{one.breadth === null ? "–" : format.exact(one.breadth, 2)}</dd>
      <dd className="small">
        {one.breadth === null ? m.balance.unsaid : parts.join(", ")}
        {more > 0 ? ` ${m.balance.morePlaces(more)}` : ""}
        {one.breadth !== null && one.cases < n ? <span className="muted"> {m.balance.saidOf(one.cases, n)}</span> : null}
      </dd>
    </div>
  );
}
