// The list of challenges, as the team changes it: called otherwise, in another order, more of them, some out of use. What
// models and raters have said of one follows it by its key, whatever it is called.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { inOrder, type Item, plain } from "../api/caseDocument.ts";
import { challengeName } from "../api/challenges.ts";
import { useIsTeam } from "../api/live.tsx";
import type { ChallengeItem, RegisterDocument } from "../api/registerDocument.ts";
import { useField, useFields } from "../fields/editor.ts";
import { LiveText } from "../fields/LiveText.tsx";
import { MoveButtons } from "../fields/MoveButtons.tsx";
import { OpenItem } from "../fields/OpenItem.tsx";
import { Standing } from "../fields/Standing.tsx";
import { useAdd } from "../fields/useAdd.ts";
import { useMove } from "../fields/useMove.ts";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { choice, setChoice } from "../sync/index.ts";

/** The document is opened, and made where there is none, when somebody of the team opens the list. */
export function ChangeChallenges() {
  const { m } = useMessages();
  const isTeam = useIsTeam();
  const [open, setOpen] = useState(false);
  if (!isTeam) return null;
  return (
    <details className="method" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{m.challenges.change}</h2>
      </summary>
      {open ? (
        <Standing kind="register" needs="challenges" none={null}>
          <ChallengeList />
        </Standing>
      ) : null}
    </details>
  );
}

function ChallengeList() {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const all = inOrder(useField<NonNullable<RegisterDocument["challenges"]>>(["challenges"]));
  const inUse = all.filter((one) => plain(one.unused) !== "yes");
  const unused = all.filter((one) => plain(one.unused) === "yes");
  const { add, added } = useAdd(["challenges"], all);
  const full = all.length >= LIMITS.challenges_max;
  return (
    <div className="stack challengelist">
      <p className="hint">{m.challenges.changeHelp}</p>
      <ol className="openlist" aria-label={m.challenges.inUse}>
        {inUse.map((one, at) => (
          <One key={one.id} item={one} at={at} shown={inUse} added={one.id === added} />
        ))}
      </ol>
      {mayWrite && !full ? (
        <div className="row">
          <Button variant="secondary" onClick={() => add({ name: "", description: "", unused: choice("") })}>
            <PlusIcon aria-hidden /> {m.challenges.add}
          </Button>
        </div>
      ) : null}
      {full ? <p className="small muted">{m.challenges.full(LIMITS.challenges_max)}</p> : null}
      {unused.length > 0 ? <Unused unused={unused} /> : null}
    </div>
  );
}

interface OneProps {
  item: Item<ChallengeItem>;
  at: number;
  shown: Item<ChallengeItem>[];
  added: boolean;
}

function One({ item, at, shown, added }: OneProps) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useFields();
  const path = ["challenges", item.id] as const;
  const name = challengeName({ key: item.id, name: (item.name ?? "").trim() }, m);
  const ours: Record<string, string> = m.model.challengeNames;
  const move = useMove(path, at, shown, name);
  const line = (
    <>
      <span className="num muted">{at + 1}</span>
      <b className="grow">{name}</b>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added}>
      <LiveText path={[...path, "name"]} label={m.challenges.name} hint={ours[item.id] ? m.challenges.nameHelp(ours[item.id] ?? "") : ""} oneLine />
      <LiveText path={[...path, "description"]} label={m.challenges.description} rows={2} />
      {mayWrite ? (
        <div className="row">
          <MoveButtons at={at} count={shown.length} move={move} />
          <Button
            variant="tertiary"
            data-size="sm"
            onClick={() => {
              replica.edit(setChoice([...path, "unused"], "yes"));
              say(m.challenges.outOfUse(name));
            }}
          >
            {m.challenges.putOut}
          </Button>
        </div>
      ) : null}
    </OpenItem>
  );
}

function Unused({ unused }: { unused: Item<ChallengeItem>[] }) {
  const { m } = useMessages();
  const { replica, mayWrite, say } = useFields();
  return (
    <section aria-labelledby="challenges-unused">
      <h3 id="challenges-unused">{m.challenges.unused}</h3>
      <p className="hint">{m.challenges.unusedHelp}</p>
      <ul className="statements">
        {unused.map((one) => {
          const name = challengeName({ key: one.id, name: (one.name ?? "").trim() }, m);
          return (
            <li key={one.id}>
              <span className="grow muted">{name}</span>
              {mayWrite ? (
                <Button
                  variant="tertiary"
                  data-size="sm"
                  aria-label={`${m.challenges.putIn}: ${name}`}
                  onClick={() => {
                    replica.edit(setChoice(["challenges", one.id, "unused"], ""));
                    say(m.challenges.inUseAgain(name));
                  }}
                >
                  {m.challenges.putIn}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
