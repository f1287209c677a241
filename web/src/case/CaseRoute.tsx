// The address of a case. Its page needs the sync layer's code; until that is there, it says what it waits for.
import { lazy, Suspense } from "react";
import { useParams } from "react-router";
import { CaseLoading } from "./CaseLoading.tsx";

const CasePage = lazy(async () => ({ default: (await import("./CasePage.tsx")).CasePage }));

export function CaseRoute() {
  const { subject = "" } = useParams();
  return (
    <Suspense fallback={<CaseLoading subject={subject} />}>
      <CasePage />
    </Suspense>
  );
}
