// Which cases something is about: chips, and a field to name one more by code or name.
import { useRows } from "../api/live.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { type Path, toggleInSet } from "../sync/index.ts";
import { About } from "./About.tsx";
import { AddCase } from "./AddCase.tsx";
import { useFields } from "./editor.ts";

/** `chosen` are subjects, the keys of the set at `path`. */
export function AboutCases({ path, label, chosen }: { path: Path; label: string; chosen: string[] }) {
  const { replica } = useFields();
  const byCode = new Map(useRows().map((row) => [row.subject, row.code]));
  const things = chosen.flatMap((subject) => {
    const words = byCode.get(subject);
    return words === undefined ? [] : [{ subject, words, shown: <CaseChip subject={subject} /> }];
  });
  return (
    <About path={path} label={label} things={things}>
      <AddCase onAdd={(row) => replica.edit(toggleInSet(path, row.subject, true))} />
    </About>
  );
}
