// The tree of joined cases: across the page by distance, and as steps to read.
import type { Grouping, Joined } from "../api/figures.ts";
import { useRowsBySubject } from "../api/live.tsx";
import { Picture } from "../design/Picture.tsx";
import { useMessages } from "../messages/index.ts";
import { cutAt, treeOf } from "./tree.ts";

const WIDTH = 640;
const LEFT = 56;
const ROW = 16;
/** With more cases only the steps can be read. */
const LEAVES_MAX = 150;

interface Props {
  grouping: Grouping;
  tree: Joined[];
}

export function TreeView({ grouping, tree }: Props) {
  const { m, format } = useMessages();
  const fit = grouping.cophenetic_correlation;
  const list = <Steps grouping={grouping} tree={tree} />;
  return (
    <Picture
      name="tre"
      title={m.grouping.tree}
      caption={fit === null ? null : m.grouping.treeCaption(format.number(fit))}
      picture={grouping.placed.length > LEAVES_MAX ? list : <Drawn grouping={grouping} tree={tree} />}
      list={list}
    />
  );
}

function Drawn({ grouping, tree }: Props) {
  const { m } = useMessages();
  const rows = useRowsBySubject();
  const { leaves, brackets, top } = treeOf(grouping.placed.length, tree);
  const height = leaves.length * ROW + 8;
  const x = (at: number) => LEFT + (at / top) * (WIDTH - LEFT - 8);
  const y = (row: number) => row * ROW + ROW / 2 + 4;
  const cut = cutAt(tree, grouping.groups.length);
  return (
    <svg className="chart tree" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={m.grouping.treeText(leaves.length)}>
      {leaves.map((leaf, row) => (
        <text key={leaf} className="code" x={LEFT - 8} y={y(row) + 4}>
          {rows.get(grouping.placed[leaf]?.subject ?? "")?.code ?? ""}
        </text>
      ))}
      {brackets.map(({ a, b, fromA, fromB, height: at }, i) => (
        <path key={i} className="branch" d={`M${x(fromA)} ${y(a)}H${x(at)}V${y(b)}H${x(fromB)}`} />
      ))}
      {cut === undefined ? null : <path className="cut" d={`M${x(cut)} 0V${height}`} />}
    </svg>
  );
}

/** Each step: what is joined, the cases of both sides, at which distance. */
function Steps({ grouping, tree }: Props) {
  const { m, format } = useMessages();
  const rows = useRowsBySubject();
  const members = grouping.placed.map((one) => [rows.get(one.subject)?.code ?? ""]);
  const steps = tree.map(({ first, second, height }) => {
    const [a, b] = [members[first] ?? [], members[second] ?? []];
    members[first] = [...a, ...b];
    return { a, b, height };
  });
  return (
    <div className="tablescroll" tabIndex={0} role="region" aria-label={m.grouping.tree}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{m.grouping.treeStep}</th>
            <th scope="col">{m.grouping.treeJoins}</th>
            <th scope="col" className="num">
              {m.grouping.treeHeight}
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ a, b, height }, i) => (
            <tr key={i}>
              <th scope="row">{i + 1}</th>
              <td>
                {a.join(", ")} + {b.join(", ")}
              </td>
              <td className="num">{height === null ? "" : format.exact(height, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
