/** Giving up a refused replica for the server's document, with the own difference done again (rule X7). */

import * as A from "@automerge/automerge";
import { attempt, differences, reapply } from "./difference";
import type { Doc } from "./difference";
import type { StoredCopy } from "./storage";
import { headsOf } from "./sync-message";
import type { Difference, Reason } from "./types";

/** What is done with the refused replica. */
export interface Outcome {
  /** Nothing where all of it is the server's, or taken care of by another tab. */
  readonly differences: Difference[];
  /** The heads the difference starts from, and the own changes it is made of. */
  readonly before: A.Heads;
  readonly hashes: string[];
  /** The difference done again, as a change of the server's document; none where it is only offered. */
  readonly again: A.Change | undefined;
}

/** The server's document, while it is fetched. */
export class Rebase {
  fresh: Doc;
  sync = A.initSyncState();
  acked: A.Heads = [];
  finishing = false;

  constructor(
    readonly reason: Reason,
    actor: string | undefined,
  ) {
    this.fresh = A.init(actor);
  }

  /** True once all the server has named is there. */
  receive(message: Uint8Array): boolean {
    const received = attempt(() => A.receiveSyncMessage(this.fresh, this.sync, message));
    if (!received) return false;
    [this.fresh, this.sync] = received;
    const heads = headsOf(message);
    if (heads.length === 0 || !heads.every((head) => A.hasHeads(this.fresh, [head]))) return false;
    this.acked = heads;
    return true;
  }

  /**
   * What of `own` in the refused replica is to be kept. What the server has after all is not, nor what a copy
   * holds already: another tab without locks has set it aside. Others' changes are theirs to bring.
   */
  outcome(
    old: Doc,
    acked: A.Heads,
    own: ReadonlySet<string>,
    copies: readonly StoredCopy[],
    may: boolean,
  ): Outcome {
    const taken = new Set(copies.flatMap(({ hashes }) => hashes));
    const since = A.getChangesMetaSince(old, acked);
    const isOpen = (hash: string): boolean =>
      own.has(hash) && !taken.has(hash) && !A.hasHeads(this.fresh, [hash]);
    const hashes = since.map(({ hash }) => hash).filter(isOpen);
    if (hashes.length === 0) return { differences: [], before: acked, hashes, again: undefined };
    const settled = since.filter(({ hash }) => !isOpen(hash));
    const inner = new Set(settled.flatMap(({ deps }) => deps));
    const before = [...acked, ...settled.map(({ hash }) => hash)].filter((hash) => !inner.has(hash));
    const found = differences(old, before);
    const actor = A.getActorId(this.fresh);
    const again =
      may && found.length > 0 ? attempt(() => reapply(this.fresh, old, before, actor)) : undefined;
    return { differences: found, before, hashes, again };
  }
}

/** Whether doing a difference again can help: not where it would be refused for what it is. */
export function mayReapply(reason: Reason): boolean {
  return !["limit", "schema", "quarantined", "locked"].includes(reason);
}
