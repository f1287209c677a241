// What characterises the model: what its cases share stands as proposals until a person has said what each is (R4).
import { Button } from "@digdir/designsystemet-react";
import { CheckmarkIcon, XMarkIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { inOrder, type Item, plain } from "../../api/caseDocument.ts";
import { useLabels } from "../../api/labels.ts";
import { useCharacteristics } from "../../api/live.tsx";
import type { ModelDocument, Trait } from "../../api/modelDocument.ts";
import { useField, useFields } from "../../fields/editor.ts";
import { LiveChoice } from "../../fields/LiveChoice.tsx";
import { LiveText } from "../../fields/LiveText.tsx";
import { useAdd } from "../../fields/useAdd.ts";
import { labelOf, useMessages } from "../../messages/index.ts";
import { choice, setChoice } from "../../sync/index.ts";
import { useFull } from "./depth.ts";

export function Traits() {
  const { m } = useMessages();
  const traits = inOrder(useField<ModelDocument["traits"]>(["traits"]));
  const of = (trait: Item<Trait>) => plain(trait.class);
  const proposals = traits.filter((trait) => of(trait) === "proposed");
  const said = traits.filter((trait) => of(trait) !== "proposed");
  return (
    <section className="sect" aria-labelledby="traits">
      <h2 id="traits">{m.model.traits}</h2>
      {traits.length === 0 ? <p className="hint">{m.model.noTraits}</p> : null}
      {proposals.length > 0 ? (
        <>
          <p className="sentence warn">{m.model.proposals(proposals.length)}</p>
          <ul className="traits" aria-label={m.model.proposed}>
            {proposals.map((trait) => (
              <Proposal key={trait.id} trait={trait} />
            ))}
          </ul>
        </>
      ) : null}
      <ul className="traits" aria-label={m.model.traits}>
        {said.map((trait) => (
          <Said key={trait.id} trait={trait} />
        ))}
      </ul>
      <AddTrait traits={traits} />
    </section>
  );
}

function useName(trait: Trait): string {
  const labels = useLabels();
  const [characteristic, value] = [plain(trait.characteristic), plain(trait.value)];
  return `${labels.characteristic(characteristic)}: ${labels.value(characteristic, value)}`;
}

function Proposal({ trait }: { trait: Item<Trait> }) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useFields();
  const name = useName(trait);
  const decide = (to: "core" | "declined") => {
    replica.edit(setChoice(["traits", trait.id, "class"], to));
    say(to === "core" ? m.model.accepted(name) : m.model.declined(name));
  };
  return (
    <li>
      <span className="grow">{name}</span>
      {mayWrite ? (
        <>
          <Button variant="tertiary" data-size="sm" aria-label={m.model.acceptThis(name)} onClick={() => decide("core")}>
            <CheckmarkIcon aria-hidden /> {m.model.accept}
          </Button>
          <Button variant="tertiary" data-size="sm" aria-label={m.model.declineThis(name)} onClick={() => decide("declined")}>
            <XMarkIcon aria-hidden /> {m.model.decline}
          </Button>
        </>
      ) : null}
    </li>
  );
}

function Said({ trait }: { trait: Item<Trait> }) {
  const { m } = useMessages();
  const full = useFull();
  const name = useName(trait);
  const { proposed, ...classes } = m.model.classes;
  return (
    <li className={plain(trait.class) === "declined" ? "muted" : ""}>
      <span className="grow">{name}</span>
      <LiveChoice path={["traits", trait.id, "class"]} label={m.model.classOf(name)} hideLabel words={classes} />
      {full ? <LiveText path={["traits", trait.id, "reason"]} label={m.model.traitReason(name)} hideLabel rows={1} className="traitreason" /> : null}
    </li>
  );
}

/** One more value, said by hand: a model without cases has only these. */
function AddTrait({ traits }: { traits: Item<Trait>[] }) {
  const { m, language } = useMessages();
  const { mayWrite, say } = useFields();
  const characteristics = useCharacteristics().filter((one) => one.values.length > 0);
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const { add } = useAdd(["traits"], traits);
  if (!mayWrite) return null;
  const chosen = characteristics.find((one) => one.key === key);
  const taken = traits.filter((trait) => plain(trait.characteristic) === key).map((trait) => plain(trait.value));
  const values = (chosen?.values ?? []).filter((value) => !taken.includes(value.key));
  const take = () => {
    add({ characteristic: choice(key), value: choice(value), class: choice("core"), reason: "" });
    say(m.model.traitAdded);
    setValue("");
  };
  return (
    <div className="fieldrow addtrait">
      <div className="field">
        <label htmlFor="trait-of">{m.model.addTrait}</label>
        <select id="trait-of" className="input" value={key} onChange={(event) => (setKey(event.target.value), setValue(""))}>
          <option value="">{m.model.noneChosen}</option>
          {characteristics.map((one) => (
            <option key={one.key} value={one.key}>
              {labelOf(one, language)}
            </option>
          ))}
        </select>
      </div>
      {chosen ? (
        <>
          <div className="field">
            <label htmlFor="trait-value">{m.model.traitValue}</label>
            <select id="trait-value" className="input" value={value} onChange={(event) => setValue(event.target.value)}>
              <option value="">{m.model.noneChosen}</option>
              {values.map((one) => (
                <option key={one.key} value={one.key}>
                  {labelOf(one, language)}
                </option>
              ))}
            </select>
          </div>
          <Button variant="secondary" disabled={value === ""} onClick={take}>
            {m.model.addTraitDo}
          </Button>
        </>
      ) : null}
    </div>
  );
}
