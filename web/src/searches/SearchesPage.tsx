// The log of own searches: where, for what, when, what it gave, and which cases came of it.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { inOrder, type Item, keysOf, plain } from "../api/caseDocument.ts";
import { useLive } from "../api/live.tsx";
import type { RegisterDocument, Search } from "../api/registerDocument.ts";
import { CaseViews } from "../design/CaseViews.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { AboutCases } from "../fields/AboutCases.tsx";
import { useField, useFields } from "../fields/editor.ts";
import { LiveDay } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { OpenItem } from "../fields/OpenItem.tsx";
import { Standing } from "../fields/Standing.tsx";
import { useAdd } from "../fields/useAdd.ts";
import { useMessages } from "../messages/index.ts";
import { choice } from "../sync/index.ts";
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
      date: choice(new Date().toISOString().slice(0, 10)),
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
  return (
    <>
      <div className="listhead">{button}</div>
      <ul className="openlist">
        {[...searches].reverse().map((search) => (
          <SearchItem key={search.id} search={search} added={search.id === added} />
        ))}
      </ul>
    </>
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
      <b>{search.where || m.searches.somewhere}</b>
      <span className="grow">{search.query ? `«${search.query}»` : ""}</span>
      <span className="muted small">{[date && format.date(date), by].filter(Boolean).join(", ")}</span>
      <span className="tag">{m.searches.gave(cases.length)}</span>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={m.searches.remove} removed={m.searches.removed}>
      <LiveText path={[...path, "where"]} label={m.searches.where} hint={m.searches.whereHelp} oneLine />
      <LiveText path={[...path, "query"]} label={m.searches.query} oneLine />
      <div className="fieldrow">
        <LiveDay path={[...path, "date"]} label={m.searches.date} />
        <LiveText path={[...path, "hits"]} label={m.searches.hits} oneLine />
      </div>
      {mayWrite ? <FoundCase path={[...path, "cases"]} from={m.searches.from(search.where ?? "", search.query ?? "")} /> : null}
      <AboutCases path={[...path, "cases"]} label={m.searches.cases} chosen={cases} />
    </OpenItem>
  );
}
