// One page for those who sent in cases: what the list covers and lacks. Made to be printed (R33).
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { ChevronLeftIcon, PrinterSmallIcon } from "@navikt/aksel-icons";
import { Link } from "react-router";
import { useVariation, type Variation } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { useLive, useWorkshopAnswer } from "../api/live.tsx";
import { mixKey, mixWords } from "../api/mix.ts";
import { Base } from "../design/Base.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { gapsOf, rareOf, type ValueOf } from "./gaps.ts";
import "./coverage.css";

export function CoveragePage() {
  const { m, format } = useMessages();
  const { id } = useLive();
  const asked = useVariation(id);
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
        {m.variation.coverage.lead(title)}
        <br />
        {format.date(Date.now())}
      </p>
      <NotLoaded of={asked} />
      {!variation && !asked.problem ? <Skeleton height={320} /> : null}
      {variation && variation.about.cases === 0 ? <p>{m.variation.coverage.noCases}</p> : null}
      {variation && variation.about.cases > 0 ? <Report variation={variation} /> : null}
    </div>
  );
}

function Report({ variation }: { variation: Variation }) {
  const { m } = useMessages();
  const { about, national } = variation;
  const words = m.variation.coverage;
  const [gaps, rare] = [gapsOf(variation), rareOf(variation)];
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
        {gaps.length ? <Values values={gaps} /> : <p>{words.missingNone}</p>}
        {gaps.length ? <p>{words.missingAsk}</p> : null}
      </section>
      <section>
        <h2>{words.few}</h2>
        {rare.length ? <Values values={rare} /> : <p>{words.fewNone}</p>}
      </section>
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
