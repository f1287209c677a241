// How broad it is in figures, and what they can carry: pairs, evenness, saturation (R36).
import type { Breadth, Saturation, Variation } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { Base } from "../design/Base.tsx";
import { Picture } from "../design/Picture.tsx";
import { Shares } from "../design/Shares.tsx";
import { useMessages } from "../messages/index.ts";

export function Method({ variation }: { variation: Variation }) {
  const { m, format } = useMessages();
  const { about, all, chosen } = variation;
  const share = ({ pairs_seen, pairs_possible }: Breadth) => format.percent(pairs_seen / Math.max(pairs_possible, 1));
  return (
    <details className="method" id="metode">
      <summary>
        <h2>{m.views.method}</h2> <span className="muted small">{m.views.methodLead}</span>
      </summary>
      <div className="methodbody">
        <section>
          <h3>{m.variation.pairs}</h3>
          <p className="num">{m.variation.pairsSeen(all.pairs_seen, all.pairs_possible, share(all))}</p>
          {chosen ? <p className="num">{m.variation.pairsChosen(chosen.pairs_seen, share(chosen))}</p> : null}
          <p className="small muted">{m.variation.pairsHelp}</p>
        </section>
        {all.saturation ? <SaturationSays saturation={all.saturation} /> : null}
        <Evenness variation={variation} />
        <Base about={about} />
      </div>
    </details>
  );
}

function SaturationSays({ saturation }: { saturation: Saturation }) {
  const { m, format } = useMessages();
  const labels = useLabels();
  const on = format.list(saturation.characteristics.map((key) => labels.characteristic(key).toLocaleLowerCase()));
  return (
    <section>
      <h3>{m.variation.saturation}</h3>
      <p className="num">{m.variation.saturationSays(on, saturation.seen, saturation.cases)}</p>
      <p className="num">
        {m.variation.saturationNext(format.percent(saturation.sample_coverage), format.number(Math.round(saturation.expected)))}
      </p>
      <p className="sentence warn">{m.variation.saturationNot}</p>
    </section>
  );
}

function Evenness({ variation }: { variation: Variation }) {
  const { m, format } = useMessages();
  const labels = useLabels();
  const known = variation.characteristics.flatMap(({ key, evenness, effective_values, coded }) =>
    evenness === null ? [] : [{ key, evenness, effective: effective_values ?? 0, n: coded.cases }],
  );
  return (
    <Picture
      name="jevnhet"
      title={m.variation.evenness}
      caption={m.variation.evennessHelp}
      picture={
        <Shares
          shares={known.map(({ key, evenness }) => ({ key, label: labels.characteristic(key), share: evenness }))}
        />
      }
      list={
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{m.views.characteristic}</th>
              <th scope="col">n</th>
              <th scope="col">{m.variation.evennessColumn}</th>
              <th scope="col">{m.variation.effective}</th>
            </tr>
          </thead>
          <tbody>
            {known.map(({ key, evenness, effective, n }) => (
              <tr key={key}>
                <th scope="row">{labels.characteristic(key)}</th>
                <td className="num">{n}</td>
                <td className="num">{format.exact(evenness, 3)}</td>
                <td className="num">{format.number(Math.round(effective * 10) / 10)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
