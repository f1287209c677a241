// The parts of the model, and which of them still lack something.
import { type Gate, PARTS } from "../../api/modelGates.ts";
import { useMessages } from "../../messages/index.ts";
import { useDepth } from "./depth.ts";

export function Outline({ gates }: { gates: readonly Gate[] }) {
  const { m } = useMessages();
  const depth = useDepth();
  const left = gates.filter((gate) => !gate.done).length;
  return (
    <nav className="outline" aria-label={m.model.outline}>
      <p className="small strong">{left === 0 ? m.model.allDone[depth] : m.model.left[depth](left)}</p>
      <ul>
        {PARTS[depth].map((part) => {
          const own = gates.filter((gate) => gate.at === part);
          const open = own.filter((gate) => !gate.done).length;
          return (
            <li key={part} className={own.length === 0 ? "free" : open === 0 ? "done" : ""}>
              <a href={`#${part}`}>
                {m.model.parts[part]}
                {own.length === 0 ? null : <span className="vh">, {open === 0 ? m.model.partDone : m.model.partLeft}</span>}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
