// A value is split: the cases that have it, one by one, each given the value or values it now has.
import { Button } from "@digdir/designsystemet-react";
import { ArrowLeftIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { Link, useParams } from "react-router";
import type { CaseDocument } from "../api/caseDocument.ts";
import { shortLabel, valueLabel } from "../api/characteristics.ts";
import { useCharacteristics, useLive, useRegister } from "../api/live.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { saidBy, sayingEdit, settled } from "../fields/saying.ts";
import type { Characteristic, RegisterRow } from "../generated/domain.ts";
import { labelOf, useMessages } from "../messages/index.ts";
import "../fields/list.css";
import "./characteristics.css";

export function SpreadPage() {
  const { m, language } = useMessages();
  const { id } = useLive();
  const { characteristic: key, value = "" } = useParams();
  const characteristic = useCharacteristics().find((one) => one.key === key);
  const { value: register } = useRegister();
  const words = m.characteristics;
  if (!register || !characteristic) return null;
  const name = valueLabel(characteristic, value, language);
  return (
    <div className="page characteristics">
      <div className="head">
        <div>
          <Title tab={words.title}>{words.spreadTitle(name)}</Title>
          <p className="lead">{words.spreadLead(labelOf(characteristic, language))}</p>
        </div>
        <div className="actions">
          <Button variant="tertiary" asChild>
            <Link to={`/w/${id}/eksempler/kjennetegn`}>
              <ArrowLeftIcon aria-hidden /> {words.back}
            </Link>
          </Button>
        </div>
      </div>
      <Cases key={`${key} ${value}`} characteristic={characteristic} value={value} rows={register.rows} />
    </div>
  );
}

interface CasesProps {
  characteristic: Characteristic;
  value: string;
  rows: RegisterRow[];
}

/** The cases that had the value when I came: none leaves the list under my hands. */
function Cases({ characteristic, value, rows }: CasesProps) {
  const { m } = useMessages();
  const [came] = useState(() => rows.filter((row) => row.codings[characteristic.key]?.includes(value)).map((row) => row.subject));
  const shown = came.flatMap((subject) => rows.find((row) => row.subject === subject) ?? []);
  const done = shown.filter((row) => !row.codings[characteristic.key]?.includes(value)).length;
  if (shown.length === 0) return <Teach title={m.characteristics.spreadNone} help={m.characteristics.spreadNoneHelp} />;
  return (
    <>
      <p className="muted num" role="status">
        {m.characteristics.spreadDone(done, shown.length)}
      </p>
      <ul className="openlist kspread">
        {shown.map((row) => (
          <OneCase key={row.subject} row={row} characteristic={characteristic} />
        ))}
      </ul>
    </>
  );
}

function OneCase({ row, characteristic }: { row: RegisterRow; characteristic: Characteristic }) {
  const { m, language } = useMessages();
  const { sync, me } = useLive();
  // What I chose, until the register says the same.
  const [mine, setMine] = useState<string[]>();
  const many = characteristic.scale === "multi";
  const values = mine ?? row.codings[characteristic.key] ?? [];
  const isOpen = row.state === "open" && sync !== undefined;
  const choose = async (key: string, on: boolean) => {
    if (!sync) return;
    const chosen = many ? (on ? [...values, key] : values.filter((one) => one !== key)) : [key];
    if (chosen.length === 0) return;
    setMine(chosen);
    const replica = sync.open<CaseDocument>(row.subject);
    try {
      await settled(replica);
      if (!replica.may.has("write")) return setMine(undefined);
      const coding = replica.doc?.codings?.[characteristic.key];
      const said = { ...saidBy(coding, characteristic), state: "coded" as const, values: chosen };
      replica.edit(sayingEdit(characteristic, coding, said, me.id));
    } finally {
      replica.close();
    }
  };
  return (
    <li>
      <fieldset disabled={!isOpen}>
        <legend>
          <CaseChip subject={row.subject} /> <span className="vh">{m.characteristics.spreadOf(row.name)}</span>
        </legend>
        {row.state === "open" ? null : <p className="hint">{m.characteristics.spreadClosed}</p>}
        <div className="kchoices">
          {characteristic.values.map((value) => (
            <label key={value.key} className="check">
              <input
                type={many ? "checkbox" : "radio"}
                name={row.subject}
                checked={values.includes(value.key)}
                onChange={(event) => void choose(value.key, event.target.checked)}
              />
              <span>{shortLabel(value, language)}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </li>
  );
}
