// A list comes in: choose or paste, see what it becomes, then say yes.
import { Button, Spinner } from "@digdir/designsystemet-react";
import { useRef, useState } from "react";
import { Link } from "react-router";
import { importLists, planImport } from "../api/calls.ts";
import { useIsTeam, useLive, useRegister } from "../api/live.tsx";
import { idempotencyKey } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Title } from "../design/Title.tsx";
import type { ImportChoices, ImportPlan } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { ChooseLists } from "./ChooseLists.tsx";
import { nothingChosen } from "./choices.ts";
import { Earlier } from "./Earlier.tsx";
import { Report } from "./Report.tsx";
import "../design/difference.css";
import "./intake.css";

interface Read {
  files: readonly File[];
  choices: ImportChoices;
  plan: ImportPlan;
}

type Stage =
  | { at: "choose" }
  | { at: "reading"; name: string }
  /** `busy`: what was chosen last is being read. */
  | { at: "report"; read: Read; busy: boolean }
  | { at: "importing"; cases: number }
  | { at: "done"; cases: number; updated: number; waiting: number; left: number };

export function IntakePage() {
  const { m } = useMessages();
  const { id, say } = useLive();
  const isTeam = useIsTeam();
  const { refresh } = useRegister();
  const [stage, setStage] = useState<Stage>({ at: "choose" });
  const [problem, setProblem] = useState<string>();
  const key = useRef("");
  /** Counts what was asked, so that an answer that comes late does not take the place of a newer one. */
  const asked = useRef(0);
  const read = async (files: readonly File[], choices: ImportChoices, before: Stage) => {
    const turn = ++asked.current;
    setProblem(undefined);
    try {
      const plan = await planImport(id, files, choices);
      if (turn !== asked.current) return;
      key.current = idempotencyKey();
      setStage({ at: "report", read: { files, choices, plan }, busy: false });
    } catch (error) {
      if (turn !== asked.current) return;
      setProblem(wordsOf(error, m));
      setStage(before);
    }
  };
  const begin = (files: readonly File[]) => {
    setStage({ at: "reading", name: files.length === 1 ? (files[0]?.name ?? "") : m.intake.files(files.length) });
    void read(files, nothingChosen, { at: "choose" });
  };
  const choose = (now: Read, choices: ImportChoices) => {
    setStage({ at: "report", read: { ...now, choices }, busy: true });
    void read(now.files, choices, { at: "report", read: now, busy: false });
  };
  const leave = () => {
    asked.current++;
    setProblem(undefined);
    setStage({ at: "choose" });
  };
  const bringIn = async (now: Read) => {
    setProblem(undefined);
    setStage({ at: "importing", cases: now.plan.cases });
    try {
      const { cases, updated, waiting, left } = await importLists(id, now.files, now.choices, key.current);
      setStage({ at: "done", cases, updated, waiting, left });
      say(m.intake.doneBoth(cases, updated));
      void refresh();
    } catch (error) {
      setProblem(wordsOf(error, m));
      setStage({ at: "report", read: now, busy: false });
    }
  };
  return (
    <div className="page intake">
      <div className="head">
        <div>
          <Title tab={m.intake.title}>{m.intake.title}</Title>
          <p className="lead">{m.intake.lead}</p>
        </div>
      </div>
      <ProblemLine>{problem}</ProblemLine>
      {!isTeam ? <p className="sentence">{m.intake.notAllowed}</p> : null}
      {isTeam && stage.at === "choose" ? (
        <>
          <ChooseLists onFiles={begin} onProblem={setProblem} />
          <Earlier />
        </>
      ) : null}
      {stage.at === "reading" ? <Busy words={m.intake.reading(stage.name)} /> : null}
      {stage.at === "importing" ? <Busy words={m.intake.doing(stage.cases)} /> : null}
      {stage.at === "report" ? (
        <Report
          plan={stage.read.plan}
          choices={stage.read.choices}
          busy={stage.busy}
          onChoose={(choices) => choose(stage.read, choices)}
          onYes={() => void bringIn(stage.read)}
          onOther={leave}
        />
      ) : null}
      {stage.at === "done" ? <Done {...stage} onMore={leave} /> : null}
    </div>
  );
}

function Busy({ words }: { words: string }) {
  return (
    <p className="busy" role="status">
      <Spinner aria-hidden data-size="sm" /> {words}
    </p>
  );
}

interface DoneProps {
  cases: number;
  updated: number;
  waiting: number;
  left: number;
  onMore(): void;
}

function Done({ cases, updated, waiting, left, onMore }: DoneProps) {
  const { m } = useMessages();
  const { id } = useLive();
  return (
    <section className="card stack done" role="status">
      <h2>{m.intake.doneBoth(cases, updated)}</h2>
      <p>
        {m.intake.doneHelp} {left ? m.intake.doneLeft(left) : null} {waiting ? m.intake.waiting(waiting) : null}
      </p>
      <div className="row">
        <Button asChild>
          <Link to={`/w/${id}/eksempler`}>{m.intake.toTable}</Link>
        </Button>
        <Button variant="tertiary" onClick={onMore}>
          {m.intake.more}
        </Button>
      </div>
    </section>
  );
}
