// What a facilitator does with a case as a whole: close it, open it, archive it.
import { Button, Popover } from "@digdir/designsystemet-react";
import { ArchiveIcon, MenuElipsisHorizontalIcon, PadlockLockedIcon, PadlockUnlockedIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { setState } from "../api/calls.ts";
import { useLive, useStoreOr } from "../api/live.tsx";
import { wordsOf } from "../api/words.ts";
import { useMessages } from "../messages/index.ts";
import type { CatalogueEntry } from "../sync/types.ts";

type State = CatalogueEntry["state"];

const ICONS = { open: PadlockUnlockedIcon, closed: PadlockLockedIcon, archived: ArchiveIcon };
const STATES: State[] = ["open", "closed", "archived"];
const noEntries: readonly CatalogueEntry[] = [];

/** Whether a case takes edits; open until the catalogue is read. */
export function useCaseState(subject: string): State {
  const { sync } = useLive();
  return useStoreOr(sync?.catalogue, noEntries).find((one) => one.subject === subject)?.state ?? "open";
}

/** Whether the server counts the case among those I may open. */
export function useIsListed(subject: string): boolean {
  const { sync } = useLive();
  const entry = useStoreOr(sync?.catalogue, noEntries).find((one) => one.subject === subject);
  return entry?.may.includes("read") ?? false;
}

export function StateMenu({ subject }: { subject: string }) {
  const { m } = useMessages();
  const { id, me, say } = useLive();
  const state = useCaseState(subject);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState<State>();
  const [problem, setProblem] = useState<string>();
  if (!me.grants.includes("facilitator")) return null;
  const change = async (next: State) => {
    setBusy(next);
    setProblem(undefined);
    try {
      await setState(id, subject, next);
      say(m.case.isNow[next]);
      setOpen(false);
    } catch (error) {
      setProblem(wordsOf(error, m));
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <Popover.TriggerContext>
      <Popover.Trigger className="iconbtn" variant="tertiary" icon onClick={() => setOpen(!open)}>
        <MenuElipsisHorizontalIcon aria-hidden className="ic" />
        <span className="vh">{m.case.menu}</span>
      </Popover.Trigger>
      <Popover placement="bottom-end" className="pop statemenu" open={open} onClose={() => setOpen(false)}>
        {problem ? (
          <p className="sentence bad" role="alert">
            {problem}
          </p>
        ) : null}
        {STATES.filter((one) => one !== state).map((one) => {
          const Icon = ICONS[one];
          return (
            <div key={one}>
              <Button
                variant="tertiary"
                loading={busy === one}
                aria-describedby={`state-${one}`}
                onClick={() => void change(one)}
              >
                <Icon aria-hidden /> {m.case.setState[one]}
              </Button>
              <p className="hint" id={`state-${one}`}>
                {m.case.setStateHelp[one]}
              </p>
            </div>
          );
        })}
      </Popover>
    </Popover.TriggerContext>
  );
}
