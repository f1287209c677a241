// What a screen says when the answer it shows could not be read, and the way to try again.
import { Button } from "@digdir/designsystemet-react";
import type { Loaded } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { useMessages } from "../messages/index.ts";
import { ProblemLine } from "./ProblemLine.tsx";

interface Props {
  of: Loaded<unknown> & { refresh(): Promise<void> };
  className?: string;
}

/** Nothing as long as there is something to show, if only what was read before. */
export function NotLoaded({ of, className = "" }: Props) {
  const { m } = useMessages();
  if (!of.problem || of.value !== undefined) return null;
  return (
    <div className={`${className} stack tight`}>
      <ProblemLine>{wordsOf(of.problem, m)}</ProblemLine>
      <Button variant="secondary" onClick={() => void of.refresh()}>
        {m.common.tryAgain}
      </Button>
    </div>
  );
}
