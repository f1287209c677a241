// A list comes in: choose or paste, see what it becomes, then say yes.
import { Button, Spinner } from "@digdir/designsystemet-react";
import { useRef, useState } from "react";
import { Link } from "react-router";
import { importList } from "../api/calls.ts";
import { useIsTeam, useLive, useRegister } from "../api/live.tsx";
import { idempotencyKey } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Title } from "../design/Title.tsx";
import type { ImportPlan } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { ChooseList } from "./ChooseList.tsx";
import { casesIn, Report } from "./Report.tsx";
import "./intake.css";

type Stage =
  | { at: "choose" }
  | { at: "reading"; name: string }
  | { at: "report"; file: File; report: ImportPlan }
  | { at: "importing"; cases: number }
  | { at: "done"; cases: number };

export function IntakePage() {
  const { m } = useMessages();
  const { id, say } = useLive();
  const isTeam = useIsTeam();
  const { refresh } = useRegister();
  const [stage, setStage] = useState<Stage>({ at: "choose" });
  const [problem, setProblem] = useState<string>();
  const key = useRef("");
  const read = async (file: File) => {
    setProblem(undefined);
    setStage({ at: "reading", name: file.name });
    try {
      const report = await importList(id, file, true, idempotencyKey());
      key.current = idempotencyKey();
      setStage({ at: "report", file, report });
    } catch (error) {
      setProblem(wordsOf(error, m));
      setStage({ at: "choose" });
    }
  };
  const bringIn = async (file: File, report: ImportPlan) => {
    setProblem(undefined);
    setStage({ at: "importing", cases: casesIn(report) });
    try {
      const done = await importList(id, file, false, key.current);
      setStage({ at: "done", cases: casesIn(done) || casesIn(report) });
      say(m.intake.done(casesIn(done) || casesIn(report)));
      void refresh();
    } catch (error) {
      setProblem(wordsOf(error, m));
      setStage({ at: "report", file, report });
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
        <ChooseList onFile={(file) => void read(file)} onProblem={setProblem} />
      ) : null}
      {stage.at === "reading" ? <Busy words={m.intake.reading(stage.name)} /> : null}
      {stage.at === "importing" ? <Busy words={m.intake.doing(stage.cases)} /> : null}
      {stage.at === "report" ? (
        <Report
          report={stage.report}
          onYes={() => void bringIn(stage.file, stage.report)}
          onOther={() => setStage({ at: "choose" })}
        />
      ) : null}
      {stage.at === "done" ? <Done cases={stage.cases} onMore={() => setStage({ at: "choose" })} /> : null}
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

function Done({ cases, onMore }: { cases: number; onMore(): void }) {
  const { m } = useMessages();
  const { id } = useLive();
  return (
    <section className="card stack done" role="status">
      <h2>{m.intake.done(cases)}</h2>
      <p>{m.intake.doneHelp}</p>
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
