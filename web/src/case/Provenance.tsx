// Where the case comes from, and what its list said that no field takes.
import { type CaseDocument, plain } from "../api/caseDocument.ts";
import { useField } from "../fields/editor.ts";
import { useMessages } from "../messages/index.ts";
import { Authors } from "./Authors.tsx";

export function Provenance() {
  const { m } = useMessages();
  const from = Object.entries(useField<NonNullable<CaseDocument["provenance"]>>(["provenance"]) ?? {});
  const extra = Object.entries(useField<NonNullable<CaseDocument["extra"]>>(["extra"]) ?? {}).filter(([, text]) => plain(text) !== "");
  return (
    <section className="sect" aria-labelledby="provenance">
      <h2 id="provenance">{m.case.provenance}</h2>
      {from.length === 0 ? <p className="small muted">{m.case.ownEntry}</p> : null}
      <ul className="small">
        {from.map(([id, item]) => (
          <li key={id}>{item.row ? m.case.fromList(plain(item.list), item.row) : plain(item.list)}</li>
        ))}
      </ul>
      <Authors />
      {extra.length > 0 ? (
        <details className="extra">
          <summary>
            {m.case.extra} ({extra.length})
          </summary>
          <dl>
            {extra.map(([column, text]) => (
              <div key={column}>
                <dt>{column}</dt>
                <dd>{plain(text)}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </section>
  );
}
