// Search and filter chips. A dashed chip can be added, a filled one is on.
import { Button, Popover } from "@digdir/designsystemet-react";
import { ChevronDownIcon, MagnifyingGlassIcon, PlusIcon, XMarkIcon } from "@navikt/aksel-icons";
import { useEffect, useId, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import type { RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { countsOf, type Facet, fitting, type Query } from "./facets.ts";

/** Chips that are always there; the others are found under «Filter». */
const FIRST = ["group", "k.scope", "decision"];

interface Props {
  rows: RegisterRow[];
  facets: Facet[];
  query: Query;
  shown: number;
}

export function Filters({ rows, facets, query, shown }: Props) {
  const { m } = useMessages();
  const [, setParams] = useSearchParams();
  const [opened, setOpened] = useState<string>();
  const set = (key: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  const active = facets.filter((facet) => query.chosen.has(facet.key));
  const chips = facets.filter(
    (facet) => FIRST.includes(facet.key) || query.chosen.has(facet.key) || facet.key === opened,
  );
  return (
    <div className="filters pad" role="search" aria-label={m.cases.filter}>
      <SearchField value={query.text} onChange={(text) => set("q", text)} />
      {chips.map((facet) => (
        <Chip
          key={facet.key}
          facet={facet}
          counts={() => countsOf(fitting(rows, query, facets, facet.key), facet)}
          chosen={query.chosen.get(facet.key)}
          openAtFirst={facet.key === opened}
          onChoose={(values) => set(facet.key, [...values].join(","))}
        />
      ))}
      <MoreFilters facets={facets.filter((facet) => !chips.includes(facet))} onOpen={setOpened} />
      {active.length > 0 || query.text ? (
        <button type="button" className="linklike small" onClick={() => setParams({}, { replace: true })}>
          {m.cases.clear}
        </button>
      ) : null}
      <p className="small muted num shown" role="status">
        {m.cases.shown(shown, rows.length)}
      </p>
    </div>
  );
}

/** Waits for a pause in typing before the address and the rows follow. */
const TYPING_PAUSE_MS = 120;

function SearchField({ value, onChange }: { value: string; onChange(text: string): void }) {
  const { m } = useMessages();
  const [text, setText] = useState(value);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setText((sent.current = value));
  }, [value]);
  const type = (next: string) => {
    setText(next);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => onChange((sent.current = next)), TYPING_PAUSE_MS);
  };
  return (
    <label className="searchfield">
      <span className="vh">{m.cases.search}</span>
      <MagnifyingGlassIcon aria-hidden className="ic" />
      <input
        type="search"
        className="input"
        placeholder={m.cases.search}
        value={text}
        onChange={(event) => type(event.target.value)}
      />
    </label>
  );
}

interface ChipProps {
  facet: Facet;
  counts(): Map<string, number>;
  chosen: Set<string> | undefined;
  openAtFirst: boolean;
  onChoose(values: Set<string>): void;
}

function Chip({ facet, counts, chosen, openAtFirst, onChoose }: ChipProps) {
  const { m } = useMessages();
  const [open, setOpen] = useState(openAtFirst);
  const trigger = useId();
  const on = chosen !== undefined && chosen.size > 0;
  const words = facet.values.filter((value) => chosen?.has(value.key)).map((value) => value.label);
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    onChoose(next);
  };
  return (
    <span className={`fchip ${on ? "on" : ""}`}>
      <Popover.TriggerContext>
        <Popover.Trigger inline id={trigger} className="fchip-btn" aria-expanded={open}>
          {on ? (
            <>
              {facet.label}: <b>{words.length > 2 ? words.length : words.join(", ")}</b>
            </>
          ) : (
            facet.label
          )}
          {on ? null : <ChevronDownIcon aria-hidden />}
        </Popover.Trigger>
        <Popover
          placement="bottom-start"
          className="pop facet"
          open={open}
          onOpen={() => setOpen(true)}
          onClose={() => setOpen(false)}
        >
          {open ? <Values facet={facet} counts={counts()} chosen={chosen} onToggle={toggle} /> : null}
        </Popover>
      </Popover.TriggerContext>
      {on ? (
        <button
          type="button"
          className="fchip-x"
          aria-label={m.cases.removeFilter(facet.label)}
          onClick={() => onChoose(new Set())}
        >
          <XMarkIcon aria-hidden />
        </button>
      ) : null}
    </span>
  );
}

interface ValuesProps {
  facet: Facet;
  counts: Map<string, number>;
  chosen: Set<string> | undefined;
  onToggle(key: string): void;
}

function Values({ facet, counts, chosen, onToggle }: ValuesProps) {
  const { m } = useMessages();
  return (
    <fieldset className="values">
      <legend className="small strong">{m.cases.filterBy(facet.label)}</legend>
      {facet.values
        .filter(({ key }) => counts.has(key) || chosen?.has(key))
        .map(({ key, label }) => (
          <label key={key} className="check">
            <input type="checkbox" checked={chosen?.has(key) ?? false} onChange={() => onToggle(key)} />
            <span className="grow">{label}</span>
            <span className="muted num">{counts.get(key) ?? 0}</span>
          </label>
        ))}
    </fieldset>
  );
}

function MoreFilters({ facets, onOpen }: { facets: Facet[]; onOpen(key: string): void }) {
  const { m } = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <span className="fchip add">
      <Popover.TriggerContext>
        <Popover.Trigger inline className="fchip-btn" aria-expanded={open}>
          <PlusIcon aria-hidden /> {m.cases.addFilter}
        </Popover.Trigger>
        <Popover
          placement="bottom-start"
          className="pop facet"
          open={open}
          onOpen={() => setOpen(true)}
          onClose={() => setOpen(false)}
        >
          <ul className="facetlist">
            {facets.map((facet) => (
              <li key={facet.key}>
                <Button
                  variant="tertiary"
                  onClick={() => {
                    setOpen(false);
                    onOpen(facet.key);
                  }}
                >
                  {facet.label}
                </Button>
              </li>
            ))}
          </ul>
        </Popover>
      </Popover.TriggerContext>
    </span>
  );
}
