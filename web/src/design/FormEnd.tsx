// The end of a form: what did not work, the button that does it, and the way out.
import { Button } from "@digdir/designsystemet-react";
import { useMessages } from "../messages/index.ts";
import { ProblemLine } from "./ProblemLine.tsx";

interface FormEndProps {
  problem: string | undefined;
  busy: boolean;
  /** What the button says. */
  action: React.ReactNode;
  onCancel?(): void;
}

export function FormEnd({ problem, busy, action, onCancel }: FormEndProps) {
  const { m } = useMessages();
  return (
    <>
      <ProblemLine>{problem}</ProblemLine>
      <div className="row">
        <Button type="submit" loading={busy}>
          {action}
        </Button>
        {onCancel ? (
          <Button type="button" variant="tertiary" onClick={onCancel}>
            {m.common.cancel}
          </Button>
        ) : null}
      </div>
    </>
  );
}
