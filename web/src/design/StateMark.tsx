// Whether a case takes edits: nothing while it does, else icon and word.
import { ArchiveIcon, PadlockLockedIcon } from "@navikt/aksel-icons";
import type { State } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

const ICONS = { closed: PadlockLockedIcon, archived: ArchiveIcon };

export function StateMark({ state }: { state: State }) {
  const { m } = useMessages();
  if (state === "open") return null;
  const Icon = ICONS[state];
  const word = m.case.stateNames[state];
  return (
    <span className="statemark" title={word}>
      <Icon aria-hidden className="ic" />
      <span className="vh">{word}</span>
    </span>
  );
}
