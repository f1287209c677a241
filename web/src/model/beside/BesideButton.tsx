// Opens a case beside the model, at the passage that was taken from it.
import { Button } from "@digdir/designsystemet-react";
import { SidebarRightIcon } from "@navikt/aksel-icons";
import type { RegisterRow } from "../../generated/domain.ts";
import { useMessages } from "../../messages/index.ts";
import { useBeside } from "./useBeside.ts";

export function BesideButton({ row, evidence }: { row: RegisterRow; evidence: string }) {
  const { m } = useMessages();
  const [, open] = useBeside();
  return (
    <Button variant="tertiary" data-size="sm" onClick={() => open({ case: row.subject, evidence })}>
      <SidebarRightIcon aria-hidden /> {m.model.openBeside(row.code)}
    </Button>
  );
}
