// What is known of the case is known from these; whose account each is stands beside it.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon, TrashIcon } from "@navikt/aksel-icons";
import { useEffect, useRef, useState } from "react";
import { idsInOrder, lastOrder, plain } from "../api/caseDocument.ts";
import { useMessages } from "../messages/index.ts";
import { addItem, choice, freshId, orderBetween, removeItem, setInt, together } from "../sync/index.ts";
import { useCase, useEditor } from "./editor.ts";
import { useField } from "../fields/editor.ts";
import { LiveChoice, LiveDay } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { References } from "./References.tsx";

export function Sources() {
  const { m } = useMessages();
  const { replica, mayWrite } = useEditor();
  const sources = useCase((doc) => idsInOrder(doc.sources));
  const kinds = useCase((doc) => Object.values(doc.sources ?? {}).map((one) => plain(one.kind)));
  const text = plain(useField(["facts", "source"])).trim();
  const [added, setAdded] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (added) list.current?.querySelector<HTMLElement>(`[data-source="${added}"] textarea`)?.focus();
  }, [added]);
  const add = (title: string) => {
    const id = freshId();
    const order = orderBetween(lastOrder(replica.doc?.sources), null);
    const empty = { publisher: "", year: null, read: choice(""), kind: choice("") };
    replica.edit(addItem(["sources"], id, { title, address: addressIn(title), ...empty, order: choice(order) }));
    setAdded(id);
  };
  const onlyOwn = kinds.length > 0 && kinds.every((kind) => kind === "own");
  const turned = useCase((doc) => Object.values(doc.sources ?? {}).some((one) => plain(one.title).trim() === text));
  return (
    <section className="sect" aria-labelledby="sources">
      <div className="shead">
        <h2 id="sources">{m.missing.sources}</h2>
        {onlyOwn ? (
          <span className="tag warn" title={m.missing.onlyOwnHelp}>
            {m.missing.onlyOwn}
          </span>
        ) : null}
        {mayWrite ? (
          <Button variant="tertiary" onClick={() => add("")}>
            <PlusIcon aria-hidden /> {m.missing.addSource}
          </Button>
        ) : null}
      </div>
      <p className="hint">{sources.length ? m.missing.sourcesHelp : m.missing.noSources}</p>
      {text && !turned ? (
        <p className="small fromtext">
          {m.missing.fromText(text)}{" "}
          {mayWrite ? (
            <button type="button" className="linklike" onClick={() => add(text)}>
              {m.missing.asSource}
            </button>
          ) : null}
        </p>
      ) : null}
      <ul className="things" ref={list}>
        {sources.map((source) => (
          <Source key={source} id={source} />
        ))}
      </ul>
    </section>
  );
}

/** The address that stands in a text, if any. */
const addressIn = (text: string) => /https?:\/\/\S+/.exec(text)?.[0] ?? "";

function Source({ id }: { id: string }) {
  const { m } = useMessages();
  const path = ["sources", id];
  const [title, address, kind] = useCase((doc) => {
    const source = doc.sources?.[id];
    return [source?.title, source?.address, source?.kind].map(plain) as [string, string, string];
  });
  const name = title || m.missing.unnamed;
  return (
    <li className={`thing ${kind === "own" ? "ownaccount" : ""}`} data-source={id} aria-label={name}>
      <div className="thinghead">
        <LiveText path={[...path, "title"]} label={m.missing.sourceTitle} oneLine />
        <Remove id={id} name={name} />
      </div>
      <div className="thingrow">
        <LiveChoice path={[...path, "kind"]} label={m.missing.kind} words={m.missing.kinds} />
        <LiveText path={[...path, "publisher"]} label={m.missing.publisher} oneLine />
        <Year path={[...path, "year"]} />
        <LiveDay path={[...path, "read"]} label={m.missing.read} />
      </div>
      <LiveText path={[...path, "address"]} label={m.missing.address} oneLine />
      {/^https?:\/\//.test(address) ? (
        <p className="small">
          <a href={address} target="_blank" rel="noreferrer noopener">
            {m.missing.openSource}
          </a>
        </p>
      ) : null}
      <References source={id} />
    </li>
  );
}

/** What refers to a source goes with it. */
function Remove({ id, name }: { id: string; name: string }) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useEditor();
  const remove = () => {
    const references = Object.entries(replica.doc?.references ?? {}).filter(([, one]) => plain(one.source) === id);
    replica.edit(together(removeItem(["sources", id]), ...references.map(([key]) => removeItem(["references", key]))));
    say(m.missing.sourceRemoved);
  };
  if (!mayWrite) return null;
  return (
    <button type="button" className="iconbtn" aria-label={m.missing.removeSource(name)} onClick={remove}>
      <TrashIcon aria-hidden className="ic" />
    </button>
  );
}

function Year({ path }: { path: string[] }) {
  const { m } = useMessages();
  const { replica, mayWrite } = useEditor();
  const year = useField(path);
  const shown = typeof year === "number" ? String(year) : "";
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const good = text === "" || /^(1[5-9]|2[01])\d\d$/.test(text);
  const write = () => {
    if (good && text !== shown) replica.edit(setInt(path, text === "" ? null : Number(text)));
  };
  return (
    <label>
      <span className="fhead">{m.missing.year}</span>
      <input
        className="input num"
        inputMode="numeric"
        value={text}
        readOnly={!mayWrite}
        aria-invalid={good ? undefined : true}
        onChange={(event) => setText(event.target.value.trim())}
        onBlur={write}
        onKeyDown={(event) => event.key === "Enter" && write()}
      />
    </label>
  );
}
