// What a double coding asks: which cases, on which characteristics, of whom.
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import type { CodingsAsk } from "../../api/collections.ts";
import { useCharacteristics, usePeopleHere, useRows } from "../../api/live.tsx";
import { type Characteristic, LIMITS, type RegisterRow } from "../../generated/domain.ts";
import { labelOf, type Messages, useMessages } from "../../messages/index.ts";

/** More are found by searching. */
const SHOWN_MAX = 100;
/** Of the twelve, those that are basic information are asked for anyway. */
const BASIC = ["innovation_object", "scope"];

/** Those that are selected, and the ten characteristics agreed on. */
export function firstCodings(rows: RegisterRow[], characteristics: Characteristic[]): CodingsAsk {
  const agreed = characteristics.filter((one) => one.core && !BASIC.includes(one.key));
  const selected = rows.filter((row) => row.decision === "in").slice(0, LIMITS.coded_cases_max);
  return {
    kind: "codings",
    cases: selected.map((row) => row.subject),
    characteristics: agreed.map((one) => one.key),
    coders: [],
  };
}

/** What is wrong with it, if anything is. */
export function wrongCodings({ cases, characteristics }: CodingsAsk, m: Messages): string | undefined {
  if (cases.length === 0) return m.doubleCoding.noCases;
  if (characteristics.length === 0) return m.doubleCoding.noCharacteristics;
  const tooMuch = cases.length > LIMITS.coded_cases_max || cases.length * characteristics.length > LIMITS.coded_cells_max;
  return tooMuch ? m.doubleCoding.tooMuch(LIMITS.coded_cells_max) : undefined;
}

interface Props {
  ask: CodingsAsk;
  onChange(ask: CodingsAsk): void;
}

export function NewCodings({ ask, onChange }: Props) {
  return (
    <>
      <Cases ask={ask} onChange={onChange} />
      <Characteristics ask={ask} onChange={onChange} />
      <Coders ask={ask} onChange={onChange} />
    </>
  );
}

/** With one more or one fewer, in the order of all. */
const turned = (all: string[], chosen: string[], key: string) =>
  all.filter((one) => (one === key) !== chosen.includes(one));

function Cases({ ask, onChange }: Props) {
  const { m, format } = useMessages();
  const w = m.doubleCoding;
  const rows = useRows();
  const [text, setText] = useState("");
  const sorted = [...rows].sort((a, b) => format.collator.compare(a.code, b.code));
  const order = sorted.map((row) => row.subject);
  const wanted = text.trim().toLocaleLowerCase("nb");
  const found = sorted.filter((row) => `${row.code} ${row.name}`.toLocaleLowerCase("nb").includes(wanted));
  const selected = sorted.filter((row) => row.decision === "in").map((row) => row.subject);
  const take = (cases: string[]) => onChange({ ...ask, cases: cases.slice(0, LIMITS.coded_cases_max) });
  return (
    <fieldset className="pick">
      <legend className="field-label">{w.cases}</legend>
      <p className="hint" role="status">
        {w.casesChosen(ask.cases.length, LIMITS.coded_cases_max)}
      </p>
      <div className="row">
        <input
          className="input grow"
          type="search"
          aria-label={w.findCase}
          placeholder={w.findCase}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        />
        {selected.length ? (
          <Button type="button" variant="tertiary" onClick={() => take(selected)}>
            {w.takeSelected(selected.length)}
          </Button>
        ) : null}
        {ask.cases.length ? (
          <Button type="button" variant="tertiary" onClick={() => take([])}>
            {w.takeNone}
          </Button>
        ) : null}
      </div>
      <div className="picklist">
        {found.slice(0, SHOWN_MAX).map((row) => (
          <label key={row.subject} className="tick">
            <input
              type="checkbox"
              checked={ask.cases.includes(row.subject)}
              onChange={() => take(turned(order, ask.cases, row.subject))}
            />
            <span className="num muted">{row.code}</span> {row.name || m.case.unnamed}
          </label>
        ))}
        {found.length > SHOWN_MAX ? <p className="small muted">{w.moreCases(found.length - SHOWN_MAX)}</p> : null}
      </div>
    </fieldset>
  );
}

function Characteristics({ ask, onChange }: Props) {
  const { m, language } = useMessages();
  const all = useCharacteristics();
  const order = all.map((one) => one.key);
  return (
    <details className="pick">
      <summary>
        <b className="field-label">{m.doubleCoding.characteristics}</b>{" "}
        <span className="small muted">{m.doubleCoding.characteristicsChosen(ask.characteristics.length)}</span>
      </summary>
      <div className="picklist">
        {all.map((one) => (
          <label key={one.key} className="tick">
            <input
              type="checkbox"
              checked={ask.characteristics.includes(one.key)}
              onChange={() => onChange({ ...ask, characteristics: turned(order, ask.characteristics, one.key) })}
            />
            <span className="num muted">{one.code}</span> {labelOf(one, language)}
          </label>
        ))}
      </div>
    </details>
  );
}

function Coders({ ask, onChange }: Props) {
  const { m } = useMessages();
  const w = m.doubleCoding;
  const people = usePeopleHere().filter(({ grants }) => grants.includes("facilitator") || grants.includes("editor"));
  const [some, setSome] = useState(ask.coders.length > 0);
  const order = people.map((person) => person.participant);
  const choose = (only: boolean) => {
    setSome(only);
    if (!only) onChange({ ...ask, coders: [] });
  };
  return (
    <fieldset className="pick">
      <legend className="field-label">{w.who}</legend>
      <label className="tick">
        <input type="radio" name="coders" checked={!some} onChange={() => choose(false)} /> {w.wholeTeam}
      </label>
      <label className="tick">
        <input type="radio" name="coders" checked={some} onChange={() => choose(true)} /> {w.someOfTeam}
      </label>
      {some ? (
        <div className="picklist">
          {people.map((person) => (
            <label key={person.participant} className="tick">
              <input
                type="checkbox"
                checked={ask.coders.includes(person.participant)}
                onChange={() => onChange({ ...ask, coders: turned(order, ask.coders, person.participant) })}
              />
              {person.name}
            </label>
          ))}
        </div>
      ) : null}
      {some && ask.coders.length === 0 ? <p className="hint">{w.noCoders}</p> : null}
    </fieldset>
  );
}
