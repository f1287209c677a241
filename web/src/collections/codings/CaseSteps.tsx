// The cases of a double coding in a row: how far each is, and which is open.
import { useRowsBySubject } from "../../api/live.tsx";
import { useMessages } from "../../messages/index.ts";

export interface Step {
  subject: string;
  done: number;
  of: number;
}

interface Props {
  label: string;
  steps: Step[];
  current: string;
  /** A step in words. */
  words(step: Step, code: string, name: string): string;
  onShow(subject: string): void;
}

export function CaseSteps({ label, steps, current, words, onShow }: Props) {
  const { m } = useMessages();
  const rows = useRowsBySubject();
  return (
    <ul className="casesteps" aria-label={label}>
      {steps.map((step) => {
        const row = rows.get(step.subject);
        const [code, name] = [row?.code ?? "–", row?.name || m.case.unnamed];
        return (
          <li key={step.subject}>
            <button
              type="button"
              className={step.done >= step.of ? "full" : ""}
              aria-current={step.subject === current ? "step" : undefined}
              title={name}
              onClick={() => onShow(step.subject)}
            >
              <b className="num">{code}</b>
              <span className="num small">
                {step.done}/{step.of}
              </span>
              <span className="vh">: {words(step, code, name)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
