/** The little this client reads and writes of automerge's sync messages itself. */

import * as A from "@automerge/automerge";
import { fromHex, toHex } from "./frames";

/** The heads a sync message names: those the server has on disk (rule Y1). */
export function headsOf(message: Uint8Array): A.Heads {
  let at = 1;
  let count = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = message[at++] ?? 0;
    count |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  const heads: A.Heads = [];
  for (let i = 0; i < count && at + 32 <= message.length; i++, at += 32)
    heads.push(toHex(message.subarray(at, at + 32)));
  return heads;
}

/** A sync state that knows what the server had at the last acknowledgement, so little is said again. */
export function syncStateFrom(acked: A.Heads): A.SyncState {
  if (acked.length === 0 || acked.length > 100) return A.initSyncState();
  return A.decodeSyncState(
    Uint8Array.of(0x43, acked.length, ...[...acked].sort().flatMap((h) => [...fromHex(h)])),
  );
}

export function sameHeads(a: A.Heads, b: A.Heads): boolean {
  return a.length === b.length && [...a].sort().join() === [...b].sort().join();
}
