// What a facilitator does with a case as a whole: close it, open it, archive it, and say whom it is for.
import { Button, Popover } from "@digdir/designsystemet-react";
import {
  ArchiveIcon,
  BriefcaseIcon,
  EraserIcon,
  MenuElipsisHorizontalIcon,
  PadlockLockedIcon,
  PadlockUnlockedIcon,
  PersonGroupIcon,
  ShieldLockIcon,
} from "@navikt/aksel-icons";
import { useId, useState } from "react";
import { eraseRemoved, setAudience, setState } from "../api/calls.ts";
import { useCatalogue } from "../api/catalogue.ts";
import { useLive } from "../api/live.tsx";
import { placeKey, useUsesOf } from "../api/uses.ts";
import { wordsOf } from "../api/words.ts";
import { Confirm } from "../design/Confirm.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { ThingLink } from "../design/ThingLink.tsx";
import { useMessages } from "../messages/index.ts";
import type { CatalogueEntry } from "../sync/types.ts";

type State = CatalogueEntry["state"];

const ICONS = { open: PadlockUnlockedIcon, closed: PadlockLockedIcon, archived: ArchiveIcon };
const STATES: State[] = ["open", "closed", "archived"];
const FOR_ICONS = { client: BriefcaseIcon, members: PersonGroupIcon, team: ShieldLockIcon };
const AUDIENCES = ["client", "members", "team"] as const;

function useEntry(subject: string): CatalogueEntry | undefined {
  return useCatalogue().find((one) => one.subject === subject);
}

/** Whether a case takes edits; open until the catalogue is read. */
export function useCaseState(subject: string): State {
  return useEntry(subject)?.state ?? "open";
}

/** Whether the server counts the case among those I may open. */
export function useIsListed(subject: string): boolean {
  return useEntry(subject)?.may.includes("read") ?? false;
}

export function StateMenu({ subject }: { subject: string }) {
  const { m } = useMessages();
  const { id, me, say } = useLive();
  const state = useCaseState(subject);
  const audience = useEntry(subject)?.audience ?? "members";
  const [open, setOpen] = useState(false);
  const [erasing, setErasing] = useState(false);
  const [archiving, setArchiving] = useState(false);
  const uses = useUsesOf({ subject });
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<string>();
  if (!me.grants.includes("facilitator")) return null;
  const change = async (what: string, act: () => Promise<void>, done: string) => {
    setBusy(what);
    setProblem(undefined);
    try {
      await act();
      say(done);
      setOpen(false);
    } catch (error) {
      setProblem(wordsOf(error, m));
    } finally {
      setBusy(undefined);
    }
  };
  const changeState = (next: State) => change(next, () => setState(id, subject, next), m.case.isNow[next]);
  const changeAudience = (next: (typeof AUDIENCES)[number]) =>
    change(next, () => setAudience(id, subject, next), m.case.isFor(m.audit.audiences[next]));
  return (
    <Popover.TriggerContext>
      <Popover.Trigger className="iconbtn" variant="tertiary" icon onClick={() => setOpen(!open)}>
        <MenuElipsisHorizontalIcon aria-hidden className="ic" />
        <span className="vh">{m.case.menu}</span>
      </Popover.Trigger>
      <Popover placement="bottom-end" className="pop statemenu" open={open} onClose={() => setOpen(false)}>
        <ProblemLine>{problem}</ProblemLine>
        {STATES.filter((one) => one !== state).map((one) => (
          <Choice
            key={one}
            icon={ICONS[one]}
            label={m.case.setState[one]}
            help={m.case.setStateHelp[one]}
            busy={busy === one}
            onDo={() => {
              if (one !== "archived" || uses.length === 0) return void changeState(one);
              setOpen(false);
              setArchiving(true);
            }}
          />
        ))}
        {AUDIENCES.filter((one) => one !== audience).map((one) => (
          <Choice
            key={one}
            icon={FOR_ICONS[one]}
            label={m.case.setAudience[one]}
            help={m.case.setAudienceHelp[one]}
            busy={busy === one}
            onDo={() => void changeAudience(one)}
          />
        ))}
        <Choice
          icon={EraserIcon}
          label={m.case.erase}
          help={m.case.eraseHelp}
          busy={false}
          onDo={() => {
            setOpen(false);
            setErasing(true);
          }}
        />
      </Popover>
      {archiving ? (
        <Confirm
          title={m.case.archiveTitle}
          help={m.case.archiveAsk(uses.length)}
          action={m.case.setState.archived}
          onDo={() => setState(id, subject, "archived").then(() => say(m.case.isNow.archived))}
          onClose={() => setArchiving(false)}
        >
          <ul className="stack tight">
            {uses.map(({ thing, relation }) => (
              <li key={`${placeKey(thing.place)}/${relation}`}>
                <ThingLink thing={thing} />
              </li>
            ))}
          </ul>
        </Confirm>
      ) : null}
      {erasing ? (
        <Confirm
          title={m.case.eraseTitle}
          help={m.case.eraseAsk}
          action={m.case.eraseDo}
          onDo={() => eraseRemoved(id, subject).then(() => say(m.case.erased))}
          onClose={() => setErasing(false)}
        />
      ) : null}
    </Popover.TriggerContext>
  );
}

interface ChoiceProps {
  icon: typeof ArchiveIcon;
  label: string;
  help: string;
  busy: boolean;
  onDo(): void;
}

function Choice({ icon: Icon, label, help, busy, onDo }: ChoiceProps) {
  const described = useId();
  return (
    <div>
      <Button variant="tertiary" loading={busy} aria-describedby={described} onClick={onDo}>
        <Icon aria-hidden /> {label}
      </Button>
      <p className="hint" id={described}>
        {help}
      </p>
    </div>
  );
}
