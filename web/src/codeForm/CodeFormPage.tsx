// Kodeskjema: a workbook for those who code by mail, and what a filled one would change, cell by cell.
import { Button, Spinner } from "@digdir/designsystemet-react";
import { ArrowUndoIcon, DownloadIcon, UploadIcon } from "@navikt/aksel-icons";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { type FormDifference, readCodeForm } from "../api/codeForms.ts";
import { exportPath } from "../api/exports.ts";
import { useCharacteristics, useIsTeam, useLive, useRows } from "../api/live.tsx";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { takeIn, type Taken } from "./apply.ts";
import { DifferenceView } from "./DifferenceView.tsx";
import "../design/difference.css";
import "./codeForm.css";

type Stage =
  | { at: "choose" }
  | { at: "reading" }
  | { at: "difference"; difference: FormDifference; busy: boolean }
  | { at: "done"; taken: Taken };

export function CodeFormPage() {
  const { m } = useMessages();
  const { id, me, sync, say } = useLive();
  const isTeam = useIsTeam();
  const characteristics = useCharacteristics();
  const byKey = useMemo(() => new Map(characteristics.map((one) => [one.key, one])), [characteristics]);
  const [stage, setStage] = useState<Stage>({ at: "choose" });
  const [problem, setProblem] = useState<string>();
  const read = async (file: File) => {
    setProblem(undefined);
    setStage({ at: "reading" });
    try {
      setStage({ at: "difference", difference: await readCodeForm(id, file), busy: false });
    } catch (error) {
      setProblem(wordsOf(error, m));
      setStage({ at: "choose" });
    }
  };
  const take = async (difference: FormDifference, wanted: ReadonlySet<number>) => {
    if (!sync) return;
    setStage({ at: "difference", difference, busy: true });
    const changes = difference.changes.filter((_, place) => wanted.has(place));
    const taken = await takeIn(sync, changes, byKey, me.id);
    setStage({ at: "done", taken });
    say(m.codeForm.done(taken.changed));
  };
  return (
    <div className="page codeform">
      <div className="head">
        <div>
          <Title tab={m.codeForm.title}>{m.codeForm.title}</Title>
          <p className="lead">{m.codeForm.lead}</p>
        </div>
      </div>
      <ProblemLine>{problem}</ProblemLine>
      {stage.at === "choose" ? (
        <div className="steps">
          <Download />
          {isTeam ? <Upload onFile={(file) => void read(file)} /> : <p className="sentence">{m.codeForm.notAllowed}</p>}
        </div>
      ) : null}
      {stage.at === "reading" ? (
        <p className="busy" role="status">
          <Spinner aria-hidden data-size="sm" /> {m.codeForm.reading}
        </p>
      ) : null}
      {stage.at === "difference" ? (
        <DifferenceView
          difference={stage.difference}
          characteristics={byKey}
          busy={stage.busy || !sync}
          onTake={(wanted) => void take(stage.difference, wanted)}
          onOther={() => setStage({ at: "choose" })}
        />
      ) : null}
      {stage.at === "done" ? <Done taken={stage.taken} onMore={() => setStage({ at: "choose" })} /> : null}
    </div>
  );
}

function Download() {
  const { m, language } = useMessages();
  const { id } = useLive();
  const rows = useRows();
  const chosen = rows.filter((row) => row.decision === "in").length;
  const form = (cases: "all" | "chosen") =>
    exportPath(id, "code-form.xlsx", language, new URLSearchParams({ cases }));
  return (
    <section className="card stack" aria-labelledby="form-out">
      <h2 id="form-out">{m.codeForm.out}</h2>
      <p>{m.codeForm.outHelp}</p>
      <div className="row">
        <Button asChild>
          <a href={form("all")} download>
            <DownloadIcon aria-hidden /> {m.codeForm.all(rows.length)}
          </a>
        </Button>
        {chosen ? (
          <Button variant="secondary" asChild>
            <a href={form("chosen")} download>
              <DownloadIcon aria-hidden /> {m.codeForm.chosen(chosen)}
            </a>
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function Upload({ onFile }: { onFile(file: File): void }) {
  const { m } = useMessages();
  return (
    <section className="card stack" aria-labelledby="form-in">
      <h2 id="form-in">{m.codeForm.in}</h2>
      <p>{m.codeForm.inHelp}</p>
      <label className="formfile">
        <UploadIcon aria-hidden className="ic" /> {m.codeForm.choose}
        <input
          type="file"
          accept=".xlsx,.xlsm,.ods"
          aria-label={m.codeForm.choose}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) onFile(file);
          }}
        />
      </label>
    </section>
  );
}

function Done({ taken, onMore }: { taken: Taken; onMore(): void }) {
  const { m } = useMessages();
  const { id, sync, say } = useLive();
  const [undone, setUndone] = useState(false);
  const undo = () => {
    for (let i = 0; i < taken.cases; i++) sync?.history.undo();
    setUndone(true);
    say(m.codeForm.undone);
  };
  return (
    <section className="card stack" role="status">
      <h2>{undone ? m.codeForm.undone : m.codeForm.done(taken.changed)}</h2>
      {taken.left ? <p>{m.codeForm.left(taken.left)}</p> : null}
      <div className="row">
        <Button asChild>
          <Link to={`/w/${id}/eksempler`}>{m.codeForm.toCases}</Link>
        </Button>
        {taken.changed && !undone ? (
          <Button variant="secondary" onClick={undo}>
            <ArrowUndoIcon aria-hidden /> {m.common.undo}
          </Button>
        ) : null}
        <Button variant="tertiary" onClick={onMore}>
          {m.codeForm.more}
        </Button>
      </div>
    </section>
  );
}
