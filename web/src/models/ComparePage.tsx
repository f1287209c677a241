// Models side by side: when to take which, who takes part, how each moves, what it is good and bad at (R26, R47).
import { XMarkIcon } from "@navikt/aksel-icons";
import { Link, useSearchParams } from "react-router";
import { useChallenges } from "../api/challenges.ts";
import { useCaseCounts, useLabels } from "../api/labels.ts";
import { useLive } from "../api/live.tsx";
import type { ModelDocument } from "../api/modelDocument.ts";
import { casesIn, type Reading, readingOf } from "../api/modelReading.ts";
import { modelPath, useNamedModels } from "../api/models.ts";
import { ActorMark } from "../design/ActorMark.tsx";
import { FlowLine } from "../design/FlowLine.tsx";
import { Segmented } from "../design/Segmented.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { AddChosen } from "../fields/AddChosen.tsx";
import { TASKS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { useReadAll, WorkshopContext } from "../sync/react.ts";
import { Fit } from "./Fit.tsx";
import "../fields/list.css";
import "./models.css";

export function ComparePage() {
  const { m } = useMessages();
  const { sync } = useLive();
  const models = useNamedModels();
  return (
    <div className="page compare">
      <Title tab={m.models.compare}>{m.models.compare}</Title>
      {models.length < 2 ? <Teach title={m.models.compareNone} help={m.models.compareNoneHelp} /> : null}
      {sync && models.length >= 2 ? (
        <WorkshopContext value={sync}>
          <Side models={models} />
        </WorkshopContext>
      ) : null}
    </div>
  );
}

type Named = ReturnType<typeof useNamedModels>[number];

/** As many as one can hold beside each other at first; more are added by hand. */
const AT_FIRST = 3;

function Side({ models }: { models: Named[] }) {
  const { m } = useMessages();
  const [params, setParams] = useSearchParams();
  const wanted = params.get("m")?.split(",") ?? models.slice(0, AT_FIRST).map((one) => one.code);
  const chosen = models.filter((one) => wanted.includes(one.code));
  const all = params.get("alt") === "ja";
  const readings = useReadAll(
    chosen.map((one) => one.subject),
    (doc: ModelDocument | undefined) => readingOf(doc),
  );
  const set = (codes: string[], everything: boolean) => setParams({ m: codes.join(","), ...(everything ? { alt: "ja" } : {}) }, { replace: true });
  const codes = chosen.map((one) => one.code);
  const others = models.filter(({ code }) => !codes.includes(code));
  const add = (subject: string) => set([...codes, ...others.flatMap((one) => (one.subject === subject ? one.code : []))], all);
  const shapes = [
    { value: "apart", label: m.models.onlyApart },
    { value: "all", label: m.models.everything },
  ] as const;
  return (
    <>
      <div className="comparebar">
        <Segmented legend={m.models.compareShow} hideLegend value={all ? "all" : "apart"} options={[...shapes]} onChoose={(next) => set(codes, next === "all")} />
        <AddChosen choices={others.map(({ subject, words }) => ({ key: subject, words }))} label={m.models.compareAdd} action={m.models.compareAddDo} onAdd={add} />
      </div>
      <Table models={chosen} readings={readings} all={all} onDrop={(code) => set(codes.filter((one) => one !== code), all)} />
    </>
  );
}

/** A row of the comparison: what each model says, in words that tell whether they say the same. */
interface Row {
  key: string;
  name: string;
  cells: { words: string; shown: React.ReactNode }[];
}

interface TableProps {
  models: Named[];
  readings: readonly Reading[];
  all: boolean;
  onDrop(code: string): void;
}

function Table({ models, readings, all, onDrop }: TableProps) {
  const { m, format } = useMessages();
  const { id } = useLive();
  const rows = useCompared(readings);
  const same = (row: Row) => readings.length > 1 && row.cells.every(({ words }) => words === row.cells[0]?.words);
  const shown = all ? rows : rows.filter((row) => !same(row));
  const hidden = rows.filter((row) => !shown.includes(row)).map((row) => row.name);
  return (
    <>
      <div className="tablescroll" role="region" aria-label={m.models.compare} tabIndex={0}>
        <table className="plain comparetable">
          <caption className="vh">{m.models.compare}</caption>
          <thead>
            <tr>
              <td />
              {models.map((model, at) => (
                <th key={model.subject} scope="col">
                  <span className="row tight">
                    <span className="mcode num">{model.code}</span>
                    <Link className="grow" to={modelPath(id, model.subject)}>
                      {readings[at]?.name || m.models.unnamed}
                    </Link>
                    <button type="button" className="iconbtn" onClick={() => onDrop(model.code)}>
                      <XMarkIcon aria-hidden className="ic" />
                      <span className="vh">{m.models.compareDrop(model.code)}</span>
                    </button>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.name}</th>
                {row.cells.map(({ shown: cell, words }, at) => (
                  <td key={models[at]?.subject}>{words === "" ? <span className="muted">{m.model.unwritten}</span> : cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden.length ? <p className="small muted">{m.models.alike(format.list(hidden))}</p> : null}
    </>
  );
}

function useCompared(readings: readonly Reading[]): Row[] {
  const { m, format } = useMessages();
  const labels = useLabels();
  const { inUse } = useChallenges();
  const row = (key: string, name: string, words: (reading: Reading) => string, shown?: (reading: Reading, words: string) => React.ReactNode): Row => ({
    key,
    name,
    cells: readings.map((reading) => {
      const said = words(reading);
      return { words: said, shown: shown ? shown(reading, said) : said };
    }),
  });
  const groups = (reading: Reading) => [...new Set(reading.roles.flatMap((role) => role.groups))].sort();
  const counted = useCaseCounts();
  const traits = (key: string) => (reading: Reading) =>
    reading.traits
      .filter((trait) => trait.characteristic === key && (trait.class === "core" || trait.class === "choice"))
      .map((trait) => labels.value(key, trait.value))
      .sort()
      .join(", ");
  const characteristics = [...new Set(readings.flatMap((reading) => reading.traits.map((trait) => trait.characteristic)))];
  const claims = (kind: string) => (reading: Reading) => reading.claims.filter((claim) => claim.kind === kind).map((claim) => claim.text).join("\n");
  const list = (_: Reading, words: string) => (
    <ul className="dotted">
      {words.split("\n").map((one) => (
        <li key={one}>{one || m.model.unwritten}</li>
      ))}
    </ul>
  );
  const fit = (list: "tasks" | "challenges", key: string) => (reading: Reading) => reading[list].find((one) => one.key === key)?.fit ?? "";
  const taskWords: Record<string, string> = m.model.taskFits;
  return [
    row("when", m.model.useWhen, (reading) => reading.texts["when"] ?? ""),
    row("whenNot", m.model.leaveWhen, (reading) => reading.texts["when_not"] ?? ""),
    row(
      "who",
      m.model.whoTakesPart,
      (reading) => groups(reading).join(" "),
      (reading) => (
        <span className="row tight">
          {groups(reading).map((group) => (
            <ActorMark key={group} group={group} />
          ))}
        </span>
      ),
    ),
    row("flow", m.model.howItGoes, (reading) => JSON.stringify(reading.flow.phases.length ? reading.flow : ""), (reading) => <FlowLine flow={reading.flow} />),
    row("duration", m.model.duration, (reading) => reading.texts["duration"] ?? ""),
    row("roles", m.model.roles.title, (reading) => format.list(reading.roles.map((role) => role.name))),
    ...characteristics.map((key) => row(`trait-${key}`, labels.characteristic(key), traits(key))),
    row("strengths", m.model.claims.strength.title, claims("strength"), list),
    row("weaknesses", m.model.claims.weakness.title, claims("weakness"), list),
    ...TASKS.map((task) => row(`task-${task}`, m.model.suitsTask(m.model.taskNames[task]), fit("tasks", task), (_, words) => taskWords[words] ?? words)),
    ...inUse.map(({ key: challenge, name }) =>
      row(`challenge-${challenge}`, name, fit("challenges", challenge), (_, words) => <Fit words={words} />),
    ),
    row("transfer", m.model.transfer, (reading) => (m.model.transfers as Record<string, string>)[reading.transfer] ?? ""),
    row("evidence", m.model.viewNames.belegg, (reading) => counted(casesIn(reading))),
  ].filter((one) => one.cells.some(({ words }) => words !== ""));
}
