// Taking a suggestion over: one action that a person confirms, and that can be undone.
import { Button } from "@digdir/designsystemet-react";
import { useEffect, useId, useRef, useState } from "react";
import type { Wish } from "../api/decisions.ts";
import type { Suggestion } from "../api/figures.ts";
import type { Criterion } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import type { Deciding } from "./deciding.ts";
import type { Which } from "./Suggestions.tsx";

const CRITERIA: Record<Which, Criterion> = { typical: "typical", variety: "adds_variety" };

interface Props {
  which: Which;
  suggestion: Suggestion;
  deciding: Deciding;
  onClose(): void;
}

/** Opens when it is rendered. What is chosen already keeps its criterion and its reason. */
export function Take({ which, suggestion, deciding, onClose }: Props) {
  const { m } = useMessages();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [rest, setRest] = useState(false);
  const words = m.selection.suggestions;
  const name = words[which];
  const { added, dropped } = suggestion;
  useEffect(() => dialog.current?.showModal(), []);
  const take = async () => {
    const wishes: Wish[] = [{ cases: added, decision: "in", criterion: CRITERIA[which], reason: words.reason(name) }];
    if (rest) wishes.push({ cases: dropped, decision: "reserve", criterion: "other", reason: words.restReason(name) });
    dialog.current?.close();
    await deciding.decide(wishes, m.selection.decisions.said(added.length, m.selection.decisions.done.in));
  };
  return (
    <dialog ref={dialog} className="dialog stack" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{words.takeTitle(name)}</h2>
      <p className="num">{words.takeHelp(added.length, m.criteria[CRITERIA[which]])}</p>
      {dropped.length ? (
        <label className="check">
          <input type="checkbox" checked={rest} onChange={() => setRest(!rest)} />
          <span className="num">{words.rest(dropped.length)}</span>
        </label>
      ) : null}
      <div className="row">
        <Button onClick={() => void take()}>{words.takeDo(added.length)}</Button>
        <Button variant="tertiary" onClick={() => dialog.current?.close()}>
          {m.common.cancel}
        </Button>
      </div>
    </dialog>
  );
}
