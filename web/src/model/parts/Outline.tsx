// The parts of the model, and which of them still lack something.
import { useRowsBySubject } from "../../api/live.tsx";
import type { ModelDocument } from "../../api/modelDocument.ts";
import { type Gate, gatesOf, PARTS } from "../../api/modelGates.ts";
import { useFields } from "../../fields/editor.ts";
import { useMessages } from "../../messages/index.ts";
import { useRead } from "../../sync/react.ts";
import type { Replica } from "../../sync/types.ts";
import { type Depth, useFull } from "./depth.ts";

/** The demands on the model as far as the page is opened. */
export function useGates(): { gates: Gate[]; depth: Depth } {
  const { replica } = useFields();
  const rows = useRowsBySubject();
  const depth = useFull() ? "full" : "short";
  const gates = useRead(replica as Replica<ModelDocument>, (doc) => gatesOf(doc, rows, depth));
  return { gates, depth };
}

export function Outline() {
  const { m } = useMessages();
  const { gates, depth } = useGates();
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
