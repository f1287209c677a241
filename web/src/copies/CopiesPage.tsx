// What the server did not take: what it was, why, and what I can do with it. Nothing is gone.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { ArrowCirclepathIcon, DownloadIcon, TrashIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { Link } from "react-router";
import { useCharacteristics, useLive, useRowsBySubject, useStoreOr } from "../api/live.tsx";
import { Confirm } from "../design/Confirm.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import type { CatalogueEntry, KeptCopies, KeptCopy } from "../sync/types.ts";
import { nameOfPath } from "./paths.ts";
import "./copies.css";

const none: readonly KeptCopy[] = [];
const noEntries: readonly CatalogueEntry[] = [];

export function CopiesPage() {
  const { m } = useMessages();
  const { sync } = useLive();
  const copies = useStoreOr(sync?.kept, none).filter((copy) => copy.status !== "discarded");
  const waitingFirst = [...copies].sort(
    (a, b) => Number(b.status === "offered") - Number(a.status === "offered") || b.at - a.at,
  );
  return (
    <div className="page text">
      <Title tab={m.nav.copies}>{m.copies.title}</Title>
      <p className="muted">{m.copies.lead}</p>
      {!sync ? <Skeleton height={120} /> : null}
      {sync && copies.length === 0 ? <Teach title={m.copies.none} help={m.copies.noneHelp} /> : null}
      <ul className="copies">
        {sync
          ? waitingFirst.map((copy) => (
              <li key={copy.id}>
                <Copy copy={copy} kept={sync.kept} />
              </li>
            ))
          : null}
      </ul>
    </div>
  );
}

function Copy({ copy, kept }: { copy: KeptCopy; kept: KeptCopies }) {
  const { m, format } = useMessages();
  const { id } = useLive();
  const entry = useStoreOr(useLive().sync?.catalogue, noEntries).find(({ subject }) => subject === copy.subject);
  // What was said about a case is found where the case is.
  const row = useRowsBySubject().get(entry?.about ?? copy.subject ?? "");
  return (
    <article className="card copy">
      <h2>
        {row ? (
          <Link className="chip" to={`/w/${id}/eksempler/${row.subject}`}>
            <span className="k" aria-hidden="true">
              E
            </span>
            <span className="code">{row.code}</span>
            <span className="t">{row.name}</span>
          </Link>
        ) : (
          m.copies.unknownSubject
        )}
        <span className="small muted">{m.copies.at(format.dateTime(copy.at))}</span>
      </h2>
      <p className={copy.status === "reapplied" ? "sentence" : "sentence warn"}>
        {copy.status === "reapplied" ? m.copies.reapplied : m.copies.reasons[copy.reason]}
      </p>
      <Differences copy={copy} />
      <Actions copy={copy} kept={kept} />
    </article>
  );
}

function Differences({ copy }: { copy: KeptCopy }) {
  const { m, language } = useMessages();
  const characteristics = useCharacteristics();
  if (copy.differences.length === 0) return <p className="small muted">{m.copies.noDifferences}</p>;
  return (
    <div className="diffs">
      <table role="table" aria-label={m.copies.yours}>
        <thead>
          <tr>
            <th scope="col">{m.copies.field}</th>
            <th scope="col">{m.copies.before}</th>
            <th scope="col">{m.copies.after}</th>
          </tr>
        </thead>
        <tbody>
          {copy.differences.map((difference) => (
            <tr key={difference.path.join("/")} role="row">
              <th scope="row" role="rowheader">
                {nameOfPath(difference.path, m, characteristics, language)}
              </th>
              <td role="cell" data-label={m.copies.before}>
                {difference.before || <span className="muted">{m.copies.empty}</span>}
              </td>
              <td role="cell" data-label={m.copies.after}>
                {difference.after || <span className="muted">{m.copies.empty}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Actions({ copy, kept }: { copy: KeptCopy; kept: KeptCopies }) {
  const { m } = useMessages();
  const { say } = useLive();
  const [words, setWords] = useState<string>();
  const [asking, setAsking] = useState(false);
  const reapply = async () => {
    const done = await kept.reapply(copy.id);
    if (done) say(m.copies.reapplied);
    else setWords(m.copies.stillNot);
  };
  return (
    <>
      {words ? (
        <p className="sentence warn" role="alert">
          {words}
        </p>
      ) : null}
      <div className="row">
        {copy.status === "offered" ? (
          <Button variant="secondary" onClick={() => void reapply()}>
            <ArrowCirclepathIcon aria-hidden /> {m.copies.reapply}
          </Button>
        ) : null}
        <Button variant="tertiary" onClick={() => void download(kept.text(copy.id), "text/plain")}>
          <DownloadIcon aria-hidden /> {m.copies.download}
        </Button>
        <Button
          variant="tertiary"
          onClick={() => void download(kept.file(copy.id), "application/octet-stream")}
        >
          <DownloadIcon aria-hidden /> {m.copies.downloadFile}
        </Button>
        <Button variant="tertiary" data-color="danger" onClick={() => setAsking(true)}>
          <TrashIcon aria-hidden /> {m.copies.discard}
        </Button>
      </div>
      {asking ? (
        <Confirm
          title={m.copies.discardTitle}
          help={m.copies.discardHelp}
          action={m.copies.discardDo}
          onDo={() => kept.discard(copy.id)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

async function download(
  made: Promise<{ name: string; bytes: Uint8Array } | undefined>,
  type: string,
): Promise<void> {
  const file = await made;
  if (!file) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.bytes as BlobPart], { type }));
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}
