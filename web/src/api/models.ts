// Models as the server knows them: which there are, and which of them are in the report.
import { LIMITS } from "../generated/domain.ts";
import type { CatalogueEntry } from "../sync/types.ts";
import { useLive, useStoreOr } from "./live.tsx";
import { request } from "./request.ts";

const noEntries: readonly CatalogueEntry[] = [];

/** The models one may open: those in the report first, by their number there, then by code. */
export function useModels(): CatalogueEntry[] {
  const { sync } = useLive();
  const all = useStoreOr(sync?.catalogue, noEntries).filter((entry) => entry.kind === "model" && entry.state !== "archived");
  const place = (entry: CatalogueEntry) => entry.report ?? LIMITS.models_in_report_max * 1_000;
  return all.sort((a, b) => place(a) - place(b) || (a.code ?? "").localeCompare(b.code ?? "", "nb", { numeric: true }));
}

export const createModel = (workshop: string, name: string, cases: readonly string[], key: string) =>
  request<{ subject: string; code: string }>(`/workshops/${workshop}/models`, {
    method: "POST",
    json: { name, cases },
    headers: { "Idempotency-Key": key },
  });

/** Takes a model into the report or out of it; refused where it would be the sixteenth. */
export const setInReport = (workshop: string, subject: string, in_report: boolean) =>
  request<void>(`/workshops/${workshop}/models/${subject}/report`, { method: "PUT", json: { in_report } });

/** The address of a model. */
export const modelPath = (workshop: string, subject: string) => `/w/${workshop}/modeller/${subject}`;
