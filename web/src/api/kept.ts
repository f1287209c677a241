// The server's last answers, kept for a page that is opened without a network; each person's apart.

const CACHE = "samverk-answers";
/** A workshop and its register: what the screens cannot be drawn without. */
const KEPT = /^\/workshops\/[0-9a-z]+(\/register)?$/;

let person: string | undefined;

/** Whose answers are kept and found from here on. */
export function keepFor(who: string): void {
  person = who;
}

/** Keeps an answer, where the browser has room and the screens need it. */
export async function keep(path: string, value: unknown): Promise<void> {
  const key = keyOf(path);
  if (!key) return;
  await attempt(async () => (await caches.open(CACHE)).put(key, Response.json(value)));
}

/** The answer last kept under this address. */
export async function recall<T>(path: string): Promise<T | undefined> {
  const key = keyOf(path);
  if (!key) return undefined;
  const found = await attempt(async () => (await caches.open(CACHE)).match(key));
  return found && attempt(() => found.json() as Promise<T>);
}

/** Forgets every answer, whoever it was for. */
export async function forgetKept(): Promise<void> {
  person = undefined;
  await attempt(() => caches.delete(CACHE));
}

function keyOf(path: string): string | undefined {
  return person && KEPT.test(path) ? `/${person}${path}` : undefined;
}

/** Browsers that have no such storage, or forbid it, throw. */
async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
