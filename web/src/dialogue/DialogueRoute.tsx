// The dialogue needs the sync layer's code; until that is there, it says what it waits for.
import { Skeleton } from "@digdir/designsystemet-react";
import { lazy, Suspense } from "react";

const DialoguePage = lazy(async () => ({ default: (await import("./DialoguePage.tsx")).DialoguePage }));

export function DialogueRoute() {
  return (
    <Suspense fallback={<Skeleton className="page" height={200} />}>
      <DialoguePage />
    </Suspense>
  );
}
