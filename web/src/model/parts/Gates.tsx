// What a finished model has, and what this one lacks; each leads to where it is written.
import type { Gate } from "../../api/modelGates.ts";
import { useMessages } from "../../messages/index.ts";
import { useDepth } from "./depth.ts";

export function Gates({ gates }: { gates: readonly Gate[] }) {
  const { m } = useMessages();
  const depth = useDepth();
  const left = gates.filter((gate) => !gate.done);
  return (
    <section className="sect" aria-labelledby="gates">
      <h2 id="gates">{m.model.gates}</h2>
      <p className="hint">{m.model.gatesHelp}</p>
      {left.length === 0 ? <p className="sentence">{m.model.allDone[depth]}</p> : null}
      <ul className="gates">
        {[...left, ...gates.filter((gate) => gate.done)].map(({ key, at, done }) => (
          <li key={key} className={done ? "done" : ""}>
            {done ? <span>{m.model.gateWords[key]}</span> : <a href={`#${at}`}>{m.model.gateWords[key]}</a>}
            <span className="vh">, {done ? m.model.partDone : m.model.partLeft}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
