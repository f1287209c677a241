/** The line itself, with a network that loses things, and when a tab uses one. */

import { createRequire } from "node:module";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { spliceText } from "../../src/sync/edits";
import { Line } from "../../src/sync/line";
import type { WorkshopSync } from "../../src/sync/types";
import { ANNA, becomes, BO, Browser, Locks, open, random, until } from "./harness";
import { TestLines } from "./lines";
import { TestServer } from "./server";

const DOC = "4NMNnkMhL8jXrdJ9jamS58PAVdXu";
const DESCRIPTION = ["texts", "description"];

interface Echo {
  url: string;
  fetch: typeof fetch;
  end(): Promise<void>;
}

/** Sends back what it gets. */
async function echo(): Promise<Echo> {
  const { WebSocketServer } = createRequire(import.meta.url)("ws") as {
    WebSocketServer: new (options: object, listening: () => void) => {
      on(event: "connection", listener: (socket: EchoSocket) => void): void;
      address(): AddressInfo;
      close(done: () => void): void;
    };
  };
  let listening: () => void = () => undefined;
  const listens = new Promise<void>((resolve) => (listening = resolve));
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 }, listening);
  server.on("connection", (socket) => socket.on("message", (bytes) => socket.send(bytes)));
  await listens;
  return {
    url: `ws://127.0.0.1:${server.address().port}/`,
    fetch: () => Promise.resolve(Response.json({})),
    end: () => new Promise((done) => server.close(done)),
  };
}
interface EchoSocket {
  on(event: "message", listener: (bytes: Uint8Array) => void): void;
  send(bytes: Uint8Array): void;
}

const platformOf = (lines: TestLines) => ({
  fetch: lines.fetch,
  locks: new Locks() as unknown as LockManager,
  retry_ms_min: 16,
});

describe("a line", () => {
  for (let seed = 1; seed <= 20; seed++) {
    test(`b1_b2_b3_nothing_is_lost_doubled_or_overtaken_seed_${seed}`, async () => {
      const server = await echo();
      const lines = new TestLines(server as unknown as TestServer);
      const roll = random(seed);
      const line = new Line("/api/v1/workshops/w/line", platformOf(lines));
      await new Promise<void>((opened) => (line.onopen = () => opened()));
      let lost = 0;
      const in_a_row = new Map<string, number>();
      lines.lose = (method) => {
        // Not four tries in a row: then it counts as lost, which is another test.
        const before = in_a_row.get(method) ?? 0;
        const loses = before < 3 ? (["request", "answer"] as const)[roll(4)] : undefined;
        in_a_row.set(method, loses ? before + 1 : 0);
        if (loses) lost++;
        return loses;
      };
      const came: string[] = [];
      line.onmessage = ({ data }: MessageEvent) => came.push(new TextDecoder().decode(data as ArrayBuffer));
      const sent = Array.from({ length: 80 }, (_, i) => `${i}${"x".repeat(roll(2_000))}`);
      for (const text of sent) {
        line.send(new TextEncoder().encode(text));
        if (roll(3) === 0) await new Promise((resolve) => setTimeout(resolve, roll(5)));
      }
      await until(() => came.length >= sent.length);
      expect(came).toEqual(sent);
      await until(() => line.bufferedAmount === 0);
      expect(lost).toBeGreaterThan(5);
      lines.lose = () => undefined;
      line.close();
      await server.end();
    });
  }

  test("b7_the_servers_close_code_comes_and_a_network_that_is_gone_has_one_of_its_own", async () => {
    const server = new TestServer();
    await server.start();
    const lines = new TestLines(server);
    const ended = async (end: () => unknown): Promise<number> => {
      const line = new Line("/api/v1/workshops/w/line", platformOf(lines));
      const code = new Promise<number>((resolve) => (line.onclose = ({ code }) => resolve(code)));
      await new Promise<void>((opened) => (line.onopen = () => opened()));
      await until(() => server.connections > 0);
      end();
      return code;
    };
    expect(await ended(() => server.close(4403))).toBe(4403);
    expect(await ended(() => (lines.lose = () => "request") && server.close(1013))).toBe(1006);
    await server.stop();
  });

  test("b7_what_a_gateway_refuses_does_not_wait_for_ever", async () => {
    const server = await echo();
    const lines = new TestLines(server as unknown as TestServer);
    const line = new Line("/api/v1/workshops/w/line", {
      ...platformOf(lines),
      fetch: (input, init) =>
        String(input).includes("?n=")
          ? Promise.resolve(new Response("too large for me", { status: 413 }))
          : lines.fetch(input, init),
    });
    const code = new Promise<number>((resolve) => (line.onclose = ({ code }) => resolve(code)));
    line.onopen = () => line.send(Uint8Array.of(1, 2, 3));
    expect(await code).toBe(1006);
    await server.end();
  });

  test("what_a_gateway_answers_instead_of_the_server_is_asked_again", async () => {
    const server = await echo();
    const lines = new TestLines(server as unknown as TestServer);
    let pages = 3;
    const line = new Line("/api/v1/workshops/w/line", {
      ...platformOf(lines),
      fetch: (input, init) =>
        init?.method !== "POST" && pages-- > 0
          ? Promise.resolve(new Response("<h1>Log in</h1>", { headers: { "content-type": "text/html" } }))
          : lines.fetch(input, init),
    });
    const came = new Promise<number>((resolve) => {
      line.onmessage = ({ data }: MessageEvent) => resolve((data as ArrayBuffer).byteLength);
    });
    line.onopen = () => line.send(Uint8Array.of(1, 2, 3));
    expect(await came).toBe(3);
    line.close();
    await server.end();
  });
});

describe("which carrier", () => {
  let server: TestServer;
  let browsers: Browser[] = [];
  beforeEach(async () => {
    server = new TestServer();
    await server.start();
    server.add("case1", DOC, { texts: { description: "start" }, facts: {}, parties: {} });
    const as = { actor_group: "kommune", organisation: null, roles: [], grants: ["editor" as const], here: true };
    server.people = [
      { participant: ANNA, name: "Anna", ...as },
      { participant: BO, name: "Bo", ...as },
    ];
  });
  afterEach(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    browsers = [];
    await server.stop();
  });

  function browser(blocked: boolean, who = ANNA): Browser {
    const one = new Browser(server, who);
    one.blocked = blocked;
    browsers.push(one);
    return one;
  }
  const saved = (tab: WorkshopSync): Promise<void> => becomes(tab.save, ({ kind }) => kind === "server");
  const online = (tab: WorkshopSync): Promise<void> => becomes(tab.connection, (state) => state === "online");

  test("b8_where_sockets_are_blocked_a_line_is_opened_at_once_and_it_was_never_offline", async () => {
    const anna = await browser(true).tab();
    const states = new Set<string>();
    anna.connection.subscribe(() => states.add(anna.connection.get()));
    await online(anna);
    expect(anna.carrier.get()).toBe("line");
    expect(states).not.toContain("offline");
    const bo = await browser(false, BO).tab();
    const [left, right] = [await open(anna), await open(bo)];
    expect(bo.carrier.get()).toBe("socket");
    left.edit(spliceText(DESCRIPTION, 0, 0, "A "));
    await until(() => right.doc?.texts.description === "A start");
    right.edit(spliceText(DESCRIPTION, 0, 0, "B "));
    await until(() => left.doc?.texts.description === "B A start");
    await saved(anna);
  });

  test("b8_a_network_that_swallows_sockets_is_waited_for_a_while_and_then_a_line_is_opened", async () => {
    const fallen = new Set<Socket>();
    const hole = createServer((socket) => fallen.add(socket.on("error", () => undefined)));
    await new Promise<void>((listening) => hole.listen(0, "127.0.0.1", listening));
    const one = browser(true);
    one.blocked = `ws://127.0.0.1:${(hole.address() as AddressInfo).port}/`;
    let now = 1_000_000;
    let looked = 0;
    one.now = () => (looked++, now);
    const tab = await one.tab();
    now += 7_000;
    const before = looked;
    await until(() => looked > before + 3);
    expect(tab.connection.get()).toBe("connecting");
    now += 2_000;
    await online(tab);
    expect(tab.carrier.get()).toBe("line");
    for (const socket of fallen) socket.destroy();
    await new Promise((closed) => hole.close(closed));
  });

  test("b8_a_tab_moves_over_when_a_socket_opens_and_its_edits_go_along", async () => {
    const one = browser(true);
    let now = 1_000_000;
    one.now = () => now;
    const tab = await one.tab();
    const replica = await open(tab);
    now += 61_000;
    await until(() => one.sockets >= 2);
    replica.edit(spliceText(DESCRIPTION, 0, 0, "1"));
    await saved(tab);
    expect(tab.carrier.get(), "still blocked").toBe("line");
    one.blocked = false;
    now += 61_000;
    replica.edit(spliceText(DESCRIPTION, 0, 0, "2"));
    await becomes(tab.carrier, (kind) => kind === "socket");
    replica.edit(spliceText(DESCRIPTION, 0, 0, "3"));
    await saved(tab);
    expect(server.json(DOC)).toMatchObject({ texts: { description: "321start" } });
    await until(() => server.connections === 1);
  });

  test("b8_a_reload_remembers_in_this_tab", async () => {
    const one = browser(true);
    await online(await one.tab());
    expect(one.sockets).toBe(1);
    await online(await one.tab());
    expect(one.sockets, "the second did not fail first").toBe(1);
  });

  test("b8_a_server_that_is_away_or_says_no_is_not_a_network_that_blocks", async () => {
    const one = browser(false);
    const tab = await one.tab();
    await online(tab);
    await server.stop(1012);
    await becomes(tab.connection, (state) => state === "offline");
    await server.start();
    await online(tab);
    server.close(1013);
    await until(() => tab.connection.get() !== "online");
    await online(tab);
    expect(tab.carrier.get()).toBe("socket");
  });

  test("b9_six_tabs_hold_three_questions_and_all_of_them_write", async () => {
    const one = browser(true);
    const tabs = await Promise.all(Array.from({ length: 6 }, () => one.tab()));
    const replicas = await Promise.all(tabs.map((tab) => open(tab)));
    for (const [i, replica] of replicas.entries()) replica.edit(spliceText(DESCRIPTION, 0, 0, `${i}`));
    await Promise.all(tabs.map(saved));
    const text = (server.json(DOC) as { texts: { description: string } }).texts.description;
    expect([...text].filter((letter) => /\d/.test(letter)).sort().join("")).toBe("012345");
    await until(() => replicas.every(({ doc }) => doc?.texts.description === text));
    expect(one.lines.held_max).toBe(3);
  });
});
