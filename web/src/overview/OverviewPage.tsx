// The problem in the middle, the areas that exist with living numbers, what waits, who is here.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { BulletListIcon, ChevronRightIcon, ComponentIcon, LightBulbIcon, PersonPlusIcon, UploadIcon } from "@navikt/aksel-icons";
import { useMemo } from "react";
import { Link } from "react-router";
import {
  useCollections,
  useIsTeam,
  useLive,
  useRegister,
  useRowsBySubject,
  useStoreOr,
  useWorkshopAnswer,
} from "../api/live.tsx";
import { useModels } from "../api/models.ts";
import { useUses } from "../api/uses.ts";
import { ActorMark, PersonMark, SLOT_GROUPS } from "../design/ActorMark.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Title } from "../design/Title.tsx";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import type { HerePerson, KeptCopy } from "../sync/types.ts";
import { type Numbers, numbersOf } from "./numbers.ts";
import "./overview.css";

export function OverviewPage() {
  const { m } = useMessages();
  const register = useRegister();
  const rows = register.value?.rows;
  const numbers = useMemo(
    () => (rows ? numbersOf(rows, register.value?.characteristics ?? []) : undefined),
    [rows, register.value],
  );
  return (
    <div className="page overview">
      <Title tab={m.overview.title} hidden>
        {m.overview.title}
      </Title>
      <div className="hub">
        <Problem />
        <div className="areas">
          {numbers ? <Mapping numbers={numbers} /> : register.problem ? null : <Skeleton height={168} />}
          <Describing />
          <Exploring />
        </div>
      </div>
      <NotLoaded of={register} />
      {numbers?.cases === 0 ? <Empty /> : null}
      <div className="cols">
        {numbers && numbers.cases > 0 ? <Waiting numbers={numbers} /> : null}
        <Here />
        <Fieldwork />
        {numbers && numbers.cases > 0 ? <Mix numbers={numbers} /> : null}
      </div>
    </div>
  );
}

function Problem() {
  const { m } = useMessages();
  const purpose = useWorkshopAnswer().value?.purpose;
  return (
    <section className="problem" aria-labelledby="problem">
      <h2 className="lbl" id="problem">
        {m.overview.problem}
      </h2>
      <p>{purpose === undefined ? "\u00a0" : purpose || m.overview.noProblem}</p>
    </section>
  );
}

interface AreaProps {
  to: string;
  icon: typeof BulletListIcon;
  title: string;
  /** A number, and what it counts. */
  numbers: [string, string][];
  /** What is missing, or would stand here. */
  note: string | undefined;
}

/** One of the three areas that are always open (R6). */
function Area({ to, icon: Icon, title, numbers, note }: AreaProps) {
  const { id } = useLive();
  return (
    <Link className="area" to={`/w/${id}/${to}`}>
      <h2>
        <Icon aria-hidden className="ic" />
        {title}
        <ChevronRightIcon aria-hidden className="ic go" />
      </h2>
      <ul>
        {numbers.map(([number, of]) => (
          <li key={of}>
            <b className="num">{number}</b>
            <span>{of}</span>
          </li>
        ))}
      </ul>
      {note ? <p>{note}</p> : null}
    </Link>
  );
}

function Mapping({ numbers }: { numbers: Numbers }) {
  const { m, format } = useMessages();
  const w = m.overview;
  const missing = SLOT_GROUPS.filter((group) => !numbers.byGroup.get(group)).map((group) =>
    m.groupsShort[group].toLocaleLowerCase("nb"),
  );
  const some = numbers.cases > 0;
  const shown: [string, string][] = [
    [format.number(numbers.cases), w.casesMapped(numbers.cases)],
    [format.number(numbers.chosen), w.chosen(numbers.reserve)],
  ];
  if (some) shown.push([w.codedOf(format.number(numbers.settledPercent)), w.coded]);
  const note = some && missing.length > 0 ? w.missingGroups(format.either(missing)) : undefined;
  return <Area to="eksempler" icon={BulletListIcon} title={w.mapping} numbers={shown} note={note} />;
}

/** The models, and how many of the places in the report are taken. */
function Describing() {
  const { m, format } = useMessages();
  const w = m.overview;
  const models = useModels();
  const inReport = models.filter((one) => one.report !== undefined).length;
  const shown: [string, string][] = [
    [format.number(models.length), w.modelsDrafted(models.length)],
    [w.ofPlaces(inReport, LIMITS.models_in_report_max), w.inReport],
  ];
  const note = models.length === 0 ? w.noModels : undefined;
  return <Area to="modeller" icon={ComponentIcon} title={w.describing} numbers={shown} note={note} />;
}

/** The boards, and what they ask the mapping for. */
function Exploring() {
  const { m, format } = useMessages();
  const w = m.overview;
  const boards = useCollections().value?.collections.filter((one) => one.board !== null).length;
  const tasks = useUses().things.filter((thing) => thing.waits).length;
  if (boards === undefined) return null;
  const shown: [string, string][] = [[format.number(boards), w.boards(boards)]];
  if (tasks > 0) shown.push([format.number(tasks), w.tasksWait(tasks)]);
  const note = boards === 0 ? w.noBoards : undefined;
  return <Area to="innsamlinger" icon={LightBulbIcon} title={w.exploring} numbers={shown} note={note} />;
}

const noCopies: readonly KeptCopy[] = [];

function Waiting({ numbers }: { numbers: Numbers }) {
  const { m } = useMessages();
  const { id, sync } = useLive();
  const copies = useStoreOr(sync?.kept, noCopies).filter((copy) => copy.status === "offered").length;
  const table = `/w/${id}/eksempler`;
  const tasks = useUses().things.filter((thing) => thing.waits).length;
  const waiting = [
    copies > 0 && { to: `/w/${id}/kopier`, t: m.overview.copies(copies), s: m.overview.copiesHelp },
    tasks > 0 && { to: `${table}/sok`, t: m.overview.tasks(tasks), s: m.overview.tasksHelp },
    numbers.notAssessed > 0 && {
      to: `${table}?decision=none`,
      t: m.overview.notAssessed(numbers.notAssessed),
      s: m.overview.notAssessedHelp,
    },
    numbers.leastFilled && {
      to: `${table}?sort=filled`,
      t: m.overview.notCoded(numbers.notFilled),
      s: m.overview.notCodedHelp(numbers.leastFilled.code, numbers.leastFilled.missing),
    },
    numbers.noLevel > 0 && {
      to: `${table}?group=offentlig`,
      t: m.overview.noLevel(numbers.noLevel),
      s: m.overview.noLevelHelp,
    },
  ].filter((one) => one !== false && one !== undefined);
  return (
    <section className="o-wait">
      <h2>
        {m.overview.waiting} {waiting.length ? <span className="count">{waiting.length}</span> : null}
      </h2>
      {waiting.length === 0 ? <p className="muted small pad">{m.overview.waitingNone}</p> : null}
      <ul className="rows">
        {waiting.map(({ to, t, s }) => (
          <li key={to}>
            <Link to={to}>
              <span className="t">{t}</span>
              <span className="s">{s}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const nobody: readonly HerePerson[] = [];

function Here() {
  const { m } = useMessages();
  const { sync, me, id } = useLive();
  const rows = useRowsBySubject();
  const here = useStoreOr(sync?.here, nobody);
  const others = [
    ...new Map(here.filter((one) => !one.self).map((one) => [one.person.participant, one])).values(),
  ];
  return (
    <section>
      <h2>
        {m.frame.peopleHere} {others.length ? <span className="count">{others.length + 1}</span> : null}
      </h2>
      {others.length === 0 ? <p className="muted small pad">{m.overview.nobodyElse}</p> : null}
      <ul className="rows">
        {others.map(({ person, subject }) => {
          const row = subject ? rows.get(subject) : undefined;
          return (
            <li key={person.participant}>
              <PersonMark name={person.name} group={person.actor_group} size="sm" quiet />
              <span className="grow">
                <span className="t">{person.name}</span>
                <span className="s">
                  {row ? (
                    <Link to={`/w/${id}/eksempler/${row.subject}`}>
                      {m.overview.at(`${row.code} ${row.name}`)}
                    </Link>
                  ) : (
                    m.overview.hereToo
                  )}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
      {me.grants.includes("facilitator") ? (
        <p className="pad">
          <Button variant="tertiary" asChild>
            <Link to={`/w/${id}/folk`}>
              <PersonPlusIcon aria-hidden /> {m.overview.invite}
            </Link>
          </Button>
        </p>
      ) : null}
    </section>
  );
}

/** What the team does around the cases: plan, dialogue, searches. */
function Fieldwork() {
  const { m } = useMessages();
  const { id } = useLive();
  if (!useIsTeam()) return null;
  const pages = [
    { to: "leveranseplan", t: m.plan.title, s: m.overview.planHelp },
    { to: "eksempler/dialog", t: m.dialogue.title, s: m.overview.dialogueHelp },
    { to: "eksempler/sok", t: m.searches.title, s: m.overview.searchesHelp },
    { to: "sammenhenger", t: m.uses.title, s: m.overview.usesHelp },
  ];
  return (
    <section>
      <h2>{m.overview.fieldwork}</h2>
      <ul className="rows">
        {pages.map(({ to, t, s }) => (
          <li key={to}>
            <Link to={`/w/${id}/${to}`}>
              <span className="t">{t}</span>
              <span className="s">{s}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Mix({ numbers }: { numbers: Numbers }) {
  const { m, format } = useMessages();
  const { id } = useLive();
  const most = Math.max(...SLOT_GROUPS.map((group) => numbers.byGroup.get(group) ?? 0), 1);
  return (
    <section>
      <h2>{m.overview.mix}</h2>
      <ul className="mix" aria-label={m.overview.mixHelp}>
        {SLOT_GROUPS.map((group) => {
          const n = numbers.byGroup.get(group) ?? 0;
          return (
            <li key={group}>
              <Link to={`/w/${id}/eksempler?group=${group}`} className={n === 0 ? "zero" : ""}>
                <ActorMark group={group} quiet />
                <span>{m.groupsShort[group]}</span>
                <span className="b" aria-hidden="true">
                  <i style={{ inlineSize: `${(100 * n) / most}%` }} />
                </span>
                <span className="n num">{format.number(n)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Empty() {
  const { m } = useMessages();
  const { id } = useLive();
  const isTeam = useIsTeam();
  return (
    <section className="teach">
      <h2>{m.overview.empty}</h2>
      <p>{m.overview.emptyHelp}</p>
      <p className="row">
        <span className="small muted">{m.overview.emptyExample}</span>
        <span className="chip">
          <span className="k" aria-hidden="true">
            E
          </span>
          <span className="code">N18</span>
          <span className="t">Med hjerte for Arendal</span>
        </span>
        <span className="row">
          {(["kommune", "naeringsliv", "frivillig"] as const).map((group) => (
            <ActorMark key={group} group={group} />
          ))}
        </span>
      </p>
      {isTeam ? (
        <div className="row">
          <Button asChild>
            <Link to={`/w/${id}/hent-inn`}>
              <UploadIcon aria-hidden /> {m.intake.title}
            </Link>
          </Button>
          <Button variant="secondary" asChild>
            <Link to={`/w/${id}/eksempler?ny=1`}>{m.cases.create}</Link>
          </Button>
        </div>
      ) : (
        <p className="muted">{m.overview.emptyRead}</p>
      )}
    </section>
  );
}
