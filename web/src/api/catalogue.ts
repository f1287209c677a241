// All documents I may see, as the sync layer knows them; none until they are read.
import { type Audience, AUDIENCES } from "../generated/domain.ts";
import { useLive, useStoreOr } from "./live.tsx";
import type { CatalogueEntry } from "../sync/types.ts";

const none: readonly CatalogueEntry[] = [];

export function useCatalogue(): readonly CatalogueEntry[] {
  const { sync } = useLive();
  return useStoreOr(sync?.catalogue, none);
}

/** Whether what is for `one` is seen by some who do not see what is for `other`. */
export const isForMore = (one: Audience, other: Audience): boolean => AUDIENCES.indexOf(one) < AUDIENCES.indexOf(other);

/** The same of two documents; also where it is not known whom one of them is for. */
export function useIsForMore(one: string, other: string): boolean {
  const catalogue = useCatalogue();
  const audience = (subject: string) => catalogue.find((entry) => entry.subject === subject)?.audience;
  return isForMore(audience(one) ?? "client", audience(other) ?? "owner");
}
