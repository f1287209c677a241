// Which models something is about: their names, and a list to choose one more from.
import { useNamedModels } from "../api/models.ts";
import { ThingLink } from "../design/ThingLink.tsx";
import { useMessages } from "../messages/index.ts";
import { type Path, toggleInSet } from "../sync/index.ts";
import { About } from "./About.tsx";
import { AddChosen } from "./AddChosen.tsx";
import { useFields } from "./editor.ts";

/** `chosen` are subjects, the keys of the set at `path`; those of cases are left to others. */
export function AboutModels({ path, label, chosen }: { path: Path; label: string; chosen: string[] }) {
  const { m } = useMessages();
  const { replica, mayWrite } = useFields();
  const models = useNamedModels();
  const others = models.filter(({ subject }) => !chosen.includes(subject));
  const things = models.flatMap(({ subject, words }) => {
    if (!chosen.includes(subject)) return [];
    const thing = { place: { subject }, kind: "model" as const, title: words, date: "", waits: false };
    return [{ subject, words, shown: <ThingLink thing={thing} /> }];
  });
  if (things.length === 0 && (!mayWrite || models.length === 0)) return null;
  return (
    <About path={path} label={label} things={things}>
      <AddChosen
        choices={others.map(({ subject, words }) => ({ key: subject, words }))}
        label={m.fields.addModel}
        action={m.fields.addModelDo}
        onAdd={(subject) => replica.edit(toggleInSet(path, subject, true))}
      />
    </About>
  );
}
