// The side panel: a look at a case without leaving the table.
import { Button } from "@digdir/designsystemet-react";
import { ChevronDownIcon, ChevronUpIcon, ExternalLinkIcon, XMarkIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { type CaseDocument, partiesOf, plain } from "../api/caseDocument.ts";
import { valueLabel } from "../api/characteristics.ts";
import { useLive } from "../api/live.tsx";
import { ActorMark } from "../design/ActorMark.tsx";
import { SelectionMark } from "../design/SelectionMark.tsx";
import { StateMark } from "../design/StateMark.tsx";
import type { Characteristic, RegisterRow } from "../generated/domain.ts";
import { labelOf, useMessages } from "../messages/index.ts";
import { nameOf } from "./names.ts";

interface Props {
  row: RegisterRow;
  characteristics: Characteristic[];
  before: string | undefined;
  after: string | undefined;
  onPeek(subject: string | undefined): void;
}

export function Peek({ row, characteristics, before, after, onPeek }: Props) {
  const { m, language } = useMessages();
  const { id } = useLive();
  const doc = usePeekedDocument(row.subject);
  const description = plain(doc?.texts?.description);
  const reason = plain(doc?.selection?.reason);
  const coded = characteristics.filter((c) => row.codings[c.key] !== undefined);
  const core = characteristics.filter((one) => one.core).length;
  return (
    <aside
      className="panel"
      aria-label={m.cases.peek(row.name)}
      onKeyDown={(event) => event.key === "Escape" && onPeek(undefined)}
    >
      <div className="phead">
        <div className="tools">
          <span className="chip">
            <span className="k" aria-hidden="true">
              E
            </span>
            <span className="code">{row.code}</span>
            {m.cases.peekTitle}
          </span>
          <span className="grow" />
          <button
            type="button"
            className="iconbtn"
            aria-label={m.cases.previous}
            disabled={!before}
            onClick={() => onPeek(before)}
          >
            <ChevronUpIcon aria-hidden className="ic" />
          </button>
          <button
            type="button"
            className="iconbtn"
            aria-label={m.cases.next}
            disabled={!after}
            onClick={() => onPeek(after)}
          >
            <ChevronDownIcon aria-hidden className="ic" />
          </button>
          <button
            type="button"
            className="iconbtn"
            aria-label={m.common.close}
            onClick={() => onPeek(undefined)}
          >
            <XMarkIcon aria-hidden className="ic" />
          </button>
        </div>
        <h2>{nameOf(row, m)}</h2>
        <p className="small muted">
          {m.cases.from(row.country, row.start_year === null ? "" : String(row.start_year))}
        </p>
      </div>
      <div className="pbody">
        <p className="row">
          <SelectionMark decision={row.decision} />
          <StateMark state={row.state} />
          {reason ? <span className="small muted">«{reason}»</span> : null}
        </p>
        <Button variant="secondary" asChild>
          <Link to={`/w/${id}/eksempler/${row.subject}`}>
            <ExternalLinkIcon aria-hidden /> {m.common.open}
          </Link>
        </Button>
        {description ? <p className="small desc">{description}</p> : null}
        <section>
          <h3>{m.cases.parties}</h3>
          <ul className="pparties">
            {doc
              ? partiesOf(doc).map(({ id: key, party }) => (
                  <li key={key}>
                    <ActorMark group={plain(party.group)} /> {plain(party.name)}
                  </li>
                ))
              : row.actor_groups.map((group) => (
                  <li key={group}>
                    <ActorMark group={group} quiet /> {m.groups[group]}
                  </li>
                ))}
          </ul>
        </section>
        <section>
          <h3>
            {m.cases.characteristics} <span className="muted">{m.cases.shownOf(row.settled_core, core)}</span>
          </h3>
          <dl className="pfacts">
            {coded.map((c) => (
              <div key={c.key}>
                <dt>{labelOf(c, language)}</dt>
                <dd>{(row.codings[c.key] ?? []).map((key) => valueLabel(c, key, language)).join(", ")}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </aside>
  );
}

/** Rests before a document is opened, so that arrowing through rows opens none. */
const REST_MS = 180;

function usePeekedDocument(subject: string): CaseDocument | undefined {
  const { sync } = useLive();
  const [found, setFound] = useState<{ subject: string; doc: CaseDocument | undefined }>();
  useEffect(() => {
    if (!sync) return;
    let close = () => {};
    const timer = setTimeout(() => {
      const replica = sync.open<CaseDocument>(subject);
      const show = () => setFound({ subject, doc: replica.doc });
      const stop = replica.subscribe(show);
      show();
      close = () => {
        stop();
        replica.close();
      };
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [sync, subject]);
  return found?.subject === subject ? found.doc : undefined;
}
