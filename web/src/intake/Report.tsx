// What lists would become, before anything is added: how many, what to decide, what to look at, the first rows.
import { Button, Checkbox } from "@digdir/designsystemet-react";
import { ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import type { ImportChoices, ImportPlan, SheetChoices, SheetPlan } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { chooseColumn, chooseHeaderRow, chosenFor, chooseWord, withSheet } from "./choices.ts";
import { Columns } from "./Columns.tsx";
import { Doubts } from "./Doubts.tsx";
import { HeaderRow } from "./HeaderRow.tsx";
import { Joins } from "./Joins.tsx";
import { Sample } from "./Sample.tsx";
import { Words } from "./Words.tsx";

interface ReportProps {
  plan: ImportPlan;
  choices: ImportChoices;
  /** What was chosen last is being read. */
  busy: boolean;
  onChoose(choices: ImportChoices): void;
  onYes(): void;
  onOther(): void;
}

export function Report({ plan, choices, busy, onChoose, onYes, onOther }: ReportProps) {
  const { m } = useMessages();
  const files = [...new Set([...plan.sheets, ...choices.sheets].map((sheet) => sheet.file))];
  const [file = ""] = files;
  const found = files.length === 1 ? m.intake.found(plan.cases, file) : m.intake.foundIn(plan.cases, files.length);
  const leftOut = choices.sheets.filter((sheet) => sheet.leave_out);
  const brings = plan.cases > 0 || plan.updated > 0;
  const several = plan.sheets.length + leftOut.length > 1;
  return (
    <div className="stack report" aria-busy={busy}>
      <div className="verdict card">
        <div className="grow">
          <h2>{plan.cases || !plan.updated ? (plan.cases ? found : m.intake.nothing) : m.intake.onlyUpdates(plan.updated)}</h2>
          <p className="muted" role="status">
            {busy ? m.intake.again : brings ? m.intake.nothingYet : plan.sheets.some((sheet) => sheet.known.length) ? m.intake.nothingNew : m.intake.nothingHelp}{" "}
            {plan.skipped && !busy ? `${m.intake.skipped(plan.skipped)}.` : null}
          </p>
          {plan.waiting && !busy ? <p>{m.intake.waiting(plan.waiting)}</p> : null}
        </div>
        <div className="row">
          {brings ? (
            <Button disabled={busy} onClick={onYes}>
              {plan.updated ? m.intake.doBoth(plan.cases, plan.updated) : m.intake.do(plan.cases)}
            </Button>
          ) : null}
          <Button variant={brings ? "tertiary" : "secondary"} onClick={onOther}>
            {m.intake.other}
          </Button>
        </div>
      </div>
      {plan.refused.map((refused) => (
        <p key={refused.file} className="sentence warn">
          <ExclamationmarkTriangleIcon aria-hidden />
          <span>
            <strong>{m.intake.refusedFile(refused.file)}.</strong> {m.intake.refusals[refused.why]}
          </span>
        </p>
      ))}
      {plan.sheets.map((sheet) => (
        <Sheet
          key={`${sheet.file} ${sheet.name}`}
          sheet={sheet}
          several={several}
          chosen={chosenFor(choices, sheet)}
          onChange={(change) => onChoose(withSheet(choices, sheet, change))}
        />
      ))}
      {leftOut.map((sheet) => (
        <p key={`${sheet.file} ${sheet.name}`} className="row">
          <span className="muted">{m.intake.sheetsLeft(sheet.name)}</span>
          <button
            type="button"
            className="linklike"
            onClick={() => onChoose(withSheet(choices, sheet, () => ({ leave_out: false })))}
          >
            {m.intake.sheetBack}
          </button>
        </p>
      ))}
    </div>
  );
}

interface SheetProps {
  sheet: SheetPlan;
  several: boolean;
  chosen: SheetChoices;
  onChange(change: Parameters<typeof withSheet>[2]): void;
}

function Sheet({ sheet, several, chosen, onChange }: SheetProps) {
  const { m } = useMessages();
  return (
    <section className="stack sheet" aria-label={m.intake.sheet(sheet.name)}>
      <div className="row between">
        {several ? <h2>{m.intake.sheet(sheet.name)}</h2> : null}
        {several ? (
          <Checkbox
            label={m.intake.sheetTake}
            data-size="sm"
            checked
            onChange={() => onChange(() => ({ leave_out: true }))}
          />
        ) : null}
        {sheet.layout === "rows" ? (
          <HeaderRow
            row={sheet.header_row ?? chosen.header_row}
            onChoose={(row) => onChange(() => chooseHeaderRow(row))}
          />
        ) : null}
      </div>
      {sheet.columns.length ? (
        <Columns
          columns={sheet.columns}
          onChoose={(column, field) => onChange((before) => chooseColumn(before, column, field))}
        />
      ) : null}
      <Words
        words={sheet.values}
        onChoose={(field, word, key) => onChange((before) => chooseWord(before, field, word, key))}
      />
      <Joins sheet={sheet} chosen={chosen} onChange={onChange} />
      <Doubts sheet={sheet} />
      {sheet.records.length ? <Sample records={sheet.records} /> : null}
    </section>
  );
}
