// The service worker: keeps the app's own files, so that a page opens without a network. What people write
// is the sync layer's; no answer of the server is kept here.
import { isFromServer, mayTakeOver, outdated, routeOf, SHELL } from "./rules.ts";
import type { Scope } from "./scope.ts";

/** Every file of this build and the digest of their names and the page; put in by the build. */
declare const __SAMVERK_SHELL__: { version: string; assets: string[]; files: string[] };

const scope = self as unknown as Scope;
const { version, assets, files } = __SAMVERK_SHELL__;
const CACHE = SHELL + version;
const PAGE = "/";
/** How long a page waits for a network that says nothing. */
const NETWORK_WAIT_MS = 4_000;

scope.addEventListener("install", (event) => event.waitUntil(fill()));
scope.addEventListener("activate", (event) => event.waitUntil(removeOutdated()));
scope.addEventListener("message", (event) => event.waitUntil(takeOver(event.data)));
scope.addEventListener("fetch", (event) => {
  const route = routeOf(event.request, scope.location.origin, files);
  if (route === "asset") event.respondWith(kept(event.request));
  else if (route === "page") event.respondWith(networkFirst(event.request, PAGE));
  else if (route === "file") event.respondWith(networkFirst(event.request, event.request));
});

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([new Request(PAGE, { cache: "reload" }), ...assets, ...files]);
}

async function removeOutdated(): Promise<void> {
  await Promise.all(outdated(await caches.keys(), CACHE).map((name) => caches.delete(name)));
}

async function takeOver(script: unknown): Promise<void> {
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (mayTakeOver(assets, script, pages.length)) await scope.skipWaiting();
}

/** An asset of another build is not in the cache; the network has it. */
async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function networkFirst(request: Request, key: Request | string): Promise<Response> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), NETWORK_WAIT_MS);
  try {
    const answer = await fetch(request, { signal: waiting.signal });
    if (isFromServer(answer.status)) return answer;
    return (await shelved(key)) ?? answer;
  } catch (unreachable) {
    const found = await shelved(key);
    if (found) return found;
    throw unreachable;
  } finally {
    clearTimeout(timer);
  }
}

async function shelved(key: Request | string): Promise<Response | undefined> {
  const cache = await caches.open(CACHE);
  return cache.match(key, { ignoreVary: true });
}
