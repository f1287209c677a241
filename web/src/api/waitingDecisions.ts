// Decisions about several cases that wait for the network: kept in this browser under the key they are sent by, so that each
// is done once, and only where nobody has decided otherwise meanwhile. Like unsent edits of documents they outlive the
// session, and are the same participant's alone.
import { useEffect, useMemo } from "react";
import { Cell, sameJson } from "../sync/store.ts";
import type { ConnectionState, SaveState, Store, WorkshopSync } from "../sync/types.ts";
import { type Choice, type Decided, decide, type Wish } from "./decisions.ts";
import { useLive, useStoreOr } from "./live.tsx";
import { Problem } from "./request.ts";

/** One command that waits, or came to something that has to be looked at. */
export interface Waiting {
  key: string;
  wishes: Wish[];
  /** Cases that were left: somebody decided otherwise meanwhile, or they take no edits. */
  left?: string[];
  /** Why the server took none of it. */
  refused?: { kind: string; status: number };
}

type Give = (workshop: string, wishes: readonly Wish[], key: string) => Promise<Decided>;
/** Where it is kept. */
export type Shelf = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

/** Those of one participant, the oldest first. */
export class WaitingDecisions implements Store<readonly Waiting[]> {
  private readonly cell = new Cell<readonly Waiting[]>([], sameJson);
  private readonly name: string;
  private sending: Promise<void> | undefined;

  constructor(
    private readonly workshop: string,
    participant: string,
    private readonly shelf: Shelf | undefined,
    private readonly give: Give = decide,
  ) {
    this.name = `samverk:decisions:${workshop}:${participant}`;
    this.look();
  }

  readonly get = () => this.cell.get();
  readonly subscribe = this.cell.subscribe;

  /** Reads what another tab has kept. */
  look(): void {
    this.cell.set(this.kept());
  }

  /** Keeps one until it is sent; false where this browser keeps nothing. */
  add(wishes: Wish[], key: string): boolean {
    return this.keep([...this.kept(), { key, wishes }]);
  }

  drop(key: string): boolean {
    return this.keep(this.kept().filter((one) => one.key !== key));
  }

  /** Sends what waits, in its order, also what is added meanwhile, as far as the network goes. */
  send(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => (this.sending = undefined));
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    for (let next = this.next(); next; next = this.next()) {
      // Where what came of it cannot be kept, it would be sent again and again.
      if (!(await this.sendOne(next))) return;
    }
  }

  private next(): Waiting | undefined {
    return this.kept().find(isWaiting);
  }

  /** Whether it came to something that is kept. */
  private async sendOne({ key, wishes }: Waiting): Promise<boolean> {
    try {
      const { left } = await this.give(this.workshop, wishes, key);
      return left.length ? this.note(key, { left }) : this.drop(key);
    } catch (error) {
      if (!(error instanceof Problem) || isPassing(error)) return false;
      return this.note(key, { refused: { kind: error.kind, status: error.status } });
    }
  }

  private note(key: string, came: Pick<Waiting, "left" | "refused">): boolean {
    return this.keep(this.kept().map((one) => (one.key === key ? { ...one, ...came } : one)));
  }

  private kept(): readonly Waiting[] {
    try {
      const kept: unknown = JSON.parse(this.shelf?.getItem(this.name) ?? "[]");
      return Array.isArray(kept) ? (kept as Waiting[]) : [];
    } catch {
      return [];
    }
  }

  private keep(all: readonly Waiting[]): boolean {
    try {
      if (!this.shelf) return false;
      if (all.length) this.shelf.setItem(this.name, JSON.stringify(all));
      else this.shelf.removeItem(this.name);
    } catch {
      return false;
    }
    this.cell.set(all);
    return true;
  }
}

export const isWaiting = (one: Waiting) => !one.left && !one.refused;

/** The network, the session or the server: later it may be taken. */
const isPassing = ({ kind, status }: Problem) =>
  kind === "unreachable" || status === 401 || status === 429 || status >= 500;

/** What is decided about each case by what waits; of two the later. */
export function decidedBy(waiting: readonly Waiting[]): ReadonlyMap<string, Choice> {
  const wishes = waiting.filter(isWaiting).flatMap((one) => one.wishes);
  return new Map(wishes.flatMap((wish) => wish.cases.map((subject) => [subject, choiceOf(wish)] as const)));
}

const choiceOf = ({ decision, criterion, reason }: Choice): Choice => ({ decision, criterion, reason });
const undecided: Choice = { decision: "none", criterion: "", reason: "" };

/** The wishes by what is seen of their cases: where that is another when they are sent, the case is left. */
export function seenAs(wishes: readonly Wish[], shownOf: (subject: string) => Choice | undefined): Wish[] {
  return wishes.flatMap((wish) => {
    const groups = new Map<string, { seen: Choice; cases: string[] }>();
    for (const subject of wish.cases) {
      const seen = choiceOf(shownOf(subject) ?? undecided);
      const alike = JSON.stringify(seen);
      const group = groups.get(alike);
      if (group) group.cases.push(subject);
      else groups.set(alike, { seen, cases: [subject] });
    }
    return [...groups.values()].map(({ seen, cases }) => ({ ...wish, cases, seen }));
  });
}

/** The save state with the cases that are decided about and wait. */
export function withWaiting(save: SaveState, cases: number): SaveState {
  if (cases === 0) return save;
  return save.kind === "server" ? { kind: "sending", changes: cases } : { ...save, changes: save.changes + cases };
}

/** How many changes are not on the server: those of documents, and the cases that are decided about and wait. */
export function unsentOf(save: SaveState | undefined, waiting: readonly Waiting[]): number {
  const all = withWaiting(save ?? { kind: "server" }, decidedBy(waiting).size);
  return all.kind === "server" ? 0 : all.changes;
}

const stores = new Map<string, WaitingDecisions>();

function storeOf(workshop: string, participant: string): WaitingDecisions {
  const name = `${workshop}:${participant}`;
  const found = stores.get(name) ?? new WaitingDecisions(workshop, participant, shelf());
  stores.set(name, found);
  return found;
}

/** Browsers that forbid storage throw. */
function shelf(): Shelf | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** The decisions of mine that wait. */
export function useWaitingDecisions(): { store: WaitingDecisions; waiting: readonly Waiting[] } {
  const { id, me } = useLive();
  const store = useMemo(() => storeOf(id, me.id), [id, me.id]);
  return { store, waiting: useStoreOr(store, none) };
}

const none: readonly Waiting[] = [];

/** How many of my changes are not on the server. */
export function useUnsent(): number {
  const { sync } = useLive();
  const save = useStoreOr<SaveState | undefined>(sync?.save, undefined);
  return unsentOf(save, useWaitingDecisions().waiting);
}

/** Between tries where the server does not answer, or answers that it cannot now. */
const TRY_AGAIN_MS = { first: 2_000, max: 60_000 };

/** Sends what waits whenever there is a connection, after a growing while again where it did not get there; until stopped. */
export function keepSending(store: WaitingDecisions, connection: Store<ConnectionState>): () => void {
  let [tries, sending, stopped] = [0, false, false];
  let again: ReturnType<typeof setTimeout> | undefined;
  const send = async () => {
    clearTimeout(again);
    if (sending || stopped || connection.get() !== "online" || !store.get().some(isWaiting)) return;
    sending = true;
    await store.send();
    sending = false;
    if (stopped) return;
    if (!store.get().some(isWaiting)) tries = 0;
    else again = setTimeout(() => void send(), Math.min(TRY_AGAIN_MS.first * 2 ** tries++, TRY_AGAIN_MS.max));
  };
  const connected = () => {
    tries = 0;
    void send();
  };
  const stops = [connection.subscribe(connected), store.subscribe(() => void send())];
  void send();
  return () => {
    stopped = true;
    clearTimeout(again);
    stops.forEach((stop) => stop());
  };
}

/** Sends what waits, also what another tab has kept. */
export function useSendingDecisions(workshop: string, participant: string, sync: WorkshopSync | undefined): void {
  useEffect(() => {
    const store = storeOf(workshop, participant);
    const look = () => store.look();
    look();
    addEventListener("storage", look);
    const stop = sync && keepSending(store, sync.connection);
    return () => {
      removeEventListener("storage", look);
      stop?.();
    };
  }, [workshop, participant, sync]);
}
