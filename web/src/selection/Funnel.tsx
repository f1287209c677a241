// From the gross list to the selection: each step as a bar that leads to its cases.
import { Link } from "react-router";
import { countedOnly, registerPath } from "../api/caseLink.ts";
import type { SelectionFigures } from "../api/figures.ts";
import { useLive } from "../api/live.tsx";
import { Picture } from "../design/Picture.tsx";
import { useMessages } from "../messages/index.ts";

interface Step {
  key: "gross" | "eligible" | "chosen" | "reserve" | "out" | "undecided";
  count: number;
  filter: Record<string, readonly string[]>;
}

export function Funnel({ found }: { found: SelectionFigures }) {
  const { m } = useMessages();
  const { funnel } = found;
  const steps: Step[] = [
    { key: "gross", count: funnel.gross, filter: {} },
    { key: "eligible", count: funnel.eligible, filter: { eligible: ["yes"] } },
    { key: "chosen", count: funnel.chosen, filter: { decision: ["in"] } },
    { key: "reserve", count: funnel.reserve, filter: { decision: ["reserve"] } },
    { key: "out", count: funnel.out, filter: { decision: ["out"] } },
    { key: "undecided", count: funnel.undecided, filter: { decision: ["none"] } },
  ];
  return (
    <>
      <Picture
        name="trakt"
        level={2}
        title={m.selection.funnel.title}
        caption={m.selection.funnel.caption(funnel.gross, funnel.eligible, funnel.chosen)}
        picture={<Bars steps={steps} found={found} />}
        list={<Rows steps={steps} found={found} />}
      />
      {funnel.chosen_not_eligible ? (
        <p className="small warned">
          <StepLink found={found} filter={{ decision: ["in"], eligible: ["no"] }}>
            {m.selection.funnel.strange(funnel.chosen_not_eligible)}
          </StepLink>
        </p>
      ) : null}
    </>
  );
}

interface Props {
  steps: Step[];
  found: SelectionFigures;
}

function Bars({ steps, found }: Props) {
  const { m } = useMessages();
  return (
    <ul className="funnel">
      {steps.map(({ key, count, filter }) => (
        <li key={key} className={key}>
          <StepLink found={found} filter={filter} className="step">
            <span className="l">{m.selection.funnel[key]}</span>
            <span className="b" aria-hidden="true">
              <i style={{ width: `${(100 * count) / found.funnel.gross}%` }} />
            </span>
            <span className="n num">{count}</span>
          </StepLink>
        </li>
      ))}
    </ul>
  );
}

function Rows({ steps, found }: Props) {
  const { m, format } = useMessages();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{m.selection.funnel.step}</th>
          <th scope="col" className="num">
            {m.views.cases}
          </th>
          <th scope="col" className="num">
            {m.selection.funnel.share}
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ key, count, filter }) => (
          <tr key={key}>
            <th scope="row">
              <StepLink found={found} filter={filter}>
                {m.selection.funnel[key]}
              </StepLink>
            </th>
            <td className="num">{count}</td>
            <td className="num">{format.percent(count / found.funnel.gross)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface StepLinkProps {
  found: SelectionFigures;
  filter: Step["filter"];
  className?: string;
  children: React.ReactNode;
}

/** The register with the cases that the step counts, and no others. */
function StepLink({ found, filter, className, children }: StepLinkProps) {
  const { id } = useLive();
  return (
    <Link className={className ?? ""} to={registerPath(id, { ...countedOnly(found.about), ...filter })}>
      {children}
    </Link>
  );
}
