// A tile for each characteristic, with a bar for each value; or all of it as one table.
import { Link } from "react-router";
import { countedOnly, registerPath } from "../api/caseLink.ts";
import type { About, CharacteristicVariation, Variation } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { useLive } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";
import { Bar } from "./Bar.tsx";

/** The register with the cases that have one value of one characteristic. */
function useValueLink(about: About): (characteristic: string, value: string) => string {
  const { id } = useLive();
  return (characteristic, value) => registerPath(id, { [`k.${characteristic}`]: [value], ...countedOnly(about) });
}

export function Tiles({ variation }: { variation: Variation }) {
  return (
    <div className="tiles">
      {variation.characteristics.map((one) => (
        <Tile key={one.key} one={one} variation={variation} />
      ))}
    </div>
  );
}

function Tile({ one, variation }: { one: CharacteristicVariation; variation: Variation }) {
  const { m } = useMessages();
  const labels = useLabels();
  const { about } = variation;
  const link = useValueLink(about);
  const most = Math.max(...one.values.map(({ cases }) => cases));
  const blanks = about.cases - one.coded.cases;
  return (
    <section className="tile">
      <h3>
        <span>{labels.characteristic(one.key)}</span>
        <span className="muted num">{m.variation.n(one.coded.cases)}</span>
      </h3>
      <ul>
        {one.values.map((value) => (
          <Bar
            key={value.key}
            label={labels.value(one.key, value.key)}
            count={value}
            most={most}
            chosen={about.chosen > 0}
            to={link(one.key, value.key)}
          />
        ))}
      </ul>
      {blanks > 0 ? <p className="miss">{m.variation.notCoded(blanks)}</p> : null}
    </section>
  );
}

export function TilesList({ variation }: { variation: Variation }) {
  const { m } = useMessages();
  const labels = useLabels();
  const { about } = variation;
  const link = useValueLink(about);
  return (
    <div className="tablescroll" tabIndex={0} role="region" aria-label={m.variation.tiles}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{m.views.characteristic}</th>
            <th scope="col">{m.views.value}</th>
            <th scope="col" className="num">
              {m.views.all}
            </th>
            {about.chosen > 0 ? (
              <th scope="col" className="num">
                {m.views.chosen}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {variation.characteristics.flatMap((one) =>
            one.values.map((value) => (
              <tr key={`${one.key}=${value.key}`} className={value.cases ? undefined : "zero"}>
                <td>{labels.characteristic(one.key)}</td>
                <th scope="row">
                  {value.cases ? (
                    <Link to={link(one.key, value.key)}>{labels.value(one.key, value.key)}</Link>
                  ) : (
                    labels.value(one.key, value.key)
                  )}
                </th>
                <td className="num">{value.cases || `0 – ${m.variation.legendGap.toLocaleLowerCase()}`}</td>
                {about.chosen > 0 ? <td className="num">{value.chosen}</td> : null}
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
