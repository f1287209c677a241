// All documents I may see, as the sync layer knows them; none until they are read.
import { useLive, useStoreOr } from "./live.tsx";
import type { CatalogueEntry } from "../sync/types.ts";

const none: readonly CatalogueEntry[] = [];

export function useCatalogue(): readonly CatalogueEntry[] {
  const { sync } = useLive();
  return useStoreOr(sync?.catalogue, none);
}
