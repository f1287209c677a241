// The plan needs the sync layer's code; until that is there, it says what it waits for.
import { Skeleton } from "@digdir/designsystemet-react";
import { lazy, Suspense } from "react";

const PlanPage = lazy(async () => ({ default: (await import("./PlanPage.tsx")).PlanPage }));

export function PlanRoute() {
  return (
    <Suspense fallback={<Skeleton className="page" height={200} />}>
      <PlanPage />
    </Suspense>
  );
}
