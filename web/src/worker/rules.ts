// What the service worker does with a request, decided by address alone; the API is never its business.

/** `page`: network first. `asset`: named by its content, so what is kept is right. `file`: as a page, by name. */
export type Route = "page" | "asset" | "file" | "network";

/** Which way a request goes; `files` are those of the client that do not stand in `/assets/`. */
export function routeOf(
  request: { method: string; mode: string; url: string },
  origin: string,
  files: readonly string[],
): Route {
  const { origin: of, pathname } = new URL(request.url);
  if (request.method !== "GET" || of !== origin || isServers(pathname)) return "network";
  if (request.mode === "navigate") return "page";
  if (pathname.startsWith("/assets/")) return "asset";
  return files.includes(pathname) ? "file" : "network";
}

/** Addresses that the server answers from its store, or an operator reads: always from the network. */
const SERVERS = ["api", "sync", "problems", "metrics", "healthz", "readyz", "sw.js"];

function isServers(pathname: string): boolean {
  return SERVERS.includes(pathname.split("/")[1] ?? "");
}

/** Whether an answer to a page's address is the server's own word, and not a proxy's that misses it. */
export function isFromServer(status: number): boolean {
  return status < 500;
}

/** The caches of earlier builds; others on this origin are left alone. */
export function outdated(names: readonly string[], own: string): string[] {
  return names.filter((name) => name.startsWith(SHELL) && name !== own);
}

/** What the names of this worker's caches begin with. */
export const SHELL = "samverk-shell-";

/**
 * Whether a worker that waits may take over: a page of its own build asks, and no other page is open that
 * may still need the earlier build's screens.
 */
export function mayTakeOver(assets: readonly string[], script: unknown, pagesOpen: number): boolean {
  return typeof script === "string" && assets.includes(script) && pagesOpen <= 1;
}
