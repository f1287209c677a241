/** What it costs those who code that others have views open: how long an edit takes to be on the server's disk. */

import { expect, test } from "vitest";
import { setChoice, spliceText, together } from "../../web/src/sync/edits";
import type { Replica, WorkshopSync } from "../../web/src/sync/types";
import { becomes } from "../../web/test/sync/harness";
import { cases, opened, Person } from "./person";
import type { Case } from "./person";
import { Server } from "./server";

const PEOPLE = 25;
const SECONDS = Number(process.env["SAMVERK_MEASURE_S"] ?? 20);
/** Between two codings of one person. */
const PAUSE_MS = 500;
const VIEWS = ["register", "views/variation", "views/grouping", "views/selection", "views/missing", "views/models"];

interface Coder {
  person: Person;
  tab: WorkshopSync;
  replica: Replica<Case>;
}

test("25 people code while six views are open", { timeout: 600_000 }, async () => {
  const server = await Server.make();
  try {
    const coders: Coder[] = [];
    for (let n = 0; n < PEOPLE; n++) coders.push(await coder(server, n));
    const rounds: Record<string, number[]> = { "no view is open": [], "six views are open": [] };
    // In turns, so that a slow half minute is slow for both.
    for (let round = 0; round < 3; round++) {
      rounds["no view is open"]?.push(...(await code(coders)));
      const close = openViews(server, coders);
      rounds["six views are open"]?.push(...(await code(coders)));
      console.log(`views were read ${close()} times`);
    }
    console.log(table(rounds));
    await Promise.all(coders.map(({ person }) => person.leave()));
  } finally {
    await server.end();
  }
});

async function coder(server: Server, n: number): Promise<Coder> {
  const person = await Person.join(server, "editor", `Koder ${n + 1}`);
  const tab = await person.tab();
  const replica = await opened(tab, (await cases(tab))[n] ?? "");
  return { person, tab, replica };
}

/** Everybody codes their own case; how long each coding took from the edit until it was saved, in ms. */
async function code(coders: Coder[]): Promise<number[]> {
  const end_ms = performance.now() + SECONDS * 1_000;
  const each = coders.map(async ({ tab, replica }, n) => {
    const took_ms: number[] = [];
    await pause((n * PAUSE_MS) / coders.length);
    while (performance.now() < end_ms) {
      const began_ms = performance.now();
      replica.edit(coding(replica.doc as Case, took_ms.length));
      await becomes(tab.save, ({ kind }) => kind === "server");
      took_ms.push(performance.now() - began_ms);
      await pause(Math.max(0, began_ms + PAUSE_MS - performance.now()));
    }
    return took_ms;
  });
  return (await Promise.all(each)).flat();
}

/** One characteristic is said to be unknown or not, and a word of note says why. */
function coding(doc: Case, nth: number) {
  const keys = Object.keys(doc.codings);
  const key = keys[nth % keys.length] ?? "";
  const at = ["codings", key];
  return together(
    setChoice([...at, "state"], nth % 2 ? "unknown" : "not_applicable"),
    spliceText([...at, "note"], 0, 0, "ja "),
  );
}

/** Six people read a view each whenever the server says that it has changed; what comes back ends it and counts. */
function openViews(server: Server, coders: Coder[]): () => number {
  let read = 0;
  const ends = VIEWS.map((view, n) => {
    const { person, tab } = coders[n] as Coder;
    let reading = false;
    return tab.on("view", () => {
      if (reading) return;
      reading = true;
      void person
        .call("GET", `/workshops/${server.workshop}/${view}`)
        .then((answer) => answer.arrayBuffer())
        .then(() => read++)
        .finally(() => (reading = false));
    });
  });
  return () => {
    for (const end of ends) end();
    return read;
  };
}

function table(rounds: Record<string, number[]>): string {
  const lines = Object.entries(rounds).map(([what, all]) => {
    all.sort((a, b) => a - b);
    const at = (share: number): string => (all[Math.floor(all.length * share)] ?? NaN).toFixed(1);
    expect(all.length).toBeGreaterThan(0);
    return `| ${what} | ${all.length} | ${at(0.5)} | ${at(0.99)} |`;
  });
  return [`| ${PEOPLE} people code: ms from edit to saved | codings | p50 | p99 |`, "|---|---|---|---|", ...lines].join("\n");
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
