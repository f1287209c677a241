// Two selections to start from: what each shows, loses and changes, and the way to take it over.
import { Button } from "@digdir/designsystemet-react";
import { useMemo, useState } from "react";
import type { SelectionFigures, Suggestion } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { CaseChip } from "../design/CaseChip.tsx";
import { useMessages } from "../messages/index.ts";
import type { Deciding } from "./deciding.ts";
import { LostEvidence } from "./LostEvidence.tsx";
import { SIZES, useAskedSize } from "./question.ts";
import { Take } from "./Take.tsx";

interface Props {
  found: SelectionFigures;
  deciding: Deciding;
}

export type Which = "typical" | "variety";

export function Suggestions({ found, deciding }: Props) {
  const { m, format } = useMessages();
  const words = m.selection.suggestions;
  return (
    <section className="suggestions" aria-labelledby="suggestions">
      <h2 id="suggestions">{words.title}</h2>
      <p className="small muted">{words.help}</p>
      <Asked />
      {found.chosen ? (
        <p className="num">
          {words.chosenNow(found.chosen.cases, found.chosen.pairs, format.number(Math.round(found.chosen.by_lot)))}{" "}
          <Lost lost={found.chosen.lost} />
        </p>
      ) : null}
      <div className="twins">
        {(["typical", "variety"] as const).map((which) => (
          <One key={which} which={which} found={found} deciding={deciding} />
        ))}
      </div>
      <Outliers found={found} />
      <p className="small muted num">{words.seed(found.seed)}</p>
    </section>
  );
}

function Asked() {
  const { m } = useMessages();
  const { size, keep, set } = useAskedSize();
  const words = m.selection.suggestions;
  return (
    <div className="row asked">
      <label className="row">
        <span className="small">{words.size}</span>
        <select className="input" value={size} onChange={(event) => set("antall", event.target.value)}>
          {SIZES.map((n) => (
            <option key={n} value={n}>
              {n}
            </option>
          ))}
        </select>
      </label>
      <label className="check">
        <input type="checkbox" checked={keep} onChange={() => set("behold", keep ? "" : "ja")} />
        <span>{words.keep}</span>
      </label>
    </div>
  );
}

function One({ which, found, deciding }: Props & { which: Which }) {
  const { m, format } = useMessages();
  const [taking, setTaking] = useState(false);
  const words = m.selection.suggestions;
  const suggestion = found[which];
  const { cases, added, dropped } = suggestion;
  const selected = useMemo(() => cases.map((one) => one.subject), [cases]);
  const same = added.length === 0 && dropped.length === 0;
  return (
    <section className="card" aria-labelledby={which}>
      <h3 id={which}>
        {words[which]} <span className="muted num">{words.sizeN(cases.length)}</span>
      </h3>
      <p className="small muted">{which === "typical" ? words.typicalHelp : words.varietyHelp}</p>
      <p className="num">
        <b>{words.pairs(suggestion.pairs, found.pairs)}</b>{" "}
        {words.byLot(cases.length, format.number(Math.round(suggestion.by_lot)))}
      </p>
      <Lost lost={suggestion.lost} />
      <LostEvidence selected={selected} />
      <p className="num">{same ? words.same : words.changes(added.length, dropped.length)}</p>
      <Cases suggestion={suggestion} />
      {deciding.may && cases.length ? (
        <Button variant="secondary" disabled={deciding.busy || same} onClick={() => setTaking(true)}>
          {words.take(words[which])}
        </Button>
      ) : null}
      {taking ? <Take which={which} suggestion={suggestion} deciding={deciding} onClose={() => setTaking(false)} /> : null}
    </section>
  );
}

function Lost({ lost }: { lost: Suggestion["lost"] }) {
  const { m } = useMessages();
  const labels = useLabels();
  const words = m.selection.suggestions;
  if (lost.length === 0) return <span className="muted">{words.losesNone}</span>;
  return (
    <details className="lost">
      <summary>{words.loses(lost.length)}</summary>
      <ul className="small">
        {lost.map(({ characteristic, value }) => (
          <li key={`${characteristic}=${value}`}>
            {labels.value(characteristic, value)} <span className="muted">{labels.characteristic(characteristic)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Cases({ suggestion }: { suggestion: Suggestion }) {
  const { m } = useMessages();
  const words = m.selection.suggestions;
  const added = new Set(suggestion.added);
  return (
    <details>
      <summary>{words.show(suggestion.cases.length)}</summary>
      <ol className="suggested">
        {suggestion.cases.map(({ subject, adds, group }) => (
          <li key={subject}>
            <CaseChip subject={subject} />
            {added.has(subject) ? <span className="tag acc">{words.isNew}</span> : null}
            <span className="small muted num">
              {group === null ? words.adds(adds) : words.group(String.fromCharCode(65 + group))}
            </span>
          </li>
        ))}
      </ol>
      {suggestion.dropped.length ? (
        <>
          <p className="small muted">{words.dropped}</p>
          <ul className="suggested">
            {suggestion.dropped.map((subject) => (
              <li key={subject}>
                <CaseChip subject={subject} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </details>
  );
}

function Outliers({ found }: { found: SelectionFigures }) {
  const { m, format } = useMessages();
  const words = m.selection.suggestions;
  if (found.outliers.length === 0) return null;
  return (
    <details>
      <summary>{words.outliers}</summary>
      <p className="small muted">{words.outliersHelp}</p>
      <ul className="suggested">
        {found.outliers.map(({ subject, distance }) => (
          <li key={subject}>
            <CaseChip subject={subject} />
            <span className="small muted num">{words.distance(format.percent(distance))}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
