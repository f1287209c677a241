// What a finished model has, and what this one lacks; each leads to where it is written, or said by others.
import { Link, useParams } from "react-router";
import { useLive } from "../../api/live.tsx";
import { type Gate, PARTS } from "../../api/modelGates.ts";
import { modelPath } from "../../api/models.ts";
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
            {done ? <span>{m.model.gateWords[key]}</span> : <Way at={at}>{m.model.gateWords[key]}</Way>}
            <span className="vh">, {done ? m.model.partDone : m.model.partLeft}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** To the part of this page, or to another view of the model. */
function Way({ at, children }: { at: Gate["at"]; children: React.ReactNode }) {
  const { subject = "" } = useParams();
  const { id } = useLive();
  const isPart = (PARTS.full as readonly string[]).includes(at);
  return isPart ? <a href={`#${at}`}>{children}</a> : <Link to={`${modelPath(id, subject)}/${at}`}>{children}</Link>;
}
