// What was decided last, and the way back. It stands still at the bottom until something else is decided.
import { Button } from "@digdir/designsystemet-react";
import { useMessages } from "../messages/index.ts";
import type { Deciding } from "./deciding.ts";

export function Said({ deciding }: { deciding: Deciding }) {
  const { m } = useMessages();
  if (!deciding.said) return null;
  return (
    <div className="said row">
      <span>{deciding.said}</span>
      {deciding.undo ? (
        <Button variant="secondary" data-size="sm" disabled={deciding.busy} onClick={deciding.undo}>
          {m.common.undo}
        </Button>
      ) : null}
    </div>
  );
}
