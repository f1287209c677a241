// Which case is open beside the model, and which evidence it was opened from, as it stands in the address.
import { useSearchParams } from "react-router";

const NAMES = { case: "ved", evidence: "belegg" } as const;

export interface Beside {
  /** Subject of the case; empty while somebody has still to choose one; nothing where none is open. */
  case: string | undefined;
  /** Evidence whose passage is shown. */
  evidence: string | undefined;
}

export function useBeside(): [Beside, (to: Partial<Beside>) => void] {
  const [params, setParams] = useSearchParams();
  const open = (to: Partial<Beside>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const key of ["case", "evidence"] as const) {
          const value = to[key];
          if (value === undefined) next.delete(NAMES[key]);
          else next.set(NAMES[key], value);
        }
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  return [{ case: params.get(NAMES.case) ?? undefined, evidence: params.get(NAMES.evidence) ?? undefined }, open];
}
