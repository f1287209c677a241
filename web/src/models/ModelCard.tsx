// A model in short: what it is, how it moves, who takes part, what it rests on, and what is missing, in words.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { Link } from "react-router";
import { headOf, isDynamic, type ModelDocument, type ModelHead } from "../api/modelDocument.ts";
import { useCaseCounts } from "../api/labels.ts";
import { useIsTeam, useLive } from "../api/live.tsx";
import { modelPath } from "../api/models.ts";
import { ActorMark } from "../design/ActorMark.tsx";
import { FlowLine } from "../design/FlowLine.tsx";
import type { ActorGroup } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { useRead, useReplica, useReplicaState } from "../sync/react.ts";
import type { CatalogueEntry } from "../sync/types.ts";

export function ModelCard({ model, onMove }: { model: CatalogueEntry; onMove(): void }) {
  const { m } = useMessages();
  const { id } = useLive();
  const isTeam = useIsTeam();
  const replica = useReplica<ModelDocument>(model.subject);
  const ready = useReplicaState(replica) === "ready";
  const head = useRead(replica, headOf);
  return (
    <li className="card modelcard" aria-label={head.name}>
      <h3>
        <span className="mcode num">{model.code}</span>
        <Link to={modelPath(id, model.subject)}>{head.name || m.models.unnamed}</Link>
      </h3>
      {ready ? <Short head={head} /> : <Skeleton height={72} />}
      {isTeam ? (
        <Button variant="tertiary" data-size="sm" onClick={onMove}>
          {model.report === undefined ? m.models.putInDo : m.models.takeOutDo}
        </Button>
      ) : null}
    </li>
  );
}

function Short({ head }: { head: ModelHead }) {
  const { m, format } = useMessages();
  const counted = useCaseCounts();
  const missing = missingIn(head, m.models.missing);
  return (
    <>
      <p className="grow">{head.pitch || <span className="muted">{m.models.noPitch}</span>}</p>
      <div className="flowrow">
        <FlowLine flow={head.flow} />
        <span className="row tight">
          {head.groups.map((group) => (
            <ActorMark key={group} group={group as ActorGroup} />
          ))}
        </span>
      </div>
      {missing.length ? <p className="small warnline">{format.list(missing)}.</p> : null}
      <p className="small muted modelfoot">
        <span>{head.status ? m.model.statuses[head.status] : ""}</span>
        <span>{head.kind ? m.model.kinds[head.kind] : ""}</span>
        <span>{counted(head.cases)}</span>
      </p>
    </>
  );
}

interface Words {
  proposals(n: number): string;
  flow: string;
  still: string;
  bare(n: number): string;
  cases: string;
}

/** The first things to do about it; an exploratory model needs no case. */
function missingIn(head: ModelHead, words: Words): string[] {
  return [
    head.proposals > 0 && words.proposals(head.proposals),
    head.flow.phases.length === 0 && words.flow,
    head.flow.phases.length > 0 && !isDynamic(head.flow) && words.still,
    head.bare > 0 && words.bare(head.bare),
    head.cases.length === 0 && head.kind !== "exploratory" && words.cases,
  ].filter((one) => one !== false);
}
