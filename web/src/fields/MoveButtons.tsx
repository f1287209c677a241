// Moves an item of an ordered list one place up or down.
import { Button } from "@digdir/designsystemet-react";
import { ArrowDownIcon, ArrowUpIcon } from "@navikt/aksel-icons";
import { useMessages } from "../messages/index.ts";

/** `at` is its place among `count`, from nought. */
export function MoveButtons({ at, count, move }: { at: number; count: number; move(to: number): void }) {
  const { m } = useMessages();
  return (
    <>
      <Button variant="tertiary" data-size="sm" disabled={at === 0} onClick={() => move(at - 1)}>
        <ArrowUpIcon aria-hidden /> {m.model.earlier}
      </Button>
      <Button variant="tertiary" data-size="sm" disabled={at === count - 1} onClick={() => move(at + 1)}>
        <ArrowDownIcon aria-hidden /> {m.model.later}
      </Button>
    </>
  );
}
