/** The little this client reads and writes of automerge's sync messages itself. */

import * as A from "@automerge/automerge";
import { fromHex, toHex } from "./frames";

const HASH_BYTES = 32;

/** The heads a sync message names: those the server has on disk (rule Y1). */
export function headsOf(message: Uint8Array): A.Heads {
  return hashesAt(message, 1).hashes;
}

/** Whether a sync message asks for changes by name. */
export function needsOf(message: Uint8Array): boolean {
  return hashesAt(message, hashesAt(message, 1).end).hashes.length > 0;
}

/** A counted list of hashes, and where it ends. */
function hashesAt(message: Uint8Array, start: number): { hashes: string[]; end: number } {
  let at = start;
  let count = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = message[at++] ?? 0;
    count |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  const hashes: string[] = [];
  for (; hashes.length < count && at + HASH_BYTES <= message.length; at += HASH_BYTES)
    hashes.push(toHex(message.subarray(at, at + HASH_BYTES)));
  return { hashes, end: at };
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
