// How the groups were made, and what they are worth: silhouettes, the tree, what they are about and hang on (R37).
import type { Grouping, Method as Way } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { Base } from "../design/Base.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { Picture } from "../design/Picture.tsx";
import { Segmented } from "../design/Segmented.tsx";
import { Shares } from "../design/Shares.tsx";
import { useMessages } from "../messages/index.ts";
import { Curve, Silhouettes } from "./Clear.tsx";
import { TreeView } from "./TreeView.tsx";

interface Props {
  grouping: Grouping;
  /** What is asked for; the grouping follows. */
  method: Way;
  onMethod(method: Way): void;
}

export function Method({ grouping, method, onMethod }: Props) {
  const { m, format } = useMessages();
  return (
    <details className="method" id="metode">
      <summary>
        <h2>{m.views.method}</h2> <span className="muted small">{m.views.methodLead}</span>
      </summary>
      <div className="methodbody">
        <section>
          <Segmented
            legend={m.grouping.how}
            value={method}
            options={(["average", "medoids"] as const).map((value) => ({ value, label: m.grouping.methods[value] }))}
            onChoose={onMethod}
          />
          <p className="small muted">{m.grouping.methodHelp[method]}</p>
        </section>
        <Curve grouping={grouping} />
        <Silhouettes grouping={grouping} />
        {grouping.tree ? <TreeView grouping={grouping} tree={grouping.tree} /> : <p>{m.grouping.treeNone}</p>}
        <Divides grouping={grouping} />
        <Hinges grouping={grouping} />
        <div className="stack tight">
          {grouping.stress === null ? null : (
            <p className="small muted">{m.grouping.stress(format.number(grouping.stress))}</p>
          )}
          <p className="small muted">{m.grouping.sample(grouping.seed)}</p>
          <Base about={grouping.about} />
        </div>
      </div>
    </details>
  );
}

function Divides({ grouping: { divides } }: { grouping: Grouping }) {
  const { m, format } = useMessages();
  const labels = useLabels();
  return (
    <Picture
      name="handler"
      title={m.grouping.divides}
      caption={m.grouping.dividesHelp}
      picture={
        <Shares
          shares={divides.map(({ characteristic, coefficient }) => ({
            key: characteristic,
            label: labels.characteristic(characteristic),
            share: coefficient,
          }))}
        />
      }
      list={
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{m.views.characteristic}</th>
              <th scope="col" className="num">
                n
              </th>
              <th scope="col" className="num">
                {m.views.share}
              </th>
            </tr>
          </thead>
          <tbody>
            {divides.map(({ characteristic, coefficient, cases }) => (
              <tr key={characteristic}>
                <th scope="row">{labels.characteristic(characteristic)}</th>
                <td className="num">{cases}</td>
                <td className="num">{format.exact(coefficient, 4)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

/** The codings each case hangs on; all ways in which one may change are one coding. */
function Hinges({ grouping: { hinges } }: { grouping: Grouping }) {
  const { m, format } = useMessages();
  const labels = useLabels();
  const byCase = new Map<string, Set<string>>();
  for (const { subject, characteristic } of hinges ?? []) {
    byCase.set(subject, (byCase.get(subject) ?? new Set()).add(labels.characteristic(characteristic).toLocaleLowerCase()));
  }
  const says = hinges === null ? m.grouping.hingesLeftOut : byCase.size ? m.grouping.hingesHelp : m.grouping.hingesNone;
  return (
    <section>
      <h3>{m.grouping.hinges}</h3>
      <p className="small muted">{says}</p>
      <ul className="hinges">
        {[...byCase].map(([subject, characteristics]) => (
          <li key={subject}>
            <CaseChip subject={subject} /> <span className="small">{format.list([...characteristics])}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
