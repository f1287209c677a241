// The first hundred days: what to do first, in order.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { inOrder } from "../api/caseDocument.ts";
import type { ModelDocument } from "../api/modelDocument.ts";
import { useField, useFields } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
import { OpenItem } from "../fields/OpenItem.tsx";
import { useAdd } from "../fields/useAdd.ts";
import { useMessages } from "../messages/index.ts";

export function Steps() {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const steps = inOrder(useField<ModelDocument["steps"]>(["steps"]));
  const { add, added } = useAdd(["steps"], steps);
  return (
    <section className="sect" aria-labelledby="steps">
      <div className="shead">
        <h2 id="steps">{m.model.steps}</h2>
        {mayWrite ? (
          <Button variant="tertiary" onClick={() => add({ text: "" })}>
            <PlusIcon aria-hidden /> {m.model.addStep}
          </Button>
        ) : null}
      </div>
      {steps.length === 0 ? <p className="hint">{m.model.noSteps}</p> : null}
      <ol className="openlist">
        {steps.map((step, at) => (
          <OpenItem
            key={step.id}
            path={["steps", step.id]}
            line={
              <>
                <span className="num muted">{at + 1}</span>
                <span className="grow">{step.text || <span className="muted">{m.model.unwritten}</span>}</span>
              </>
            }
            added={step.id === added}
            remove={m.model.removeStep}
            removed={m.model.stepRemoved}
          >
            <LiveText path={["steps", step.id, "text"]} label={m.model.step} rows={2} />
          </OpenItem>
        ))}
      </ol>
    </section>
  );
}
