// Rows that are, or may be, cases that are there: both side by side, somebody's answer, and what the list brings.
import { useId, useState } from "react";
import { Checkbox } from "@digdir/designsystemet-react";
import { useCharacteristics } from "../api/live.tsx";
import type { Cell, Join, SheetChoices, SheetPlan } from "../generated/domain.ts";
import { TWIN_ANSWERS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { answerFor, answerTwin, isTaken, takeCell } from "./choices.ts";
import { fieldLabel, saidLabel } from "../api/caseFields.ts";

/** Joins shown before one asks for more. */
const SHOWN = 20;
/** A score at which two names are the same. */
const SURE = 100;

interface Props {
  sheet: SheetPlan;
  chosen: SheetChoices;
  onChange(change: (before: SheetChoices) => Partial<SheetChoices>): void;
}

export function Joins({ sheet, chosen, onChange }: Props) {
  const { m } = useMessages();
  const [shown, setShown] = useState(SHOWN);
  if (sheet.joins.length === 0 && sheet.editions.length === 0) return null;
  const order = [...sheet.joins].sort((a, b) => rank(a) - rank(b) || a.row - b.row);
  const count = (of: (join: Join) => boolean) => sheet.joins.filter(of).length;
  const open = count((join) => answerFor(chosen, join) === "later");
  const changed = sheet.joins.length - count((join) => rank(join) === 2) - open;
  const unchanged = count((join) => rank(join) === 2);
  const worth = order.filter((join) => rank(join) !== 2);
  return (
    <section className="stack tight joins" aria-label={m.intake.joins}>
      <h3>{m.intake.joins}</h3>
      <p className="muted">{m.intake.joinsCount(open, changed, unchanged)}</p>
      {sheet.editions.length ? <Edition sheet={sheet} onChange={onChange} /> : null}
      {sheet.known.length ? (
        <Checkbox
          label={m.intake.takeKnown(sheet.known.length)}
          description={m.intake.knownHelp}
          checked={chosen.take_known}
          onChange={(event) => onChange(() => ({ take_known: event.target.checked }))}
        />
      ) : null}
      {worth.slice(0, shown).map((join) => (
        <OneJoin key={join.row} join={join} chosen={chosen} onChange={onChange} />
      ))}
      {worth.length > shown ? (
        <button type="button" className="linklike" onClick={() => setShown(shown + SHOWN)}>
          {m.common.more(worth.length - shown)}
        </button>
      ) : null}
    </section>
  );
}

/** First what is only alike, then what brings something, then what changes nothing. An answer moves none of them. */
function rank(join: Join): number {
  if (join.score < SURE) return 0;
  return join.answer === "same" && !join.new_list && join.cells.length === 0 ? 2 : 1;
}

function Edition({ sheet, onChange }: Pick<Props, "sheet" | "onChange">) {
  const { m } = useMessages();
  const id = useId();
  return (
    <div className="row">
      <label htmlFor={id}>{m.intake.editionLabel}</label>
      <select
        id={id}
        className="input edition"
        value={sheet.edition_of ?? ""}
        onChange={(event) => onChange(() => ({ edition_of: event.target.value, cells: {}, twins: {} }))}
      >
        <option value="">{m.intake.editionNone}</option>
        {sheet.editions.map((list) => (
          <option key={list} value={list}>
            {m.intake.editionOf(list)}
          </option>
        ))}
      </select>
    </div>
  );
}

interface JoinProps extends Pick<Props, "chosen" | "onChange"> {
  join: Join;
}

function OneJoin({ join, chosen, onChange }: JoinProps) {
  const { m } = useMessages();
  const given = answerFor(chosen, join);
  const name = useId();
  const there = join.of.case ? `${join.of.case} ${join.of.name}` : m.intake.twinAt(join.of.row, join.of.list, join.of.name);
  return (
    <div className={`card join ${given === "later" ? "doubtful" : ""}`} role="group" aria-labelledby={`${name}-title`}>
      <h4 id={`${name}-title`}>
        {m.intake.joinTitle(join.row, join.name, there)}{" "}
        <span className="muted num small">{m.intake.joinWhy(m.intake.duplicateBys[join.by], join.score)}</span>
      </h4>
      <fieldset className="answers">
        <legend className="vh">{m.intake.isItSame(join.name, there)}</legend>
        {TWIN_ANSWERS.map((answer) => (
          <label key={answer}>
            <input
              type="radio"
              name={name}
              checked={given === answer}
              onChange={() => onChange((before) => answerTwin(before, join, answer))}
            />
            {m.intake.answers[answer]}
          </label>
        ))}
      </fieldset>
      {join.answer === "same" && join.new_list ? <p className="small muted">{m.intake.newList(join.of.case)}</p> : null}
      {join.cells.length ? <Cells join={join} chosen={chosen} onChange={onChange} /> : null}
    </div>
  );
}

function Cells({ join, chosen, onChange }: JoinProps) {
  const { m, language } = useMessages();
  const characteristics = useCharacteristics();
  const heads = m.intake.cellHeads;
  const takes = join.answer === "same" && join.of.case !== "";
  const said = (cell: Cell, words: string[]) => saidLabel(cell.field, words, characteristics, m, language) || "–";
  return (
    <table className="formdiff joincells">
      <thead>
        <tr>
          <th scope="col">{heads.field}</th>
          {join.edition ? <th scope="col">{heads.before}</th> : null}
          <th scope="col">{heads.listed}</th>
          <th scope="col">{heads.here}</th>
          {takes ? <th scope="col">{heads.take}</th> : null}
        </tr>
      </thead>
      <tbody>
        {join.cells.map((cell, place) => {
          const taken = isTaken(chosen, join.row, cell);
          const field = fieldLabel(cell.field, characteristics, m, language);
          return (
            <tr key={`${cell.field} ${place}`}>
              <th scope="row">{field}</th>
              {join.edition ? (
                <td>
                  <span className="onphone">{heads.before}: </span>
                  {said(cell, cell.before)}
                </td>
              ) : null}
              <td>
                <span className="onphone">{heads.listed}: </span>
                {said(cell, cell.listed)}
              </td>
              <td>
                <span className="onphone">{heads.here}: </span>
                {said(cell, cell.here)}
              </td>
              {takes ? (
                <td>
                  <label>
                    <input
                      type="checkbox"
                      checked={taken}
                      onChange={(event) => onChange((before) => takeCell(before, join.row, cell, event.target.checked))}
                    />
                    <span>
                      {m.intake.cellKinds[cell.kind]}
                      {!taken && cell.kept_as ? <span className="examples muted small">{m.intake.keptAs(cell.kept_as)}</span> : null}
                    </span>
                  </label>
                </td>
              ) : null}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
