// Felles forutsetninger: what all models take for granted, collected once, with the models each of them comes from (R25).
import { Link } from "react-router";
import { type FromModel, useCommonPreconditions } from "../api/balance.ts";
import { useLabels } from "../api/labels.ts";
import { useLive } from "../api/live.tsx";
import { modelPath } from "../api/models.ts";
import { ModelViews } from "../design/ModelViews.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import "./balance.css";

export function CommonPage() {
  const { m } = useMessages();
  const labels = useLabels();
  const asked = useCommonPreconditions(useLive().id);
  const common = asked.value;
  const nothing = common && common.values.length === 0 && common.claims.length === 0;
  return (
    <div className="page">
      <div className="head">
        <div>
          <Title tab={m.balance.common}>{m.balance.common}</Title>
          <p className="lead">{m.balance.commonHelp}</p>
        </div>
      </div>
      <ModelViews />
      <NotLoaded of={asked} />
      {nothing ? <Teach title={m.balance.commonNone} help={m.balance.commonNoneHelp} /> : null}
      {common?.claims.length ? (
        <section className="sect" aria-labelledby="common-claims">
          <h2 id="common-claims">{m.balance.claims}</h2>
          <ul className="vlist">
            {common.claims.map((claim) => (
              <li key={claim.text}>
                <span className="vname">{claim.text}</span>
                <From models={claim.models} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {common?.values.length ? (
        <section className="sect" aria-labelledby="common-values">
          <h2 id="common-values">{m.balance.values}</h2>
          <ul className="vlist">
            {common.values.map(({ characteristic, value, models }) => (
              <li key={`${characteristic}=${value}`}>
                <span className="vname">
                  {labels.characteristic(characteristic)}: {labels.value(characteristic, value)}
                </span>
                <From models={models} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function From({ models }: { models: FromModel[] }) {
  const { m } = useMessages();
  const { id } = useLive();
  return (
    <span className="row tight from">
      <span className="small muted">{m.balance.from}</span>
      {models.map((one) => (
        <span key={one.model}>
          <Link className="chip" to={modelPath(id, one.model)}>
            <span className="code">{one.code}</span>
            <span className="t">{one.name || m.models.unnamed}</span>
          </Link>
          {one.reason ? <span className="small"> {one.reason}</span> : null}
        </span>
      ))}
    </span>
  );
}
