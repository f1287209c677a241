// The model on one page, and a look at how it reads: whether it fits a sheet of A4, and how hard each text is.
import { Button, Checkbox } from "@digdir/designsystemet-react";
import { PrinterSmallIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { useMessages } from "../../messages/index.ts";
import type { Reading } from "../../api/modelReading.ts";
import { useReading } from "../useReading.ts";
import { HARD_LIX, readability } from "./lix.ts";
import { DutyPage, Sheet } from "./Sheet.tsx";
import { useSheetHeight } from "./useSheetHeight.ts";
import "../../design/print.css";
import "./sheet.css";

export function PageView() {
  const { m } = useMessages();
  const reading = useReading();
  const [duties, setDuties] = useState(false);
  const { measured, overMm } = useSheetHeight();
  return (
    <>
      <div className="noprint sheetbar">
        <Button onClick={() => window.print()}>
          <PrinterSmallIcon aria-hidden /> {m.model.print}
        </Button>
        <Checkbox label={m.model.withDuties} checked={duties} onChange={(event) => setDuties(event.target.checked)} />
        <p role="status" className={overMm > 0 ? "warnline" : "muted"}>
          {overMm > 0 ? m.model.tooLong(overMm) : m.model.fits}
        </p>
      </div>
      {overMm > 0 ? <Longest reading={reading} /> : null}
      <Sheet reading={reading} />
      {duties ? <DutyPage reading={reading} /> : null}
      {/* The same page as it lies on paper, whatever the screen: what is measured. */}
      <div className="measured" aria-hidden inert ref={measured}>
        <Sheet reading={reading} />
      </div>
      <Readabilities reading={reading} />
    </>
  );
}

const ON_THE_SHEET = ["pitch", "when", "when_not"] as const;

interface Text {
  name: string;
  text: string;
}

function useTexts(reading: Reading): Text[] {
  const { m } = useMessages();
  const names = m.model.textNames;
  const heads = ON_THE_SHEET.map((key) => ({ name: names[key], text: reading.texts[key] ?? "" }));
  const claims = reading.claims.map((claim) => ({ name: claim.kind ? m.model.claims[claim.kind].one : "", text: claim.text }));
  const steps = reading.steps.map((text) => ({ name: m.model.steps.one, text }));
  return [...heads, ...claims, ...steps].filter(({ text }) => text !== "");
}

/** What takes most of the page, to be shortened first. */
function Longest({ reading }: { reading: Reading }) {
  const { m } = useMessages();
  const longest = useTexts(reading).sort((a, b) => b.text.length - a.text.length).slice(0, 3);
  return (
    <div className="noprint sentence warn longest">
      <p>{m.model.shorten}</p>
      <ul className="dotted">
        {longest.map(({ name, text }) => (
          <li key={name + text}>{m.model.wordsIn(name, readability(text).words, text)}</li>
        ))}
      </ul>
    </div>
  );
}

function Readabilities({ reading }: { reading: Reading }) {
  const { m } = useMessages();
  const names = m.model.textNames;
  const texts = Object.entries(reading.texts).map(([key, text]) => ({ name: names[key as keyof typeof names] ?? key, ...readability(text) }));
  const judged = texts.filter((text) => text.lix !== undefined);
  if (judged.length === 0) return null;
  return (
    <section className="noprint sect readable" aria-labelledby="readable">
      <h2 id="readable">{m.model.readable}</h2>
      <p className="hint">{m.model.readableHelp}</p>
      <div className="tablescroll" role="region" aria-label={m.model.readable} tabIndex={0}>
        <table className="plain">
          <caption className="vh">{m.model.readable}</caption>
          <thead>
            <tr>
              <th scope="col">{m.model.text}</th>
              <th scope="col">LIX</th>
              <th scope="col">{m.model.longestSentence}</th>
            </tr>
          </thead>
          <tbody>
            {judged.map(({ name, lix = 0, longest }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className={`num ${lix > HARD_LIX ? "warnline" : ""}`}>
                  {lix} {lix > HARD_LIX ? m.model.hard : ""}
                </td>
                <td>{longest ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
