// How things hang together: the work going back and forth between the areas, and every reference, read both ways (R7).
import { Skeleton } from "@digdir/designsystemet-react";
import { useSearchParams } from "react-router";
import { useRows } from "../api/live.tsx";
import { placeKey, type Thing, thingsByPlace, type Uses, useUses } from "../api/uses.ts";
import { CaseChip } from "../design/CaseChip.tsx";
import { Segmented } from "../design/Segmented.tsx";
import { Teach } from "../design/Teach.tsx";
import { ThingLink } from "../design/ThingLink.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { type Jump, jumpsOf } from "./jumps.ts";
import "./uses.css";

const VIEWS = ["log", "things", "cases"] as const;
type View = (typeof VIEWS)[number];

export function UsesPage() {
  const { m } = useMessages();
  const [search, setSearch] = useSearchParams();
  const view = VIEWS.find((one) => one === search.get("vis")) ?? "log";
  const { ready, ...uses } = useUses();
  return (
    <div className="page uses">
      <div className="head">
        <div>
          <Title tab={m.uses.title}>{m.uses.title}</Title>
          <p className="lead">{m.uses.lead}</p>
        </div>
      </div>
      <Segmented<View>
        legend={m.uses.views}
        hideLegend
        value={view}
        options={VIEWS.map((value) => ({ value, label: m.uses.view[value] }))}
        onChoose={(next) => setSearch(next === "log" ? {} : { vis: next }, { replace: true })}
      />
      {ready ? <Shown view={view} uses={uses} /> : <Skeleton height={200} />}
    </div>
  );
}

function Shown({ view, uses }: { view: View; uses: Uses }) {
  const { m } = useMessages();
  if (view === "log") return <Log jumps={jumpsOf(uses)} />;
  if (uses.uses.length === 0) return <Teach title={m.uses.none} help={m.uses.noneHelp} />;
  return view === "things" ? <FromThings uses={uses} /> : <FromCases uses={uses} />;
}

function Log({ jumps }: { jumps: Jump[] }) {
  const { m } = useMessages();
  if (jumps.length === 0) return <Teach title={m.uses.noJumps} help={m.uses.noJumpsHelp} />;
  return (
    <ol className="jumps">
      {jumps.map((jump) => (
        <li key={`${jump.kind}/${jump.key}`}>
          <Step jump={jump} />
        </li>
      ))}
    </ol>
  );
}

function Step({ jump: { kind, date, card, task, cases } }: { jump: Jump }) {
  const { m, format } = useMessages();
  return (
    <>
      <p className="small muted">
        {date ? format.date(date) : m.uses.noDay} · {m.uses.way[kind]}
      </p>
      <p>{card ? <ThingLink thing={card} /> : <span className="muted">{m.uses.gone}</span>}</p>
      {task ? (
        <p>
          <span className="muted">{m.uses.askedFor}</span> <ThingLink thing={task} />{" "}
          <span className="small muted">{task.waits ? m.uses.waits : m.uses.done(cases.length)}</span>
        </p>
      ) : null}
      <Cases subjects={cases} />
    </>
  );
}

/** Each thing, and what it refers to. */
function FromThings({ uses: { things, uses } }: { uses: Uses }) {
  const { m, format } = useMessages();
  const known = thingsByPlace(things);
  const from = things.map((thing) => ({
    thing,
    to: uses.filter((use) => placeKey(use.from) === placeKey(thing.place)).map((use) => use.to),
  }));
  return (
    <ul className="openlist uselist">
      {from
        .filter(({ to }) => to.length > 0)
        .map(({ thing, to }) => (
          <li key={placeKey(thing.place)}>
            <ThingLink thing={thing} />
            {thing.date ? <span className="small muted">{format.date(thing.date)}</span> : null}
            <Things things={to.flatMap((place) => known.get(placeKey(place)) ?? [])} />
            <Cases
              subjects={to.flatMap((place) => (place.item === undefined && !known.has(place.subject) ? [place.subject] : []))}
            />
          </li>
        ))}
      {from.every(({ to }) => to.length === 0) ? <li className="muted">{m.uses.none}</li> : null}
    </ul>
  );
}

/** Each case and each model, and what refers to it; cases that nothing refers to are counted. */
function FromCases({ uses: { things, uses } }: { uses: Uses }) {
  const { m } = useMessages();
  const rows = useRows();
  const known = thingsByPlace(things);
  const to = rows.map((row) => ({
    row,
    from: uses.filter((use) => use.to.item === undefined && use.to.subject === row.subject),
  }));
  const used = to.filter(({ from }) => from.length > 0);
  return (
    <>
      <p className="muted">{m.uses.unused(rows.length - used.length, rows.length)}</p>
      <ul className="openlist uselist">
        {used.map(({ row, from }) => (
          <li key={row.subject}>
            <CaseChip subject={row.subject} />
            <Things things={from.flatMap((use) => known.get(placeKey(use.from)) ?? [])} />
          </li>
        ))}
        <FromModels uses={{ things, uses }} />
      </ul>
    </>
  );
}

/** Each model that something refers to, and what does. */
function FromModels({ uses: { things, uses } }: { uses: Uses }) {
  const known = thingsByPlace(things);
  return things
    .filter((thing) => thing.kind === "model")
    .map((model) => ({ model, from: uses.filter((use) => placeKey(use.to) === placeKey(model.place)) }))
    .filter(({ from }) => from.length > 0)
    .map(({ model, from }) => (
      <li key={placeKey(model.place)}>
        <ThingLink thing={model} />
        <Things things={from.flatMap((use) => known.get(placeKey(use.from)) ?? [])} />
      </li>
    ));
}

function Things({ things }: { things: Thing[] }) {
  return things.map((thing) => <ThingLink key={placeKey(thing.place)} thing={thing} />);
}

function Cases({ subjects }: { subjects: string[] }) {
  const { m } = useMessages();
  if (subjects.length === 0) return null;
  return (
    <ul className="about" aria-label={m.uses.aboutCases}>
      {subjects.map((subject) => (
        <li key={subject}>
          <CaseChip subject={subject} />
        </li>
      ))}
    </ul>
  );
}
