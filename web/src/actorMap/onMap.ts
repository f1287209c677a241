// Which cases are on the map: by their codes in the address, so that the map can be sent to a colleague.
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { ON_MAP } from "../api/actors.ts";
import { useRows } from "../api/live.tsx";
import type { RegisterRow } from "../generated/domain.ts";

export interface OnMap {
  /** The register is read. */
  known: boolean;
  /** In the order in which they were chosen. */
  subjects: string[];
  /** Cases coded as ecosystems. */
  ecosystems: string[];
  /** Cases that are chosen in the selection. */
  chosen: string[];
  set(subjects: readonly string[]): void;
}

export function useOnMap(): OnMap {
  const rows = useRows();
  const [params, setParams] = useSearchParams();
  const codes = params.get(ON_MAP);
  return useMemo(() => {
    const counted = rows.filter((row) => row.state !== "archived" && row.origin !== "future");
    const of = (fits: (row: RegisterRow) => boolean) => counted.filter(fits).map((row) => row.subject);
    const byCode = new Map(counted.map((row) => [row.code, row.subject]));
    const code = new Map(counted.map((row) => [row.subject, row.code]));
    return {
      known: rows.length > 0,
      subjects: (codes ?? "").split(",").flatMap((one) => byCode.get(one) ?? []),
      ecosystems: of((row) => row.codings["scope"]?.includes("okosystem") ?? false),
      chosen: of((row) => row.decision === "in"),
      set: (subjects) =>
        setParams(
          (before) => {
            const next = new URLSearchParams(before);
            const wanted = subjects.flatMap((subject) => code.get(subject) ?? []);
            if (wanted.length) next.set(ON_MAP, wanted.join(","));
            else next.delete(ON_MAP);
            return next;
          },
          { replace: true, preventScrollReset: true },
        ),
    };
  }, [rows, codes, setParams]);
}
