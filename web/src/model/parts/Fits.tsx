// What the model suits: how well for each task and each challenge, and why (R22, R48).
import { useEffect, useState } from "react";
import { useParams } from "react-router";
import { completeModel, useChallenges } from "../../api/challenges.ts";
import { useIsTeam, useLive } from "../../api/live.tsx";
import type { ModelDocument } from "../../api/modelDocument.ts";
import { wordsOf } from "../../api/words.ts";
import { ProblemLine } from "../../design/ProblemLine.tsx";
import { useField, useFields } from "../../fields/editor.ts";
import { LiveChoice } from "../../fields/LiveChoice.tsx";
import { LiveText } from "../../fields/LiveText.tsx";
import { TASKS } from "../../generated/domain.ts";
import { useMessages } from "../../messages/index.ts";

export function TaskFits() {
  const { m } = useMessages();
  const of = TASKS.map((key) => ({ key, name: m.model.taskNames[key] }));
  return <Fits list="tasks" words={m.model.tasks} of={of} fits={m.model.taskFits} />;
}

/** One that the model has no place for yet is shown once the server has made it. */
export function ChallengeFits() {
  const { m } = useMessages();
  const { inUse } = useChallenges();
  const there = Object.keys(useField<NonNullable<ModelDocument["challenges"]>>(["challenges"]) ?? {});
  const missing = inUse.map(({ key }) => key).filter((key) => !there.includes(key));
  const problem = useCompleted(missing);
  return (
    <Fits list="challenges" words={m.model.challenges} of={inUse.filter(({ key }) => there.includes(key))} fits={m.model.challengeFits}>
      {problem ? <ProblemLine>{problem}</ProblemLine> : null}
    </Fits>
  );
}

/** Has the server make places for challenges that came after the model; what went wrong, if something did. */
function useCompleted(missing: readonly string[]): string | undefined {
  const { m } = useMessages();
  const { id } = useLive();
  const { subject = "" } = useParams();
  const { mayWrite } = useFields();
  const isTeam = useIsTeam();
  const [problem, setProblem] = useState<string>();
  const wanted = isTeam && mayWrite ? missing.join(" ") : "";
  useEffect(() => {
    if (wanted === "") return;
    let gone = false;
    completeModel(id, subject, wanted.split(" "))
      .then(() => gone || setProblem(undefined))
      .catch((error: unknown) => gone || setProblem(wordsOf(error, m)));
    return () => void (gone = true);
  }, [wanted, id, subject, m]);
  return wanted === "" ? undefined : problem;
}

interface Props {
  list: "tasks" | "challenges";
  words: { title: string; help: string };
  of: readonly { key: string; name: string; description?: string }[];
  fits: Record<string, string>;
  children?: React.ReactNode;
}

function Fits({ list, words, of, fits, children }: Props) {
  const { m } = useMessages();
  return (
    <section className="sect" aria-labelledby={list}>
      <h2 id={list}>{words.title}</h2>
      <p className="hint">{words.help}</p>
      {children}
      <ul className="fits">
        {of.map(({ key, name, description }) => (
          <li key={key}>
            <LiveChoice path={[list, key, "fit"]} label={name} words={{ "": m.model.unsaid, ...fits }} />
            <LiveText path={[list, key, "why"]} label={m.model.whyFits(name)} hideLabel hint={description ?? ""} rows={1} />
          </li>
        ))}
      </ul>
    </section>
  );
}
