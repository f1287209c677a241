// The address of a collection. Answering needs the sync layer's code.
import { lazy, Suspense } from "react";

const CollectionPage = lazy(async () => ({ default: (await import("./CollectionPage.tsx")).CollectionPage }));

export function CollectionRoute() {
  return (
    <Suspense fallback={null}>
      <CollectionPage />
    </Suspense>
  );
}
