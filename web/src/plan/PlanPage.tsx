// The plan of deliveries: what is handed over when. A date that is moved stays beside the new one, with the reason.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { useId, useState } from "react";
import { inOrder, type Item, plain } from "../api/caseDocument.ts";
import type { Delivery, TeamDocument } from "../api/teamDocument.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useField, useFields } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
import { OpenItem } from "../fields/OpenItem.tsx";
import { Standing } from "../fields/Standing.tsx";
import { useAdd } from "../fields/useAdd.ts";
import { useMessages } from "../messages/index.ts";
import { addItem, choice, freshId, orderBetween } from "../sync/index.ts";
import "../fields/list.css";
import "./plan.css";

export function PlanPage() {
  const { m } = useMessages();
  return (
    <div className="page text plan">
      <Title tab={m.plan.title}>{m.plan.title}</Title>
      <p className="muted">{m.plan.lead}</p>
      <Standing kind="team" none={<Teach title={m.plan.teamOnly} help={m.plan.teamOnlyHelp} />}>
        <Deliveries />
      </Standing>
    </div>
  );
}

function Deliveries() {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const deliveries = inOrder(useField<TeamDocument["deliveries"]>(["deliveries"]));
  const { add, added } = useAdd(["deliveries"], deliveries);
  const button = mayWrite ? (
    <Button variant="secondary" onClick={() => add({ name: "", contents: "", dates: {} })}>
      <PlusIcon aria-hidden /> {m.plan.add}
    </Button>
  ) : null;
  if (deliveries.length === 0) {
    return (
      <Teach title={m.plan.none} help={m.plan.noneHelp}>
        {button}
      </Teach>
    );
  }
  return (
    <>
      <ol className="openlist">
        {deliveries.map((delivery, at) => (
          <DeliveryItem key={delivery.id} delivery={delivery} number={at + 1} added={delivery.id === added} />
        ))}
      </ol>
      <div className="row">{button}</div>
    </>
  );
}

function DeliveryItem({ delivery, number, added }: { delivery: Item<Delivery>; number: number; added: boolean }) {
  const { m, format } = useMessages();
  const { mayWrite } = useFields();
  const path = ["deliveries", delivery.id] as const;
  const dates = inOrder(delivery.dates);
  const due = plain(dates.at(-1)?.due);
  const earlier = dates.slice(0, -1);
  const line = (
    <>
      <b className="grow">
        {number}. {delivery.name || m.plan.unnamed}
      </b>
      {earlier.length > 0 ? <s className="muted small num">{format.date(plain(earlier.at(-1)?.due))}</s> : null}
      <span className="num">{due ? format.date(due) : m.plan.noDate}</span>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={m.plan.remove} removed={m.plan.removed}>
      <LiveText path={[...path, "name"]} label={m.plan.name} oneLine />
      <LiveText path={[...path, "contents"]} label={m.plan.contents} rows={2} />
      {dates.length > 0 ? (
        <div>
          <h3>{m.plan.dates}</h3>
          <ol className="dates">
            {dates.map((date, at) => (
              <li key={date.id} className={at < dates.length - 1 ? "muted" : undefined}>
                <span className="num">{format.date(plain(date.due))}</span>
                {at > 0 ? <span>{m.plan.because(date.reason ?? "")}</span> : <span>{m.plan.first}</span>}
              </li>
            ))}
          </ol>
        </div>
      ) : null}
      {mayWrite ? <Move path={[...path, "dates"]} last={plain(dates.at(-1)?.order)} first={dates.length === 0} /> : null}
    </OpenItem>
  );
}

/** Sets the first date, or another with the reason for it; nothing is overwritten. */
function Move({ path, last, first }: { path: string[]; last: string; first: boolean }) {
  const { m } = useMessages();
  const { replica, say } = useFields();
  const [due, setDue] = useState("");
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!due) return setProblem(m.plan.dateMissing);
    if (!first && !reason.trim()) return setProblem(m.plan.reasonMissing);
    const order = choice(orderBetween(last || null, null));
    replica.edit(addItem(path, freshId(), { due: choice(due), reason: reason.trim(), order }));
    setDue("");
    setReason("");
    setProblem(undefined);
    say(m.plan.moved);
  };
  return (
    <form className="stack tight move" onSubmit={submit}>
      <div className="fieldrow">
        <div>
          <label className="field-label" htmlFor={`${id}-due`}>
            {first ? m.plan.due : m.plan.newDue}
          </label>
          <input
            id={`${id}-due`}
            type="date"
            className="input"
            value={due}
            onChange={(event) => setDue(event.target.value)}
          />
        </div>
        {first ? null : (
          <div>
            <label className="field-label" htmlFor={`${id}-why`}>
              {m.plan.reason}
            </label>
            <input
              id={`${id}-why`}
              className="input"
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        )}
      </div>
      <ProblemLine>{problem}</ProblemLine>
      <Button type="submit" variant="secondary">
        {first ? m.plan.setDate : m.plan.moveDo}
      </Button>
    </form>
  );
}
