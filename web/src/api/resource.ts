// Answers that are read again when they change: one store for each address, asked for at most once at a time.
import { useEffect, useSyncExternalStore } from "react";
import { keep, recall } from "./kept.ts";
import { Problem, requestIfChanged, type Tagged } from "./request.ts";
import { askSession } from "./session.ts";

/** What is known of an answer; the value stays while a newer one is fetched or fails. */
export interface Loaded<T> {
  value: T | undefined;
  problem: Problem | undefined;
  loading: boolean;
}

/** An answer of the server under one address. */
export class Resource<T> {
  private state: Loaded<T> = { value: undefined, problem: undefined, loading: false };
  private tag: string | undefined;
  private again = false;
  private readonly listeners = new Set<() => void>();
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  readonly get = (): Loaded<T> => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Asks again; while an answer is awaited, once more after it. */
  async refresh(): Promise<void> {
    if (this.state.loading) {
      this.again = true;
      return;
    }
    do {
      this.again = false;
      await this.fetchOnce();
    } while (this.again);
  }

  private async fetchOnce(): Promise<void> {
    this.set({ ...this.state, loading: true });
    try {
      const answer = await ask<T>(this.path, this.tag);
      if (answer === "unchanged")
        return this.set({ value: this.state.value, problem: undefined, loading: false });
      this.tag = answer.tag;
      this.set({ value: answer.value, problem: undefined, loading: false });
      void keep(this.path, answer.value);
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem("unexpected", 0, String(error));
      const kept = problem.kind === "unreachable" ? await recall<T>(this.path) : undefined;
      this.set({ value: this.state.value ?? kept, problem, loading: false });
    }
  }

  private set(state: Loaded<T>): void {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}

async function ask<T>(path: string, tag: string | undefined): Promise<Tagged<T> | "unchanged"> {
  if (path === SESSION) return { value: (await askSession()) as T, tag: undefined };
  return requestIfChanged<T>(path, tag);
}

/** Where the session is; it alone is also known by the sync layer. */
export const SESSION = "/session";

const known = new Map<string, Resource<unknown>>();

/** The resource of an address; the same one for everybody who asks. */
export function resource<T>(path: string): Resource<T> {
  let found = known.get(path);
  if (!found) known.set(path, (found = new Resource<unknown>(path)));
  return found as Resource<T>;
}

/** Forgets every answer, when another person takes over this page. */
export function forgetResources(): void {
  known.clear();
}

/** An answer while the component is mounted; asked for when it mounts. */
export function useResource<T>(path: string): Loaded<T> & { refresh(): Promise<void> } {
  const found = resource<T>(path);
  const loaded = useSyncExternalStore(found.subscribe, found.get);
  useEffect(() => void found.refresh(), [found]);
  return { ...loaded, refresh: () => found.refresh() };
}
