// Waiting for a document.
import type { Replica } from "../sync/types.ts";

/** How long a document may take to open. */
const OPEN_MS_MAX = 15_000;

/** Whether a document is here and can be edited, once that is known or has taken too long. */
export function isReady(replica: Replica): Promise<boolean> {
  return new Promise((resolve) => {
    let stop = () => undefined as void;
    const timer = setTimeout(() => finish(false), OPEN_MS_MAX);
    const finish = (ready: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(ready);
    };
    const look = () => {
      if (replica.state === "ready") finish(true);
      else if (replica.state !== "loading") finish(false);
    };
    stop = replica.subscribe(look);
    look();
  });
}
