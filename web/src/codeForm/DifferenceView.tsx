// What a filled form would change: each cell as it is and as it would be, to say yes or no to.
import { Button } from "@digdir/designsystemet-react";
import { CheckmarkCircleIcon, ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import { useMemo, useState } from "react";
import { valueLabel } from "../api/characteristics.ts";
import type { FormChange, FormDifference, FormDoubt, Said } from "../api/codeForms.ts";
import { useRowsBySubject } from "../api/live.tsx";
import type { Characteristic } from "../generated/domain.ts";
import { labelOf, useMessages } from "../messages/index.ts";
import { byCase } from "./group.ts";

interface Props {
  difference: FormDifference;
  characteristics: ReadonlyMap<string, Characteristic>;
  busy: boolean;
  /** Places in `changes` of what was said yes to. */
  onTake(wanted: ReadonlySet<number>): void;
  onOther(): void;
}

export function DifferenceView({ difference, characteristics, busy, onTake, onOther }: Props) {
  const { m } = useMessages();
  const { changes, doubts } = difference;
  const sure = useMemo(() => changes.flatMap((change, place) => (change.meanwhile ? [] : [place])), [changes]);
  const [wanted, setWanted] = useState<ReadonlySet<number>>(() => new Set(sure));
  const set = (places: readonly number[], on: boolean) =>
    setWanted((before) => {
      const next = new Set(before);
      for (const place of places) on ? next.add(place) : next.delete(place);
      return next;
    });
  return (
    <div className="stack">
      <p className="sentence" role="status">
        <CheckmarkCircleIcon aria-hidden /> {m.codeForm.found(difference.cases, difference.cells, changes.length)}
      </p>
      {byCase(changes).map(([subject, places]) => (
        <CaseChanges
          key={subject}
          subject={subject}
          changes={changes}
          places={places}
          characteristics={characteristics}
          wanted={wanted}
          onSet={set}
        />
      ))}
      <Doubts doubts={doubts} characteristics={characteristics} />
      <div className="row formend">
        {changes.length ? (
          <Button loading={busy} disabled={wanted.size === 0} onClick={() => onTake(wanted)}>
            {m.codeForm.take(wanted.size)}
          </Button>
        ) : null}
        <Button variant="tertiary" onClick={onOther}>
          {m.codeForm.other}
        </Button>
      </div>
    </div>
  );
}

interface CaseProps {
  subject: string;
  changes: readonly FormChange[];
  places: readonly number[];
  characteristics: ReadonlyMap<string, Characteristic>;
  wanted: ReadonlySet<number>;
  onSet(places: readonly number[], on: boolean): void;
}

function CaseChanges({ subject, changes, places, characteristics, wanted, onSet }: CaseProps) {
  const { m, language } = useMessages();
  const row = useRowsBySubject().get(subject);
  const all = places.every((place) => wanted.has(place));
  const name = row ? `${row.code} ${row.name}` : "";
  return (
    <section className="card formcase" aria-label={name}>
      <div className="pichead">
        <h2>{name}</h2>
        {places.length > 1 ? (
          <Button variant="tertiary" data-size="sm" onClick={() => onSet(places, !all)}>
            {all ? m.codeForm.none : m.codeForm.every}
          </Button>
        ) : null}
      </div>
      <table className="formdiff">
        <thead>
          <tr>
            <th scope="col">{m.codeForm.characteristic}</th>
            <th scope="col">{m.codeForm.now}</th>
            <th scope="col">{m.codeForm.new}</th>
          </tr>
        </thead>
        <tbody>
          {places.map((place) => {
            const change = changes[place]!;
            const characteristic = characteristics.get(change.characteristic);
            const label = characteristic ? labelOf(characteristic, language) : change.characteristic;
            return (
              <tr key={place}>
                <th scope="row">
                  <label>
                    <input
                      type="checkbox"
                      checked={wanted.has(place)}
                      onChange={(event) => onSet([place], event.target.checked)}
                    />
                    {label}
                  </label>
                </th>
                <td>
                  <span className="onphone">{m.codeForm.now}: </span>
                  <SaidView said={change.now} characteristic={characteristic} />
                  {change.meanwhile ? (
                    <span className="meanwhile">
                      <ExclamationmarkTriangleIcon aria-hidden /> {m.codeForm.meanwhile}
                    </span>
                  ) : null}
                </td>
                <td>
                  <span className="onphone">{m.codeForm.new}: </span>
                  <SaidView said={change.new} characteristic={characteristic} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function SaidView({ said, characteristic }: { said: Said; characteristic: Characteristic | undefined }) {
  const { m, language, format } = useMessages();
  if (said.state !== "coded") return <span className="muted">{m.codeForm.states[said.state]}</span>;
  if (said.number !== null) return <span className="num">{format.number(said.number)}</span>;
  if (said.text) return <span>{said.text}</span>;
  return <span>{said.values.map((key) => valueLabel(characteristic, key, language)).join(", ")}</span>;
}

function Doubts({
  doubts,
  characteristics,
}: {
  doubts: readonly FormDoubt[];
  characteristics: ReadonlyMap<string, Characteristic>;
}) {
  const { m, language } = useMessages();
  if (doubts.length === 0) return null;
  return (
    <div className="sentence warn">
      <ExclamationmarkTriangleIcon aria-hidden />
      <div>
        <h2>{m.codeForm.doubts(doubts.length)}</h2>
        <ul className="doubts">
          {doubts.map((doubt, place) => {
            const of = doubt.characteristic ? characteristics.get(doubt.characteristic) : undefined;
            const where = [m.codeForm.row(doubt.row), doubt.case, of ? labelOf(of, language) : ""];
            return (
              <li key={place}>
                <span className="strong">{where.filter(Boolean).join(", ")}</span>: {m.codeForm.whys[doubt.why]}
                {doubt.characteristic ? <> «{doubt.original}»</> : null}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}
