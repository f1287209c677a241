// Short things in a row: what sets the model off, its variants, what to ask first and what to do first.
import type { Item } from "../../api/caseDocument.ts";
import { plain } from "../../api/caseDocument.ts";
import type { Line, Trigger, Variant } from "../../api/modelDocument.ts";
import { LiveChoice } from "../../fields/LiveChoice.tsx";
import { LiveText } from "../../fields/LiveText.tsx";
import { OpenItem } from "../../fields/OpenItem.tsx";
import { useMessages } from "../../messages/index.ts";
import { choice } from "../../sync/index.ts";
import { EvidenceOf } from "./EvidenceOf.tsx";
import { type ItemProps, Items } from "./Items.tsx";

/** The first hundred days, in order. */
export const Steps = () => <Lines list="steps" />;

/** What to ask oneself before one begins. */
export const Questions = () => <Lines list="questions" />;

function Lines({ list }: { list: "steps" | "questions" }) {
  const { m } = useMessages();
  const words = m.model[list];
  return (
    <Items<Line> list={list} id={list} words={words} blank={{ text: "" }} numbered>
      {(props) => <LineItem key={props.item.id} {...props} words={words} />}
    </Items>
  );
}

interface LineWords {
  one: string;
  remove: string;
  removed: string;
}

function LineItem({ item, path, at, added, words }: ItemProps<Line> & { words: LineWords }) {
  const line = (
    <>
      <span className="num muted">{at + 1}</span>
      <Written text={item.text} />
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={words.remove} removed={words.removed}>
      <LiveText path={[...path, "text"]} label={words.one} rows={2} />
    </OpenItem>
  );
}

/** What was written, or that nothing was. */
export function Written({ text }: { text: string | undefined }) {
  const { m } = useMessages();
  return <span className="grow">{text || <span className="muted">{m.model.unwritten}</span>}</span>;
}

export function Triggers() {
  const { m } = useMessages();
  const words = m.model.triggers;
  return (
    <Items<Trigger> list="triggers" id="triggers" words={words} blank={{ kind: choice("event"), text: "" }} below>
      {({ item, path, added }) => (
        <OpenItem key={item.id} path={path} line={<TriggerLine trigger={item} />} added={added} remove={words.remove} removed={words.removed}>
          <LiveText path={[...path, "text"]} label={words.one} rows={2} />
          <div className="fieldrow">
            <LiveChoice path={[...path, "kind"]} label={words.kind} words={words.kinds} />
          </div>
          <EvidenceOf about={path.join("/")} />
        </OpenItem>
      )}
    </Items>
  );
}

function TriggerLine({ trigger }: { trigger: Item<Trigger> }) {
  const { m } = useMessages();
  const kinds: Record<string, string> = m.model.triggers.kinds;
  const kind = plain(trigger.kind);
  return (
    <>
      <span className="tag">{kinds[kind] ?? kind}</span>
      <Written text={trigger.text} />
    </>
  );
}

export function Variants() {
  const { m } = useMessages();
  const words = m.model.variants;
  return (
    <Items<Variant> list="variants" id="variants" words={words} blank={{ name: "", differs: "" }}>
      {({ item, path, added }) => (
        <OpenItem key={item.id} path={path} line={<Written text={item.name} />} added={added} remove={words.remove} removed={words.removed}>
          <LiveText path={[...path, "name"]} label={words.one} oneLine />
          <LiveText path={[...path, "differs"]} label={words.differs} rows={2} />
          <EvidenceOf about={path.join("/")} />
        </OpenItem>
      )}
    </Items>
  );
}
