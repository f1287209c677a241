// Where lists come from: files dropped or chosen, or rows pasted from a spreadsheet.
import { Button } from "@digdir/designsystemet-react";
import { UploadIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

const KINDS = /\.(csv|tsv|txt|xlsx|xlsm|ods|docx)$/i;

export function ChooseLists({
  onFiles,
  onProblem,
}: {
  onFiles(files: readonly File[]): void;
  onProblem(words: string): void;
}) {
  const { m } = useMessages();
  const [over, setOver] = useState(false);
  const [pasted, setPasted] = useState("");
  const take = (files: readonly File[]) => {
    if (files.length === 0) return;
    if (!files.every((file) => KINDS.test(file.name))) return onProblem(m.intake.wrongKind);
    if (files.some((file) => file.size > LIMITS.upload_bytes_max)) return onProblem(m.intake.tooLarge);
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    if (files.length > LIMITS.import_files_max || bytes > LIMITS.uploads_bytes_max) {
      return onProblem(m.intake.tooMany);
    }
    onFiles(files);
  };
  const readPasted = (event: React.FormEvent) => {
    event.preventDefault();
    if (pasted.trim()) onFiles([new File([pasted], m.intake.pasted, { type: "text/csv" })]);
  };
  return (
    <div className="choose">
      <label
        className={`drop ${over ? "over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take([...event.dataTransfer.files]);
        }}
      >
        <UploadIcon aria-hidden className="ic" />
        <span className="strong">{m.intake.drop}</span>
        <span className="hint">{m.intake.kinds}</span>
        <input
          type="file"
          multiple
          accept=".csv,.tsv,.txt,.xlsx,.xlsm,.ods,.docx"
          aria-label={m.intake.choose}
          onChange={(event) => {
            take([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <span className="fakebtn" aria-hidden="true">
          {m.intake.choose}
        </span>
      </label>
      <form className="stack tight" onSubmit={readPasted}>
        <label className="field-label" htmlFor="paste-rows">
          {m.intake.paste}
        </label>
        <p className="hint" id="paste-rows-help">
          {m.intake.pasteHelp}
        </p>
        <textarea
          id="paste-rows"
          className="input"
          rows={7}
          spellCheck={false}
          value={pasted}
          aria-describedby="paste-rows-help"
          onChange={(event) => setPasted(event.target.value)}
        />
        <Button type="submit" variant="secondary" disabled={!pasted.trim()}>
          {m.intake.readPaste}
        </Button>
      </form>
    </div>
  );
}
