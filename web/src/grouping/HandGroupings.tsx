// Groups made by hand: several groupings side by side, names written together, moves with their reasons.
import { Button } from "@digdir/designsystemet-react";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { furnish } from "../api/calls.ts";
import type { Grouping } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { useIsTeam, useLive, useStoreOr } from "../api/live.tsx";
import { isReady } from "../api/ready.ts";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { FieldsContext } from "../fields/editor.ts";
import { useMessages } from "../messages/index.ts";
import { useMayWrite, useRead, useReplica, useReplicaState, WorkshopContext } from "../sync/react.ts";
import type { CatalogueEntry, WorkshopSync } from "../sync/types.ts";
import { fromMap, groupingsOf, newGrouping, type Register, type Start } from "./hand.ts";
import { HandGroups } from "./HandGroups.tsx";
import { Removed } from "./HandTools.tsx";
import { letterOf, traitsOf } from "./names.ts";

const nothing: readonly CatalogueEntry[] = [];

export function HandGroupings({ grouping }: { grouping: Grouping }) {
  const { m } = useMessages();
  const { sync } = useLive();
  const catalogue = useStoreOr(sync?.catalogue, nothing);
  const subject = catalogue.find((entry) => entry.kind === "register")?.subject;
  return (
    <section className="hand" aria-labelledby="egne">
      <h2 id="egne">{m.hand.title}</h2>
      <p className="small muted">{m.hand.help}</p>
      {sync && subject ? (
        <WorkshopContext value={sync}>
          <Live key={subject} subject={subject} computed={grouping} />
        </WorkshopContext>
      ) : (
        <p className="small muted">{m.hand.none}</p>
      )}
      <Begin grouping={grouping} another={subject !== undefined} />
    </section>
  );
}

const EGEN = "egen";

function Live({ subject, computed }: { subject: string; computed: Grouping }) {
  const { m } = useMessages();
  const { say } = useLive();
  const [params, setParams] = useSearchParams();
  const replica = useReplica<Register>(subject);
  const state = useReplicaState(replica);
  const mayWrite = useMayWrite(replica);
  const all = useRead(replica, groupingsOf);
  const groupings = all.filter((one) => !one.removed);
  const fields = useMemo(() => (replica ? { replica, mayWrite, say } : undefined), [replica, mayWrite, say]);
  if (!fields || state !== "ready") return <p className="small muted">{m.common.loading}</p>;
  const asked = groupings.find((one) => one.id === params.get(EGEN));
  const shown = asked ?? groupings.find((one) => one.current) ?? groupings[0];
  const show = (id: string) =>
    setParams((before) => (before.set(EGEN, id), before), { replace: true, preventScrollReset: true });
  return (
    <FieldsContext value={fields}>
      {groupings.length > 1 && shown ? (
        <label className="row">
          <span className="small">{m.hand.which}</span>
          <select className="input" value={shown.id} onChange={(event) => show(event.target.value)}>
            {groupings.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name || m.hand.unnamed}
                {one.current ? ` (${m.hand.current.toLocaleLowerCase()})` : ""}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {shown ? <HandGroups key={shown.id} hand={shown} computed={computed} /> : <p className="small muted">{m.hand.none}</p>}
      <Removed all={all.filter((one) => one.removed)} />
    </FieldsContext>
  );
}

interface BeginProps {
  grouping: Grouping;
  /** There is a document for it. */
  another: boolean;
}

/** Makes a grouping; the document for it too, where nobody has made one yet. */
function Begin({ grouping, another }: BeginProps) {
  const { m } = useMessages();
  const { id: workshop, sync } = useLive();
  const [, setParams] = useSearchParams();
  const labels = useLabels();
  const isTeam = useIsTeam();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const begin = async (start: Start) => {
    if (!sync) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { subject } = await furnish(workshop, "register");
      await isListed(sync, subject);
      const made = await add(sync, subject, start);
      if (!made) return setProblem(m.case.offlineHelp);
      setParams((before) => (before.set(EGEN, made), before), { replace: true, preventScrollReset: true });
    } catch (error) {
      setProblem(wordsOf(error, m));
    } finally {
      setBusy(false);
    }
  };
  const nameOf = (place: number) => {
    const group = grouping.groups[place];
    return (group && traitsOf(group, labels, 2)) || m.grouping.group(letterOf(place));
  };
  if (!isTeam) return null;
  return (
    <>
      {another ? <h3>{m.hand.another}</h3> : null}
      <ProblemLine>{problem}</ProblemLine>
      <div className="row">
        <Button
          variant="secondary"
          disabled={busy || !sync}
          onClick={() => void begin(fromMap(grouping, m.hand.fromMap, nameOf))}
        >
          {m.hand.start}
        </Button>
        <Button
          variant="tertiary"
          disabled={busy || !sync}
          onClick={() => void begin({ name: m.hand.byHand, madeBy: "hand", groups: [{ name: m.hand.newGroup, members: [] }] })}
        >
          {m.hand.empty}
        </Button>
      </div>
    </>
  );
}

/** The id of the new grouping; undefined where the document could not be opened. */
async function add(sync: WorkshopSync, subject: string, start: Start): Promise<string | undefined> {
  const replica = sync.open<Register>(subject);
  try {
    if (!(await isReady(replica)) || !replica.may.has("write")) return undefined;
    const made = newGrouping(start, groupingsOf(replica.doc), replica.doc);
    replica.edit(made.edit);
    return made.id;
  } finally {
    replica.close();
  }
}

/** A document that was just made is in the catalogue a moment later; until then it would open as missing. */
function isListed(sync: WorkshopSync, subject: string): Promise<void> {
  return new Promise((resolve) => {
    let stop = () => undefined as void;
    const look = () => {
      if (!sync.catalogue.get().some((entry) => entry.subject === subject)) return;
      stop();
      resolve();
    };
    stop = sync.catalogue.subscribe(look);
    look();
  });
}
