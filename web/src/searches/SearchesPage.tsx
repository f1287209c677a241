// The log of own searches: where, for what, when, what it gave, and which cases came of it. What a card asked for and
// nobody has searched for yet, waits at the top.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { inOrder, type Item, keysOf, plain } from "../api/caseDocument.ts";
import { useLive } from "../api/live.tsx";
import type { RegisterDocument, Search } from "../api/registerDocument.ts";
import { CaseViews } from "../design/CaseViews.tsx";
import { placeKey, thingsByPlace, useUses } from "../api/uses.ts";
import { Teach } from "../design/Teach.tsx";
import { ThingLink } from "../design/ThingLink.tsx";
import { Title } from "../design/Title.tsx";
import { AboutCases } from "../fields/AboutCases.tsx";
import { useField, useFields } from "../fields/editor.ts";
import { LiveDay } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { OpenItem } from "../fields/OpenItem.tsx";
import { Standing } from "../fields/Standing.tsx";
import { useAdd } from "../fields/useAdd.ts";
import { today } from "../fields/today.ts";
import { useMessages } from "../messages/index.ts";
import { choice, setChoice } from "../sync/index.ts";
import { usePeople } from "../sync/react.ts";
import { FoundCase } from "./FoundCase.tsx";
import "../fields/list.css";
import "./searches.css";

export function SearchesPage() {
  const { m } = useMessages();
  return (
    <div className="page searches">
      <div className="head">
        <div>
          <Title tab={m.searches.title}>{m.searches.title}</Title>
          <p className="lead">{m.searches.lead}</p>
        </div>
      </div>
      <CaseViews />
      <Standing kind="register" none={<Teach title={m.searches.none} help={m.searches.noneHelp} />}>
        <Searches />
      </Standing>
    </div>
  );
}

function Searches() {
  const { m } = useMessages();
  const { me } = useLive();
  const { mayWrite } = useFields();
  const searches = inOrder(useField<RegisterDocument["searches"]>(["searches"]));
  const { add, added } = useAdd(["searches"], searches);
  const another = () =>
    add({
      where: "",
      query: "",
      date: choice(today()),
      hits: "",
      by: choice(me.id),
      cases: {},
    });
  const button = mayWrite ? (
    <Button onClick={another}>
      <PlusIcon aria-hidden /> {m.searches.add}
    </Button>
  ) : null;
  if (searches.length === 0) {
    return (
      <Teach title={m.searches.none} help={m.searches.noneHelp} example={m.searches.example}>
        {button}
      </Teach>
    );
  }
  const waiting = searches.filter(waits);
  return (
    <>
      {waiting.length > 0 ? (
        <section aria-labelledby="waiting-searches">
          <h2 id="waiting-searches">{m.searches.waiting}</h2>
          <p className="hint">{m.searches.waitingHelp}</p>
          <List searches={waiting} added={added} />
        </section>
      ) : null}
      <div className="listhead">
        <h2>{m.searches.log}</h2>
        {button}
      </div>
      <List searches={searches.filter((search) => !waits(search))} added={added} />
    </>
  );
}

/** Somebody asked for it, and nobody has finished it. */
const waits = (search: Search): boolean => search.asked !== undefined && plain(search.status) !== "done";

/** The newest first. */
function List({ searches, added }: { searches: Item<Search>[]; added: string | undefined }) {
  return (
    <ul className="openlist">
      {[...searches].reverse().map((search) => (
        <SearchItem key={search.id} search={search} added={search.id === added} />
      ))}
    </ul>
  );
}

function SearchItem({ search, added }: { search: Item<Search>; added: boolean }) {
  const { m, format } = useMessages();
  const { mayWrite } = useFields();
  const by = usePeople().find((one) => one.participant === plain(search.by))?.name;
  const path = ["searches", search.id] as const;
  const date = plain(search.date);
  const cases = keysOf(search.cases);
  const line = (
    <>
      <b>{(waits(search) ? search.wish : search.where) || search.wish || m.searches.somewhere}</b>
      <span className="grow">{search.query ? `«${search.query}»` : ""}</span>
      <span className="muted small">{[date && format.date(date), by].filter(Boolean).join(", ")}</span>
      <span className="tag">{m.searches.gave(cases.length)}</span>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={m.searches.remove} removed={m.searches.removed}>
      {search.asked ? <Asked search={search} /> : null}
      <LiveText path={[...path, "where"]} label={m.searches.where} hint={m.searches.whereHelp} oneLine />
      <LiveText path={[...path, "query"]} label={m.searches.query} oneLine />
      <div className="fieldrow">
        <LiveDay path={[...path, "date"]} label={m.searches.date} />
        <LiveText path={[...path, "hits"]} label={m.searches.hits} oneLine />
      </div>
      {mayWrite ? <FoundCase path={[...path, "cases"]} from={search.where ? m.searches.from(search.where, search.query ?? "") : m.searches.fromTask(search.wish ?? "")} /> : null}
      <AboutCases path={[...path, "cases"]} label={m.searches.cases} chosen={cases} />
    </OpenItem>
  );
}

/** Where the wish came from, what it was, and whether it is done. */
function Asked({ search }: { search: Item<Search> }) {
  const { m } = useMessages();
  const { replica, mayWrite } = useFields();
  const path = ["searches", search.id] as const;
  const card = { subject: plain(search.asked?.subject), item: plain(search.asked?.item) };
  const thing = thingsByPlace(useUses().things).get(placeKey(card));
  const done = !waits(search);
  return (
    <>
      <LiveText path={[...path, "wish"]} label={m.uses.wish} rows={2} />
      <p className="small">
        {m.searches.askedBy} {thing ? <ThingLink thing={thing} /> : <span className="muted">{m.uses.gone}</span>}
      </p>
      {mayWrite ? (
        <Button
          variant={done ? "tertiary" : "secondary"}
          onClick={() => replica.edit(setChoice([...path, "status"], done ? "open" : "done"))}
        >
          {done ? m.searches.openAgain : m.searches.finish}
        </Button>
      ) : null}
    </>
  );
}
