// What a source says something about, with page and quote.
import { TrashIcon } from "@navikt/aksel-icons";
import { idsInOrder, lastOrder, plain } from "../api/caseDocument.ts";
import { useFieldName } from "../api/labels.ts";
import { useMessages } from "../messages/index.ts";
import { addItem, choice, freshId, orderBetween, removeItem } from "../sync/index.ts";
import { useCase, useEditor } from "./editor.ts";
import { LiveText } from "../fields/LiveText.tsx";

/** What a source may be referred to for, besides the characteristics. */
const TEXTS = ["texts.benefit", "texts.description"];

export function References({ source }: { source: string }) {
  const { m } = useMessages();
  const { mayWrite } = useEditor();
  const references = useCase((doc) =>
    idsInOrder(doc.references).filter((id) => plain(doc.references?.[id]?.source) === source),
  );
  if (references.length === 0 && !mayWrite) return null;
  return (
    <div className="references">
      <p className="fhead">{m.missing.usedFor}</p>
      <ul>
        {references.map((id) => (
          <Reference key={id} id={id} />
        ))}
      </ul>
      {mayWrite ? <Add source={source} /> : null}
    </div>
  );
}

function Add({ source }: { source: string }) {
  const { m } = useMessages();
  const { replica, characteristics } = useEditor();
  const nameOf = useFieldName();
  const fields = [...TEXTS, ...characteristics.map((one) => `codings.${one.key}`)];
  const add = (field: string) => {
    const order = orderBetween(lastOrder(replica.doc?.references), null);
    const item = { field: choice(field), source: choice(source), page: "", quote: "", order: choice(order) };
    replica.edit(addItem(["references"], freshId(), item));
  };
  return (
    <select className="input" aria-label={m.missing.referenceField} value="" onChange={(event) => add(event.target.value)}>
      <option value="">{m.missing.addReference} …</option>
      {fields.map((field) => (
        <option key={field} value={field}>
          {nameOf(field)}
        </option>
      ))}
    </select>
  );
}

function Reference({ id }: { id: string }) {
  const { m } = useMessages();
  const { replica, mayWrite } = useEditor();
  const nameOf = useFieldName();
  const name = nameOf(useCase((doc) => plain(doc.references?.[id]?.field)));
  const path = ["references", id];
  return (
    <li aria-label={name}>
      <b>{name}</b>
      <LiveText path={[...path, "page"]} label={m.missing.page} oneLine />
      <LiveText path={[...path, "quote"]} label={m.missing.quote} rows={1} />
      {mayWrite ? (
        <button
          type="button"
          className="iconbtn"
          aria-label={m.missing.removeReference(name)}
          onClick={() => replica.edit(removeItem(path))}
        >
          <TrashIcon aria-hidden className="ic" />
        </button>
      ) : null}
    </li>
  );
}
