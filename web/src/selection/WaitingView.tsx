// Decisions that wait for the network, and what they came to where that has to be looked at.
import { Button } from "@digdir/designsystemet-react";
import { CloudSlashIcon, ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import { Problem } from "../api/request.ts";
import { isWaiting, useWaitingDecisions, type Waiting } from "../api/waitingDecisions.ts";
import { wordsOf } from "../api/words.ts";
import { CaseChip } from "../design/CaseChip.tsx";
import { useMessages } from "../messages/index.ts";

export function WaitingView() {
  const { m } = useMessages();
  const { store, waiting } = useWaitingDecisions();
  if (waiting.length === 0) return null;
  return (
    <section className="sentence warn" aria-labelledby="waiting">
      {waiting.some(isWaiting) ? <CloudSlashIcon aria-hidden /> : <ExclamationmarkTriangleIcon aria-hidden />}
      <div className="stack tight">
        <h3 id="waiting">{waiting.some(isWaiting) ? m.selection.decisions.waiting : m.selection.decisions.came}</h3>
        <ul>
          {waiting.map((one) => (
            <One key={one.key} one={one} onDrop={() => store.drop(one.key)} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function One({ one, onDrop }: { one: Waiting; onDrop(): void }) {
  const { m } = useMessages();
  const words = m.selection.decisions;
  // The wishes of one decision differ in what their cases were before.
  const said = new Map<string, number>();
  for (const { decision, reason, cases } of one.wishes) {
    const what = `${words.done[decision]}${reason ? `: «${reason}»` : ""}`;
    said.set(what, (said.get(what) ?? 0) + cases.length);
  }
  return (
    <li>
      {[...said].map(([what, n]) => words.said(n, what)).join(" ")}
      {one.left ? (
        <p>
          {words.otherwise(one.left.length)}{" "}
          {one.left.map((subject) => (
            <CaseChip key={subject} subject={subject} />
          ))}
        </p>
      ) : null}
      {one.refused ? <p>{wordsOf(new Problem(one.refused.kind, one.refused.status, ""), m)}</p> : null}{" "}
      <Button variant="tertiary" data-size="sm" onClick={onDrop}>
        {isWaiting(one) ? words.drop : m.common.close}
      </Button>
    </li>
  );
}
