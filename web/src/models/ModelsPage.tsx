// All models on one screen: those in the report, with the counter that the server keeps, and the drafts.
import { Button } from "@digdir/designsystemet-react";
import { ArrowRightLeftIcon, PlusIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { Link } from "react-router";
import { useIsTeam, useLive } from "../api/live.tsx";
import { useClaims } from "../api/balance.ts";
import { moveInReport, setInReport, useModels } from "../api/models.ts";
import { wordsOf } from "../api/words.ts";
import { ModelViews } from "../design/ModelViews.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { WorkshopContext } from "../sync/react.ts";
import type { CatalogueEntry } from "../sync/types.ts";
import { ModelCard } from "./ModelCard.tsx";
import "./models.css";

export function ModelsPage() {
  const { m } = useMessages();
  const { sync, id } = useLive();
  const isTeam = useIsTeam();
  const models = useModels();
  const inReport = models.filter((one) => one.report !== undefined);
  const drafts = models.filter((one) => one.report === undefined);
  const button = isTeam ? (
    <Button asChild>
      <Link to={`/w/${id}/modeller/ny`}>
        <PlusIcon aria-hidden /> {m.models.make}
      </Link>
    </Button>
  ) : null;
  return (
    <div className="page models">
      <div className="head">
        <div>
          <Title tab={m.models.title}>{m.models.title}</Title>
          <Counter count={inReport.length} />
        </div>
        <div className="actions">
          {models.length > 1 ? (
            <Button variant="secondary" asChild>
              <Link to={`/w/${id}/modeller/sammenlign`}>
                <ArrowRightLeftIcon aria-hidden /> {m.models.compare}
              </Link>
            </Button>
          ) : null}
          {models.length ? button : null}
        </div>
      </div>
      <ModelViews />
      {models.length === 0 ? (
        <Teach title={m.models.none} help={m.models.noneHelp} example={m.models.noneExample}>
          {button}
        </Teach>
      ) : null}
      {sync ? (
        <WorkshopContext value={sync}>
          <Part title={m.models.inReport} models={inReport} />
          <Part title={m.models.drafts} models={drafts} />
        </WorkshopContext>
      ) : null}
    </div>
  );
}

/** How many of the places in the report are taken, as a row of places and in words. */
function Counter({ count }: { count: number }) {
  const { m } = useMessages();
  return (
    <p className="reportcount">
      <span className="places" aria-hidden="true">
        {Array.from({ length: LIMITS.models_in_report_max }, (_, place) => (
          <i key={place} className={place < count ? "on" : ""} />
        ))}
      </span>
      <span className="num">{m.models.count(count, LIMITS.models_in_report_max)}</span>
    </p>
  );
}

function Part({ title, models }: { title: string; models: CatalogueEntry[] }) {
  const { m } = useMessages();
  const { id, say } = useLive();
  const [problem, setProblem] = useState<string>();
  const claims = useClaims(id).value?.models;
  if (models.length === 0) return null;
  const act = async (what: () => Promise<void>, said: string) => {
    setProblem(undefined);
    try {
      await what();
      say(said);
    } catch (error) {
      setProblem(wordsOf(error, m));
    }
  };
  const move = ({ subject, report }: CatalogueEntry) =>
    act(() => setInReport(id, subject, report === undefined), report === undefined ? m.models.putIn : m.models.takenOut);
  const number = ({ subject, code = "" }: CatalogueEntry, to: number) => act(() => moveInReport(id, subject, to), m.models.numbered(code, to));
  return (
    <section>
      <h2>
        {title} <span className="muted num">{models.length}</span>
      </h2>
      <ProblemLine>{problem}</ProblemLine>
      <ul className="modelcards">
        {models.map((model, place) => (
          <ModelCard
            key={model.subject}
            model={model}
            claims={claims?.find((one) => one.model === model.subject)}
            place={place}
            of={models.length}
            onMove={() => void move(model)}
            onPlace={(to) => void number(model, to + 1)}
          />
        ))}
      </ul>
    </section>
  );
}
