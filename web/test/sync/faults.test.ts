/**
 * Random work with faults, from one seed: two people and a second tab writing, restarts, reloads, lost
 * connections, refusals. In the end every edit is in the server's document once, or in a copy that is
 * offered.
 */

import { expect, test } from "vitest";
import * as A from "@automerge/automerge";
import { addItem, choice, spliceText } from "../../src/sync/edits";
import type { Reason, Replica, SaveState, WorkshopSync } from "../../src/sync/types";
import { ANNA, becomes, BO, Browser, open, random, until } from "./harness";
import type { Case } from "./harness";
import { TestServer } from "./server";

const DOC = "4NMNnkMhL8jXrdJ9jamS58PAVdXu";
const DESCRIPTION = ["texts", "description"];
const REASONS: Reason[] = ["duplicate", "actor", "malformed", "read-only", "limit"];

interface Seat {
  browser: Browser;
  tab: WorkshopSync;
  replica: Replica<Case>;
}

async function seat(browser: Browser): Promise<Seat> {
  const tab = await browser.tab();
  return { browser, tab, replica: await open(tab) };
}

for (let seed = 1; seed <= 60; seed++) {
  test(`x7_nothing_is_lost_or_doubled_seed_${seed}`, { timeout: 30_000 }, async () => {
    const roll = random(seed);
    const server = new TestServer();
    await server.start();
    server.add("case1", DOC, { texts: { description: "start" }, facts: {}, parties: {} });
    const grants = { actor_group: "kommune", organisation: null, roles: [], grants: ["editor" as const], here: true };
    server.people = [
      { participant: ANNA, name: "Anna", ...grants },
      { participant: BO, name: "Bo", ...grants },
    ];
    const [anna, bo] = [new Browser(server, ANNA), new Browser(server, BO)];
    for (const { lines } of [anna, bo]) lines.lose = () => (["request", "answer"] as const)[roll(16)];
    const seats = [await seat(anna), await seat(anna), await seat(bo)];
    const letters: string[] = [];
    let up = true;
    server.refuse = (_, change) => {
      // One change in eight is refused, the same one always.
      const mark = Number.parseInt(change.hash.slice(0, 4), 16);
      return mark % 8 === 0 ? REASONS[mark % REASONS.length] : undefined;
    };
    for (let i = 0; i < 60; i++) {
      const at = roll(seats.length);
      const { browser, tab, replica } = seats[at]!;
      const what = roll(12);
      if (what < 7) {
        await until(() => replica.state === "ready");
        const letter = String.fromCharCode(0xe000 + letters.length);
        letters.push(letter);
        const text = replica.doc!.texts.description;
        replica.edit(spliceText(DESCRIPTION, roll(text.length + 1), 0, letter));
        if (roll(3) === 0)
          replica.edit(
            addItem(["parties"], `p${i}`, { name: letter, group: choice("stat"), order: choice("i") }),
          );
      } else if (what === 7 && up) {
        up = false;
        await server.stop();
      } else if (what === 8 && !up) {
        up = true;
        await server.start();
      } else if (what === 9 && up) server.close(1013);
      else if (what === 10) {
        await tab.close();
        seats[at] = await seat(browser);
      } else await new Promise((resolve) => setTimeout(resolve, roll(15)));
    }
    if (!up) await server.start();
    const settled = (state: SaveState): boolean =>
      state.kind === "server" || (state.kind === "refused" && state.changes === 0);
    for (const { replica } of seats) {
      await until(() => replica.state === "ready");
      expect(replica.doc, `seed ${seed}: the screen shows what the replica holds`).toEqual(
        A.load(A.save(replica.doc as A.Doc<Case>)),
      );
    }
    for (const { tab } of seats) await becomes(tab.save, settled);
    const shown = (): string => (server.json(DOC) as Case).texts.description;
    await until(() => seats.every(({ replica }) => replica.doc?.texts.description === shown()));
    const text = shown();
    const offered = await Promise.all(
      seats.flatMap(({ tab }) =>
        tab.kept
          .get()
          .filter(({ status }) => status === "offered")
          .map(({ id }) => tab.kept.file(id)),
      ),
    );
    const aside = offered
      .map((file) => A.load<Case & Record<string, unknown>>(file!.bytes).texts.description)
      .join();
    for (const letter of letters) {
      const there = text.split(letter).length - 1;
      expect(there, `seed ${seed}: ${letter.charCodeAt(0).toString(16)} in the document`).toBeLessThanOrEqual(
        1,
      );
      expect(
        there === 1 || aside.includes(letter),
        `seed ${seed}: ${letter.charCodeAt(0).toString(16)} is lost`,
      ).toBe(true);
    }
    await Promise.all([anna.close(), bo.close()]);
    await server.stop();
  });
}
