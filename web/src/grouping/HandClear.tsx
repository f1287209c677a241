// How clearly the groups of a grouping by hand stand apart, beside those on the map.
import { figuresPath, type Grouping, type HandFit, type Reading } from "../api/figures.ts";
import { useLive } from "../api/live.tsx";
import { useResource } from "../api/resource.ts";
import { useMessages } from "../messages/index.ts";
import type { Hand } from "./hand.ts";

/** Of one grouping; nothing until it is read. */
export function useHandFit(hand: Hand): HandFit | undefined {
  const found = useResource<{ groupings: HandFit[] }>(`${figuresPath(useLive().id)}hand-made`);
  return found.value?.groupings.find((one) => one.id === hand.id);
}

interface Props {
  hand: Hand;
  fit: HandFit | undefined;
  /** As on the map. */
  computed: Grouping;
}

export function HandClear({ hand, fit, computed }: Props) {
  const { m } = useMessages();
  if (!fit) return null;
  return (
    <details className="handclear">
      <summary>{m.hand.clear}</summary>
      <p className="small muted">{m.grouping.clearHelp}</p>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{m.hand.which}</th>
            <th scope="col" className="num">
              {m.grouping.title}
            </th>
            <th scope="col" className="num">
              {m.grouping.clearColumn}
            </th>
            <th scope="col">{m.grouping.readingColumn}</th>
          </tr>
        </thead>
        <tbody>
          <Row
            name={hand.name || m.hand.unnamed}
            groups={fit.groups.length}
            mean={fit.mean_silhouette}
            reading={fit.reading}
          />
          <Row
            name={m.hand.onMap(m.grouping.methods[computed.method])}
            groups={computed.groups.length}
            mean={computed.mean_silhouette}
            reading={computed.reading}
          />
        </tbody>
      </table>
      <p className="small muted">{m.hand.clearHelp}</p>
    </details>
  );
}

interface RowProps {
  name: string;
  groups: number;
  mean: number | null;
  reading: Reading | null;
}

function Row({ name, groups, mean, reading }: RowProps) {
  const { m, format } = useMessages();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">{groups}</td>
      <td className="num">{mean === null ? "–" : format.number(mean)}</td>
      <td>{reading === null ? m.hand.tooFew : m.grouping.readingsShort[reading]}</td>
    </tr>
  );
}
