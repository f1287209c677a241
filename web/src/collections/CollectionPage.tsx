// One collection: the task and my answer while it is open, what it came to once it is revealed.
import { Button } from "@digdir/designsystemet-react";
import { EyeIcon, EyeSlashIcon } from "@navikt/aksel-icons";
import { Link, useParams } from "react-router";
import type { Collection } from "../api/collections.ts";
import { useCollections, useLive, useStage } from "../api/live.tsx";
import { modelPath, useModels } from "../api/models.ts";
import { clock, useTimeLeft } from "../api/timeLeft.ts";
import { wordsOf } from "../api/words.ts";
import { MessageBlock } from "../design/Problems.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { WorkshopContext } from "../sync/react.ts";
import { Answer } from "./Answer.tsx";
import { Console } from "./Console.tsx";
import { OutcomeView } from "./OutcomeView.tsx";
import "./collections.css";

export function CollectionPage() {
  const { m } = useMessages();
  const { collection: id = "" } = useParams();
  const { me, sync } = useLive();
  const { value, problem, refresh } = useCollections();
  const collection = value?.collections.find((one) => one.id === id);
  if (!value && problem) {
    return (
      <MessageBlock title={m.problems.title} help={wordsOf(problem, m)}>
        <Button onClick={() => void refresh()}>{m.common.tryAgain}</Button>
      </MessageBlock>
    );
  }
  if (!value || !sync) return <p className="vh">{m.common.loading}</p>;
  if (!collection) return <MessageBlock title={m.collections.notHere} help={m.collections.notHereHelp} />;
  const leads = me.grants.includes("facilitator");
  return (
    <WorkshopContext value={sync}>
      <div className={`page collection ${collection.kind === "codings" ? "codings" : leads ? "leads" : "text"}`} key={id}>
        <div className="task">
          <p className="codeline small muted">
            <span>
              {m.collections.kinds[collection.kind]}
              {collection.round > 1 ? ` · ${m.collections.round(collection.round)}` : ""}
            </span>
            <TimeLeft collection={collection} />
          </p>
          <Title tab={collection.title}>{collection.title}</Title>
          {collection.about && collection.about.purpose !== "balance" ? <AboutModel model={collection.about.model} /> : null}
          {collection.prompt ? <p className="prompt">{collection.prompt}</p> : null}
          <Body collection={collection} />
        </div>
        {leads ? <Console collection={collection} refresh={refresh} /> : null}
      </div>
    </WorkshopContext>
  );
}

/** The way to the model that is asked about: one reads it before one answers. */
function AboutModel({ model }: { model: string }) {
  const { m } = useMessages();
  const { id } = useLive();
  const known = useModels().find((one) => one.subject === model);
  if (!known) return null;
  return (
    <p>
      <Link to={modelPath(id, model)}>{m.assess.readModel(known.code ?? "")}</Link>
    </p>
  );
}

/** On a phone there is no room for it at the top of the screen. */
function TimeLeft({ collection }: { collection: Collection }) {
  const { m } = useMessages();
  const stage = useStage();
  const left_s = useTimeLeft(stage?.activity?.collection === collection.id ? stage : undefined);
  if (left_s === undefined || collection.state !== "open") return null;
  return <span className="timeleft num">{left_s === 0 ? m.stage.over : clock(left_s)}</span>;
}

function Body({ collection }: { collection: Collection }) {
  const { m } = useMessages();
  if (collection.state === "revealed") return <OutcomeView collection={collection} />;
  return (
    <>
      {collection.asked ? <WhoSees collection={collection} /> : null}
      {collection.state === "closed" ? (
        <p className="sentence" role="status">
          {m.collections.closedHelp}
        </p>
      ) : null}
      {collection.asked ? <Answer collection={collection} /> : <p className="sentence">{m.collections.notAsked}</p>}
    </>
  );
}

/** Said before anybody writes: who will see it, and whether with a name. */
function WhoSees({ collection }: { collection: Collection }) {
  const { m } = useMessages();
  const Icon = collection.named ? EyeIcon : EyeSlashIcon;
  return (
    <p className="whosees">
      <Icon aria-hidden className="ic" />
      <span>
        <b className="strong">{m.collections.onlyYou}</b>{" "}
        {collection.kind === "codings" ? m.doubleCoding.named : collection.named ? m.collections.thenNamed : m.collections.thenNameless}
        {collection.named ? null : <span className="small muted backups"> {m.collections.backups}</span>}
      </span>
    </p>
  );
}
