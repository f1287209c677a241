// Grupper: which cases are alike. Opens on the most alike pairs, beside a map of all of them.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import { useRef } from "react";
import { Link } from "react-router";
import { type Grouping, questionParams, useGrouping } from "../api/figures.ts";
import { useLive } from "../api/live.tsx";
import { CaseChip } from "../design/CaseChip.tsx";
import { CaseViews } from "../design/CaseViews.tsx";
import { Download } from "../design/Download.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Picture } from "../design/Picture.tsx";
import { Segmented } from "../design/Segmented.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { CaseMap } from "./CaseMap.tsx";
import { Borderline, Groups } from "./Groups.tsx";
import { HandGroupings } from "./HandGroupings.tsx";
import { Method } from "./Method.tsx";
import { Pairs } from "./Pairs.tsx";
import { GROUPS_MAX, GROUPS_MIN, type Shown, useShown } from "./question.ts";
import "../design/figures.css";
import "./grouping.css";

/** Fewer are no groups. */
const CASES_MIN = 3;
const FILES = ["groups", "distances"] as const;

export function GroupingPage() {
  const { m } = useMessages();
  const { id } = useLive();
  const [shown, change] = useShown();
  const asked = useGrouping(id, shown);
  // While another division is computed, the one before stays.
  const last = useRef<Grouping>(undefined);
  last.current = asked.value ?? last.current;
  const grouping = last.current;
  return (
    <div className="page figures grouping">
      <div className="head">
        <div>
          <Title tab={m.grouping.title}>{m.grouping.title}</Title>
          {grouping && grouping.about.cases >= CASES_MIN ? (
            <p className="lead num">
              {m.grouping.summary(grouping.about.cases, grouping.about.characteristics.length)}
            </p>
          ) : null}
        </div>
        {grouping && grouping.about.cases >= CASES_MIN ? (
          <div className="actions">
            <Download what={FILES} more={questionParams(shown)} />
          </div>
        ) : null}
      </div>
      <CaseViews />
      <NotLoaded of={asked} />
      {!grouping && !asked.problem ? (
        <div className="stack" role="status" aria-label={m.common.loading}>
          <Skeleton height={40} />
          <Skeleton height={480} />
        </div>
      ) : null}
      {grouping ? (
        <div aria-busy={asked.value === undefined}>
          <Found grouping={grouping} shown={shown} change={change} />
        </div>
      ) : null}
    </div>
  );
}

interface FoundProps {
  grouping: Grouping;
  shown: Shown;
  change(to: Partial<Shown>): void;
}

function Found({ grouping, shown, change }: FoundProps) {
  const { m } = useMessages();
  const toolbar = <Toolbar grouping={grouping} shown={shown} change={change} />;
  if (grouping.placed.length < CASES_MIN) {
    return (
      <>
        {grouping.about.chosen > 0 ? toolbar : null}
        <TooFew />
      </>
    );
  }
  return (
    <>
      {toolbar}
      <Reading grouping={grouping} />
      <div className="ggrid">
        <div className="gmap">
          <MapAndList grouping={grouping} shown={shown} change={change} />
          {grouping.not_compared.length ? (
            <section className="apart">
              <h3>{m.grouping.notCompared}</h3>
              <p className="small muted">{m.grouping.notComparedHelp}</p>
              <div className="row">
                {grouping.not_compared.map((subject) => (
                  <CaseChip key={subject} subject={subject} />
                ))}
              </div>
            </section>
          ) : null}
        </div>
        <BesideMap grouping={grouping} shown={shown} change={change} />
      </div>
      <HandGroupings grouping={grouping} />
      <Method grouping={grouping} method={shown.method} onMethod={(method) => change({ method })} />
    </>
  );
}

function Toolbar({ grouping, shown, change }: FoundProps) {
  const { m } = useMessages();
  const most = Math.min(GROUPS_MAX, Math.max(grouping.placed.length, GROUPS_MIN));
  const numbers = Array.from({ length: most - GROUPS_MIN + 1 }, (_, i) => i + GROUPS_MIN);
  return (
    <div className="gbar">
      <label className="row">
        <span className="small">{m.grouping.howMany}</span>
        <select
          className="input"
          value={shown.groups ?? grouping.groups.length}
          onChange={(event) => change({ groups: Number(event.target.value) })}
        >
          {numbers.map((n) => (
            <option key={n} value={n}>
              {m.grouping.groupsN(n)}
            </option>
          ))}
        </select>
      </label>
      {grouping.about.chosen > 0 || shown.cases === "chosen" ? (
        <Segmented
          legend={m.grouping.which}
          hideLegend
          value={shown.cases}
          options={(["all", "chosen"] as const).map((value) => ({ value, label: m.grouping.whichOf[value] }))}
          onChoose={(cases) => change({ cases })}
        />
      ) : null}
    </div>
  );
}

/** What the groups are worth, before anybody reads them. */
function Reading({ grouping }: { grouping: Grouping }) {
  const { m } = useMessages();
  const borderline = grouping.placed.filter((one) => one.borderline).length;
  if (grouping.reading === null) return null;
  const unsure = grouping.reading === "no-substantial-structure" || grouping.reading === "weak";
  return (
    <p className={`sentence ${unsure ? "warn" : ""}`}>
      {unsure ? <ExclamationmarkTriangleIcon aria-hidden /> : null}
      <span>
        {m.grouping.readings[grouping.reading]}{" "}
        {borderline ? `${m.grouping.borderlineOf(borderline, grouping.placed.length)} ` : ""}
        <a href="#metode" onClick={openMethod}>
          {m.grouping.seeMethod}
        </a>
      </span>
    </p>
  );
}

/** The method is folded away: who follows the link wants it open. */
function openMethod(): void {
  const method = document.getElementById("metode");
  if (method instanceof HTMLDetailsElement) method.open = true;
}

function MapAndList({ grouping, shown, change }: FoundProps) {
  const { m } = useMessages();
  const mark = (marked: number | undefined) => change({ marked, ...(marked === undefined ? {} : { beside: "groups" }) });
  return (
    <Picture
      name="kart"
      level={2}
      title={m.grouping.map}
      caption={`${m.grouping.mapCaption}${grouping.placed.length > 120 ? ` ${m.grouping.mapMany}` : ""}`}
      picture={
        <>
          <p className="legend">
            <span>
              <i className="dot in" />
              {m.grouping.legendChosen}
            </span>
            <span>
              <i className="dot med" />
              {m.grouping.legendCentral}
            </span>
            <span>
              <i className="dot bord" />
              {m.grouping.legendBorderline}
            </span>
          </p>
          <div className="mapscroll" tabIndex={0} role="group" aria-label={m.grouping.map}>
            <CaseMap grouping={grouping} marked={shown.marked} onMark={mark} />
          </div>
        </>
      }
      list={<Groups grouping={grouping} marked={shown.marked} />}
    />
  );
}

function BesideMap({ grouping, shown, change }: FoundProps) {
  const { m } = useMessages();
  const borderline = grouping.placed.filter((one) => one.borderline).length;
  const options = [
    { value: "pairs", label: m.grouping.pairs },
    { value: "groups", label: m.grouping.groups },
    { value: "borderline", label: m.grouping.borderline(borderline) },
  ] as const;
  return (
    <section className="gside" aria-label={options.find(({ value }) => value === shown.beside)?.label}>
      <Segmented
        legend={m.grouping.tabs}
        hideLegend
        value={shown.beside}
        options={[...options]}
        onChoose={(beside) => change({ beside })}
      />
      {shown.beside === "pairs" ? <Pairs pairs={grouping.closest} /> : null}
      {shown.beside === "groups" ? (
        <Groups grouping={grouping} marked={shown.marked} onMark={(marked) => change({ marked })} />
      ) : null}
      {shown.beside === "borderline" ? <Borderline grouping={grouping} /> : null}
    </section>
  );
}

function TooFew() {
  const { m } = useMessages();
  const { id } = useLive();
  return (
    <Teach title={m.grouping.tooFewTitle} help={m.grouping.tooFewHelp} example={m.grouping.tooFewExample}>
      <Button variant="secondary" asChild>
        <Link to={`/w/${id}/eksempler`}>{m.views.toCases}</Link>
      </Button>
    </Teach>
  );
}
