// An item of a live list: a line to read, opened to be written in, and taken out.
import { Button } from "@digdir/designsystemet-react";
import { TrashIcon } from "@navikt/aksel-icons";
import { useEffect, useRef } from "react";
import { useArrival } from "../design/useArrival.ts";
import { removeItem } from "../sync/index.ts";
import { useFields } from "./editor.ts";

interface Props {
  path: readonly [string, string];
  /** What stands there while it is closed. */
  line: React.ReactNode;
  /** It was added a moment ago: it is open, and its first field has the focus. */
  added: boolean;
  /** Words for taking it out and for having done so, where that can be done. */
  remove?: string;
  removed?: string;
  children: React.ReactNode;
}

export function OpenItem({ path, line, added, remove, removed, children }: Props) {
  const { replica, mayWrite, say } = useFields();
  const details = useRef<HTMLDetailsElement>(null);
  const arrived = useArrival(path[1], details);
  useEffect(() => {
    if (arrived && details.current) details.current.open = true;
  }, [arrived]);
  useEffect(() => {
    if (!added || !details.current) return;
    details.current.open = true;
    details.current.querySelector<HTMLElement>("textarea, input, select")?.focus();
  }, [added]);
  return (
    <li>
      <details ref={details} className="openitem" data-list={path[0]} data-item={path[1]}>
        <summary>{line}</summary>
        <div className="stack tight">
          {children}
          {mayWrite && remove !== undefined ? (
            <Button
              variant="tertiary"
              onClick={() => {
                replica.edit(removeItem(path));
                if (removed !== undefined) say(removed);
              }}
            >
              <TrashIcon aria-hidden /> {remove}
            </Button>
          ) : null}
        </div>
      </details>
    </li>
  );
}
