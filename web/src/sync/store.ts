/** Values that can be read and subscribed to. */

import type { Store } from "./types";

/** A set of listeners; one that fails does not keep the others from hearing. */
export class Listeners<A extends unknown[] = []> {
  private readonly all = new Set<(...args: A) => void>();

  readonly add = (listener: (...args: A) => void): (() => void) => {
    const own = (...args: A): void => listener(...args);
    this.all.add(own);
    return () => void this.all.delete(own);
  };

  tell(...args: A): void {
    for (const listener of [...this.all]) {
      try {
        listener(...args);
      } catch (error) {
        reportError(error);
      }
    }
  }
}

/** A store with a value that its owner sets. */
export class Cell<T> implements Store<T> {
  private readonly listeners = new Listeners();

  constructor(
    private value: T,
    private readonly same: (a: T, b: T) => boolean = Object.is,
  ) {}

  readonly get = (): T => this.value;
  readonly subscribe = this.listeners.add;

  set(value: T): void {
    if (this.same(this.value, value)) return;
    this.value = value;
    this.listeners.tell();
  }
}

/** Whether two JSON values say the same. */
export function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function reportError(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
