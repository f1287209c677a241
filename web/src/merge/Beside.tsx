// What two cases say, field by field; where they differ somebody chooses.
import { Button } from "@digdir/designsystemet-react";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { casePath } from "../api/caseLink.ts";
import { useCharacteristics, useLive, useRegister } from "../api/live.tsx";
import { mergeCases, type MergeLook, mergePath } from "../api/merges.ts";
import { idempotencyKey, Problem } from "../api/request.ts";
import { useResource } from "../api/resource.ts";
import { placeKey, useUsesOf } from "../api/uses.ts";
import { wordsOf } from "../api/words.ts";
import { Confirm } from "../design/Confirm.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { ThingLink } from "../design/ThingLink.tsx";
import type { Cell, RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { Fields } from "./Fields.tsx";
import { inOrder } from "./order.ts";

interface Props {
  stays: RegisterRow;
  goes: RegisterRow;
}

export function Beside({ stays, goes }: Props) {
  const { m } = useMessages();
  const { id, say } = useLive();
  const { refresh } = useRegister();
  const navigate = useNavigate();
  const characteristics = useCharacteristics();
  const look = useResource<MergeLook>(mergePath(id, stays.subject, goes.subject));
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const key = useRef("");
  if (!look.value) {
    const words = look.problem ? wordsOf(look.problem, m) : undefined;
    return words ? <ProblemLine>{words}</ProblemLine> : <p className="muted">{m.merge.loading}</p>;
  }
  const { cells, seen } = look.value;
  const of = (kind: Cell["kind"]) => inOrder(cells.filter((cell) => cell.kind === kind), characteristics);
  const [differ, fill, alike] = [of("differs"), of("fill"), of("same")];
  const take = (field: string, yes: boolean) => {
    const next = new Set(taken);
    if (yes) next.add(field);
    else next.delete(field);
    setTaken(next);
  };
  const merge = async () => {
    const fields = differ.map((cell) => cell.field).filter((field) => taken.has(field));
    try {
      await mergeCases(id, [stays.subject, goes.subject], fields, seen, key.current);
    } catch (error) {
      if (error instanceof Problem && error.kind === "cases-changed") {
        key.current = idempotencyKey();
        void look.refresh();
      }
      throw error;
    }
    say(m.merge.done(goes.code, stays.code));
    void refresh();
    void navigate(casePath(id, stays.subject));
  };
  return (
    <>
      <section className="stack tight" aria-labelledby="differs">
        <h2 id="differs">{differ.length ? m.merge.differs(differ.length) : m.merge.differsNone}</h2>
        {differ.length ? <p className="muted">{m.merge.differsHelp}</p> : null}
        {differ.length ? <Fields stays={stays} goes={goes} cells={differ} taken={taken} onTake={take} /> : null}
      </section>
      {fill.length ? (
        <section className="stack tight" aria-labelledby="fills">
          <h2 id="fills">{m.merge.fills(fill.length)}</h2>
          <Fields stays={stays} goes={goes} cells={fill} />
        </section>
      ) : null}
      {alike.length ? (
        <details>
          <summary>{m.merge.alike(alike.length)}</summary>
          <Fields stays={stays} goes={goes} cells={alike} />
        </details>
      ) : null}
      <Along look={look.value} />
      <Used goes={goes} />
      <div>
        <Button
          onClick={() => {
            key.current = idempotencyKey();
            setAsking(true);
          }}
        >
          {m.merge.act}
        </Button>
      </div>
      {asking ? (
        <Confirm
          title={m.merge.ask(goes.code, stays.code)}
          help={m.merge.askHelp(goes.code)}
          action={m.merge.act}
          onDo={merge}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

/** Items of lists: all of them come along. */
function Along({ look }: { look: MergeLook }) {
  const { m } = useMessages();
  const { parties, sources, needs, lists } = look;
  const lines = [
    parties.length ? m.merge.parties(parties.join(", ")) : "",
    sources.length ? m.merge.sources(sources.join(", ")) : "",
    needs ? m.merge.needs(needs) : "",
    lists.length ? m.merge.lists(lists.join(", ")) : "",
  ].filter(Boolean);
  return (
    <section className="stack tight" aria-labelledby="along">
      <h2 id="along">{m.merge.along}</h2>
      {lines.length === 0 ? <p className="muted">{m.merge.alongNone}</p> : null}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

/** What refers to the one that goes. */
function Used({ goes }: { goes: RegisterRow }) {
  const { m } = useMessages();
  const uses = useUsesOf({ subject: goes.subject });
  if (uses.length === 0) return null;
  return (
    <section className="stack tight" aria-labelledby="used">
      <h2 id="used">{m.merge.used(uses.length, goes.code)}</h2>
      <p className="muted">{m.merge.usedHelp}</p>
      <ul className="stack tight">
        {uses.map(({ thing, relation }) => (
          <li key={`${placeKey(thing.place)}/${relation}`}>
            <ThingLink thing={thing} />
          </li>
        ))}
      </ul>
    </section>
  );
}
