// Aktørkart: who works together in some cases, drawn by actor group, and how the cases differ in that.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { useRef } from "react";
import { type ActorMap, useActorMap } from "../api/actors.ts";
import { useLive, useRowsBySubject } from "../api/live.tsx";
import { Base } from "../design/Base.tsx";
import { CaseViews } from "../design/CaseViews.tsx";
import { NarrowSentence } from "../design/Narrow.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Picture } from "../design/Picture.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { Choose } from "./Choose.tsx";
import { Compare } from "./Compare.tsx";
import { Drawn } from "./Drawn.tsx";
import { Listed } from "./Listed.tsx";
import { useOnMap } from "./onMap.ts";
import "../design/figures.css";
import "../fields/list.css";
import "./actorMap.css";

export function ActorMapPage() {
  const { m } = useMessages();
  const { id } = useLive();
  const onMap = useOnMap();
  const asked = useActorMap(id, onMap.subjects);
  // While another choice is computed, the map before stays.
  const last = useRef<ActorMap>(undefined);
  last.current = asked.value ?? last.current;
  const map = last.current;
  const isDrawn = map !== undefined && map.cases.length > 0 && onMap.subjects.length > 0;
  return (
    <div className="page figures actormap">
      <div className="head">
        <div>
          <Title tab={m.actorMap.title}>{m.actorMap.title}</Title>
          <p className="lead num">
            {isDrawn ? m.actorMap.summary(map.organisations, map.cases.length) : m.actorMap.lead}
          </p>
        </div>
      </div>
      <CaseViews />
      <Choose onMap={onMap} />
      <NotLoaded of={asked} />
      {!map && !asked.problem ? <Skeleton height={480} /> : null}
      {isDrawn ? (
        <div className="stack" aria-busy={asked.value === undefined}>
          <Found map={map} />
        </div>
      ) : null}
      {map && !isDrawn && onMap.known ? <None onMap={onMap} /> : null}
    </div>
  );
}

function Found({ map }: { map: ActorMap }) {
  const { m } = useMessages();
  const rows = useRowsBySubject();
  const narrow = map.cases.flatMap((one) => (one.narrow_ecosystem ? (rows.get(one.subject) ?? []) : []));
  return (
    <>
      {narrow.map((row) => (
        <NarrowSentence key={row.subject} row={row} />
      ))}
      <Picture
        name="kart"
        level={2}
        title={m.actorMap.map}
        caption={m.actorMap.caption}
        picture={
          <div className="mapscroll" tabIndex={0} role="group" aria-label={m.actorMap.map}>
            <Drawn map={map} />
          </div>
        }
        list={<Listed map={map} />}
      />
      <Compare map={map} />
      <Base about={map.about} />
    </>
  );
}

function None({ onMap }: { onMap: ReturnType<typeof useOnMap> }) {
  const { m } = useMessages();
  return (
    <Teach title={m.actorMap.none} help={m.actorMap.noneHelp} example={m.actorMap.noneExample}>
      {onMap.ecosystems.length ? (
        <Button onClick={() => onMap.set(onMap.ecosystems)}>{m.actorMap.ecosystems(onMap.ecosystems.length)}</Button>
      ) : null}
    </Teach>
  );
}
