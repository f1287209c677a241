// Agreement of each characteristic as a bar and as a table: n, share and likeness first, kappa beside them.
import type { Agreement } from "../../api/collections.ts";
import { useCharacteristics } from "../../api/live.tsx";
import { Picture } from "../../design/Picture.tsx";
import { labelOf, useMessages } from "../../messages/index.ts";
import "../../design/figures.css";

export function AgreementPicture({ agreement }: { agreement: Agreement[] }) {
  const { m } = useMessages();
  return (
    <>
      <Picture
        name="enighet"
        title={m.doubleCoding.agreement}
        level={2}
        picture={<Bars agreement={agreement} />}
        list={<Table agreement={agreement} />}
      />
      <details className="howcounted">
        <summary>{m.doubleCoding.how}</summary>
        {m.doubleCoding.howWords.map((words) => (
          <p key={words} className="small">
            {words}
          </p>
        ))}
      </details>
    </>
  );
}

function useLabel(): (key: string) => string {
  const { language } = useMessages();
  const all = useCharacteristics();
  return (key) => {
    const found = all.find((one) => one.key === key);
    return found ? labelOf(found, language) : key;
  };
}

/** The least alike first: there it is worth talking. */
function Bars({ agreement }: { agreement: Agreement[] }) {
  const { m, format } = useMessages();
  const label = useLabel();
  const sorted = [...agreement].sort((a, b) => (a.likeness ?? 2) - (b.likeness ?? 2));
  return (
    <ol className="bars agreement">
      {sorted.map((one) => (
        <li key={one.characteristic}>
          <span className="label">{label(one.characteristic)}</span>
          <span className="bar" aria-hidden>
            <i style={{ inlineSize: `${100 * (one.likeness ?? 0)}%` }} />
          </span>
          <span className="num small">
            {one.likeness === null
              ? `– ${m.doubleCoding.notSaid}`
              : m.doubleCoding.barSays(format.percent(one.likeness), one.cases)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Table({ agreement }: { agreement: Agreement[] }) {
  const { m, format } = useMessages();
  const w = m.doubleCoding;
  const label = useLabel();
  const percent = (share: number | null) => (share === null ? "–" : format.percent(share));
  return (
    <div className="tablescroll" tabIndex={0} role="region" aria-label={w.agreement}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{w.characteristic}</th>
            <th scope="col" className="num">{w.n}</th>
            <th scope="col" className="num">{w.share}</th>
            <th scope="col" className="num">{w.likeness}</th>
            <th scope="col" className="num">{w.kappa}</th>
            <th scope="col" className="num">{w.alone}</th>
          </tr>
        </thead>
        <tbody>
          {agreement.map((one) => (
            <tr key={one.characteristic}>
              <th scope="row">{label(one.characteristic)}</th>
              <td className="num">{one.cases}</td>
              <td className="num">{percent(one.share)}</td>
              <td className="num">{percent(one.likeness)}</td>
              <td className="num">{one.kappa === null ? "–" : format.exact(one.kappa, 2)}</td>
              <td className="num">{one.one_alone}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
