/** The way of an edit while people type: at once where the line is free, gathered where it is not. */

import * as A from "@automerge/automerge";
import { Repo } from "@automerge/automerge-repo";
import type { AutomergeUrl } from "@automerge/automerge-repo";
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { spliceText } from "../../src/sync/edits";
import type { WorkshopSync } from "../../src/sync/types";
import { ANNA, becomes, BO, Browser, Locks, open, until } from "./harness";
import type { Case } from "./harness";
import { TestServer } from "./server";

const DOC = "4NMNnkMhL8jXrdJ9jamS58PAVdXu";
const DESCRIPTION = ["texts", "description"];
let server: TestServer;
let browsers: Browser[];

function browser(participant = ANNA): Browser {
  const made = new Browser(server, participant);
  browsers.push(made);
  return made;
}

beforeEach(async () => {
  server = new TestServer();
  browsers = [];
  await server.start();
  server.add("case1", DOC, { texts: { description: "" }, facts: {}, parties: {} });
  const person = { actor_group: "kommune", organisation: null, roles: [], grants: ["editor" as const], here: true };
  server.people = [
    { participant: ANNA, name: "Anna", ...person },
    { participant: BO, name: "Bo", ...person },
  ];
});

afterEach(async () => {
  await Promise.all(browsers.map((one) => one.close()));
  await server.stop();
});

const text = (): string => (server.json(DOC) as Case).texts.description;
const saved = (tab: WorkshopSync): Promise<void> => becomes(tab.save, ({ kind }) => kind === "server");
/** Types letters, one change each. */
const type = (replica: Awaited<ReturnType<typeof open>>, letters: string): void => {
  for (const letter of letters)
    replica.edit(spliceText(DESCRIPTION, replica.doc?.texts.description.length ?? 0, 0, letter));
};
/** Frames of a type about the case so far. */
const frames = (type: string): number =>
  server.frames.filter((frame) => frame.documentId === DOC && frame.type === type).length;

describe("one message with many changes", () => {
  for (const as of ["apart", "joined"] as const) {
    const add = (letter: string) => (draft: Record<string, unknown>) =>
      A.splice(draft, DESCRIPTION, (draft as unknown as Case).texts.description.length, 0, letter);

    test(`y3_is_taken_${as}_by_this_client_also_beside_edits_of_its_own`, async () => {
      const tab = await browser().tab();
      const replica = await open(tab);
      server.edits(DOC, as, [add("a"), add("b"), add("c")]);
      await until(() => replica.doc?.texts.description === "abc");
      server.hold();
      type(replica, "d");
      await until(() => server.waiting > 0);
      server.edits(DOC, as, [add("e"), add("f")]);
      server.commit();
      await saved(tab);
      await until(() => replica.doc?.texts.description === text());
      expect([...text()].sort().join("")).toBe("abcdef");
    });

    test(`y3_is_taken_${as}_by_the_stock_client`, async () => {
      const repo = new Repo({ network: [new WebSocketClientAdapter(server.url)] });
      const handle = await repo.find<Case>(`automerge:${DOC}` as AutomergeUrl);
      server.edits(DOC, as, [add("a"), add("b"), add("c")]);
      await until(() => handle.doc().texts.description === "abc");
      server.edits(DOC, as, [add("d"), add("e")]);
      await until(() => handle.doc().texts.description === "abcde");
      await repo.shutdown();
    });
  }
});

describe("one's own edits", () => {
  test("a1_one_acknowledgement_is_enough_for_several_messages", async () => {
    const one = browser();
    let now = 1_000_000;
    one.now = () => now;
    const tab = await one.tab();
    const replica = await open(tab);
    server.hold();
    type(replica, "a");
    await until(() => server.waiting === 1);
    now += 1_000;
    type(replica, "b");
    await until(() => server.waiting === 2);
    server.commit(true);
    await saved(tab);
    expect(text()).toBe("ab");
  });

  test("what_is_written_while_a_message_is_under_way_goes_in_one", async () => {
    const one = browser();
    // The clock stands still: the wait for the acknowledgement does not run out.
    one.now = () => 1_000_000;
    const tab = await one.tab();
    const replica = await open(tab);
    await saved(tab);
    const before = frames("sync");
    server.hold();
    type(replica, "a");
    await until(() => server.waiting === 1);
    type(replica, "bcdefghij");
    server.commit();
    await saved(tab);
    expect(text()).toBe("abcdefghij");
    expect(frames("sync") - before).toBe(2);
  });

  test("while_a_slow_line_is_full_edits_are_gathered_and_presence_comes_last", async () => {
    const one = browser();
    const tab = await one.tab();
    const replica = await open(tab);
    type(replica, "a");
    await saved(tab);
    const before = server.frames.length;
    one.buffered = 1_000_000;
    for (const letter of "bcdef") {
      type(replica, letter);
      replica.presence("description");
      await new Promise((resolve) => setTimeout(resolve));
    }
    one.buffered = 0;
    await saved(tab);
    await until(() => server.frames.slice(before).some((frame) => frame.type === "ephemeral"));
    expect(text()).toBe("abcdef");
    expect(server.frames.slice(before).map((frame) => frame.type)).toEqual(["sync", "ephemeral"]);
  });

  test("a4_edits_do_not_wait_for_storage_and_a_tab_that_dies_ahead_of_it_forks_no_actor", async () => {
    const one = browser();
    const tab = await one.tab();
    const replica = await open(tab);
    type(replica, "a");
    await until(() => text() === "a");
    const { storage } = tab as unknown as { storage: { write: () => Promise<void> } };
    const never: (() => void)[] = [];
    storage.write = () => new Promise((resolve) => never.push(resolve));
    type(replica, "bc");
    await until(() => text() === "abc");

    // The browser is killed: nothing it had yet to write is stored, and its locks are gone.
    (tab as unknown as { line: { close: () => void } }).line.close();
    one.locks = new Locks();
    await server.stop();
    const again = await one.tab();
    const reopened = await open(again);
    expect(reopened.doc?.texts.description).toBe("a");
    type(reopened, "d");
    await server.start();
    await saved(again);
    await until(() => reopened.doc?.texts.description === text());
    expect([...text()].sort().join("")).toBe("abcd");
    expect(again.kept.get()).toEqual([]);
    expect(A.stats(server.documents.get(DOC)!).numActors).toBe(3);
    // What is left of the dead tab is to be closed like any other.
    storage.write = () => Promise.resolve();
    for (const resolve of never) resolve();
  });
});
