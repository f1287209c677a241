// Each value the model's cases have, by class, with its counts; where it is said is one click, or one choice, away (R25).
import { Button } from "@digdir/designsystemet-react";
import { useId } from "react";
import { VALUE_CLASSES, type ValueBalance, type ValueClass } from "../api/balance.ts";
import { inOrder, lastOrder, plain } from "../api/caseDocument.ts";
import { useLabels } from "../api/labels.ts";
import type { ModelDocument } from "../api/modelDocument.ts";
import { useField, useFields } from "../fields/editor.ts";
import type { TraitClass } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { addItem, choice, freshId, orderBetween, setChoice } from "../sync/index.ts";

/** What is proposed for a value of each class (domain model 3.3). */
const PROPOSED: Record<ValueClass, TraitClass> = {
  distinctive: "core",
  variant: "choice",
  "typical-but-shared": "choice",
  "self-evident": "common",
  "too-local": "local",
};

export function Values({ values }: { values: ValueBalance[] }) {
  const { m } = useMessages();
  return (
    <div className="vclasses">
      {VALUE_CLASSES.map((one) => {
        const own = values.filter((value) => value.class === one);
        if (own.length === 0) return null;
        return (
          <details key={one} open={one === "self-evident" || one === "too-local" || one === "distinctive"}>
            <summary>
              <i className={`cb-${one}`} aria-hidden="true" />
              <h4>{m.balance.classTitles[one]}</h4> <span className="muted num">{own.length}</span>
            </summary>
            <p className="hint">{m.balance.classHelp[one]}</p>
            <ul className="vlist">
              {own.map((value) => (
                <Value key={`${value.characteristic}=${value.value}`} value={value} />
              ))}
            </ul>
          </details>
        );
      })}
    </div>
  );
}

type Traits = NonNullable<ModelDocument["traits"]>;

function Value({ value }: { value: ValueBalance }) {
  const { m, format } = useMessages();
  const labels = useLabels();
  const { replica, mayWrite, say } = useFields();
  const id = useId();
  const traits = inOrder(useField<Traits>(["traits"]));
  const own = traits.find(
    (trait) => plain(trait.characteristic) === value.characteristic && plain(trait.value) === value.value,
  );
  const said = plain(own?.class);
  const name = `${labels.characteristic(value.characteristic)}: ${labels.value(value.characteristic, value.value)}`;
  const proposed = PROPOSED[value.class];
  const treat = (to: string) => {
    if (own) replica.edit(setChoice(["traits", own.id, "class"], to));
    else replica.edit(addItem(["traits"], freshId(), blank(value, to, (replica.doc as ModelDocument | null)?.traits)));
    say(m.balance.saidNow(name, m.model.classes[to as TraitClass]));
  };
  const { proposed: _, ...classes } = m.model.classes;
  return (
    <li>
      <span className="vname">{name}</span>
      <span className="num small">
        {m.balance.counts(value.cases, value.coded, value.others, value.others_coded)}{" "}
        <span className="muted">{m.balance.lift(format.number(value.lift))}</span>
        {value.from === null ? null : <span> {m.balance.allFrom(value.from)}</span>}
      </span>
      {mayWrite ? (
        <span className="vacts">
          {said === proposed ? null : (
            <Button variant="secondary" data-size="sm" aria-label={`${m.balance.treat[proposed]}: ${name}`} onClick={() => treat(proposed)}>
              {m.balance.treat[proposed]}
            </Button>
          )}
          <label className="vh" htmlFor={id}>
            {m.model.classOf(name)}
          </label>
          <select id={id} className="input" value={said === "proposed" ? "" : said} onChange={(event) => treat(event.target.value)}>
            {said === "" || said === "proposed" ? <option value="">{m.balance.notSaid}</option> : null}
            {Object.entries(classes).map(([key, word]) => (
              <option key={key} value={key}>
                {word}
              </option>
            ))}
          </select>
        </span>
      ) : (
        <span className="small muted">{m.model.classes[said as TraitClass] ?? m.balance.notSaid}</span>
      )}
    </li>
  );
}

const blank = (value: ValueBalance, to: string, traits: ModelDocument["traits"]) => ({
  characteristic: choice(value.characteristic),
  value: choice(value.value),
  class: choice(to),
  reason: "",
  order: choice(orderBetween(lastOrder(traits), null)),
});
