/** Web Locks: what one tab of a browser does alone. Missing outside secure contexts. */

/** Does the work while no other tab does work of this name. */
export async function alone<T>(
  locks: LockManager | undefined,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  return locks ? await locks.request(name, work) : work();
}

/** Holds the lock until the returned function is called; undefined where another tab holds it. */
export function tryLock(locks: LockManager, name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(undefined);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}
