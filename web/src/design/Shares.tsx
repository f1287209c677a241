// Shares between 0 and 1 as bars, each with its number.
import { useMessages } from "../messages/index.ts";

interface Share {
  key: string;
  label: string;
  share: number;
}

export function Shares({ shares }: { shares: Share[] }) {
  const { format } = useMessages();
  return (
    <ul className="shares">
      {shares.map(({ key, label, share }) => (
        <li key={key}>
          <span className="l">{label}</span>
          <span className="b" aria-hidden="true">
            <i style={{ width: `${100 * share}%` }} />
          </span>
          <span className="n num">{format.exact(share, 2)}</span>
        </li>
      ))}
    </ul>
  );
}
