// Beside the tiles: gaps to look for (R33), and what is found only abroad (R29, R30).
import { Link } from "react-router";
import { countedOnly, registerPath } from "../api/caseLink.ts";
import type { Variation } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { useLive } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";
import { Bar } from "./Bar.tsx";
import { gapsOf, onlyAbroadOf } from "./gaps.ts";

/** Where the gaps stand, for who is led there. */
export const GAPS = "hull";

export function Gaps({ variation }: { variation: Variation }) {
  const { m } = useMessages();
  const labels = useLabels();
  const { id } = useLive();
  const gaps = gapsOf(variation);
  return (
    <section className="card side" id={GAPS} tabIndex={-1}>
      <h2>{m.variation.gapsTitle}</h2>
      <p className="small muted">{gaps.length ? m.variation.gapsHelp : m.variation.gapsNone}</p>
      <ul className="gaps">
        {gaps.map(({ characteristic, coded, value }) => (
          <li key={`${characteristic}=${value.key}`}>
            <b>{labels.value(characteristic, value.key)}</b>
            <span className="small muted num">
              {m.variation.gapOf(labels.characteristic(characteristic), coded)}
            </span>
          </li>
        ))}
      </ul>
      <Link className="small" to={`/w/${id}/eksempler/variasjon/dekning`}>
        {m.variation.coverageLink}
      </Link>
    </section>
  );
}

export function Countries({ variation }: { variation: Variation }) {
  const { m } = useMessages();
  const labels = useLabels();
  const { id } = useLive();
  const { about, national, international } = variation;
  const abroad = onlyAbroadOf(variation);
  const bar = (label: string, count: typeof national, origin: string) => (
    <Bar label={label} count={count} most={about.cases} chosen={about.chosen > 0} to={registerPath(id, { ...countedOnly(about), origin: [origin] })} />
  );
  return (
    <section className="card side">
      <h2>{m.variation.countryTitle}</h2>
      <p className="num">{m.variation.norwegian(national.cases, about.cases)}</p>
      <ul>
        {bar(m.variation.norwegianBar, national, "national")}
        {bar(m.variation.abroadBar, international, "international")}
      </ul>
      <h3>{abroad.length ? m.variation.onlyAbroad : null}</h3>
      {abroad.length === 0 ? <p className="small muted">{m.variation.onlyAbroadNone}</p> : null}
      <ul className="gaps">
        {abroad.map(({ characteristic, value }) => (
          <li key={`${characteristic}=${value.key}`}>
            <Link
              to={registerPath(id, { [`k.${characteristic}`]: [value.key], ...countedOnly(about) })}
            >
              {labels.value(characteristic, value.key)}
            </Link>
            <span className="small muted num">
              {labels.characteristic(characteristic)}, {m.variation.n(value.cases)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
