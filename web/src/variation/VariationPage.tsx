// Variasjon: what there is among the cases, how much of it is chosen, and what there is none of.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { PrinterSmallIcon, UploadIcon } from "@navikt/aksel-icons";
import { Link } from "react-router";
import { useVariation, type Variation } from "../api/figures.ts";
import { useIsTeam, useLive } from "../api/live.tsx";
import { CaseViews } from "../design/CaseViews.tsx";
import { Download } from "../design/Download.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { NarrowList } from "../design/Narrow.tsx";
import { ListButton, useAsList } from "../design/Picture.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { gapsOf, lostMixesOf, lostValuesOf } from "./gaps.ts";
import { Method } from "./Method.tsx";
import { Mixes, Partners } from "./Mixes.tsx";
import { Countries, Gaps, GAPS } from "./Side.tsx";
import { Tiles, TilesList } from "./Tiles.tsx";
import "../design/figures.css";
import "./variation.css";

const FILES = ["coverage", "pairs", "mixes", "code-book"] as const;

export function VariationPage() {
  const { m } = useMessages();
  const { id } = useLive();
  const asked = useVariation(id);
  const variation = asked.value;
  return (
    <div className="page figures">
      <div className="head">
        <div>
          <Title tab={m.variation.title}>{m.variation.title}</Title>
          {variation?.about.cases ? (
            <p className="lead num">{m.variation.summary(variation.about.cases, variation.about.chosen)}</p>
          ) : null}
        </div>
        {variation?.characteristics.length ? (
          <div className="actions">
            <Download what={FILES} />
            <Button variant="secondary" asChild>
              <Link to={`/w/${id}/eksempler/variasjon/dekning`}>
                <PrinterSmallIcon aria-hidden /> {m.variation.coverageLink}
              </Link>
            </Button>
          </div>
        ) : null}
      </div>
      <CaseViews />
      <NotLoaded of={asked} />
      {!variation && !asked.problem ? (
        <div className="stack" role="status" aria-label={m.common.loading}>
          <Skeleton height={28} />
          <Skeleton height={320} />
        </div>
      ) : null}
      {variation ? <Found variation={variation} /> : null}
    </div>
  );
}

function Found({ variation }: { variation: Variation }) {
  const { m } = useMessages();
  const { about, characteristics } = variation;
  if (about.cases === 0) return <Empty />;
  if (characteristics.length === 0) {
    return <TooLittle title={m.variation.nothingCodedTitle} help={m.variation.nothingCodedHelp} />;
  }
  return (
    <>
      {about.cases === 1 ? <TooLittle title={m.variation.oneTitle} help={m.variation.oneHelp} /> : null}
      <div className="vgrid">
        <div className="vmain">
          {about.cases > 1 ? <Sentence variation={variation} /> : null}
          <Values variation={variation} />
        </div>
        <div className="vside">
          <Gaps variation={variation} />
          <Mixes variation={variation} />
          <NarrowList />
          <Partners variation={variation} />
          <Countries variation={variation} />
        </div>
      </div>
      <Method variation={variation} />
    </>
  );
}

function Sentence({ variation }: { variation: Variation }) {
  const { m } = useMessages();
  const { all, about } = variation;
  const [gaps, lost, mixes] = [gapsOf(variation), lostValuesOf(variation), lostMixesOf(variation)];
  const bold = ([strong, rest]: [string, string]) => (
    <>
      {" "}
      <b>{strong}</b>
      {rest}
    </>
  );
  const toGaps = ([strong, rest]: [string, string]) => (
    <>
      <a href={`#${GAPS}`}>
        <b>{strong}</b>
      </a>
      {rest}
    </>
  );
  return (
    <p className="says num">
      {m.variation.seen(all.values_seen, all.values_possible)}
      {gaps.length ? <> {toGaps(m.variation.gaps(gaps.length))}</> : ` ${m.variation.noGaps}`}
      {about.chosen && (lost.length || mixes.length) ? bold(m.variation.lost(lost.length, mixes.length)) : null}
    </p>
  );
}

function Values({ variation }: { variation: Variation }) {
  const { m } = useMessages();
  const [asList, change] = useAsList("verdier");
  const chosen = variation.about.chosen > 0;
  return (
    <section aria-label={m.variation.tiles}>
      <div className="legend">
        {chosen ? (
          <>
            <span>
              <i className="k all" />
              {m.variation.legendAll}
            </span>
            <span>
              <i className="k sel" />
              {m.variation.legendChosen}
            </span>
          </>
        ) : null}
        <span>
          <i className="k zero" />
          {m.variation.legendGap}
        </span>
        <span className="muted">{chosen ? m.variation.legendHelpChosen : m.variation.legendHelp}</span>
        <ListButton asList={asList} what={m.variation.tiles} onChange={change} />
      </div>
      {asList ? <TilesList variation={variation} /> : <Tiles variation={variation} />}
    </section>
  );
}

function Empty() {
  const { m } = useMessages();
  const { id } = useLive();
  const isTeam = useIsTeam();
  return (
    <Teach title={m.views.emptyTitle} help={m.variation.emptyHelp} example={m.variation.emptyExample}>
      {isTeam ? (
        <Button asChild>
          <Link to={`/w/${id}/hent-inn`}>
            <UploadIcon aria-hidden /> {m.views.import}
          </Link>
        </Button>
      ) : null}
    </Teach>
  );
}

/** There is something, and too little of it. */
function TooLittle({ title, help }: { title: string; help: string }) {
  const { m } = useMessages();
  const { id } = useLive();
  return (
    <Teach title={title} help={help}>
      <Button variant="secondary" asChild>
        <Link to={`/w/${id}/eksempler`}>{m.views.toCases}</Link>
      </Button>
    </Teach>
  );
}
