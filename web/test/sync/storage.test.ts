/** What of a document is stored, where storage is slow or has lost something. */

import { IDBFactory } from "fake-indexeddb";
import * as A from "@automerge/automerge";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DocumentStorage } from "../../src/sync/document-storage";
import { spliceText } from "../../src/sync/edits";
import { Storage } from "../../src/sync/storage";
import type { Writes } from "../../src/sync/storage";
import type { Session } from "../../src/sync/types";
import { ANNA, becomes, Browser, open, until } from "./harness";
import { TestServer } from "./server";

const DOC = "4NMNnkMhL8jXrdJ9jamS58PAVdXu";
const DESCRIPTION = ["texts", "description"];
const SESSION: Session = { workshop: "wwwwwwwwwwwwwwww", participant: ANNA, url: "ws://127.0.0.1:1/", api: "/api/v1" };

/** A storage whose writes wait from `hold` until `release`. */
class Slow {
  private held: Promise<void> | undefined;
  release: () => void = () => undefined;

  private constructor(readonly storage: Storage) {
    const write = storage.write.bind(storage);
    storage.write = async (writes: Writes) => {
      await this.held;
      await write(writes);
    };
  }

  static async open(): Promise<Slow> {
    return new Slow(await Storage.open(SESSION, new IDBFactory()));
  }

  hold(): void {
    this.held = new Promise((release) => (this.release = release));
  }
}

describe("a replica that is given up", () => {
  for (const when of ["before", "after"] as const) {
    test(`x7_is_not_taken_over_by_its_own_tab_that_gave_it_up_${when}_it_looked`, async () => {
      const slow = await Slow.open();
      const server = A.from<Record<string, unknown>>({ text: "start" });
      const doc = A.change(A.clone(server), (draft) => void A.splice(draft, ["text"], 0, 0, "x"));
      const nothing = (): void => undefined;
      const stored = new DocumentStorage(DOC, slow.storage, nothing, () => 1, () => ({ doc, unsent: true }), nothing);
      await stored.load("case1", 0, new Set([0]));
      const change = A.getLastLocalChange(doc)!;
      stored.addOwn(A.decodeChange(change).hash, change);
      await stored.flush();
      expect(await slow.storage.unsent(), "it is stored as unsent").toEqual([DOC]);

      const took: string[] = [];
      const look = async (): Promise<void> => {
        const found = await stored.left(new Set([0]));
        took.push(...stored.takeLeft(found).map(({ name }) => name));
      };
      const giveUp = (): void => stored.restart(DOC, "case1", server, A.getHeads(server));
      slow.hold();
      if (when === "before") {
        giveUp();
        void stored.flush();
      }
      const looked = look();
      if (when === "after") giveUp();
      slow.release();
      await looked;
      await stored.flush();
      await look();
      expect(took).toEqual([]);
      expect(await slow.storage.unsent()).toEqual([]);
    });
  }
});

describe("a change that waits for one this browser has lost", () => {
  let server: TestServer;
  let browser: Browser;

  beforeEach(async () => {
    server = new TestServer();
    await server.start();
    server.add("case1", DOC, { texts: { description: "Kommunen" }, facts: {}, parties: {} });
    const grants = { actor_group: "kommune", organisation: null, roles: [], grants: ["editor" as const], here: true };
    server.people = [{ participant: ANNA, name: "Anna", ...grants }];
    browser = new Browser(server, ANNA);
  });

  afterEach(async () => {
    await browser.close();
    await server.stop();
  });

  test("x5_lends_its_number_to_no_other_change", async () => {
    const tab = await browser.tab();
    const replica = await open(tab);
    await server.stop();
    await becomes(tab.connection, (state) => state !== "online");
    for (const letter of ["1", "2"]) replica.edit(spliceText(DESCRIPTION, 8, 0, letter));
    await tab.close();
    const storage = await Storage.open({ ...SESSION, url: server.url }, browser.indexedDB);
    const written = (await storage.chunks(DOC)).filter(({ unsent }) => unsent);
    const [first, second] = written
      .map(({ name, bytes }) => ({ name, ...A.decodeChange(bytes) }))
      .sort((a, b) => a.seq - b.seq);
    expect(second!.deps).toEqual([first!.hash]);
    await storage.write({ remove: [{ document: DOC, names: [first!.name] }] });
    storage.close();

    const later = await browser.tab();
    const again = await open(later);
    again.edit(spliceText(DESCRIPTION, 0, 0, "Lille "));
    await server.start();
    await until(() => JSON.stringify(server.json(DOC)).includes("Lille "));
    const newest = A.getAllChanges(server.documents.get(DOC)!).map(A.decodeChange).at(-1)!;
    expect(newest.actor).not.toBe(second!.actor);
  });
});
