// Where a case stands in the selection: always icon and word.
import { useMessages } from "../messages/index.ts";
import type { Decision } from "../generated/domain.ts";
import { DashedRing, HalfDisc, MinusRing, TickDisc } from "./icons.tsx";

const ICONS: Record<Decision, () => React.ReactNode> = {
  in: TickDisc,
  reserve: HalfDisc,
  out: MinusRing,
  none: DashedRing,
};

/** A stored decision as one of the four; anything else counts as not assessed. */
export function asDecision(text: string): Decision {
  return text in ICONS ? (text as Decision) : "none";
}

/** Icon and word of a decision. */
export function SelectionMark({ decision }: { decision: string }) {
  const { m } = useMessages();
  const known = asDecision(decision);
  const Icon = ICONS[known];
  return (
    <span className={`st ${known}`}>
      <Icon />
      {m.decisions[known]}
    </span>
  );
}
