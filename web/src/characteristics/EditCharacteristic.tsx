// A characteristic opened to be changed: its words and its values are one form, saved as one version.
import { Button } from "@digdir/designsystemet-react";
import { ArrowDownIcon, ArrowUpIcon, TrashIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { useMessages, labelOf } from "../messages/index.ts";
import { Confirm } from "../design/Confirm.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { changeCharacteristics, characteristicsPath } from "../api/characteristics.ts";
import { useLive } from "../api/live.tsx";
import { resource } from "../api/resource.ts";
import type { ItemProps } from "./CharacteristicItem.tsx";
import { type Draft, draftOf, formOf, hasValues, isSame, onTopOf } from "./draft.ts";
import { Retire } from "./Retire.tsx";
import { Retired } from "./Retired.tsx";
import { useChange } from "./useChange.ts";
import { Values } from "./Values.tsx";
import { WordsForm } from "./WordsForm.tsx";

export function EditCharacteristic({ characteristic, answer, before, after }: ItemProps) {
  const { m, language } = useMessages();
  const { id } = useLive();
  const { version } = answer;
  const now = draftOf(characteristic);
  const [base, setBase] = useState(now);
  const [draft, setDraft] = useState<Draft>(now);
  const [retiring, setRetiring] = useState<string>();
  const { busy, problem, change, clear } = useChange();
  const isMine = !isSame(draft, base);
  const meanwhile = !isSame(base, now);
  const follow = (draft: Draft) => {
    setBase(now);
    setDraft(draft);
    clear();
  };
  // What a colleague saves is shown at once where I have written nothing.
  useEffect(() => {
    if (meanwhile && !isMine) follow(now);
  });
  const save = async () => {
    const saved = await change(version, { what: "edit", key: characteristic.key, form: formOf(draft) });
    if (saved === undefined) return;
    const fresh = resource<ItemProps["answer"]>(characteristicsPath(id)).get().value;
    const one = fresh?.characteristics.find((one) => one.key === characteristic.key);
    if (!one) return;
    setBase(draftOf(one));
    setDraft(draftOf(one));
  };
  const uses = answer.uses[characteristic.key];
  const value = characteristic.values.find((one) => one.key === retiring);
  return (
    <form
      className="stack kform"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <WordsForm draft={draft} groups={[...new Set(answer.characteristics.map((one) => one.group))]} fixedScale onChange={setDraft} />
      {hasValues(draft.scale) ? (
        <Values characteristic={characteristic} draft={draft} uses={uses?.values ?? {}} onChange={setDraft} onRetire={setRetiring} />
      ) : null}
      <Retired characteristic={characteristic} version={version} />
      {meanwhile && isMine ? (
        <div className="sentence warn" role="alert">
          <div className="stack tight">
            <p>{m.characteristics.meanwhile}</p>
            <div className="row">
              <Button type="button" variant="secondary" onClick={() => follow(now)}>
                {m.characteristics.theirs}
              </Button>
              <Button type="button" variant="secondary" onClick={() => follow(onTopOf(draft, now))}>
                {m.characteristics.mine}
              </Button>
            </div>
          </div>
        </div>
      ) : null}
      <ProblemLine>{problem}</ProblemLine>
      <div className="row">
        <Button type="submit" loading={busy} disabled={!isMine || meanwhile}>
          {m.characteristics.save}
        </Button>
        {isMine ? (
          <Button type="button" variant="tertiary" onClick={() => follow(now)}>
            {m.characteristics.undoEdit}
          </Button>
        ) : null}
      </div>
      <Order {...{ characteristic, answer, before, after }} label={labelOf(characteristic, language)} busy={busy} change={change} />
      {value ? (
        <Retire
          characteristic={characteristic}
          value={value}
          uses={uses?.values[value.key] ?? 0}
          version={version}
          onClose={() => setRetiring(undefined)}
        />
      ) : null}
    </form>
  );
}

interface OrderProps extends Omit<ItemProps, "mayChange"> {
  label: string;
  busy: boolean;
  change: ReturnType<typeof useChange>["change"];
}

/** Where it stands among the others, and the end of it. */
function Order({ characteristic, answer, before, after, label, busy, change }: OrderProps) {
  const { m } = useMessages();
  const { id } = useLive();
  const [removing, setRemoving] = useState(false);
  const cases = answer.uses[characteristic.key]?.cases ?? 0;
  const placeOf = (key: string | undefined) => answer.characteristics.findIndex((one) => one.key === key);
  const move = (to: ItemProps["before"]) =>
    void change(answer.version, { what: "move", key: characteristic.key, place: placeOf(to?.key) });
  const remove = async () => {
    await changeCharacteristics(id, answer.version, { what: "delete", key: characteristic.key });
    await resource(characteristicsPath(id)).refresh();
  };
  return (
    <div className="row korder">
      <Button type="button" variant="tertiary" disabled={!before || busy} onClick={() => move(before)}>
        <ArrowUpIcon aria-hidden /> {m.characteristics.up(label)}
      </Button>
      <Button type="button" variant="tertiary" disabled={!after || busy} onClick={() => move(after)}>
        <ArrowDownIcon aria-hidden /> {m.characteristics.down(label)}
      </Button>
      {cases ? (
        <p className="hint">{m.characteristics.removeUsed(cases)}</p>
      ) : (
        <Button type="button" variant="tertiary" onClick={() => setRemoving(true)}>
          <TrashIcon aria-hidden /> {m.characteristics.remove}
        </Button>
      )}
      {removing ? (
        <Confirm
          title={m.characteristics.removeTitle(label)}
          help={m.characteristics.removeHelp}
          action={m.characteristics.remove}
          onDo={remove}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </div>
  );
}
