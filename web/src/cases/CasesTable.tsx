// The table. Only the rows in sight are in the page; the counts tell screen readers about the rest.
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDownIcon, ArrowsUpDownIcon, ArrowUpIcon } from "@navikt/aksel-icons";
import { memo, useEffect, useMemo, useRef, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { valueLabel } from "../api/characteristics.ts";
import { useLive, useRows, useStoreOr } from "../api/live.tsx";
import { keepingSame } from "../api/resource.ts";
import { ActorMark, isActorGroup, letterOf, SLOT_GROUPS } from "../design/ActorMark.tsx";
import { remPx } from "../design/media.ts";
import { SelectionMark } from "../design/SelectionMark.tsx";
import { StateMark } from "../design/StateMark.tsx";
import type { ActorGroup, Characteristic, RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import type { HerePerson, Person } from "../sync/types.ts";
import type { Column, Order } from "./facets.ts";
import { useFreshRows } from "./fresh.ts";
import { nameOf } from "./names.ts";

const ROW_REM = 2.5;
/** Height of the sticky head, under which no row may stop. */
const HEAD_REM = 2.25;
const COLUMNS = 7;
const nobody: readonly HerePerson[] = [];

interface Props {
  rows: RegisterRow[];
  characteristics: Characteristic[];
  order: Order;
  peeked: string | undefined;
  onPeek(subject: string | undefined): void;
}

export function CasesTable({ rows, characteristics, order, peeked, onPeek }: Props) {
  const { m } = useMessages();
  const { sync } = useLive();
  const wrap = useRef<HTMLDivElement>(null);
  const core = useMemo(() => characteristics.filter((one) => one.core), [characteristics]);
  const scope = useMemo(() => characteristics.find((c) => c.key === "scope"), [characteristics]);
  const slots = useSlots();
  const fresh = useFreshRows();
  const here = useStoreOr(sync?.here, nobody);
  const inRow = usePersonsByRow(here);
  const headPx = HEAD_REM * remPx();
  const virtual = useVirtualizer({
    count: rows.length,
    scrollMargin: headPx,
    scrollPaddingStart: headPx,
    getScrollElement: () => wrap.current,
    estimateSize: () => ROW_REM * remPx(),
    overscan: 12,
  });
  const keys = useRowKeys(rows, virtual, wrap, peeked, onPeek);
  const items = virtual.getVirtualItems();
  const above = (items[0]?.start ?? headPx) - headPx;
  const below = virtual.getTotalSize() - ((items[items.length - 1]?.end ?? headPx) - headPx);
  return (
    <>
      <div className="tablewrap" ref={wrap} onKeyDown={keys.onKey}>
        <table
          className="reg"
          style={{ "--slots": slots.length } as React.CSSProperties}
          aria-label={m.cases.table}
          aria-rowcount={rows.length + 1}
        >
          <Head order={order} core={core.length} slots={slots} />
          <tbody>
            {above > 0 ? <Spacer px={above} /> : null}
            {items.map(({ index }) => {
              const row = rows[index];
              return row ? (
                <Row
                  key={row.subject}
                  row={row}
                  index={index}
                  core={core}
                  scope={scope}
                  slots={slots}
                  active={index === keys.active}
                  peeked={row.subject === peeked}
                  fresh={fresh.has(row.subject)}
                  people={inRow.get(row.subject)}
                  onFocus={keys.setActive}
                  onPeek={onPeek}
                />
              ) : null;
            })}
            {below > 0 ? <Spacer px={below} /> : null}
          </tbody>
        </table>
      </div>
      <p className="tfoot" id="reg-keys">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {m.cases.keys.move}
        </span>
        <span>
          <kbd>{m.cases.space}</kbd> {m.cases.keys.peek}
        </span>
        <span>
          <kbd>Enter</kbd> {m.cases.keys.open}
        </span>
      </p>
    </>
  );
}

function Spacer({ px }: { px: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={COLUMNS} className="spacer" style={{ height: px }} />
    </tr>
  );
}

function Head({ order, core, slots }: { order: Order; core: number; slots: ActorGroup[] }) {
  const { m } = useMessages();
  const words = m.cases.columns;
  return (
    <thead>
      <tr aria-rowindex={1}>
        <Sortable column="name" order={order}>
          {words.name}
        </Sortable>
        <Sortable column="decision" order={order}>
          {words.decision}
        </Sortable>
        <th scope="col" className="c-actors">
          <span className="vh">{words.actors}</span>
          <span className="slots hd" aria-hidden="true">
            {slots.map((group) => (
              <span key={group} title={m.groups[group]}>
                {letterOf(group)}
              </span>
            ))}
          </span>
        </th>
        <Sortable column="filled" order={order}>
          {words.filled(core)}
        </Sortable>
        <Sortable column="scope" order={order}>
          {words.scope}
        </Sortable>
        <Sortable column="country" order={order}>
          {words.country}
        </Sortable>
        <Sortable column="start" order={order}>
          {words.start}
        </Sortable>
      </tr>
    </thead>
  );
}

function Sortable({ column, order, children }: { column: Column; order: Order; children: string }) {
  const { m } = useMessages();
  const [, setParams] = useSearchParams();
  const sorted = order.column === column;
  const Icon = !sorted ? ArrowsUpDownIcon : order.down ? ArrowDownIcon : ArrowUpIcon;
  const sort = () =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        next.set("sort", sorted && !order.down ? `-${column}` : column);
        return next;
      },
      { replace: true },
    );
  return (
    <th
      scope="col"
      className={`c-${column}`}
      aria-sort={!sorted ? undefined : order.down ? "descending" : "ascending"}
    >
      <button
        type="button"
        className={sorted ? "sorted" : ""}
        onClick={sort}
        title={m.cases.sortBy(children)}
      >
        {children}
        <Icon aria-hidden />
      </button>
    </th>
  );
}

interface RowProps {
  row: RegisterRow;
  index: number;
  core: Characteristic[];
  scope: Characteristic | undefined;
  slots: ActorGroup[];
  active: boolean;
  peeked: boolean;
  fresh: boolean;
  people: Person[] | undefined;
  onFocus(index: number): void;
  onPeek(subject: string): void;
}

const Row = memo(function Row({
  row,
  index,
  core,
  scope,
  slots,
  active,
  peeked,
  fresh,
  people,
  onFocus,
  onPeek,
}: RowProps) {
  const { m, language } = useMessages();
  const { id } = useLive();
  const first = people?.[0];
  const group = first && isActorGroup(first.actor_group) ? `other g-${first.actor_group}` : "";
  const names = people?.map((one) => one.name).join(", ");
  const classes = [peeked ? "mine" : group, fresh ? "fresh" : "", row.decision === "out" ? "isout" : ""]
    .join(" ")
    .trim();
  return (
    <tr className={classes} aria-rowindex={index + 2} onClick={() => onPeek(row.subject)}>
      <th scope="row">
        <Link
          to={`/w/${id}/eksempler/${row.subject}`}
          tabIndex={active ? 0 : -1}
          data-row={index}
          title={row.name}
          onFocus={() => onFocus(index)}
          onClick={(event) => event.stopPropagation()}
        >
          <span className="code num">{row.code}</span>
          <span className="nm">{nameOf(row, m)}</span>
          <StateMark state={row.state} />
        </Link>
        {names ? (
          <span className={`who-name g-${first?.actor_group}`} title={names}>
            <span aria-hidden="true">{shortNames(people ?? [])}</span>
            <span className="vh">{m.cases.inRow(names)}</span>
          </span>
        ) : null}
      </th>
      <td>
        <SelectionMark decision={row.decision} />
      </td>
      <td>
        <Slots groups={row.actor_groups} slots={slots} />
      </td>
      <td>
        <Ticks row={row} core={core} />
      </td>
      <td>
        {(row.codings["scope"] ?? [])
          .map((key) => m.cases.scopes[key] ?? valueLabel(scope, key, language))
          .join(", ")}
      </td>
      <td>{row.country}</td>
      <td className="num">{row.start_year ?? ""}</td>
    </tr>
  );
});

/** The eight fixed slots, and one each for parties of unset level and for funders where a case has them. */
function useSlots(): ActorGroup[] {
  const rows = useRows();
  const has = (group: ActorGroup) => rows.some((row) => row.actor_groups.includes(group));
  const [unset, funder] = [has("offentlig"), has("finansior")];
  return useMemo(
    () => [
      ...(unset ? ["offentlig" as const] : []),
      ...SLOT_GROUPS,
      ...(funder ? ["finansior" as const] : []),
    ],
    [unset, funder],
  );
}

function Slots({ groups, slots }: { groups: ActorGroup[]; slots: ActorGroup[] }) {
  return (
    <span className="slots">
      {slots.map((group) =>
        groups.includes(group) ? <ActorMark key={group} group={group} size="sm" /> : <i key={group} />,
      )}
    </span>
  );
}

function Ticks({ row, core }: { row: RegisterRow; core: Characteristic[] }) {
  const { m } = useMessages();
  const settled = (key: string) => row.codings[key] !== undefined || row.uncoded[key] !== undefined;
  return (
    <span className="cod">
      <span className="strip" aria-hidden="true">
        {core.map((c) => (
          <i key={c.key} className={settled(c.key) ? "" : "x"} title={c.label_nb} />
        ))}
      </span>
      <span className="num" aria-hidden="true">
        {row.settled_core}
      </span>
      <span className="vh">{m.cases.filledCell(row.settled_core, core.length)}</span>
    </span>
  );
}

/** «Tor», or «Tor +1». */
function shortNames(people: Person[]): string {
  const first = people[0]?.name.split(/\s+/)[0] ?? "";
  return people.length > 1 ? `${first} +${people.length - 1}` : first;
}

/** Who is in which row; the same object for a row as long as the same persons are in it. */
function usePersonsByRow(here: readonly HerePerson[]): Map<string, Person[]> {
  const last = useRef(new Map<string, Person[]>());
  return useMemo(() => {
    const now = personsByRow(here);
    for (const [subject, persons] of now) now.set(subject, keepingSame(last.current.get(subject), persons));
    return (last.current = now);
  }, [here]);
}

function personsByRow(here: readonly HerePerson[]): Map<string, Person[]> {
  const found = new Map<string, Person[]>();
  for (const one of here) {
    if (one.self || !one.subject) continue;
    const already = found.get(one.subject) ?? [];
    if (!already.some((other) => other.participant === one.person.participant))
      found.set(one.subject, [...already, one.person]);
  }
  return found;
}

type Virtual = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;

/** Arrows move from row to row, Space peeks, Enter follows the row's link. */
function useRowKeys(
  rows: RegisterRow[],
  virtual: Virtual,
  wrap: React.RefObject<HTMLDivElement | null>,
  peeked: string | undefined,
  onPeek: (subject: string | undefined) => void,
) {
  const navigate = useNavigate();
  const { id } = useLive();
  const [active, setActive] = useState(0);
  const [wanted, setWanted] = useState<number>();
  const last = rows.length - 1;
  useEffect(() => {
    if (wanted === undefined) return;
    const link = wrap.current?.querySelector<HTMLElement>(`[data-row="${wanted}"]`);
    if (!link) return;
    link.focus({ preventScroll: true });
    setWanted(undefined);
  });
  const go = (index: number) => {
    const to = Math.max(0, Math.min(index, last));
    setActive(to);
    setWanted(to);
    virtual.scrollToIndex(to);
    const subject = rows[to]?.subject;
    if (peeked && subject) onPeek(subject);
  };
  const onKey = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.target instanceof HTMLElement) || event.target.dataset["row"] === undefined) return;
    const at = Math.min(active, last);
    const page = Math.max(1, virtual.getVirtualItems().length - 14);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    const subject = rows[at]?.subject;
    if (to !== undefined) go(to);
    else if (event.key === " " && subject) onPeek(peeked === subject ? undefined : subject);
    else if (event.key === "Escape" && peeked) onPeek(undefined);
    else if (event.key === "Enter" && subject) void navigate(`/w/${id}/eksempler/${subject}`);
    else return;
    event.preventDefault();
  };
  return { active: Math.min(active, Math.max(last, 0)), setActive, onKey };
}
