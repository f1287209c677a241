// What drives the model or slows it: things that act on each other in a circle. What a loop does is read off its signs.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon, TrashIcon } from "@navikt/aksel-icons";
import { inOrder, type Item } from "../../api/caseDocument.ts";
import { type Link, type Loop, loopKind } from "../../api/modelDocument.ts";
import { LoopPicture } from "../../design/LoopPicture.tsx";
import { useFields } from "../../fields/editor.ts";
import { LiveChoice } from "../../fields/LiveChoice.tsx";
import { LiveText } from "../../fields/LiveText.tsx";
import { OpenItem } from "../../fields/OpenItem.tsx";
import { useAdd } from "../../fields/useAdd.ts";
import { useMessages } from "../../messages/index.ts";
import { choice, removeItem } from "../../sync/index.ts";
import { EvidenceOf } from "./EvidenceOf.tsx";
import { type ItemProps, Items } from "./Items.tsx";
import { Written } from "./Lines.tsx";

export function Loops() {
  const { m } = useMessages();
  return (
    <Items<Loop> list="loops" id="loops" words={m.model.loops} blank={{ name: "", breaks: "", links: {} }} below>
      {(props) => <LoopItem key={props.item.id} {...props} />}
    </Items>
  );
}

function LoopItem({ item: loop, path, added }: ItemProps<Loop>) {
  const { m } = useMessages();
  const kind = loopKind(loop);
  const line = (
    <>
      <Written text={loop.name} />
      <span className="tag">{kind ? m.model.loopKinds[kind] : m.model.loopUnfinished}</span>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={m.model.loops.remove} removed={m.model.loops.removed}>
      <LiveText path={[...path, "name"]} label={m.model.loops.one} oneLine />
      <p className="hint">{m.model.loopHelp}</p>
      <Links path={[...path, "links"]} links={inOrder(loop.links)} />
      {kind ? <p className="small">{m.model.loopMeans[kind]}</p> : null}
      <LoopPicture loop={loop} />
      <LiveText path={[...path, "breaks"]} label={m.model.breaks} rows={1} />
      <EvidenceOf about={path.join("/")} />
    </OpenItem>
  );
}

function Links({ path, links }: { path: readonly string[]; links: Item<Link>[] }) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useFields();
  const { add } = useAdd(path, links);
  const remove = (id: string) => {
    replica.edit(removeItem([...path, id]));
    say(m.model.linkRemoved);
  };
  return (
    <>
      <ol className="looplinks">
        {links.map(({ id, text }, at) => (
          <li key={id}>
            <LiveText path={[...path, id, "text"]} label={m.model.link(at + 1)} oneLine />
            <LiveChoice path={[...path, id, "sign"]} label={m.model.signOf(at + 1)} words={m.model.signs} />
            {mayWrite ? (
              <button type="button" className="iconbtn" onClick={() => remove(id)}>
                <TrashIcon aria-hidden className="ic" />
                <span className="vh">{m.model.removeLink(text || String(at + 1))}</span>
              </button>
            ) : null}
          </li>
        ))}
      </ol>
      {mayWrite ? (
        <Button variant="tertiary" data-size="sm" onClick={() => add({ text: "", sign: choice("more") })}>
          <PlusIcon aria-hidden /> {m.model.addLink}
        </Button>
      ) : null}
    </>
  );
}
