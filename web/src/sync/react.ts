/** Hooks over the sync layer's stores. */

import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Path } from "./edits";
import { valueAt } from "./paths";
import { sameJson } from "./store";
import type {
  Person,
  Presence,
  Replica,
  Store,
  WorkshopSync,
} from "./types";

/** The workshop the screens below are about. */
export const WorkshopContext = createContext<WorkshopSync | null>(null);

export function useWorkshop(): WorkshopSync {
  const workshop = useContext(WorkshopContext);
  if (!workshop) throw new Error("a screen needs a WorkshopContext around it");
  return workshop;
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

export const usePeople = (): readonly Person[] => useStore(useWorkshop().people);
export const useUndo = (): { undo: number; redo: number } => useStore(useWorkshop().history);

/** The replica of a subject while the component is mounted; undefined on the first render. */
export function useReplica<T = unknown>(subject: string | null): Replica<T> | undefined {
  const workshop = useWorkshop();
  const [replica, setReplica] = useState<Replica<T>>();
  useEffect(() => {
    if (subject === null) return;
    const opened = workshop.open<T>(subject);
    setReplica(opened);
    return () => {
      setReplica(undefined);
      opened.close();
    };
  }, [workshop, subject]);
  return replica;
}

/**
 * What `read` makes of the replica's document; renders again only when that has become something else, and
 * keeps its identity until then. It has to be a JSON value.
 */
export function useRead<T, V>(replica: Replica<T> | undefined, read: (doc: T | undefined) => V): V {
  const last = useRef<{ value: V }>(undefined);
  return useSyncExternalStore(
    useCallback((listener: () => void) => replica?.subscribe(listener) ?? nothing, [replica]),
    () => {
      const value = read(replica?.doc);
      if (last.current === undefined || !sameJson(value, last.current.value)) last.current = { value };
      return last.current.value;
    },
  );
}

/** The same of several documents, in the order of their subjects. */
export function useReadAll<T, V>(subjects: readonly string[], read: (doc: T | undefined) => V): readonly V[] {
  const workshop = useWorkshop();
  const wanted = subjects.join(" ");
  const [replicas, setReplicas] = useState<readonly Replica<T>[]>([]);
  const last = useRef<readonly V[]>([]);
  useEffect(() => {
    const opened = wanted.split(" ").filter(Boolean).map((subject) => workshop.open<T>(subject));
    setReplicas(opened);
    return () => opened.forEach((replica) => replica.close());
  }, [workshop, wanted]);
  return useSyncExternalStore(
    useCallback(
      (listener: () => void) => {
        const stop = replicas.map((replica) => replica.subscribe(listener));
        return () => stop.forEach((one) => one());
      },
      [replicas],
    ),
    () => {
      const now = subjects.map((subject) => read(replicas.find((replica) => replica.subject === subject)?.doc));
      if (!sameJson(now, last.current)) last.current = now;
      return last.current;
    },
  );
}

/** The replica's state and rights; renders again when they have changed. */
export function useReplicaState(replica: Replica | undefined): Replica["state"] {
  return useSyncExternalStore(
    useCallback((listener: () => void) => replica?.subscribe(listener) ?? nothing, [replica]),
    () => replica?.state ?? "loading",
  );
}

/** Whether this participant may write the document. */
export function useMayWrite(replica: Replica | undefined): boolean {
  return useSyncExternalStore(
    useCallback((listener: () => void) => replica?.subscribe(listener) ?? nothing, [replica]),
    () => replica?.may.has("write") ?? false,
  );
}

/** What lies at a path; renders again only when that has changed. */
export function useValue<V = unknown>(replica: Replica | undefined, path: Path): V | undefined {
  const key = JSON.stringify(path);
  const fixed = useState<{ key: string; path: Path }>({ key, path })[0];
  if (fixed.key !== key) Object.assign(fixed, { key, path });
  return useSyncExternalStore(
    useCallback(
      (listener: () => void) => replica?.subscribeTo(fixed.path, listener) ?? nothing,
      [replica, key],
    ),
    () => valueAt(replica?.doc, fixed.path) as V | undefined,
  );
}

/**
 * Those of the others who are in the field, or in any: each person once. Renders again when somebody comes or
 * leaves, not when a caret moves.
 */
export function useOthers(replica: Replica, field?: string): readonly PersonIn[] {
  const last = useRef<readonly PersonIn[]>([]);
  return useSyncExternalStore(replica.others.subscribe, () => {
    const found = new Map<string, PersonIn>();
    for (const { participant, name, actor_group, field: at } of replica.others.get()) {
      if (field === undefined || field === at) found.set(participant, { participant, name, actor_group });
    }
    const now = [...found.values()];
    if (!sameJson(now, last.current)) last.current = now;
    return last.current;
  });
}

export type PersonIn = Pick<Presence, "participant" | "name" | "actor_group">;

const nothing = (): void => undefined;
