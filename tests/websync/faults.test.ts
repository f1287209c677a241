/**
 * Random work with faults on the real server, from one seed: two people, three tabs, kills, lost connections,
 * reloads, rights that go and come. In the end every edit is in the document exactly once.
 */

import { afterAll, beforeAll, expect, test } from "vitest";
import { spliceText } from "../../web/src/sync/edits";
import type { Replica, WorkshopSync } from "../../web/src/sync/types";
import { becomes, random, until } from "../../web/test/sync/harness";
import { cases, opened, Person } from "./person";
import type { Case } from "./person";
import { Server } from "./server";

const SEEDS = Number(process.env["SAMVERK_SEEDS"] ?? 6);
const STEPS = 60;
const NOTES = ["texts", "notes"];

interface Seat {
  person: Person;
  tab: WorkshopSync;
  replica: Replica<Case>;
}

let server: Server;
beforeAll(async () => {
  server = await Server.make();
});
afterAll(() => server.end());

async function sit(person: Person, subject: string): Promise<Seat> {
  const tab = await person.tab();
  return { person, tab, replica: await opened(tab, subject) };
}

/** False where a copy waits to be decided about. */
async function allSaved(tab: WorkshopSync): Promise<boolean> {
  await becomes(tab.save, ({ kind }) => kind === "server" || kind === "refused");
  return tab.save.get().kind === "server";
}

async function step(
  roll: (below: number) => number,
  seats: Seat[],
  kari: Person,
  letter: string,
): Promise<string> {
  const at = roll(seats.length);
  const { person, tab, replica } = seats[at]!;
  const what = roll(24);
  if (what < 14) {
    if (replica.state !== "ready" || !replica.may.has("write")) return "";
    replica.edit(spliceText(NOTES, roll((replica.doc?.texts.notes.length ?? 0) + 1), 0, letter));
    return letter;
  }
  if (what === 14) await server.restart("SIGKILL");
  else if (what < 17) person.drop();
  else if (what < 19) {
    await tab.close();
    seats[at] = await sit(person, replica.subject);
  } else if (what < 21) {
    const given = roll(2) === 0 ? ["viewer"] : ["editor"];
    await kari.call("PUT", `/workshops/${server.workshop}/people/${person.participant}/grants`, {
      grants: given,
    });
  } else await new Promise((resolve) => setTimeout(resolve, roll(40)));
  return "";
}

for (let seed = 1; seed <= SEEDS; seed++) {
  test(`x7_every_edit_is_there_once_seed_${seed}`, async () => {
    const roll = random(seed);
    const [kari, anna, bo] = [
      await Person.join(server, "facilitator", "Kari"),
      await Person.join(server, "editor", "Anna"),
      await Person.join(server, "editor", "Bo"),
    ];
    const judge = await kari.tab();
    const subject = (await cases(judge))[seed % 48]!;
    const truth = await opened(judge, subject);
    const seats = [await sit(anna, subject), await sit(anna, subject), await sit(bo, subject)];
    let letters = "";
    for (let i = 0; i < STEPS; i++) {
      letters += await step(roll, seats, kari, String.fromCharCode(0xe000 + letters.length));
    }
    for (const person of [anna, bo]) {
      await kari.call("PUT", `/workshops/${server.workshop}/people/${person.participant}/grants`, {
        grants: ["editor"],
      });
    }
    for (const { tab, replica } of seats) {
      await becomes(tab.connection, (state) => state === "online");
      await until(() => replica.state === "ready" && replica.may.has("write"));
    }
    for (const { tab } of seats) {
      // A copy may be offered while another is decided: the other tab of this browser was still at it.
      while (!(await allSaved(tab))) {
        for (const { id } of tab.kept.get().filter(({ status }) => status === "offered")) {
          expect(await tab.kept.reapply(id), `seed ${seed}`).toBe(true);
        }
      }
    }
    await until(() => seats.every(({ replica }) => replica.doc?.texts.notes === truth.doc?.texts.notes));
    for (const letter of letters) {
      const there = (truth.doc?.texts.notes ?? "").split(letter).length - 1;
      expect(there, `seed ${seed}: ${letter.charCodeAt(0).toString(16)}`).toBe(1);
    }
    await Promise.all([kari, anna, bo].map((one) => one.leave()));
  });
}
