// The server's last answers, kept for a page that is opened without a network; each person's apart.

const CACHE = "samverk-answers";
/** A workshop and its register: what the screens cannot be drawn without. */
const KEPT = /^\/workshops\/[0-9a-z]+(\/register)?$/;

/** A register that others are editing is read twice a second; it is not written as often. */
const KEEP_EVERY_MS = 10_000;

let person: string | undefined;
/** Answers that wait for their turn to be kept; none where there is nothing newer than what is kept. */
const waiting = new Map<string, { value: unknown } | undefined>();

/** Whose answers are kept and found from here on. */
export function keepFor(who: string): void {
  person = who;
}

/** Keeps an answer, where the browser has room and the screens need it: the first at once. */
export function keep(path: string, value: unknown): void {
  const key = keyOf(path);
  if (!key) return;
  if (waiting.has(key)) {
    waiting.set(key, { value });
    return;
  }
  waiting.set(key, undefined);
  void attempt(async () => (await caches.open(CACHE)).put(key, Response.json(value)));
  setTimeout(() => {
    const later = waiting.get(key);
    waiting.delete(key);
    if (later && key === keyOf(path)) keep(path, later.value);
  }, KEEP_EVERY_MS);
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
  waiting.clear();
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
