// How what is said of a model divides from distinctive to self-evident: a bar, and the same in words below it.
import { useMessages } from "../messages/index.ts";
import "./classBar.css";

export interface Part {
  key: string;
  label: string;
  count: number;
}

interface Props {
  /** What is counted: «Kodede verdier». */
  what: string;
  parts: Part[];
  /** Too little to tell: the bar has no colour. */
  few?: boolean;
  /** Without the words, where they stand beside it. */
  short?: boolean;
  /** Below a bar that matters more. */
  small?: boolean;
}

export function ClassBar({ what, parts, few, short, small }: Props) {
  const { m } = useMessages();
  const there = parts.filter((part) => part.count > 0);
  const words = there.map(({ label, count }) => `${count} ${label}`).join(", ");
  return (
    <div className={`classbar ${few ? "few" : ""} ${small ? "less" : ""}`}>
      <span className="cbar" role="img" aria-label={`${what}: ${words || m.balance.nothing}`}>
        {there.map(({ key, count }) => (
          <i key={key} className={`cb-${key}`} style={{ flexGrow: count }} />
        ))}
      </span>
      {short ? null : (
        <ul className="cwords small">
          {parts.map(({ key, label, count }) => (
            <li key={key} className={count ? "" : "muted"}>
              <i className={`cb-${key}`} aria-hidden="true" />
              <span className="num">
                {count} {label}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
