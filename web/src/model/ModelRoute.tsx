// The address of a model. Writing in it needs the sync layer's code.
import { lazy, Suspense } from "react";

const ModelPage = lazy(async () => ({ default: (await import("./ModelPage.tsx")).ModelPage }));

export function ModelRoute() {
  return (
    <Suspense fallback={null}>
      <ModelPage />
    </Suspense>
  );
}
