// How clearly groups stand apart: for each number of groups, and for each case.
import type { Grouping, PlacedCase, Tried } from "../api/figures.ts";
import { useRowsBySubject } from "../api/live.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { Picture } from "../design/Picture.tsx";
import { useMessages } from "../messages/index.ts";
import { letterOf } from "./names.ts";

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 28;
/** The scale ends here, where structure is reasonable: the scale of all cases would flatten the curve. */
const SCALE_MAX = 0.55;
const READINGS = [0.25, 0.5];

export function Curve({ grouping }: { grouping: Grouping }) {
  const { m, format } = useMessages();
  const { curve, mean_silhouette, suggested, reading } = grouping;
  const mean = mean_silhouette === null || reading === null ? null : (
    <p className="num">
      {m.grouping.clearMean(format.number(mean_silhouette))} {m.grouping.readings[reading]}
    </p>
  );
  return (
    <section>
      <h3>{m.grouping.clear}</h3>
      <p className="small muted">{m.grouping.clearHelp}</p>
      {mean}
      {curve ? (
        <Picture
          name="snitt"
          title={m.grouping.clearCurve}
          caption={suggested === null ? null : m.grouping.clearSuggested(suggested)}
          picture={<CurvePicture curve={curve} now={grouping.groups.length} />}
          list={<CurveList curve={curve} now={grouping.groups.length} />}
        />
      ) : (
        <p className="small muted">{m.grouping.clearLeftOut}</p>
      )}
    </section>
  );
}

function CurvePicture({ curve, now }: { curve: Tried[]; now: number }) {
  const { m, format } = useMessages();
  const top = Math.max(SCALE_MAX, ...curve.map((one) => one.mean_silhouette));
  const y = (value: number) => HEIGHT - BOTTOM - (Math.max(value, 0) / top) * (HEIGHT - BOTTOM - 12);
  const step = (WIDTH - LEFT) / Math.max(curve.length, 1);
  const words = curve.map((one) => `${one.groups}: ${format.number(one.mean_silhouette)}`).join(", ");
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${m.grouping.clearCurve}. ${words}`}>
      {READINGS.map((value) => (
        <g key={value} className="grid">
          <path d={`M${LEFT} ${y(value)}H${WIDTH}`} />
          <text x={LEFT - 8} y={y(value) + 4}>
            {format.number(value)}
          </text>
        </g>
      ))}
      {curve.map((one, i) => (
        <g key={one.groups} className={one.groups === now ? "col on" : "col"}>
          <rect
            x={LEFT + i * step + step * 0.2}
            width={step * 0.6}
            y={y(one.mean_silhouette)}
            height={Math.max(y(0) - y(one.mean_silhouette), 1)}
          />
          <text x={LEFT + (i + 0.5) * step} y={HEIGHT - 8}>
            {one.groups}
          </text>
        </g>
      ))}
    </svg>
  );
}

function CurveList({ curve, now }: { curve: Tried[]; now: number }) {
  const { m, format } = useMessages();
  return (
    <div className="tablescroll" tabIndex={0} role="region" aria-label={m.grouping.clearCurve}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{m.grouping.title}</th>
            <th scope="col" className="num">
              {m.grouping.clearColumn}
            </th>
            <th scope="col">{m.grouping.readingColumn}</th>
            <th scope="col">{m.grouping.sizesColumn}</th>
          </tr>
        </thead>
        <tbody>
          {curve.map(({ groups, mean_silhouette, reading, sizes }) => (
            <tr key={groups} aria-current={groups === now || undefined}>
              <th scope="row">{groups}</th>
              <td className="num">{format.exact(mean_silhouette, 4)}</td>
              <td>{m.grouping.readingsShort[reading]}</td>
              <td>{sizes.join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Cases in their groups, those that sit best first. */
const inOrder = (placed: PlacedCase[]) =>
  [...placed].sort((a, b) => a.group - b.group || b.silhouette - a.silhouette);

/** Rows of the picture; with more cases only the list can be read. */
const ROWS_MAX = 150;
const ROW = 16;

export function Silhouettes({ grouping }: { grouping: Grouping }) {
  const { m } = useMessages();
  const sorted = inOrder(grouping.placed);
  const list = <SilhouetteList sorted={sorted} />;
  return (
    <Picture
      name="tydelig"
      title={m.grouping.clearEach}
      picture={sorted.length > ROWS_MAX ? list : <SilhouettePicture sorted={sorted} />}
      list={list}
    />
  );
}

function SilhouettePicture({ sorted }: { sorted: PlacedCase[] }) {
  const { m } = useMessages();
  const rows = useRowsBySubject();
  const [zero, scale] = [WIDTH * 0.45, WIDTH * 0.5];
  const height = sorted.length * ROW + 8;
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={m.grouping.clearEach}>
      {sorted.map((one, i) => {
        const length = Math.max(Math.abs(one.silhouette) * scale, 1);
        const first = i === 0 || sorted[i - 1]?.group !== one.group;
        return (
          <g key={one.subject} className={one.silhouette < 0 ? "sil neg" : "sil"} transform={`translate(0 ${i * ROW + 4})`}>
            {first && i > 0 ? <path className="between" d={`M0 -1H${WIDTH}`} /> : null}
            {first ? (
              <text className="gletter" x="0" y="12">
                {letterOf(one.group)}
              </text>
            ) : null}
            <text className="code" x="64" y="12">
              {rows.get(one.subject)?.code ?? ""}
            </text>
            <rect x={one.silhouette < 0 ? zero - length : zero} y="2" width={length} height={ROW - 5} />
          </g>
        );
      })}
      <path className="axis" d={`M${zero} 0V${height}`} />
    </svg>
  );
}

function SilhouetteList({ sorted }: { sorted: PlacedCase[] }) {
  const { m, format } = useMessages();
  return (
    <div className="tablescroll" tabIndex={0} role="region" aria-label={m.grouping.clearEach}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{m.views.case}</th>
            <th scope="col">{m.grouping.groupColumn}</th>
            <th scope="col">{m.grouping.nextColumn}</th>
            <th scope="col" className="num">
              {m.grouping.clearColumn}
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ subject, group, neighbour, silhouette }) => (
            <tr key={subject}>
              <th scope="row">
                <CaseChip subject={subject} />
              </th>
              <td>{letterOf(group)}</td>
              <td>{neighbour === null ? "" : letterOf(neighbour)}</td>
              <td className="num">{format.exact(silhouette, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
