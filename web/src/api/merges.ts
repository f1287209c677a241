// Two cases that turned out to be one.
import type { Cell } from "../generated/domain.ts";
import { useCatalogue } from "./catalogue.ts";
import { request } from "./request.ts";

/** What either case says, and what would come along. Of a cell, `here` is the case that stays and `listed` the one that goes. */
export interface MergeLook {
  cells: Cell[];
  /** Names of parties the one that stays does not have. */
  parties: string[];
  /** Titles of sources the one that stays does not have. */
  sources: string[];
  needs: number;
  /** Lists and searches the one that goes came from. */
  lists: string[];
  /** What somebody decides about; merging is refused where it is another by then. */
  seen: string;
}

export const mergePath = (workshop: string, stays: string, goes: string) => `/workshops/${workshop}/cases/${stays}/merges/${goes}`;

/** Makes one case of two; of the fields named, where they differ, the one that goes is taken. */
export const mergeCases = (workshop: string, [stays, goes]: [string, string], take: readonly string[], seen: string, key: string) =>
  request<{ import: string; fields: number; items: number }>(mergePath(workshop, stays, goes), {
    method: "POST",
    json: { take, seen },
    headers: { "Idempotency-Key": key },
  });

/** The screen on which a case is merged with another. */
export const mergeScreen = (workshop: string, stays: string, goes?: string) =>
  `/w/${workshop}/eksempler/${stays}/sla-sammen${goes ? `?med=${goes}` : ""}`;

/** What became of a case: which has it all now, and by what that is undone; nothing of one that stands for itself. */
export function useMerged(subject: string): { into: string; import: string } | undefined {
  return useCatalogue().find((one) => one.subject === subject)?.merged;
}

/** The cases that went into one. */
export function useMergedInto(subject: string): string[] {
  return useCatalogue()
    .filter((one) => one.merged?.into === subject)
    .map((one) => one.subject);
}
