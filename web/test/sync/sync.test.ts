/** What a tab promises its person about saving, returning and being refused. */

import * as A from "@automerge/automerge";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addItem, choice, setChoice, setInt, spliceText, toggleInSet, updateText } from "../../src/sync/edits";
import type { Reason, SaveState } from "../../src/sync/types";
import { ANNA, becomes, BO, Browser, open, until } from "./harness";
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
  server.add("frame", "frame-doc", { title: "Arbeidsrom" }, "frame");
  server.add("case1", DOC, {
    texts: { description: "Kommunen" },
    facts: { status: choice("planned"), start_year: 2017, level: {} },
    parties: {},
  });
  server.add("case2", "doc-two", { texts: { description: "" }, facts: {}, parties: {} });
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

const kinds = (states: SaveState[]): string[] => states.map(({ kind }) => kind);

describe("save states", () => {
  test("a1_saved_means_that_the_server_named_the_heads", async () => {
    const tab = await browser().tab();
    const replica = await open(tab);
    server.hold();
    replica.edit(spliceText(DESCRIPTION, 8, 0, " går"));
    expect(tab.save.get()).toEqual({ kind: "sending", changes: 1 });
    await until(() => server.waiting > 0);
    expect(tab.save.get().kind).toBe("sending");
    server.commit();
    await becomes(tab.save, ({ kind }) => kind === "server");
    expect(server.json(DOC)).toMatchObject({ texts: { description: "Kommunen går" } });
  });

  test("a1_what_a_killed_server_had_not_committed_is_sent_again", async () => {
    const tab = await browser().tab();
    const replica = await open(tab);
    const seen: SaveState[] = [];
    tab.save.subscribe(() => seen.push(tab.save.get()));
    server.hold();
    replica.edit(setChoice(["facts", "status"], "ongoing"));
    await until(() => server.waiting > 0);
    await server.stop();
    await becomes(tab.save, ({ kind }) => kind === "offline");
    await server.start();
    await becomes(tab.save, ({ kind }) => kind === "server");
    expect(server.json(DOC)).toMatchObject({ facts: { status: "ongoing" } });
    expect(kinds(seen)).not.toContain("refused");
    expect(kinds(seen).indexOf("server")).toBe(seen.length - 1);
  });

  test("w9_a_restart_is_waited_out", async () => {
    const tab = await browser().tab();
    await open(tab);
    await server.stop(1012);
    await becomes(tab.connection, (state) => state !== "online");
    await server.start();
    await becomes(tab.connection, (state) => state === "online");
  });

  test("y9_a_server_that_takes_no_changes_is_told_so", async () => {
    const tab = await browser().tab();
    const replica = await open(tab);
    const seen: SaveState[] = [];
    tab.save.subscribe(() => seen.push(tab.save.get()));
    server.hold();
    replica.edit(spliceText(DESCRIPTION, 0, 0, "x"));
    await until(() => server.waiting > 0);
    await server.stop(1011);
    await until(() => seen.some((state) => state.kind === "server-storage" && state.changes === 1));
    await server.start();
    await becomes(tab.save, ({ kind }) => kind === "server");
    expect(server.json(DOC)).toMatchObject({ texts: { description: "xKommunen" } });
  });

  test("a_session_that_is_over_keeps_its_edits_for_the_same_person", async () => {
    const one = browser();
    const tab = await one.tab();
    const replica = await open(tab);
    server.sessionOver = true;
    server.hold();
    replica.edit(spliceText(DESCRIPTION, 0, 0, "Den "));
    server.close(4001);
    await becomes(tab.save, ({ kind }) => kind === "ended");
    server.sessionOver = false;
    server.commit();
    tab.reconnect();
    await becomes(tab.save, ({ kind }) => kind === "server");
    expect(server.json(DOC)).toMatchObject({ texts: { description: "Den Kommunen" } });
  });

  test("without_storage_it_says_so_while_something_is_unsent", async () => {
    const one = browser();
    one.indexedDB = undefined;
    const tab = await one.tab();
    const replica = await open(tab);
    server.hold();
    replica.edit(spliceText(DESCRIPTION, 0, 0, "x"));
    await becomes(tab.save, ({ kind }) => kind === "browser-storage");
    server.commit();
    await becomes(tab.save, ({ kind }) => kind === "server");
  });
});

describe("offline", () => {
  test("edits_survive_a_reload_without_network_and_merge", async () => {
    const one = browser();
    const first = await one.tab();
    const replica = await open(first);
    await server.stop();
    await becomes(first.save, ({ kind }) => kind === "offline");
    replica.edit(spliceText(DESCRIPTION, 8, 0, " samarbeider"));
    replica.edit(toggleInSet(["facts", "level"], "kommunal", true));
    replica.edit(addItem(["parties"], "p1", { name: "NAV", group: choice("stat"), order: choice("i") }));
    expect(first.save.get()).toMatchObject({ kind: "offline", changes: 3 });
    await first.close();

    const second = await one.tab();
    expect(second.save.get()).toMatchObject({ changes: 3 });
    const again = await open(second);
    expect(again.doc?.texts.description).toBe("Kommunen samarbeider");
    server.documents.set(
      DOC,
      A.change(server.documents.get(DOC)!, (d) => A.splice(d, DESCRIPTION, 0, 0, "Lille ")),
    );
    await server.start();
    await becomes(second.save, ({ kind }) => kind === "server");
    expect(server.json(DOC)).toMatchObject({
      texts: { description: "Lille Kommunen samarbeider" },
      facts: { level: { kommunal: true } },
      parties: { p1: { name: "NAV", group: "stat" } },
    });
    await until(() => again.doc?.texts.description === "Lille Kommunen samarbeider");
  });

  test("documents_no_screen_has_open_are_sent_on_return", async () => {
    const one = browser();
    const first = await one.tab();
    const replica = await open(first);
    await server.stop();
    await becomes(first.connection, (state) => state !== "online");
    replica.edit(setInt(["facts", "start_year"], 2019));
    await first.close();
    const second = await one.tab();
    await server.start();
    await becomes(second.save, ({ kind }) => kind === "server");
    await until(() => (server.json(DOC) as { facts: { start_year: number } }).facts.start_year === 2019);
  });

  test("a_long_day_offline_is_compacted_and_comes_in", async () => {
    const one = browser();
    const first = await one.tab();
    const replica = await open(first);
    await server.stop();
    await becomes(first.connection, (state) => state !== "online");
    for (let i = 0; i < 300; i++) {
      replica.edit(spliceText(DESCRIPTION, 8 + i, 0, "abcdefghij"[i % 10]!));
      if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    await first.close();
    const second = await one.tab();
    await server.start();
    await becomes(second.save, ({ kind }) => kind === "server");
    expect(JSON.stringify(server.json(DOC))).toContain("abcdefghij".repeat(30));
  });
});

describe("two tabs", () => {
  test("of_one_browser_write_by_actors_of_their_own_and_use_them_again", async () => {
    const one = browser();
    const [left, right] = [await one.tab(), await one.tab()];
    const [a, b] = [await open(left), await open(right)];
    a.edit(spliceText(DESCRIPTION, 0, 0, "A"));
    b.edit(spliceText(DESCRIPTION, 8, 0, "B"));
    await until(
      () => a.doc?.texts.description === b.doc?.texts.description && left.save.get().kind === "server",
    );
    await becomes(right.save, ({ kind }) => kind === "server");
    const actors = (): number => A.stats(server.documents.get(DOC)!).numActors;
    expect(actors()).toBe(3);
    await Promise.all([left.close(), right.close()]);
    for (let i = 0; i < 3; i++) {
      const tab = await one.tab();
      const replica = await open(tab);
      replica.edit(spliceText(DESCRIPTION, 0, 0, String(i)));
      await becomes(tab.save, ({ kind }) => kind === "server");
      await tab.close();
    }
    expect(actors()).toBe(3);
  });

  test("a_tab_sends_what_another_tab_had_stored_only", async () => {
    const one = browser();
    const left = await one.tab();
    const a = await open(left);
    await server.stop();
    await becomes(left.connection, (state) => state !== "online");
    a.edit(spliceText(DESCRIPTION, 0, 0, "Forlatt: "));
    await left.close();
    const right = await one.tab();
    const b = await open(right);
    b.edit(spliceText(DESCRIPTION, 0, 0, "¹"));
    await server.start();
    await becomes(right.save, ({ kind }) => kind === "server");
    expect(server.json(DOC)).toMatchObject({ texts: { description: "¹Forlatt: Kommunen" } });
  });

  test("without_locks_each_tab_has_a_fresh_actor", async () => {
    const one = browser();
    one.locks = undefined;
    const tab = await one.tab();
    const replica = await open(tab);
    replica.edit(spliceText(DESCRIPTION, 0, 0, "x"));
    await becomes(tab.save, ({ kind }) => kind === "server");
  });
});

describe("refusal", () => {
  const once = (reason: Reason): void => {
    const poisoned = new Set<string>();
    let open = true;
    server.refuse = (_, change) => {
      if (open || change.deps.some((dep) => poisoned.has(dep))) {
        poisoned.add(change.hash);
        const first = open;
        open = false;
        return first ? reason : "dependency";
      }
      return undefined;
    };
  };

  for (const reason of ["duplicate", "actor", "malformed", "dependency", "read-only", "closed"] as const) {
    test(`x7_${reason}_is_done_again_by_a_new_actor_where_the_person_may_write`, async () => {
      const tab = await browser().tab();
      const replica = await open(tab);
      once(reason);
      replica.edit(spliceText(DESCRIPTION, 8, 0, " går"));
      replica.edit(setChoice(["facts", "status"], "ongoing"));
      server.edit(DOC, (d) => A.splice(d, DESCRIPTION, 0, 0, "Lille "));
      await until(() => (server.json(DOC) as { facts: { status: string } }).facts.status === "ongoing");
      await becomes(tab.save, ({ kind }) => kind === "server");
      expect(server.json(DOC)).toMatchObject({ texts: { description: "Lille Kommunen går" } });
      expect(tab.kept.get()).toMatchObject([{ reason, status: "reapplied", subject: "case1" }]);
      replica.edit(spliceText(DESCRIPTION, 0, 0, "1"));
      await becomes(tab.save, ({ kind }) => kind === "server");
      expect(server.json(DOC)).toMatchObject({ texts: { description: "1Lille Kommunen går" } });
    });
  }

  for (const reason of ["limit", "schema"] as const) {
    test(`x7_${reason}_is_kept_and_offered`, async () => {
      const tab = await browser().tab();
      const replica = await open(tab);
      let reload = false;
      tab.on("reload", () => (reload = true));
      once(reason);
      replica.edit(spliceText(DESCRIPTION, 8, 0, " for lang"));
      await becomes(tab.save, ({ kind }) => kind === "refused");
      await until(() => replica.doc?.texts.description === "Kommunen");
      expect(tab.kept.get()).toMatchObject([
        {
          reason,
          status: "offered",
          differences: [{ path: DESCRIPTION, before: "Kommunen", after: "Kommunen for lang" }],
        },
      ]);
      expect(reload).toBe(reason === "schema");
    });
  }

  test("x7_a_copy_that_two_tabs_do_again_at_once_is_done_once", async () => {
    const one = browser();
    const [left, right] = [await one.tab(), await one.tab()];
    const [replica, other] = [await open(left), await open(right)];
    server.refuse = () => "limit";
    replica.edit(spliceText(DESCRIPTION, 8, 0, " på toget"));
    await becomes(left.save, ({ kind }) => kind === "refused");
    await until(() => right.kept.get().length === 1);
    server.refuse = () => undefined;
    const id = left.kept.get()[0]!.id;
    expect(await Promise.all([left, right].map((tab) => tab.kept.reapply(id)))).toEqual([true, true]);
    for (const tab of [left, right]) await becomes(tab.save, ({ kind }) => kind === "server");
    await until(() => replica.doc?.texts.description === other.doc?.texts.description);
    expect(server.json(DOC)).toMatchObject({ texts: { description: "Kommunen på toget" } });
    expect(right.kept.get()).toMatchObject([{ id, status: "reapplied" }]);
  });

  test("x7_edits_from_offline_after_a_revocation_are_offered_and_done_when_rights_return", async () => {
    const one = browser();
    const tab = await one.tab();
    const replica = await open(tab);
    await server.stop();
    await becomes(tab.connection, (state) => state !== "online");
    replica.edit(spliceText(DESCRIPTION, 8, 0, " på toget"));
    server.rights("case1", ["read"]);
    server.refuse = () => "read-only";
    await server.start();
    await becomes(tab.save, ({ kind }) => kind === "refused");
    await until(() => replica.doc?.texts.description === "Kommunen");
    const id = tab.kept.get()[0]!.id;
    expect(await tab.kept.reapply(id)).toBe(false);
    await tab.close();

    const later = await one.tab();
    expect(later.kept.get()).toMatchObject([{ id, status: "offered" }]);
    const file = await later.kept.file(id);
    expect(A.load<{ texts: { description: string } }>(file!.bytes).texts.description).toBe(
      "Kommunen på toget",
    );
    server.rights("case1", ["read", "write", "presence"]);
    server.refuse = () => undefined;
    server.notice({ type: "catalogue" });
    const again = await open(later);
    await until(() => again.may.has("write"));
    server.edit(DOC, (d) => A.splice(d, DESCRIPTION, 0, 0, "Lille "));
    await until(() => again.doc?.texts.description === "Lille Kommunen");
    expect(await later.kept.reapply(id)).toBe(true);
    await becomes(later.save, ({ kind }) => kind === "server");
    expect(server.json(DOC)).toMatchObject({ texts: { description: "Lille Kommunen på toget" } });
  });

  test("x7_without_the_right_to_read_the_edits_are_offered", async () => {
    const tab = await browser().tab();
    const replica = await open(tab);
    await server.stop();
    await becomes(tab.connection, (state) => state !== "online");
    replica.edit(spliceText(DESCRIPTION, 0, 0, "x"));
    server.catalogue = server.catalogue.filter(({ subject }) => subject !== "case1");
    server.documents.delete(DOC);
    await server.start();
    await becomes(tab.save, ({ kind }) => kind === "refused");
    await until(() => replica.state === "unavailable");
    expect(replica.doc).toBeUndefined();
  });

  test("x3_a_replaced_document_takes_the_edits_under_its_new_id", async () => {
    const one = browser();
    const tab = await one.tab();
    const replica = await open(tab);
    await server.stop();
    await becomes(tab.connection, (state) => state !== "online");
    replica.edit(spliceText(DESCRIPTION, 8, 0, " går"));
    replica.edit(addItem(["parties"], "p1", { name: "NAV", group: choice("stat"), order: choice("i") }));
    server.catalogue = server.catalogue.filter(({ subject }) => subject !== "case1");
    const facts = { status: choice("planned"), start_year: 2017, level: {} };
    server.add("case1", "new-doc", { texts: { description: "Den lille Kommunen" }, facts, parties: {} });
    await server.start();
    await until(() => replica.doc?.texts.description === "Den lille Kommunen går");
    await becomes(tab.save, ({ kind }) => kind === "server");
    expect(server.json("new-doc")).toMatchObject({
      texts: { description: "Den lille Kommunen går" },
      parties: { p1: { name: "NAV", group: "stat" } },
    });
    expect(tab.kept.get()).toMatchObject([{ reason: "replaced", status: "reapplied" }]);
    await tab.close();
    const offline = await one.tab();
    expect((await open(offline)).doc?.texts.description).toBe("Den lille Kommunen går");
  });

  test("x3_quarantined_keeps_the_replica_until_the_document_is_repaired", async () => {
    const tab = await browser().tab();
    const replica = await open(tab);
    server.refuse = () => "quarantined";
    replica.edit(spliceText(DESCRIPTION, 0, 0, "x"));
    await until(() => replica.state === "quarantined");
    expect(replica.doc?.texts.description).toBe("xKommunen");
    expect(() => replica.edit(spliceText(DESCRIPTION, 0, 0, "y"))).toThrow();
    server.refuse = () => undefined;
    server.close(1012);
    await becomes(tab.save, ({ kind }) => kind === "server");
    expect(server.json(DOC)).toMatchObject({ texts: { description: "xKommunen" } });
  });

  test("x7_a_difference_refused_again_and_again_is_offered_in_the_end", async () => {
    const tab = await browser().tab();
    const replica = await open(tab);
    server.refuse = () => "malformed";
    replica.edit(spliceText(DESCRIPTION, 0, 0, "x"));
    await becomes(tab.save, ({ kind }) => kind === "refused");
    await until(() => replica.doc?.texts.description === "Kommunen");
    expect(tab.kept.get().filter(({ status }) => status === "offered")).toHaveLength(1);
    expect(tab.kept.get().length).toBeLessThanOrEqual(3);
  });

  test("x7_where_the_server_has_another_change_of_the_same_number_the_edits_are_done_again", async () => {
    const tab = await browser().tab();
    const replica = await open(tab);
    replica.edit(spliceText(DESCRIPTION, 8, 0, "!"));
    await becomes(tab.save, ({ kind }) => kind === "server");
    const { actor } = A.getAllChanges(server.documents.get(DOC)!).map(A.decodeChange).at(-1)!;
    await server.stop();
    await becomes(tab.connection, (state) => state !== "online");
    replica.edit(spliceText(DESCRIPTION, 8, 0, " på toget"));
    const theirs = A.change(A.clone(server.documents.get(DOC)!, actor), (draft) => {
      A.splice(draft, DESCRIPTION, 0, 0, "Lille ");
    });
    server.documents.set(DOC, theirs);
    await server.start();
    await becomes(tab.save, ({ kind }) => kind === "server");
    expect(server.json(DOC)).toMatchObject({ texts: { description: "Lille Kommunen på toget!" } });
    await until(() => tab.kept.get().length === 1);
    expect(tab.kept.get()).toMatchObject([{ reason: "duplicate", status: "reapplied" }]);
  });

  test("x7_two_tabs_with_the_same_refused_change_do_it_again_once", async () => {
    const one = browser();
    const left = await one.tab();
    const a = await open(left);
    await server.stop();
    await becomes(left.connection, (state) => state !== "online");
    a.edit(spliceText(DESCRIPTION, 8, 0, " én gang"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const right = await one.tab();
    await open(right);
    const poisoned = new Set(["first"]);
    server.refuse = (_, change) => {
      if (poisoned.delete("first")) poisoned.add(change.hash);
      return poisoned.has(change.hash) ? "duplicate" : undefined;
    };
    await server.start();
    await becomes(left.save, ({ kind }) => kind === "server");
    await becomes(right.save, ({ kind }) => kind === "server");
    expect(server.json(DOC)).toMatchObject({ texts: { description: "Kommunen én gang" } });
  });
});

describe("a silent line", () => {
  test("w7_is_asked_and_kept_if_it_answers_and_left_if_it_does_not", async () => {
    const one = browser();
    let now = 1_000_000;
    one.now = () => now;
    const tab = await one.tab();
    const replica = await open(tab);
    const roundTrip = async (): Promise<void> => {
      replica.edit(spliceText(DESCRIPTION, 0, 0, "."));
      await becomes(tab.save, ({ kind }) => kind === "server");
    };
    await roundTrip();
    const probes = (): number =>
      server.frames.filter(({ documentId }) => documentId.startsWith("1111")).length;
    now += 41_000;
    await until(() => probes() === 1);
    await roundTrip();
    now += 41_000;
    await until(() => probes() === 2);
    await roundTrip();
    expect(tab.connection.get()).toBe("online");
    const before = server.frames.filter(({ type }) => type === "join").length;
    server.hold();
    now += 41_000;
    await until(() => probes() === 3);
    now += 41_000;
    await until(() => server.frames.filter(({ type }) => type === "join").length === before + 1);
  });
});

describe("what is kept", () => {
  test("a_document_unused_for_90_days_leaves_the_browser_and_unsent_work_never_does", async () => {
    const one = browser();
    let now = Date.now();
    one.now = () => now;
    const first = await one.tab();
    await open(first);
    const other = await open(first, "case2");
    await server.stop();
    await becomes(first.connection, (state) => state !== "online");
    other.edit(spliceText(DESCRIPTION, 0, 0, "usendt"));
    await first.close();
    now += 91 * 24 * 3_600_000;
    const second = await one.tab();
    expect((await open(second, "case2")).doc?.texts.description).toBe("usendt");
    await second.close();
    const third = await one.tab();
    const gone = third.open("case1");
    await open(third, "case2");
    expect(gone.state).toBe("loading");
  });

  test("another_participant_opens_another_storage", async () => {
    const one = browser();
    const first = await one.tab();
    await open(first);
    await first.close();
    await server.stop();
    const other = browser(BO);
    other.indexedDB = one.indexedDB;
    const tab = await other.tab();
    expect(tab.catalogue.get()).toEqual([]);
  });

  test("a_copy_decided_in_one_tab_is_decided_in_the_other", async () => {
    const one = browser();
    const [left, right] = [await one.tab(), await one.tab()];
    const replica = await open(left);
    server.refuse = () => "limit";
    replica.edit(spliceText(DESCRIPTION, 0, 0, "x"));
    await becomes(right.save, ({ kind }) => kind === "refused");
    await right.kept.discard(right.kept.get()[0]!.id);
    await becomes(left.save, ({ kind }) => kind === "server");
  });
});

describe("notices and presence", () => {
  test("n1_the_catalogue_is_read_again_and_a_gap_reads_everything", async () => {
    const tab = await browser().tab();
    await open(tab);
    server.add("case3", "doc-3", { texts: { description: "" } });
    server.notice({ type: "catalogue" });
    await becomes(tab.catalogue, (entries) => entries.some(({ subject }) => subject === "case3"));
    const views: string[] = [];
    tab.on("view", (view) => views.push(view));
    server.notice({ type: "view", view: "register" });
    await until(() => views.length === 1);
    server.people = [
      ...server.people,
      { ...server.people[0]!, participant: "cccccccccccccccc", name: "Cæcilie" },
    ];
    server.notice({ type: "view", view: "register" }, 1);
    await becomes(tab.people, (people) => people.length === 3);
    expect(views).toEqual(["register", "*", "register"]);
  });

  test("e1_others_are_seen_with_their_field_and_their_caret_stays_with_its_character", async () => {
    const [anna, bo] = [await browser().tab(), await browser(BO).tab()];
    const [a, b] = [await open(anna), await open(bo)];
    a.presence("texts/description", { path: DESCRIPTION, anchor: 4, head: 4 });
    await becomes(b.others, (others) => others[0]?.cursor?.head === 4);
    expect(b.others.get()).toMatchObject([{ participant: ANNA, name: "Anna", field: "texts/description" }]);
    b.edit(spliceText(DESCRIPTION, 0, 0, "Den "));
    await becomes(b.others, (others) => others[0]?.cursor?.head === 8);
    expect(a.others.get()).toEqual([]);
    anna.where("case1");
    await becomes(bo.here, (here) =>
      here.some(({ person, subject }) => person.name === "Anna" && subject === "case1"),
    );
    await anna.close();
    await becomes(b.others, (others) => others.length === 0);
  });

  test("e3_of_many_positions_in_a_moment_the_newest_is_sent", async () => {
    const [anna, bo] = [await browser().tab(), await browser(BO).tab()];
    const [a, b] = [await open(anna), await open(bo)];
    const sent = (): number =>
      server.frames.filter(({ type, documentId }) => type === "ephemeral" && documentId === DOC).length;
    for (let at = 0; at <= 8; at++) a.presence("f", { path: DESCRIPTION, anchor: at, head: at });
    await becomes(b.others, (others) => others[0]?.cursor?.head === 8);
    expect(sent()).toBe(1);
  });

  test("e4_who_falls_silent_is_forgotten", async () => {
    const other = browser(BO);
    let now = 1_000_000;
    other.now = () => now;
    const [anna, bo] = [await browser().tab(), await other.tab()];
    const [a, b] = [await open(anna), await open(bo)];
    a.presence("x");
    await becomes(b.others, (others) => others.length === 1);
    now += 46_000;
    b.edit(spliceText(DESCRIPTION, 0, 0, "."));
    expect(b.others.get()).toEqual([]);
  });
});

describe("undo", () => {
  test("u_undo_takes_back_what_is_still_as_it_was_set", async () => {
    const tab = await browser().tab();
    const replica = await open(tab);
    replica.edit(setChoice(["facts", "status"], "ongoing"));
    replica.edit(setInt(["facts", "start_year"], 2020));
    await becomes(tab.save, ({ kind }) => kind === "server");
    server.edit(DOC, (d) => ((d["facts"] as Record<string, unknown>)["start_year"] = 2021));
    await until(() => replica.doc?.facts.start_year === 2021);
    expect(tab.history.undo()).toBe(true);
    expect(replica.doc?.facts.start_year).toBe(2021);
    expect(String(replica.doc?.facts.status)).toBe("planned");
    expect(tab.history.redo()).toBe(true);
    expect(String(replica.doc?.facts.status)).toBe("ongoing");
    expect(tab.history.undo()).toBe(true);
    expect(tab.history.undo()).toBe(false);
  });

  test("u_typing_is_one_step_and_leaves_what_others_wrote_inside_it", async () => {
    const tab = await browser().tab();
    const replica = await open(tab);
    [..." går"].forEach((letter, i) => replica.edit(spliceText(DESCRIPTION, 8 + i, 0, letter)));
    expect(tab.history.get().undo).toBe(1);
    await becomes(tab.save, ({ kind }) => kind === "server");
    server.edit(DOC, (d) => A.splice(d, DESCRIPTION, 10, 0, "XX"));
    await until(() => replica.doc?.texts.description === "Kommunen gXXår");
    tab.history.undo();
    expect(replica.doc?.texts.description).toBe("KommunenXX");
    tab.history.redo();
    expect(replica.doc?.texts.description).toMatch(/^Kommunen(XX går| gXXår| gårXX)$/);
  });

  test("u_what_is_done_for_good_is_not_undone_and_what_was_done_before_still_is", async () => {
    const tab = await browser().tab();
    const replica = await open(tab);
    replica.edit(setChoice(["facts", "status"], "ongoing"));
    replica.edit(addItem(["parties"], "p1", { name: "NAV", group: choice("stat"), order: choice("i") }), true);
    replica.edit(updateText(["parties", "p1", "name"], "NAV Vest"), true);
    expect(tab.history.undo()).toBe(true);
    expect(String(replica.doc?.facts.status)).toBe("planned");
    expect(replica.doc?.parties["p1"]?.name).toBe("NAV Vest");
    expect(tab.history.undo()).toBe(false);
    expect(replica.doc?.parties["p1"]?.name).toBe("NAV Vest");
  });

  test("u_an_item_comes_back_whole_and_a_removed_one_stays_away_if_another_changed_it", async () => {
    const tab = await browser().tab();
    const replica = await open(tab);
    replica.edit(addItem(["parties"], "p1", { name: "NAV", group: choice("stat"), order: choice("i") }));
    tab.history.undo();
    expect(replica.doc?.parties).toEqual({});
    tab.history.redo();
    expect(String(replica.doc?.parties["p1"]?.group)).toBe("stat");
    await becomes(tab.save, ({ kind }) => kind === "server");
    server.edit(DOC, (d) => A.splice(d, ["parties", "p1", "name"], 3, 0, " Vest"));
    await until(() => replica.doc?.parties["p1"]?.name === "NAV Vest");
    tab.history.undo();
    expect(replica.doc?.parties["p1"]?.name).toBe("NAV Vest");
  });
});
