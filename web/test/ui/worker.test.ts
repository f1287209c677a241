import { describe, expect, test } from "vitest";
import { isFromServer, mayTakeOver, outdated, routeOf } from "../../src/worker/rules.ts";

const ORIGIN = "https://samverk.example";
const route = (path: string, options: { method?: string; mode?: string } = {}) =>
  routeOf(
    { method: "GET", mode: "cors", ...options, url: new URL(path, ORIGIN).href },
    ORIGIN,
    ["/favicon.svg"],
  );

describe("the service worker", () => {
  test("opens every address of the client from the network first", () => {
    for (const path of ["/", "/w/abc", "/w/abc/eksempler/def?q=1", "/bli-med"])
      expect(route(path, { mode: "navigate" })).toBe("page");
  });

  test("takes what is named by its content from the cache first", () => {
    expect(route("/assets/index-Dk3.js")).toBe("asset");
    expect(route("/assets/automerge_wasm_bg-Bc1.wasm")).toBe("asset");
    expect(route("/favicon.svg")).toBe("file");
  });

  test("never touches the server's answers, the socket, itself, commands or other origins", () => {
    const paths = ["/api/v1/session", "/api", "/sync?ticket=x", "/metrics", "/healthz", "/problems/x", "/sw.js"];
    for (const path of paths) {
      expect(route(path), path).toBe("network");
      expect(route(path, { mode: "navigate" }), path).toBe("network");
    }
    expect(route("/assets/a.js", { method: "POST" })).toBe("network");
    expect(route("https://other.example/assets/a.js")).toBe("network");
    expect(route("/unknown.txt")).toBe("network");
  });

  test("opens what it has when a proxy answers for a server that is away", () => {
    expect([200, 304, 401, 404].every(isFromServer)).toBe(true);
    expect([500, 502, 503, 504].some(isFromServer)).toBe(false);
  });

  test("removes earlier builds and nothing else", () => {
    expect(outdated(["samverk-shell-1", "samverk-shell-2", "samverk-answers"], "samverk-shell-2")).toEqual([
      "samverk-shell-1",
    ]);
  });

  test("waits while a page of an earlier build is open", () => {
    const assets = ["/assets/index-new.js"];
    expect(mayTakeOver(assets, "/assets/index-new.js", 1)).toBe(true);
    expect(mayTakeOver(assets, "/assets/index-new.js", 2)).toBe(false);
    expect(mayTakeOver(assets, "/assets/index-old.js", 1)).toBe(false);
    expect(mayTakeOver(assets, { type: "other" }, 1)).toBe(false);
  });
});
