// What people answer apart from each other: what is asked now, and what was asked before.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { Link } from "react-router";
import type { Collection } from "../api/collections.ts";
import { useCollections, useLive, waitsFor } from "../api/live.tsx";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { KIND_ICONS } from "./kinds.ts";
import { NewCollection } from "./NewCollection.tsx";
import "./collections.css";

export function CollectionsPage() {
  const { m } = useMessages();
  const { me } = useLive();
  const { value, problem } = useCollections();
  const [making, setMaking] = useState(false);
  const leads = me.grants.includes("facilitator");
  const all = value?.collections;
  return (
    <div className="page">
      <div className="head">
        <div>
          <Title tab={m.collections.title}>{m.collections.title}</Title>
          <p className="lead">{m.collections.lead}</p>
        </div>
        {leads && !making ? (
          <div className="actions">
            <Button onClick={() => setMaking(true)}>
              <PlusIcon aria-hidden /> {m.collections.make}
            </Button>
          </div>
        ) : null}
      </div>
      {making ? <NewCollection onClose={() => setMaking(false)} /> : null}
      {problem && !all ? <ProblemLine>{wordsOf(problem, m)}</ProblemLine> : null}
      {all?.length === 0 && !making ? (
        <Teach
          title={m.collections.none}
          help={leads ? m.collections.noneHelpLead : m.collections.noneHelp}
        />
      ) : null}
      <ul className="clist">{all?.map((one) => <Line key={one.id} collection={one} />)}</ul>
    </div>
  );
}

function Line({ collection }: { collection: Collection }) {
  const { m, format } = useMessages();
  const { id } = useLive();
  const Icon = KIND_ICONS[collection.kind];
  return (
    <li className="card">
      <Icon aria-hidden className="ic" />
      <div className="grow">
        <h2>
          <Link to={`/w/${id}/innsamlinger/${collection.id}`}>{collection.title}</Link>
        </h2>
        <p className="small muted">
          {[
            m.collections.kinds[collection.kind],
            collection.round > 1 ? m.collections.round(collection.round) : "",
            collection.team ? m.collections.teamOnly : "",
            format.dateTime(collection.opened_ms),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <StateTag collection={collection} />
    </li>
  );
}

/** Where it stands, as far as it concerns me. */
function StateTag({ collection }: { collection: Collection }) {
  const { m } = useMessages();
  const { me } = useLive();
  const { state, sent } = collection;
  if (state === "revealed") return <span className="tag good">{m.collections.states.revealed}</span>;
  if (state === "closed") return <span className="tag">{m.collections.states.closed}</span>;
  if (waitsFor(collection, me)) return <span className="tag acc">{m.collections.yourTurn}</span>;
  return <span className="tag">{m.collections.sentCount(sent)}</span>;
}
