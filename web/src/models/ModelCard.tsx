// A model in short: what it is, how it moves, who takes part, what it rests on, how its claims divide, and what is missing,
// in words. In the report it has a number, and can be moved to another.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { ArrowLeftIcon, ArrowRightIcon } from "@navikt/aksel-icons";
import { Link } from "react-router";
import { headOf, isDynamic, type ModelDocument, type ModelHead } from "../api/modelDocument.ts";
import { classed, type ModelClaims } from "../api/balance.ts";
import { useCaseCounts } from "../api/labels.ts";
import { useIsTeam, useLive } from "../api/live.tsx";
import { modelPath } from "../api/models.ts";
import { ActorMark } from "../design/ActorMark.tsx";
import { ClaimsBar } from "../design/ClaimsBar.tsx";
import { FlowLine } from "../design/FlowLine.tsx";
import type { ActorGroup } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { useRead, useReplica, useReplicaState } from "../sync/react.ts";
import type { CatalogueEntry } from "../sync/types.ts";

interface Props {
  model: CatalogueEntry;
  /** What readers say of its claims. */
  claims: ModelClaims | undefined;
  /** From nought, among so many. */
  place: number;
  of: number;
  /** Into the report, or out of it. */
  onMove(): void;
  /** To another place there. */
  onPlace(place: number): void;
}

export function ModelCard({ model, claims, place, of, onMove, onPlace }: Props) {
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
      {claims && classed(claims) > 0 ? (
        <div>
          <ClaimsBar claims={claims} />
        </div>
      ) : null}
      <div className="modelmoves">
        {model.report === undefined ? null : <span className="small strong num">{m.model.inReport(model.report)}</span>}
        {isTeam && model.report !== undefined ? (
          <Moves name={head.name || model.code || m.models.unnamed} place={place} of={of} onPlace={onPlace} />
        ) : null}
        {isTeam ? (
          <Button variant="tertiary" data-size="sm" onClick={onMove}>
            {model.report === undefined ? m.models.putInDo : m.models.takeOutDo}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** Before the one before it, or after the one after it. A button at the end stays where it is, so that it keeps the focus. */
function Moves({ name, place, of, onPlace }: { name: string } & Pick<Props, "place" | "of" | "onPlace">) {
  const { m } = useMessages();
  const ways = [
    { to: place - 1, label: m.models.earlier(name), Icon: ArrowLeftIcon, ends: place === 0 },
    { to: place + 1, label: m.models.later(name), Icon: ArrowRightIcon, ends: place === of - 1 },
  ];
  return (
    <span className="moves">
      {ways.map(({ to, label, Icon, ends }) => (
        <button key={label} type="button" className="iconbtn" aria-label={label} aria-disabled={ends} onClick={() => ends || onPlace(to)}>
          <Icon aria-hidden className="ic" />
        </button>
      ))}
    </span>
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
