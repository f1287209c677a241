// Challenges: which models suit the one you have and why, and the whole of it as a table of challenges and models (R48).
import { Link, useSearchParams } from "react-router";
import { type Outcome, outcomePath, roundsOf } from "../api/collections.ts";
import { useChallenges } from "../api/challenges.ts";
import { useCollections, useLive, useRowsBySubject } from "../api/live.tsx";
import { modelFiguresPath, type ModelInShort, modelPath, useModels } from "../api/models.ts";
import { useResource } from "../api/resource.ts";
import { ModelViews } from "../design/ModelViews.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { ChangeChallenges } from "./ChallengeList.tsx";
import { Fit } from "./Fit.tsx";
import "../design/figures.css";
import "../fields/list.css";
import "./models.css";

export function ChallengesPage() {
  const { m } = useMessages();
  const listed = useModels();
  const asked = useResource<{ models: ModelInShort[] }>(modelFiguresPath(useLive().id));
  const models = listed.flatMap(({ subject }) => asked.value?.models.find(({ model }) => model === subject) ?? []);
  return (
    <div className="page models">
      <div className="head">
        <div>
          <Title tab={m.challenges.title}>{m.challenges.title}</Title>
          <p className="lead">{m.challenges.lead}</p>
        </div>
      </div>
      <ModelViews />
      <NotLoaded of={asked} />
      {asked.value && listed.length === 0 ? <Teach title={m.models.none} help={m.models.noneHelp} /> : null}
      {models.length > 0 ? (
        <>
          <LookUp models={models} />
          <Matrix models={models} />
        </>
      ) : null}
      <ChangeChallenges />
    </div>
  );
}

interface Props {
  models: ModelInShort[];
}

/** «Jeg har denne utfordringen»: the models that suit it, the best first. */
function LookUp({ models }: Props) {
  const { m } = useMessages();
  const [params, setParams] = useSearchParams();
  const { inUse } = useChallenges();
  const { key: chosen, description } = inUse.find(({ key }) => key === params.get("har")) ?? {};
  const judged = models.flatMap((model) => {
    const said = chosen && model.challenges[chosen];
    return said && said.fit !== null ? [{ model, fit: said.fit, why: said.why }] : [];
  });
  const ranked = judged.filter(({ fit }) => fit > 0).sort((a, b) => b.fit - a.fit);
  const not = judged.filter(({ fit }) => fit === 0).map(({ model }) => `${model.code} ${model.name}`);
  return (
    <section aria-labelledby="have">
      <h2 id="have">{m.challenges.have}</h2>
      <div className="field">
        <label className="vh" htmlFor="challenge">
          {m.challenges.have}
        </label>
        <select id="challenge" className="input challengechoice" value={chosen ?? ""} onChange={(event) => setParams(event.target.value ? { har: event.target.value } : {}, { replace: true })}>
          <option value="">{m.challenges.choose}</option>
          {inUse.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {description ? <p className="hint">{description}</p> : null}
      {chosen && ranked.length === 0 ? <p className="hint">{m.challenges.nobody}</p> : null}
      <ol className="ranked" aria-label={m.challenges.ranked}>
        {chosen
          ? ranked.map(({ model, fit, why }) => <Ranked key={model.model} model={model} fit={fit} why={why} challenge={chosen} />)
          : null}
      </ol>
      {chosen && not.length > 0 ? <p className="small muted">{m.challenges.not(not.join(", "))}</p> : null}
      {ranked.length > 0 ? <p className="small muted">{m.challenges.says}</p> : null}
    </section>
  );
}

interface RankedProps {
  model: ModelInShort;
  fit: number;
  why: string;
  challenge: string;
}

function Ranked({ model, fit, why, challenge }: RankedProps) {
  const { m, format } = useMessages();
  const { id } = useLive();
  const rows = useRowsBySubject();
  const codes = model.cases.flatMap((subject) => rows.get(subject)?.code ?? []).sort(format.collator.compare);
  return (
    <li className="card">
      <h3>
        <span className="mcode num">{model.code}</span> <Link to={modelPath(id, model.model)}>{model.name || m.models.unnamed}</Link>
      </h3>
      <Fit words={String(fit)} />
      <p>{why || <span className="muted">{m.challenges.noWhy}</span>}</p>
      <p className="small muted">{codes.length ? m.challenges.cases(format.list(codes)) : m.model.noCases}</p>
      <Raters model={model.model} challenge={challenge} />
    </li>
  );
}

/** What several people said of it, apart from each other, in the newest round that was revealed. */
function Raters({ model, challenge }: { model: string; challenge: string }) {
  const { value } = useCollections();
  const newest = roundsOf(value?.collections, model, "challenges").find(({ state }) => state === "revealed");
  return newest ? <Median round={newest.id} challenge={challenge} /> : null;
}

function Median({ round, challenge }: { round: string; challenge: string }) {
  const { m, format } = useMessages();
  const { value } = useResource<Outcome>(outcomePath(useLive().id, round));
  const rated = value?.kind === "ratings" ? value.rated.find(({ item }) => item === challenge) : undefined;
  if (!rated || rated.median === null) return null;
  return <p className="small">{m.challenges.rated(format.number(rated.median), rated.raters)}</p>;
}

function Matrix({ models }: Props) {
  const { m } = useMessages();
  const { inUse } = useChallenges();
  const { id } = useLive();
  return (
    <section aria-labelledby="matrix">
      <h2 id="matrix">{m.challenges.matrix}</h2>
      <div className="tablescroll" role="region" aria-label={m.challenges.matrix} tabIndex={0}>
        <table className="plain matrixtable">
          <caption className="vh">{m.challenges.matrix}</caption>
          <thead>
            <tr>
              <th scope="col">{m.challenges.challenge}</th>
              {models.map(({ model, code, name }) => (
                <th key={model} scope="col">
                  <Link to={modelPath(id, model)}>
                    {code}
                    <span className="vh"> {name}</span>
                  </Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {inUse.map(({ key: challenge, name }) => (
              <tr key={challenge}>
                <th scope="row">{name}</th>
                {models.map(({ model, challenges }) => (
                  <td key={model}>
                    <Said fit={challenges[challenge]?.fit ?? null} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Said({ fit }: { fit: number | null }) {
  const { m } = useMessages();
  return fit === null ? <span className="muted">{m.challenges.unsaid}</span> : <Fit words={String(fit)} />;
}
