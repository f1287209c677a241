// One model's balance: what of it is self-evident, shared, distinctive, a choice or too local, and where that is said. First
// its claims, as readers see them; then, smaller, the values of its cases.
import { useParams } from "react-router";
import { type Balance as Answer, type ModelBalance, useBalance, VALUE_CLASSES, valuesOf } from "../api/balance.ts";
import { useLive } from "../api/live.tsx";
import { Base } from "../design/Base.tsx";
import { ClassBar } from "../design/ClassBar.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { useMessages } from "../messages/index.ts";
import { Breadth } from "./Breadth.tsx";
import { Claims } from "./Claims.tsx";
import { Values } from "./Values.tsx";
import "../design/figures.css";
import "./balance.css";

export function Balance() {
  const { m } = useMessages();
  const { subject = "" } = useParams();
  const { id } = useLive();
  const asked = useBalance(id, subject);
  const model = asked.value?.models[0];
  return (
    <section className="sect balance" aria-labelledby="balance">
      <h2 id="balance">{m.balance.title}</h2>
      <p className="hint">{m.balance.help}</p>
      <Claims />
      <NotLoaded of={asked} />
      {asked.value && model ? <Found answer={asked.value} model={model} /> : null}
    </section>
  );
}

function Found({ answer, model }: { answer: Answer; model: ModelBalance }) {
  const { m } = useMessages();
  const n = model.cases.length;
  if (n === 0) return <p className="sentence">{m.balance.noCases}</p>;
  const few = n < answer.cases_min;
  const parts = VALUE_CLASSES.map((key) => ({ key, label: m.balance.classes[key], count: valuesOf(model, key) }));
  return (
    <>
      <section aria-labelledby="values">
        <h3 id="values">
          {m.balance.values} <span className="muted num">{m.balance.n(n)}</span>
        </h3>
        <ClassBar what={m.balance.values} parts={parts} few={few} small />
        {few ? <p className="sentence warn">{m.balance.few(answer.cases_min)}</p> : null}
        <p className="num">{chanceWords(model, m)}</p>
        <p className="small muted">
          {m.balance.describes}
          {model.left_out > 0 ? ` ${m.balance.leftOut(model.left_out)}` : ""}
        </p>
        <Values values={model.values} />
      </section>
      <Breadth breadth={model.breadth} n={n} />
      <Base about={answer.about} />
    </>
  );
}

/** How many distinctive values there are, and how many as many cases drawn by lot have. */
function chanceWords(model: ModelBalance, m: ReturnType<typeof useMessages>["m"]): string {
  const distinctive = valuesOf(model, "distinctive");
  const { chance } = model;
  if (!chance) return m.balance.distinctive(distinctive);
  return `${m.balance.distinctive(distinctive)} ${m.balance.chance(model.cases.length, chance.low, chance.high, chance.draws)}`;
}
