// Whether the model works in other places: what must be kept, what may differ, what is only here (R24); and its nearest.
import { useParams } from "react-router";
import { useNamedModels } from "../../api/models.ts";
import { LiveChoice } from "../../fields/LiveChoice.tsx";
import { LiveText } from "../../fields/LiveText.tsx";
import { useMessages } from "../../messages/index.ts";

export function Transfer() {
  const { m } = useMessages();
  return (
    <section className="sect" aria-labelledby="transfer">
      <h2 id="transfer">{m.model.transfer}</h2>
      <div className="fieldrow">
        <LiveChoice path={["head", "transfer"]} label={m.model.transferable} words={{ "": m.model.unsaid, ...m.model.transfers }} />
      </div>
      <LiveText path={["texts", "transfer"]} label={m.model.transferWhy} rows={1} />
      <div className="twocol">
        <LiveText path={["texts", "kept"]} label={m.model.kept} rows={2} />
        <LiveText path={["texts", "adapted"]} label={m.model.adapted} rows={2} />
      </div>
      <LiveText path={["texts", "local"]} label={m.model.local} rows={1} />
    </section>
  );
}

export function Nearest() {
  const { m } = useMessages();
  const { subject = "" } = useParams();
  const others = useNamedModels().filter((one) => one.subject !== subject);
  const words = Object.fromEntries(others.map((one) => [one.subject, one.words]));
  return (
    <section className="sect" aria-labelledby="nearest">
      <h2 id="nearest">{m.model.nearest}</h2>
      <div className="fieldrow">
        <LiveChoice path={["head", "nearest"]} label={m.model.nearestModel} words={{ "": m.model.noneChosen, ...words }} />
      </div>
      <LiveText path={["texts", "nearest"]} label={m.model.nearestDiffers} rows={2} />
    </section>
  );
}
