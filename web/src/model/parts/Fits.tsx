// What the model suits: how well for each task and each challenge, and why (R22, R48).
import { LiveChoice } from "../../fields/LiveChoice.tsx";
import { LiveText } from "../../fields/LiveText.tsx";
import { CHALLENGES, TASKS } from "../../generated/domain.ts";
import { useMessages } from "../../messages/index.ts";

export function TaskFits() {
  const { m } = useMessages();
  return <Fits list="tasks" words={m.model.tasks} keys={TASKS} names={m.model.taskNames} fits={m.model.taskFits} />;
}

export function ChallengeFits() {
  const { m } = useMessages();
  return <Fits list="challenges" words={m.model.challenges} keys={CHALLENGES} names={m.model.challengeNames} fits={m.model.challengeFits} />;
}

interface Props<K extends string> {
  list: "tasks" | "challenges";
  words: { title: string; help: string };
  keys: readonly K[];
  names: Record<K, string>;
  fits: Record<string, string>;
}

function Fits<K extends string>({ list, words, keys, names, fits }: Props<K>) {
  const { m } = useMessages();
  return (
    <section className="sect" aria-labelledby={list}>
      <h2 id={list}>{words.title}</h2>
      <p className="hint">{words.help}</p>
      <ul className="fits">
        {keys.map((key) => (
          <li key={key}>
            <LiveChoice path={[list, key, "fit"]} label={names[key]} words={{ "": m.model.unsaid, ...fits }} />
            <LiveText path={[list, key, "why"]} label={m.model.whyFits(names[key])} hideLabel rows={1} />
          </li>
        ))}
      </ul>
    </section>
  );
}
