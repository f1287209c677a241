// Where the case comes from, which cases went into it, and what its list said that no field takes.
import { Link } from "react-router";
import { type CaseDocument, plain } from "../api/caseDocument.ts";
import { casePath } from "../api/caseLink.ts";
import { useIsTeam, useLive, useRowsBySubject } from "../api/live.tsx";
import { mergeScreen, useMergedInto } from "../api/merges.ts";
import { useField } from "../fields/editor.ts";
import { useMessages } from "../messages/index.ts";
import { Authors } from "./Authors.tsx";
import { useEditor } from "./editor.ts";

export function Provenance({ subject }: { subject: string }) {
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
      <MergedHere subject={subject} />
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

/** The cases that went into this one, and the way to merge it with another. */
function MergedHere({ subject }: { subject: string }) {
  const { m } = useMessages();
  const { id } = useLive();
  const rows = useRowsBySubject();
  const isTeam = useIsTeam();
  const { mayWrite } = useEditor();
  const merged = useMergedInto(subject).flatMap((one) => rows.get(one) ?? []);
  return (
    <>
      {merged.length ? (
        <p className="small">
          {m.merge.gotFrom}{" "}
          {merged.map((row, place) => (
            <span key={row.subject}>
              {place ? ", " : ""}
              <Link to={casePath(id, row.subject)}>
                {row.code} {row.name}
              </Link>
            </span>
          ))}
        </p>
      ) : null}
      {isTeam && mayWrite ? (
        <p className="small">
          <Link to={mergeScreen(id, subject)}>{m.merge.open}</Link>
        </p>
      ) : null}
    </>
  );
}
