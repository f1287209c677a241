// What every screen of a workshop shares: who I am in it, its register, and the sync layer once it is loaded.
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import type { Characteristic, RegisterRow } from "../generated/domain.ts";
import type { Person, Store, WorkshopSync } from "../sync/types.ts";
import type { Participation, RegisterAnswer, WorkshopAnswer } from "./calls.ts";
import { modelClaimsPath } from "./balance.ts";
import { type Collection, collectionsPath, type Stage, stagePath } from "./collections.ts";
import { characteristicsPath } from "./characteristics.ts";
import { figuresPath } from "./figures.ts";
import { type Loaded, refreshWatched, resource, usePart, useResource } from "./resource.ts";

export interface Workshop {
  id: string;
  me: Participation;
  /** Undefined until the sync layer is loaded and open. */
  sync: WorkshopSync | undefined;
  /** Says something to those who listen: connection, rights, moves. */
  say(text: string): void;
}

export const LiveContext = createContext<Workshop | null>(null);

/** The workshop around this screen. */
export function useLive(): Workshop {
  const live = useContext(LiveContext);
  if (!live) throw new Error("a screen needs a LiveContext around it");
  return live;
}

/** Whether this participant belongs to the team: writes cases, imports, invites with others. */
export function useIsTeam(): boolean {
  const { me } = useLive();
  return me.grants.includes("facilitator") || me.grants.includes("editor");
}

/** A store of the sync layer, or `otherwise` until it is there. */
export function useStoreOr<T>(store: Store<T> | undefined, otherwise: T): T {
  return useSyncExternalStore(store?.subscribe ?? never, store ? store.get : () => otherwise);
}

const nobody: readonly Person[] = [];
const never = () => () => undefined;

/** Everybody in the workshop, as the server names them. */
export function usePeopleHere(): readonly Person[] {
  return useStoreOr(useLive().sync?.people, nobody);
}

/** Those who wait to be let in; only facilitators are told of them. */
export function useLobby(): Person[] {
  const people = usePeopleHere();
  return useMemo(() => people.filter((person) => person.waits_for), [people]);
}

/** Title, purpose and counts of the workshop. */
export function useWorkshopAnswer(): Loaded<WorkshopAnswer> {
  return useResource<WorkshopAnswer>(`/workshops/${useLive().id}`);
}

/**
 * The register; read again when the server says that it has changed. A row that has not changed stays the
 * same object.
 */
export function useRegister(): Loaded<RegisterAnswer> & { refresh(): Promise<void> } {
  return useResource<RegisterAnswer>(registerPath(useLive().id));
}

const noRows: RegisterRow[] = [];
const noCharacteristics: Characteristic[] = [];

/** The register's rows; none until it is read. */
export function useRows(): RegisterRow[] {
  return usePart<RegisterAnswer, RegisterRow[]>(registerPath(useLive().id), rowsOf);
}

/** How many cases there are; undefined until the register is read. */
export function useCaseCount(): number | undefined {
  return usePart<RegisterAnswer, number | undefined>(
    registerPath(useLive().id),
    ({ value }) => value?.rows.length,
  );
}

/** The workshop's characteristics; none until they are read. */
export function useCharacteristics(): Characteristic[] {
  return usePart<RegisterAnswer, Characteristic[]>(registerPath(useLive().id), characteristicsOf);
}

const rowsOf = ({ value }: Loaded<RegisterAnswer>) => value?.rows ?? noRows;
const characteristicsOf = ({ value }: Loaded<RegisterAnswer>) => value?.characteristics ?? noCharacteristics;

/** Rows by subject. */
export function useRowsBySubject(): Map<string, RegisterRow> {
  const rows = useRows();
  return useMemo(() => new Map(rows.map((row) => [row.subject, row])), [rows]);
}

const noCollections: Collection[] = [];

/** All collections I may know of, the newest first; undefined until they are read. */
export function useCollections(): Loaded<{ collections: Collection[] }> & { refresh(): Promise<void> } {
  return useResource<{ collections: Collection[] }>(collectionsPath(useLive().id));
}

/** Whether a collection waits for this participant's answer; who leads is asked only once they have said so. */
export function waitsFor(collection: Collection, me: Participation): boolean {
  const { asked, mine } = collection;
  return asked && !mine?.sent && (mine !== null || !me.grants.includes("facilitator"));
}

/** How many collections wait for my answer. */
export function useCollectionsWaiting(): number {
  const { me } = useLive();
  const all = usePart<{ collections: Collection[] }, Collection[]>(
    collectionsPath(useLive().id),
    ({ value }) => value?.collections ?? noCollections,
  );
  return all.filter((one) => one.state === "open" && waitsFor(one, me)).length;
}

/** What is going on now. */
export function useStage(): Stage | undefined {
  return useResource<Stage>(stagePath(useLive().id)).value;
}

/** Milliseconds over which the browsers of a workshop spread their reading of a changed view. */
const JITTER_MS_MAX = 400;
/** A large view is read less often: reading it takes at most one part in so many of the time. */
const READING_SHARE = 10;

/** Keeps the register and the figures that are shown fresh: on notice, after a gap, and when the page is looked at again. */
export function useFreshViews(id: string, sync: WorkshopSync | undefined): void {
  useEffect(() => {
    if (!sync) return;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let stale = false;
    let read_ms = -Infinity;
    const rest_ms = () => read_ms + (READING_SHARE - 1) * resource(registerPath(id)).took_ms - performance.now();
    const readAgain = () => {
      read_ms = performance.now();
      waiting = undefined;
      stale = false;
      void resource(registerPath(id)).refresh();
      void resource(`/workshops/${id}`).refresh();
      refreshWatched(figuresPath(id));
      refreshWatched(characteristicsPath(id));
    };
    const soon = () => {
      if (document.hidden) stale = true;
      else waiting ??= setTimeout(readAgain, Math.max(Math.random() * JITTER_MS_MAX, rest_ms()));
    };
    const small = (path: string) => setTimeout(() => void resource(path).refresh(), Math.random() * JITTER_MS_MAX);
    const watched = (below: string) => setTimeout(() => refreshWatched(below), Math.random() * JITTER_MS_MAX);
    const all = () => {
      soon();
      small(collectionsPath(id));
      small(stagePath(id));
    };
    const seen = () => !document.hidden && stale && soon();
    const stopView = sync.on("view", (view) => {
      if (view === "collections") {
        watched(collectionsPath(id));
        watched(modelClaimsPath(id));
      }
      else if (view === "uses") {
        watched(`${figuresPath(id)}uses`);
        watched(`${figuresPath(id)}models`);
      }
      else if (view === "stage") small(stagePath(id));
      else soon();
    });
    const stopConnection = sync.connection.subscribe(() => sync.connection.get() === "online" && all());
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearTimeout(waiting);
      stopView();
      stopConnection();
      document.removeEventListener("visibilitychange", seen);
    };
  }, [id, sync]);
}

const registerPath = (id: string) => `/workshops/${id}/register`;
