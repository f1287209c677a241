// Answers that are read again when they change: one store for each address, asked for at most once at a time.
import { useEffect, useSyncExternalStore } from "react";
import { keep, recall } from "./kept.ts";
import { Problem, requestIfChanged, type Tagged } from "./request.ts";
import { askSession } from "./session.ts";

/** What is known of an answer; the value stays while a newer one is fetched or fails. */
export interface Loaded<T> {
  value: T | undefined;
  problem: Problem | undefined;
}

/** An answer of the server under one address. */
export class Resource<T> {
  /** How long it took the last time to fetch it and to show what was new in it. */
  took_ms = 0;
  private state: Loaded<T> = { value: undefined, problem: undefined };
  private tag: string | undefined;
  private loading = false;
  private again = false;
  private readonly listeners = new Set<() => void>();
  private readonly path: string;

  /** Whether some screen shows it. */
  get watched(): boolean {
    return this.listeners.size > 0;
  }

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
    if (this.loading) {
      this.again = true;
      return;
    }
    this.loading = true;
    do {
      this.again = false;
      const begun_ms = performance.now();
      await this.fetchOnce();
      this.took_ms = performance.now() - begun_ms;
    } while (this.again);
    this.loading = false;
  }

  private async fetchOnce(): Promise<void> {
    try {
      const answer = await ask<T>(this.path, this.tag);
      if (answer === "unchanged") return this.set({ value: this.state.value, problem: undefined });
      this.tag = answer.tag;
      const value = keepingSame(this.state.value, answer.value);
      this.set({ value, problem: undefined });
      keep(this.path, value);
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem("unexpected", 0, String(error));
      const kept = problem.kind === "unreachable" ? await recall<T>(this.path) : undefined;
      this.set({ value: this.state.value ?? kept, problem });
    }
  }

  private set(state: Loaded<T>): void {
    if (state.value === this.state.value && state.problem === this.state.problem) return;
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}

/**
 * The value `now`, with each part that says the same as before as the object it was: who shows such a part
 * need not show it again. Both are JSON; lists of things with a `subject` are compared by it.
 */
export function keepingSame<T>(before: unknown, now: T): T {
  if (Object.is(before, now) || !isObject(before) || !isObject(now)) return now;
  if (Array.isArray(now) !== Array.isArray(before)) return now;
  const bySubject =
    Array.isArray(before) && isObject(before[0]) && "subject" in before[0]
      ? new Map(before.map((one: { subject: unknown }) => [one.subject, one]))
      : undefined;
  const old = before as Record<string, unknown>;
  const keys = Object.keys(now);
  let same = keys.length === Object.keys(old).length;
  const parts = now as Record<string, unknown>;
  for (const key of keys) {
    const part = parts[key];
    const was = bySubject && isObject(part) ? bySubject.get(part["subject"]) : old[key];
    parts[key] = keepingSame(was, part);
    same &&= Object.is(parts[key], old[key]);
  }
  return same ? (before as T) : now;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
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

/** Asks again for all answers below an address that some screen shows. */
export function refreshWatched(below: string): void {
  for (const [path, one] of known) if (path.startsWith(below) && one.watched) void one.refresh();
}

/** Forgets every answer, when another person takes over this page. */
export function forgetResources(): void {
  known.clear();
}

/** An answer while the component is mounted; asked for when it mounts. */
export function useResource<T>(path: string): Loaded<T> & { refresh(): Promise<void> } {
  const loaded = usePart<T, Loaded<T>>(path, (all) => all);
  return { ...loaded, refresh: () => resource<T>(path).refresh() };
}

/** A part of what is known of an answer; renders again only when that part is another. */
export function usePart<T, P>(path: string, part: (all: Loaded<T>) => P): P {
  const found = resource<T>(path);
  useEffect(() => void found.refresh(), [found]);
  return useSyncExternalStore(found.subscribe, () => part(found.get()));
}
