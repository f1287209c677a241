// All models side by side: how their claims and their values divide, what chance gives, and how broadly each is founded.
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import { Link } from "react-router";
import { classed, type ModelBalance, type ModelClaims, type Over, useBalance, useClaims, VALUE_CLASSES, valuesOf } from "../api/balance.ts";
import { useLive } from "../api/live.tsx";
import { modelPath, useModels, useModelsInShort } from "../api/models.ts";
import { Base } from "../design/Base.tsx";
import { ClaimsBar } from "../design/ClaimsBar.tsx";
import { ClassBar } from "../design/ClassBar.tsx";
import { ModelViews } from "../design/ModelViews.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { ClaimsRounds } from "./Claims.tsx";
import { NewClaimsRound } from "./NewClaimsRound.tsx";
import "../design/figures.css";
import "./balance.css";

const OVER = ["sector", "level", "place", "country"] as const satisfies Over[];

export function BalancesPage() {
  const { m } = useMessages();
  const { id, me } = useLive();
  const asked = useBalance(id);
  const claims = useClaims(id);
  const [making, setMaking] = useState(false);
  const listed = useModels();
  const found = new Map(asked.value?.models.map((one) => [one.model, one]));
  const said = new Map(claims.value?.models.map((one) => [one.model, one]));
  const models = listed.flatMap(({ subject, code = "" }) => {
    const balance = found.get(subject);
    return balance ? [{ subject, code, balance, claims: said.get(subject) }] : [];
  });
  const inReport = listed.filter((one) => one.report !== undefined).map((one) => one.subject);
  return (
    <div className="page figures">
      <div className="head">
        <div>
          <Title tab={m.balance.title}>{m.balance.title}</Title>
          <p className="lead">{m.balance.allHelp}</p>
        </div>
        {me.grants.includes("facilitator") && models.length > 0 && !making ? (
          <div className="actions">
            <Button onClick={() => setMaking(true)}>{m.balance.askReaders}</Button>
          </div>
        ) : null}
      </div>
      <ModelViews />
      {making ? <NewClaimsRound first={inReport} onClose={() => setMaking(false)} /> : null}
      <ClaimsRounds />
      <NotLoaded of={asked} />
      {asked.value && models.length === 0 ? <Teach title={m.models.none} help={m.models.noneHelp} /> : null}
      {asked.value && models.length > 0 ? (
        <>
          <Legend />
          <Table models={models} few={asked.value.cases_min} />
          <p className="small muted describes">{m.balance.describes}</p>
          <Base about={asked.value.about} />
        </>
      ) : null}
    </div>
  );
}

/** What the parts of each bar are. */
function Legend() {
  const { m } = useMessages();
  return (
    <ul className="cwords small muted">
      {VALUE_CLASSES.map((key) => (
        <li key={key}>
          <i className={`cb-${key}`} aria-hidden="true" />
          {m.balance.classes[key]}
        </li>
      ))}
    </ul>
  );
}

interface Row {
  subject: string;
  code: string;
  balance: ModelBalance;
  claims: ModelClaims | undefined;
}

function Table({ models, few }: { models: Row[]; few: number }) {
  const { m, format } = useMessages();
  const { id } = useLive();
  const inShort = useModelsInShort();
  return (
    <div className="tablescroll" tabIndex={0} role="region" aria-label={m.balance.title}>
      <table className="plain balances">
        <thead>
          <tr>
            <th scope="col">{m.balance.model}</th>
            <th scope="col">{m.balance.claims}</th>
            <th scope="col" className="num">
              n
            </th>
            <th scope="col">{m.balance.values}</th>
            <th scope="col" className="num">
              {m.balance.distinctiveShort}
            </th>
            <th scope="col" className="num">
              {m.balance.byChance}
            </th>
            {OVER.map((over) => (
              <th key={over} scope="col" className="num">
                {m.balance.over[over]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map(({ subject, code, balance, claims }) => (
            <tr key={subject}>
              <th scope="row">
                <Link to={modelPath(id, subject)}>
                  <span className="mcode num">{code}</span> {inShort.get(subject)?.name || m.models.unnamed}
                </Link>
              </th>
              <td>{claims && classed(claims) > 0 ? <ClaimsBar claims={claims} /> : <span className="muted small">{m.balance.notAskedShort}</span>}</td>
              <td className="num">{balance.cases.length}</td>
              <td>
                <ClassBar
                  what={m.balance.values}
                  short
                  small
                  few={balance.cases.length < few}
                  parts={VALUE_CLASSES.map((key) => ({ key, label: m.balance.classes[key], count: valuesOf(balance, key) }))}
                />
              </td>
              <td className="num">{valuesOf(balance, "distinctive")}</td>
              <td className="num">{balance.chance ? `${balance.chance.low}–${balance.chance.high}` : "–"}</td>
              {balance.breadth.map((one) => (
                <td key={one.over} className={one.breadth === 0 && balance.cases.length > 1 ? "num none" : "num"}>
                  {one.breadth === null ? "–" : format.exact(one.breadth, 2)}
                  {one.breadth === 0 && balance.cases.length > 1 ? <span className="vh"> {m.balance.allInOne}</span> : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
