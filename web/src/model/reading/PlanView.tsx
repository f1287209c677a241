// Planning by the model: what one chooses, what must be there, and what to ask first. The answers are the reader's own
// and stay on this page; they can be printed.
import { Button } from "@digdir/designsystemet-react";
import { PrinterSmallIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { useLabels } from "../../api/labels.ts";
import { useRowsBySubject } from "../../api/live.tsx";
import { casesIn, type Reading, type ReadTrait } from "../../api/modelReading.ts";
import { useMessages } from "../../messages/index.ts";
import { useReading } from "../useReading.ts";
import "../../design/print.css";
import "./reading.css";

/** What the reader has answered, by the id of what was asked. */
type Answers = Record<string, string>;

export function PlanView() {
  const { m } = useMessages();
  const reading = useReading();
  const [answers, setAnswers] = useState<Answers>({});
  const answer = (key: string, words: string) => setAnswers((before) => ({ ...before, [key]: words }));
  const preconditions = reading.claims.filter((claim) => claim.kind === "precondition" && claim.text);
  const questions = reading.questions.filter(({ text }) => text);
  const choices = choicesOf(reading);
  return (
    <div className="reading">
      <p className="lead">{m.model.planLead}</p>
      <Fits reading={reading} />
      <section className="sect" aria-labelledby="plan-choices">
        <h2 id="plan-choices">{m.model.planChoices}</h2>
        {choices.length === 0 ? <p className="hint">{m.model.noChoices}</p> : null}
        {choices.map(({ characteristic, traits }) => (
          <Choice key={characteristic} characteristic={characteristic} traits={traits} reading={reading} chosen={answers[characteristic] ?? ""} onChoose={(value) => answer(characteristic, value)} />
        ))}
      </section>
      {preconditions.length ? (
        <section className="sect" aria-labelledby="plan-preconditions">
          <h2 id="plan-preconditions">{m.model.planPreconditions}</h2>
          <ul className="checks">
            {preconditions.map((claim) => (
              <li key={claim.id}>
                <label className="check">
                  <input type="checkbox" checked={answers[claim.id] === "yes"} onChange={(event) => answer(claim.id, event.target.checked ? "yes" : "")} />
                  <span>
                    {claim.text} {claim.need === "helpful" ? <span className="muted">({m.model.needs.helpful.toLocaleLowerCase()})</span> : null}
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {questions.length ? (
        <section className="sect" aria-labelledby="plan-questions">
          <h2 id="plan-questions">{m.model.questions.title}</h2>
          {questions.map(({ id, text }) => (
            <div key={id} className="field">
              <label className="field-label" htmlFor={`question-${id}`}>
                {text}
              </label>
              <textarea id={`question-${id}`} className="input" rows={2} value={answers[id] ?? ""} onChange={(event) => answer(id, event.target.value)} />
            </div>
          ))}
        </section>
      ) : null}
      <Roles reading={reading} answers={answers} onAnswer={answer} />
      <div className="row noprint">
        <Button variant="secondary" onClick={() => window.print()}>
          <PrinterSmallIcon aria-hidden /> {m.model.printPlan}
        </Button>
      </div>
    </div>
  );
}

function Fits({ reading }: { reading: Reading }) {
  const { m } = useMessages();
  return (
    <div className="twocol">
      <section className="sect">
        <h2>{m.model.useWhen}</h2>
        <p>{reading.texts["when"] || m.model.unwritten}</p>
      </section>
      <section className="sect">
        <h2>{m.model.leaveWhen}</h2>
        <p>{reading.texts["when_not"] || m.model.unwritten}</p>
      </section>
    </div>
  );
}

/** Characteristics the model leaves open, each with the values that have worked. */
function choicesOf({ traits }: Reading): { characteristic: string; traits: ReadTrait[] }[] {
  const open = traits.filter((trait) => trait.class === "choice");
  const keys = [...new Set(open.map((trait) => trait.characteristic))];
  return keys.map((characteristic) => ({ characteristic, traits: open.filter((trait) => trait.characteristic === characteristic) }));
}

interface ChoiceProps {
  characteristic: string;
  traits: ReadTrait[];
  reading: Reading;
  chosen: string;
  onChoose(value: string): void;
}

/** One choice: what to choose between, why, and which cases did it so. */
function Choice({ characteristic, traits, reading, chosen, onChoose }: ChoiceProps) {
  const { m, format } = useMessages();
  const labels = useLabels();
  const rows = useRowsBySubject();
  const did = (value: string) =>
    casesIn(reading).flatMap((subject) => {
      const row = rows.get(subject);
      return row?.codings[characteristic]?.includes(value) ? [row.code] : [];
    });
  return (
    <fieldset className="planchoice">
      <legend>{labels.characteristic(characteristic)}</legend>
      {traits.map(({ value, reason }) => (
        <label key={value} className="check">
          <input type="radio" name={characteristic} value={value} checked={chosen === value} onChange={() => onChoose(value)} />
          <span>
            <b>{labels.value(characteristic, value)}</b>
            {reason ? <span className="block">{reason}</span> : null}
            {did(value).length ? <span className="block small muted">{m.model.didSo(format.list(did(value)))}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface RolesProps {
  reading: Reading;
  answers: Answers;
  onAnswer(key: string, words: string): void;
}

/** Who has each role here. */
function Roles({ reading, answers, onAnswer }: RolesProps) {
  const { m } = useMessages();
  if (reading.roles.length === 0) return null;
  return (
    <section className="sect" aria-labelledby="plan-roles">
      <h2 id="plan-roles">{m.model.planRoles}</h2>
      {reading.roles.map((role) => (
        <div key={role.id} className="field">
          <label className="field-label" htmlFor={`role-${role.id}`}>
            {role.name || m.models.unnamed}
            {role.optional ? ` (${m.model.optional.toLocaleLowerCase()})` : ""}
          </label>
          {role.tasks ? <p className="hint">{role.tasks}</p> : null}
          <input id={`role-${role.id}`} className="input" value={answers[role.id] ?? ""} onChange={(event) => onAnswer(role.id, event.target.value)} />
        </div>
      ))}
    </section>
  );
}
