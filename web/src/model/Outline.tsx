// The parts of the short model, which of them are written, and the way to each.
import { plain } from "../api/caseDocument.ts";
import { flowOf, headOf, isDynamic, type ModelDocument } from "../api/modelDocument.ts";
import { useFields } from "../fields/editor.ts";
import { useMessages } from "../messages/index.ts";
import { useRead } from "../sync/react.ts";
import type { Replica } from "../sync/types.ts";

export function Outline() {
  const { m } = useMessages();
  const { replica } = useFields();
  const parts = useRead(replica as Replica<ModelDocument>, partsOf);
  const left = parts.filter((part) => !part.done).length;
  return (
    <nav className="outline" aria-label={m.model.outline}>
      <p className="small strong">{left === 0 ? m.model.shortDone : m.model.shortLeft(left)}</p>
      <ul>
        {parts.map(({ key, at, done }) => (
          <li key={key} className={done ? "done" : ""}>
            <a href={`#${at}`}>
              {m.model.parts[key]}
              <span className="vh">, {done ? m.model.partDone : m.model.partLeft}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type Part = "pitch" | "when" | "benefit" | "traits" | "roles" | "dynamics" | "strengths" | "weaknesses" | "cases" | "steps";

/** What a short model has: domain model 1.3, and the gates of part 4 as far as they are about it. */
export function partsOf(doc: ModelDocument | undefined): { key: Part; at: string; done: boolean }[] {
  const text = (key: string) => (doc?.texts?.[key] ?? "").trim() !== "";
  const claims = (kind: string) => Object.values(doc?.claims ?? {}).filter((one) => plain(one.kind) === kind).length;
  const [head, flow] = [headOf(doc), flowOf(doc)];
  return [
    { key: "pitch", at: "pitch", done: text("pitch") },
    { key: "when", at: "when", done: text("when") && text("when_not") },
    { key: "benefit", at: "benefit", done: text("benefit") },
    { key: "traits", at: "traits", done: head.proposals === 0 && Object.keys(doc?.traits ?? {}).length > 0 },
    { key: "roles", at: "roles", done: Object.keys(doc?.roles ?? {}).length > 1 },
    { key: "dynamics", at: "dynamics", done: flow.phases.length >= 4 && isDynamic(flow) && flow.dangling.length === 0 },
    { key: "strengths", at: "claims-strength", done: claims("strength") >= 2 },
    { key: "weaknesses", at: "claims-weakness", done: claims("weakness") >= 2 },
    { key: "cases", at: "cases", done: head.cases.length > 0 || head.kind === "exploratory" },
    { key: "steps", at: "steps", done: Object.keys(doc?.steps ?? {}).length > 0 },
  ];
}
