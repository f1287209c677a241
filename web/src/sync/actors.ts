/**
 * The actor a tab writes a document by. A browser has a few slots per document, each with an actor; a tab
 * holds the lock of the slot it uses, so two tabs never write by the same actor, and tabs that come later
 * use it again. Without locks each tab takes a fresh actor.
 */

import { toHex } from "./frames";
import { tryLock } from "./locks";
import type { Storage, Writes } from "./storage";

const SLOTS_MAX = 32;

export interface ActorSlot {
  readonly actor: string;
  /** Which one; none where there are no locks. */
  readonly number: number | undefined;
  /** A fresh actor for the same slot, after the old one was refused. */
  renew(): string;
  /**
   * Before a change is sent that is not stored yet: resolves when that is noted, at once where it is already.
   * A tab that ends before it calls `caughtUp` leaves an actor that nobody writes by again.
   */
  goAhead(): Promise<void> | undefined;
  /** All that was sent is stored. */
  caughtUp(): void;
  release(): void;
}

export async function takeActor(
  storage: Storage,
  locks: LockManager | undefined,
  document: string,
): Promise<ActorSlot> {
  for (let slot = 0; locks && slot < SLOTS_MAX; slot++) {
    const release = await tryLock(locks, `${slotPrefix(storage, document)}${slot}`).catch(() => undefined);
    if (!release) continue;
    const known = await storage.actor(document, slot).catch(() => undefined);
    return new Slot(storage, document, slot, known?.ahead ? undefined : known?.actor, release);
  }
  return new Slot(storage, document, undefined, undefined, () => undefined);
}

/** Slots of a document that open tabs hold: what those have not sent, they will send themselves. */
export async function heldSlots(
  storage: Storage,
  locks: LockManager | undefined,
  document: string,
): Promise<Set<number>> {
  const prefix = slotPrefix(storage, document);
  const { held } = (await locks?.query()) ?? {};
  const names = (held ?? []).map(({ name }) => name ?? "").filter((name) => name.startsWith(prefix));
  return new Set(names.map((name) => Number(name.slice(prefix.length))));
}

function slotPrefix(storage: Storage, document: string): string {
  return `samverk-actor:${storage.name}:${document}:`;
}

class Slot implements ActorSlot {
  actor: string;
  /** Set while it is noted, or being noted, that this tab is ahead of what it stored. */
  private ahead = false;
  private noting: Promise<void> | undefined;

  constructor(
    private readonly storage: Storage,
    private readonly document: string,
    readonly number: number | undefined,
    known: string | undefined,
    readonly release: () => void,
  ) {
    this.actor = known ?? this.renew();
  }

  renew(): string {
    const { document } = this;
    this.actor = toHex(crypto.getRandomValues(new Uint8Array(16)));
    // An actor that was not stored is merely not used again.
    this.note({ own: [{ document, actor: this.actor }] }).catch(() => undefined);
    return this.actor;
  }

  goAhead(): Promise<void> | undefined {
    // Nobody finds an actor that has no slot.
    if (this.number === undefined) return undefined;
    if (this.ahead) return this.noting;
    this.ahead = true;
    this.noting = this.note()
      // Where nothing can be stored, nobody finds the actor either.
      .catch(() => undefined)
      .then(() => (this.noting = undefined));
    return this.noting;
  }

  caughtUp(): void {
    if (!this.ahead) return;
    this.ahead = false;
    // Not noted, the actor is not used again.
    this.note().catch(() => undefined);
  }

  private note(more: Writes = {}): Promise<void> {
    const { document, number: slot, actor } = this;
    const ahead = this.ahead ? { ahead: 1 as const } : {};
    return this.storage.write({ actors: slot === undefined ? [] : [{ document, slot, actor, ...ahead }], ...more });
  }
}
