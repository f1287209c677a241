// Kodeskjema: a workbook for those who code by mail, and what a filled one would change, cell by cell.
import { Button, Spinner } from "@digdir/designsystemet-react";
import { ArrowUndoIcon, DownloadIcon, UploadIcon } from "@navikt/aksel-icons";
import { useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { undoImport } from "../api/calls.ts";
import { type FormDifference, type Left, readCodeForm, takeInCodeForm, type Taken } from "../api/codeForms.ts";
import { exportPath } from "../api/exports.ts";
import { useLabels } from "../api/labels.ts";
import { useCharacteristics, useIsTeam, useLive, useRegister, useRows } from "../api/live.tsx";
import { idempotencyKey } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { CaseChip } from "../design/CaseChip.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { DifferenceView } from "./DifferenceView.tsx";
import "../design/difference.css";
import "./codeForm.css";

type Stage =
  | { at: "choose" }
  | { at: "reading" }
  | { at: "difference"; file: File; difference: FormDifference; busy: boolean; tried?: Tried }
  | { at: "done"; taken: Taken };

/** What was said yes to, sent under this key: sent again under it, nothing is taken in twice. */
interface Tried {
  places: string;
  key: string;
}

export function CodeFormPage() {
  const { m } = useMessages();
  const { id, say } = useLive();
  const { refresh } = useRegister();
  const isTeam = useIsTeam();
  const characteristics = useCharacteristics();
  const byKey = useMemo(() => new Map(characteristics.map((one) => [one.key, one])), [characteristics]);
  const [stage, setStage] = useState<Stage>({ at: "choose" });
  const [problem, setProblem] = useState<string>();
  const read = async (file: File) => {
    setProblem(undefined);
    setStage({ at: "reading" });
    try {
      const difference = await readCodeForm(id, file);
      setStage({ at: "difference", file, difference, busy: false });
    } catch (error) {
      setProblem(wordsOf(error, m));
      setStage({ at: "choose" });
    }
  };
  const take = async (shown: Extract<Stage, { at: "difference" }>, wanted: ReadonlySet<number>) => {
    const changes = shown.difference.changes.filter((_, place) => wanted.has(place));
    const places = [...wanted].sort((a, b) => a - b).join(" ");
    const tried = shown.tried?.places === places ? shown.tried : { places, key: idempotencyKey() };
    setProblem(undefined);
    setStage({ ...shown, tried, busy: true });
    try {
      const taken = await takeInCodeForm(id, shown.file, changes, tried.key);
      setStage({ at: "done", taken });
      say(m.codeForm.done(taken.codings));
      void refresh();
    } catch (error) {
      setProblem(wordsOf(error, m));
      setStage({ ...shown, tried, busy: false });
    }
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
          busy={stage.busy}
          onTake={(wanted) => void take(stage, wanted)}
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
  const { id, say } = useLive();
  const { refresh } = useRegister();
  const [undone, setUndone] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const key = useRef(idempotencyKey());
  const undo = async () => {
    setProblem(undefined);
    setBusy(true);
    try {
      let stays = 0;
      for (const one of taken.imports) stays += (await undoImport(id, one, `${key.current}-${one}`)).left_fields;
      const said = stays ? `${m.codeForm.undone}. ${m.codeForm.stays(stays)}` : m.codeForm.undone;
      setUndone(said);
      say(said);
      void refresh();
    } catch (error) {
      setProblem(wordsOf(error, m));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card stack" role="status">
      <h2>{undone ?? m.codeForm.done(taken.codings)}</h2>
      <LeftView left={taken.left} />
      <ProblemLine>{problem}</ProblemLine>
      <div className="row">
        <Button asChild>
          <Link to={`/w/${id}/eksempler`}>{m.codeForm.toCases}</Link>
        </Button>
        {taken.imports.length && !undone ? (
          <Button variant="secondary" loading={busy} onClick={() => void undo()}>
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

function LeftView({ left }: { left: readonly Left[] }) {
  const { m } = useMessages();
  const labels = useLabels();
  if (left.length === 0) return null;
  return (
    <div>
      <p>{m.codeForm.left(left.length)}</p>
      <ul>
        {left.map(({ subject, characteristic }) => (
          <li key={`${subject} ${characteristic}`}>
            <CaseChip subject={subject} /> {labels.characteristic(characteristic)}
          </li>
        ))}
      </ul>
    </div>
  );
}
