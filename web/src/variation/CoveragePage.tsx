// One page for those who sent in cases: what all lists together, or theirs, cover and lack. Made to be printed (R33).
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { ChevronLeftIcon, PrinterSmallIcon } from "@navikt/aksel-icons";
import { useId } from "react";
import { Link, useSearchParams } from "react-router";
import { useVariation, type Variation } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { useLive, useRows, useWorkshopAnswer } from "../api/live.tsx";
import { mixKey, mixWords } from "../api/mix.ts";
import { Base } from "../design/Base.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { gapsBeside, rareOf, type ValueOf } from "./gaps.ts";
import "../design/print.css";
import "./coverage.css";

export function CoveragePage() {
  const { m, format } = useMessages();
  const { id } = useLive();
  const [params, setParams] = useSearchParams();
  const list = params.get("liste") ?? "";
  const all = useVariation(id).value;
  const asked = useVariation(id, list);
  const title = useWorkshopAnswer().value?.title ?? "";
  const variation = asked.value;
  return (
    <div className="page text coverage">
      <p className="noprint">
        <Link to={`/w/${id}/eksempler/variasjon`}>
          <ChevronLeftIcon aria-hidden className="ic" />
          {m.variation.coverage.back}
        </Link>
      </p>
      <Title tab={m.variation.coverage.title}>{m.variation.coverage.title}</Title>
      <p className="muted">
        {list ? m.variation.coverage.leadOf(list, title) : m.variation.coverage.lead(title)}
        <br />
        {format.date(Date.now())}
      </p>
      <WhichList list={list} onChoose={(next) => setParams(next ? { liste: next } : {}, { replace: true })} />
      <NotLoaded of={asked} />
      {!variation && !asked.problem ? <Skeleton height={320} /> : null}
      {variation && variation.about.cases === 0 ? <p>{m.variation.coverage.noCases}</p> : null}
      {variation && variation.about.cases > 0 ? <Report variation={variation} all={list ? all : undefined} /> : null}
    </div>
  );
}

/** Whose page it is; nothing where all cases came the same way. */
function WhichList({ list, onChoose }: { list: string; onChoose(list: string): void }) {
  const { m, format } = useMessages();
  const rows = useRows();
  const id = useId();
  const lists = [...new Set(rows.flatMap((row) => row.lists))].sort(format.collator.compare);
  if (lists.length < 2 && !list) return null;
  return (
    <div className="field noprint">
      <label className="field-label" htmlFor={id}>
        {m.variation.coverage.which}
      </label>
      <select id={id} className="input" value={list} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{m.variation.coverage.allLists}</option>
        {(list === "" || lists.includes(list) ? lists : [...lists, list]).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

interface ReportProps {
  variation: Variation;
  /** The figures of all lists, where these are of one. */
  all: Variation | undefined;
}

function Report({ variation, all }: ReportProps) {
  const { m } = useMessages();
  const { about, national } = variation;
  const words = m.variation.coverage;
  const rare = rareOf(variation);
  const { nobody, others } = gapsBeside(variation, all);
  return (
    <>
      <div className="noprint printrow">
        <Button onClick={() => print()}>
          <PrinterSmallIcon aria-hidden /> {m.views.print}
        </Button>
        <span className="small muted">{words.toContributors}</span>
      </div>
      <p>{words.intro(about.cases, national.cases)}</p>
      <section className="missing">
        <h2>{words.missing}</h2>
        {nobody.length ? <Values values={nobody} /> : <p>{words.missingNone}</p>}
        {nobody.length ? <p>{words.missingAsk}</p> : null}
      </section>
      {others.length ? (
        <section>
          <h2>{words.others}</h2>
          <ByCharacteristic values={others} />
        </section>
      ) : null}
      {all ? null : (
        <section>
          <h2>{words.few}</h2>
          {rare.length ? <Values values={rare} /> : <p>{words.fewNone}</p>}
        </section>
      )}
      <Covered variation={variation} />
      <Who variation={variation} />
      <Base about={about} />
    </>
  );
}

function Values({ values }: { values: ValueOf[] }) {
  const labels = useLabels();
  return (
    <ul className="dotted">
      {values.map(({ characteristic, value }) => (
        <li key={`${characteristic}=${value.key}`}>
          <b>{labels.value(characteristic, value.key)}</b>{" "}
          <span className="muted">({labels.characteristic(characteristic).toLocaleLowerCase()})</span>
        </li>
      ))}
    </ul>
  );
}

/** Many values in little room: a line for each characteristic. */
function ByCharacteristic({ values }: { values: ValueOf[] }) {
  const labels = useLabels();
  const keys = [...new Set(values.map(({ characteristic }) => characteristic))];
  return (
    <table className="plain">
      <tbody>
        {keys.map((key) => (
          <tr key={key}>
            <th scope="row">{labels.characteristic(key)}</th>
            <td>
              {values
                .filter(({ characteristic }) => characteristic === key)
                .map(({ value }) => labels.value(key, value.key))
                .join(", ")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Covered({ variation }: { variation: Variation }) {
  const { m } = useMessages();
  const labels = useLabels();
  return (
    <section>
      <h2>{m.variation.coverage.covered}</h2>
      <table className="plain">
        <tbody>
          {variation.characteristics
            .filter(({ values }) => values.length > 0)
            .map(({ key, values }) => (
              <tr key={key}>
                <th scope="row">{labels.characteristic(key)}</th>
                <td className="num">
                  {m.variation.coverage.coveredOf(values.filter(({ cases }) => cases > 0).length, values.length)}
                </td>
                <td>
                  {values
                    .filter(({ cases }) => cases > 0)
                    .map((value) => `${labels.value(key, value.key)} ${value.cases}`)
                    .join(", ")}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

function Who({ variation }: { variation: Variation }) {
  const { m, format } = useMessages();
  return (
    <section>
      <h2>{m.variation.coverage.who}</h2>
      <p className="num">
        {[...variation.mixes]
          .sort((a, b) => b.cases - a.cases)
          .map((one, place, all) => (
            <span key={mixKey(one.mix)}>
              {mixWords(one.mix, m, format)}: {one.cases || <b>{m.variation.coverage.whoNone}</b>}
              {place < all.length - 1 ? "; " : "."}
            </span>
          ))}
      </p>
    </section>
  );
}
