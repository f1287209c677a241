// The coding form: 24 characteristics, one open at a time, every value under a key.
import { useEffect, useMemo, useRef, useState } from "react";
import { Link, useLocation } from "react-router";
import { useLive } from "../api/live.tsx";
import { fieldOf, useGlow, usePeopleIn } from "../fields/editor.ts";
import { PeopleIn } from "../fields/FieldHead.tsx";
import type { Characteristic } from "../generated/domain.ts";
import { labelOf, useMessages } from "../messages/index.ts";
import { type CodingState, isSettled, stateOf, valueInWords } from "./coding.ts";
import { CodingOpen } from "./CodingOpen.tsx";
import { codingsOf, useCodingEditor, useCodings } from "./editor.ts";
import { useCodingKeys } from "./keys.ts";
import "./coding.css";

export function Coding() {
  const { m } = useMessages();
  const { characteristics, mayWrite } = useCodingEditor();
  const { id } = useLive();
  const [open, setOpen] = useState<string>();
  const panel = useRef<HTMLElement>(null);
  const onKey = useCodingKeys(panel, open, setOpen);
  useArrival(panel, setOpen);
  const groups = useMemo(() => byGroup(characteristics), [characteristics]);
  const settled = useCodings((codings) => characteristics.filter((c) => isSettled(codings[c.key])).length);
  return (
    <section className="coding" aria-labelledby="coding-title" ref={panel} onKeyDown={onKey}>
      <header>
        <h2 id="coding-title">{m.case.coding}</h2>
        <Link className="small" to={`/w/${id}/eksempler/kjennetegn`}>
          {m.characteristics.link}
        </Link>
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
      {mayWrite ? <KeyHelp /> : null}
    </section>
  );
}

/** Who came from the case before by keyboard goes on with the first characteristic nobody has looked at. */
function useArrival(panel: React.RefObject<HTMLElement | null>, setOpen: (key: string) => void): void {
  const { state } = useLocation() as { state: { keepsFocus?: boolean } | null };
  const { replica, characteristics, at } = useCodingEditor();
  const arrives = state?.keepsFocus ?? false;
  useEffect(() => {
    if (!arrives) return;
    const codings = codingsOf({ replica, at });
    const next = characteristics.find((c) => !isSettled(codings[c.key])) ?? characteristics[0];
    if (!next) return;
    setOpen(next.key);
    panel.current?.querySelector<HTMLElement>(`[data-key="${next.key}"]`)?.focus();
  }, [arrives, replica, characteristics, at, setOpen, panel]);
}

/** Which keys there are; they count only while the focus is in the form. */
function KeyHelp() {
  const { m } = useMessages();
  const words = m.case.codingKeys;
  return (
    <p className="kfoot">
      <Key keys={["↑", "↓"]} does={words.move} />
      <Key keys={["1–9"]} does={words.value} />
      <Key keys={["U"]} does={words.unknown} />
      <Key keys={["I"]} does={words.notRelevant} />
      <Key keys={[m.case.del]} does={words.clear} />
      <Key keys={["Q", "W", "E"]} does={words.confidence} />
      <Key keys={["M"]} does={words.note} />
      <Key keys={["Esc"]} does={words.back} />
      <Key keys={["N", "B"]} does={words.cases} />
    </p>
  );
}

function Key({ keys, does }: { keys: string[]; does: string }) {
  return (
    <span>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}{" "}
      {does}
    </span>
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
  const { replica, at } = useCodingEditor();
  const field = fieldOf([...at, characteristic.key]);
  const [state, value] = useCodings((codings): [CodingState, string] => {
    const coding = codings[characteristic.key];
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
