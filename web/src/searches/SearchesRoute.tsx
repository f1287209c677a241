// The searches need the sync layer's code; until that is there, the page says what it waits for.
import { Skeleton } from "@digdir/designsystemet-react";
import { lazy, Suspense } from "react";

const SearchesPage = lazy(async () => ({ default: (await import("./SearchesPage.tsx")).SearchesPage }));

export function SearchesRoute() {
  return (
    <Suspense fallback={<Skeleton className="page" height={200} />}>
      <SearchesPage />
    </Suspense>
  );
}
