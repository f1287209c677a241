// From cases to a draft (R4): choose cases, see what they share and what sets them apart, and make a model of them.
import { Button } from "@digdir/designsystemet-react";
import { XMarkIcon } from "@navikt/aksel-icons";
import { useId, useRef, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useLabels } from "../api/labels.ts";
import { useLive, useRows } from "../api/live.tsx";
import { createModel, modelPath } from "../api/models.ts";
import { idempotencyKey } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { CaseChip } from "../design/CaseChip.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Title } from "../design/Title.tsx";
import { AddCase } from "../fields/AddCase.tsx";
import { LIMITS, type RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { apartIn, sharedBy } from "./shared.ts";
import "./models.css";

/** The cases are in the address, so that a page about cases can lead here with them chosen. */
const CASES = "av";

export function NewModelPage() {
  const { m } = useMessages();
  const { id } = useLive();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const rows = useRows();
  const asked = (params.get(CASES) ?? "").split(",").filter(Boolean);
  const chosen = rows.filter((row) => asked.includes(row.subject));
  const choose = (subjects: string[]) =>
    setParams(subjects.length ? { [CASES]: subjects.join(",") } : {}, { replace: true });
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const key = useRef(idempotencyKey());
  const nameId = useId();
  const make = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return setProblem(m.models.nameMissing);
    setBusy(true);
    setProblem(undefined);
    try {
      const { subject } = await createModel(id, name.trim(), chosen.map((row) => row.subject), key.current);
      await navigate(modelPath(id, subject));
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return (
    <div className="page text newmodel">
      <Title tab={m.models.make}>{m.models.make}</Title>
      <p className="lead">{m.models.makeHelp}</p>
      <Chooser rows={rows} chosen={chosen} onChoose={choose} />
      {chosen.length > 0 ? <Common rows={chosen} /> : null}
      <form className="stack" onSubmit={(event) => void make(event)}>
        <div className="field">
          <label className="field-label" htmlFor={nameId}>
            {m.models.name}
          </label>
          <input id={nameId} className="input" maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        </div>
        <ProblemLine>{problem}</ProblemLine>
        <div className="row">
          <Button type="submit" loading={busy}>
            {m.models.makeDo(chosen.length)}
          </Button>
          <Button variant="tertiary" asChild>
            <Link to={`/w/${id}/modeller`}>{m.common.cancel}</Link>
          </Button>
        </div>
      </form>
    </div>
  );
}

interface ChooserProps {
  rows: RegisterRow[];
  chosen: RegisterRow[];
  onChoose(subjects: string[]): void;
}

function Chooser({ rows, chosen, onChoose }: ChooserProps) {
  const { m } = useMessages();
  const id = useId();
  const subjects = chosen.map((row) => row.subject);
  const selected = rows.filter((row) => row.decision === "in").map((row) => row.subject);
  const add = ({ subject }: RegisterRow) => {
    if (subjects.length >= LIMITS.model_cases_max) return m.models.tooMany(LIMITS.model_cases_max);
    return onChoose([...subjects.filter((one) => one !== subject), subject]);
  };
  return (
    <section className="stack tight" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{m.models.cases}</h2>
      {chosen.length === 0 ? <p className="muted">{m.models.casesHelp}</p> : null}
      <ul className="about">
        {chosen.map((row) => (
          <li key={row.subject}>
            <CaseChip subject={row.subject} />
            <button
              type="button"
              className="iconbtn"
              aria-label={m.fields.takeOut(row.code)}
              onClick={() => onChoose(subjects.filter((one) => one !== row.subject))}
            >
              <XMarkIcon aria-hidden className="ic" />
            </button>
          </li>
        ))}
      </ul>
      <AddCase onAdd={add}>
        {selected.length > 0 && selected.length <= LIMITS.model_cases_max ? (
          <Button type="button" variant="tertiary" onClick={() => onChoose(selected)}>
            {m.models.allSelected(selected.length)}
          </Button>
        ) : null}
      </AddCase>
    </section>
  );
}

/** What the chosen cases share, and where they differ. */
function Common({ rows }: { rows: RegisterRow[] }) {
  const { m } = useMessages();
  const labels = useLabels();
  const [shared, apart] = [sharedBy(rows), apartIn(rows)];
  return (
    <div className="common">
      <section>
        <h2>{m.models.shared}</h2>
        {shared.length === 0 ? <p className="muted">{m.models.sharedNone}</p> : null}
        <ul className="dotted">
          {shared.map(({ characteristic, value }) => (
            <li key={`${characteristic}=${value}`}>
              <span className="muted">{labels.characteristic(characteristic)}:</span> <b>{labels.value(characteristic, value)}</b>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{m.models.apart}</h2>
        {apart.length === 0 ? <p className="muted">{m.models.apartNone}</p> : null}
        <ul className="dotted">
          {apart.map(({ characteristic, values }) => (
            <li key={characteristic}>
              <span className="muted">{labels.characteristic(characteristic)}:</span>{" "}
              {values.map(({ value, cases }) => `${labels.value(characteristic, value)} ${cases}`).join(", ")}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
