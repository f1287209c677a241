// Models as the server knows them: which there are, and which of them are in the report.
import { useMemo } from "react";
import { LIMITS, type ModelKind } from "../generated/domain.ts";
import type { CatalogueEntry } from "../sync/types.ts";
import { useCatalogue } from "./catalogue.ts";
import { useLive } from "./live.tsx";
import { figuresPath } from "./figures.ts";
import { request } from "./request.ts";
import { useResource } from "./resource.ts";

/** The models one may open: those in the report first, by their number there, then by code. */
export function useModels(): CatalogueEntry[] {
  const all = useCatalogue().filter((entry) => entry.kind === "model" && entry.state !== "archived");
  const place = (entry: CatalogueEntry) => entry.report ?? LIMITS.models_in_report_max * 1_000;
  return all.sort((a, b) => place(a) - place(b) || (a.code ?? "").localeCompare(b.code ?? "", "nb", { numeric: true }));
}

/** At this address and below it is what the server reads off models. */
export const modelFiguresPath = (workshop: string) => `${figuresPath(workshop)}models`;

/** A model in short. */
export interface ModelInShort {
  model: string;
  code: string;
  name: string;
  pitch: string;
  kind: ModelKind;
  /** Cases that support or nuance it as a whole. */
  cases: string[];
  /** What its authors say of challenges; `fit` is from 0 to 3, or null where only a reason stands there. */
  challenges: Record<string, { fit: number | null; why: string }>;
}

/** The models in short, by subject; none until they are read. */
export function useModelsInShort(): Map<string, ModelInShort> {
  const { value } = useResource<{ models: ModelInShort[] }>(modelFiguresPath(useLive().id));
  return useMemo(() => new Map(value?.models.map((one) => [one.model, one])), [value]);
}

/** The models one may open, each called by its code and name. */
export function useNamedModels(): { subject: string; code: string; words: string }[] {
  const inShort = useModelsInShort();
  return useModels().map(({ subject, code = "" }) => {
    const words = [code, inShort.get(subject)?.name].filter(Boolean).join(" ");
    return { subject, code, words };
  });
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

/** Gives a model in the report another number there; the others make room. */
export const moveInReport = (workshop: string, subject: string, number: number) =>
  request<void>(`/workshops/${workshop}/models/${subject}/number`, { method: "PUT", json: { number } });

/** The address of a model. */
export const modelPath = (workshop: string, subject: string) => `/w/${workshop}/modeller/${subject}`;
