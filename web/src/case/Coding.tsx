// The coding form: 24 characteristics, one open at a time, every value under a key.
import { useMemo, useRef, useState } from "react";
import { useGlow, usePeopleIn } from "../fields/editor.ts";
import { PeopleIn } from "../fields/FieldHead.tsx";
import type { Characteristic } from "../generated/domain.ts";
import { labelOf, useMessages } from "../messages/index.ts";
import { chooseNoValue, chooseValue, type CodingState, isSettled, stateOf, valueInWords } from "./coding.ts";
import { CodingOpen } from "./CodingOpen.tsx";
import { useCase, useEditor } from "./editor.ts";

export function Coding() {
  const { m } = useMessages();
  const { characteristics, mayWrite } = useEditor();
  const [open, setOpen] = useState<string>();
  const panel = useRef<HTMLElement>(null);
  const onKey = useCodingKeys(panel, open, setOpen);
  const groups = useMemo(() => byGroup(characteristics), [characteristics]);
  const settled = useCase((doc) => characteristics.filter((c) => isSettled(doc.codings?.[c.key])).length);
  return (
    <section className="coding" aria-labelledby="coding" ref={panel} onKeyDown={onKey}>
      <header>
        <h2 id="coding">{m.case.coding}</h2>
        <span className="small muted num">{m.case.codingDone(settled, characteristics.length)}</span>
      </header>
      {groups.map(([group, list]) => (
        <section key={group} aria-label={group}>
          <p className="kgroup" aria-hidden="true">
            {group.replace(/^[A-Z]\.\s*/, "")}
          </p>
          <ul>
            {list.map((c) => (
              <Item
                key={c.key}
                characteristic={c}
                open={open === c.key}
                onToggle={() => setOpen(open === c.key ? undefined : c.key)}
              />
            ))}
          </ul>
        </section>
      ))}
      {mayWrite ? (
        <p className="kfoot">
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> {m.case.codingKeys.move}
          </span>
          <span>
            <kbd>1</kbd>–<kbd>9</kbd> {m.case.codingKeys.value}
          </span>
          <span>
            <kbd>U</kbd> {m.case.codingKeys.unknown}
          </span>
          <span>
            <kbd>I</kbd> {m.case.codingKeys.notRelevant}
          </span>
          <span>
            <kbd>{m.case.del}</kbd> {m.case.codingKeys.clear}
          </span>
        </p>
      ) : null}
    </section>
  );
}

function Item({
  characteristic,
  open,
  onToggle,
}: {
  characteristic: Characteristic;
  open: boolean;
  onToggle(): void;
}) {
  const { m, language, format } = useMessages();
  const { replica } = useEditor();
  const field = `codings.${characteristic.key}`;
  const [state, value] = useCase((doc): [CodingState, string] => {
    const coding = doc.codings?.[characteristic.key];
    return [stateOf(coding), valueInWords(characteristic, coding, language, format)];
  });
  const words = state === "coded" ? value : m.case.states[state];
  const { glow, own } = useGlow([state, words]);
  const held = usePeopleIn(field)[0];
  return (
    <li className={`${open ? "kopen" : ""} ${held ? `held g-${held.actor_group}` : ""}`}>
      <h3>
        <button
          type="button"
          className={`khead ${glow}`}
          data-key={characteristic.key}
          aria-expanded={open}
          onClick={onToggle}
          onFocus={() => replica.presence(field)}
          onBlur={() => replica.presence(null)}
        >
          <span className="kc num">{characteristic.code}</span>
          <span className="kl">{labelOf(characteristic, language)}</span>
          <span className={`kv s-${state}`}>
            <StateMark state={state} />
            {words}
          </span>
        </button>
      </h3>
      <PeopleIn field={field} writes={false} />
      {open ? <CodingOpen characteristic={characteristic} field={field} own={own} /> : null}
    </li>
  );
}

/** The three kinds of no value look different: a question mark, a dash, an empty dashed ring. */
export function StateMark({ state }: { state: CodingState }) {
  if (state === "coded") return null;
  const signs = { unknown: "?", not_applicable: "–", not_coded: "" };
  return (
    <span className={`smark m-${state}`} aria-hidden="true">
      {signs[state]}
    </span>
  );
}

function byGroup(characteristics: Characteristic[]): [string, Characteristic[]][] {
  const groups = new Map<string, Characteristic[]>();
  for (const c of characteristics) groups.set(c.group, [...(groups.get(c.group) ?? []), c]);
  return [...groups];
}

/** Keys in the form: arrows go to the next characteristic, digits choose, U, I and Delete say why there is none. */
function useCodingKeys(
  panel: React.RefObject<HTMLElement | null>,
  open: string | undefined,
  setOpen: (key: string) => void,
) {
  const { replica, characteristics, mayWrite, me, say } = useEditor();
  const { m, language, format } = useMessages();
  const go = (step: number, from: string) => {
    const at = characteristics.findIndex((c) => c.key === from);
    const to = characteristics[at + step];
    if (!to) return;
    if (open) setOpen(to.key);
    panel.current?.querySelector<HTMLElement>(`[data-key="${to.key}"]`)?.focus();
  };
  return (event: React.KeyboardEvent) => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const isWriting =
      target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === "text");
    if (isWriting) return;
    const head = target.dataset["key"];
    if (head && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      return go(event.key === "ArrowDown" ? 1 : -1, head);
    }
    const characteristic = characteristics.find((c) => c.key === (head ?? open));
    if (!characteristic || !mayWrite) return;
    const coding = replica.doc?.codings?.[characteristic.key];
    const none = NO_VALUE_KEYS[event.key.toLowerCase()];
    const value = /^[1-9]$/.test(event.key) ? characteristic.values[Number(event.key) - 1] : undefined;
    if (none) replica.edit(chooseNoValue(characteristic, coding, none, me.id));
    else if (value) replica.edit(chooseValue(characteristic, coding, value.key, me.id));
    else return;
    event.preventDefault();
    const now = replica.doc?.codings?.[characteristic.key];
    const words = none
      ? m.case.states[none]
      : valueInWords(characteristic, now, language, format) || m.case.states.not_coded;
    say(`${labelOf(characteristic, language)}: ${words}`);
  };
}

const NO_VALUE_KEYS: Record<string, Exclude<CodingState, "coded">> = {
  u: "unknown",
  i: "not_applicable",
  delete: "not_coded",
};
