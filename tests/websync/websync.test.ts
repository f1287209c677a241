/** What the web client and the server promise each other, with the real server between two browsers. */

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  addItem,
  choice,
  removeItem,
  setChoice,
  setFloat,
  setInt,
  spliceText,
  together,
  toggleInSet,
  updateText,
} from "../../web/src/sync/edits";
import type { Replica, SaveState, WorkshopSync } from "../../web/src/sync/types";
import { becomes, until } from "../../web/test/sync/harness";
import { cases, opened, Person } from "./person";
import type { Case } from "./person";
import { Server } from "./server";

const NOTES = ["texts", "notes"];
let server: Server;
let people: Person[] = [];
let used = 0;

beforeAll(async () => {
  server = await Server.make();
});
afterAll(() => server.end());
afterEach(async () => {
  await Promise.all(people.map((person) => person.leave()));
  people = [];
});

async function person(
  ...who: Parameters<typeof Person.join> extends [Server, ...infer Rest] ? Rest : never
): Promise<Person> {
  const joined = await Person.join(server, ...who);
  people.push(joined);
  return joined;
}

/** A case no other test has touched. */
async function fresh(tab: WorkshopSync): Promise<string> {
  return (await cases(tab))[used++] ?? "";
}

const saved = (tab: WorkshopSync): Promise<void> => becomes(tab.save, ({ kind }) => kind === "server");
const notes = (replica: Replica<Case>): string => replica.doc?.texts.notes ?? "";
const append = (replica: Replica<Case>, text: string): void =>
  replica.edit(spliceText(NOTES, notes(replica).length, 0, text));
const count = (text: string, part: string): number => text.split(part).length - 1;

async function grants(facilitator: Person, whose: Person, given: string[]): Promise<void> {
  await facilitator.call("PUT", `/workshops/${server.workshop}/people/${whose.participant}/grants`, {
    grants: given,
  });
}

test("y5_all_cases_of_the_example_open", async () => {
  const tab = await (await person("editor", "Anna")).tab();
  const subjects = await cases(tab);
  expect(subjects).toHaveLength(48);
  const replicas = await Promise.all(subjects.map((subject) => opened(tab, subject)));
  for (const replica of replicas) expect(replica.doc?.facts.name).not.toBe("");
  await saved(tab);
});

test("y2_every_kind_of_field_is_saved_and_seen_by_another", async () => {
  const [anna, bo] = [
    await (await person("editor", "Anna")).tab(),
    await (await person("editor", "Bo")).tab(),
  ];
  const subject = await fresh(anna);
  const [a, b] = [await opened(anna, subject), await opened(bo, subject)];
  const key = Object.keys(a.doc?.codings ?? {})[0] ?? "";
  const seen: SaveState[] = [];
  anna.save.subscribe(() => seen.push(anna.save.get()));
  a.edit(updateText(["facts", "name"], "Et nytt navn 😀"));
  a.edit(setChoice(["facts", "status"], "ended"));
  a.edit(setInt(["facts", "start_year"], 2024));
  a.edit(toggleInSet(["facts", "level"], "regional", true));
  a.edit(
    addItem(["parties"], "p000000000000001", {
      name: "NAV",
      group: choice("stat"),
      role: choice("owner"),
      order: choice("i"),
    }),
  );
  a.edit(
    addItem(["parties"], "p000000000000002", {
      name: "KS",
      group: choice("kommune"),
      role: choice("partner"),
      order: choice("r"),
    }),
  );
  a.edit(removeItem(["parties", "p000000000000002"]));
  a.edit(
    together(
      setChoice(["codings", key, "state"], "coded"),
      setFloat(["codings", key, "number"], 3),
      updateText(["codings", key, "note"], "begrunnelse"),
    ),
  );
  await saved(anna);
  expect(seen.map(({ kind }) => kind)).toContain("sending");
  await until(() => b.doc?.codings[key]?.note === "begrunnelse");
  expect(b.doc).toEqual(a.doc);
  expect(b.doc?.facts).toMatchObject({
    name: "Et nytt navn 😀",
    start_year: 2024,
    level: { regional: true },
  });
  expect(Object.keys(b.doc?.parties ?? {})).toContain("p000000000000001");
  expect(Object.keys(b.doc?.parties ?? {})).not.toContain("p000000000000002");
});

test("a1_what_was_called_saved_survives_a_kill_and_the_rest_is_sent_again", async () => {
  const anna = await (await person("editor", "Anna")).tab();
  const a = await opened(anna, await fresh(anna));
  for (let round = 0; round < 3; round++) {
    append(a, `s${round}.`);
    await saved(anna);
    append(a, `u${round}.`);
    await server.restart("SIGKILL");
    await becomes(anna.connection, (state) => state === "online");
    await saved(anna);
  }
  const other = await (await person("editor", "Bo")).tab();
  const b = await opened(other, a.subject);
  expect(notes(b)).toBe(notes(a));
  for (const part of ["s0.", "u0.", "s1.", "u1.", "s2.", "u2."]) expect(count(notes(b), part)).toBe(1);
});

test("w9_a_restart_is_waited_out", async () => {
  const anna = await (await person("editor", "Anna")).tab();
  const a = await opened(anna, await fresh(anna));
  await server.restart("SIGTERM");
  await becomes(anna.connection, (state) => state === "online");
  append(a, "etterpå");
  await saved(anna);
});

test("y6_edits_from_offline_merge_with_those_of_others_also_after_a_reload", async () => {
  const [annas, bos] = [await person("editor", "Anna"), await person("editor", "Bo")];
  const [anna, bo] = [await annas.tab(), await bos.tab()];
  const subject = await fresh(anna);
  const [a, b] = [await opened(anna, subject), await opened(bo, subject)];
  await annas.network(false);
  await becomes(anna.save, ({ kind }) => kind === "offline");
  append(a, "fra toget");
  a.edit(setInt(["facts", "start_year"], 1999));
  b.edit(spliceText(NOTES, 0, 0, "fra kontoret "));
  await saved(bo);
  expect(anna.save.get()).toMatchObject({ kind: "offline", changes: 2 });
  await annas.leave();
  const again = await annas.tab();
  expect(again.save.get()).toMatchObject({ changes: 2 });
  await annas.network(true);
  await saved(again);
  await until(() => notes(b).includes("fra toget"));
  expect(notes(b)).toContain("fra kontoret ");
  expect(b.doc?.facts.start_year).toBe(1999);
  expect((await opened(again, subject)).doc).toEqual(b.doc);
});

test("x7_a_grant_taken_while_editing_keeps_the_work_and_its_return_puts_it_in_again", async () => {
  const [kari, annas] = [await person("facilitator", "Kari"), await person("editor", "Anna")];
  const anna = await annas.tab();
  const a = await opened(anna, await fresh(anna));
  await annas.network(false);
  append(a, "min setning");
  await grants(kari, annas, ["viewer"]);
  await annas.network(true);
  await becomes(anna.save, ({ kind }) => kind === "refused");
  await until(() => !a.may.has("write") && !notes(a).includes("min setning"));
  const copy = anna.kept.get()[0];
  expect(copy).toMatchObject({ status: "offered", reason: "read-only", subject: a.subject });
  expect(await anna.kept.reapply(copy?.id ?? "")).toBe(false);
  expect(() => append(a, "x")).toThrow();
  await grants(kari, annas, ["editor"]);
  await until(() => a.may.has("write"));
  expect(await anna.kept.reapply(copy?.id ?? "")).toBe(true);
  await saved(anna);
  const other = await opened(await kari.tab(), a.subject);
  expect(count(notes(other), "min setning")).toBe(1);
  append(a, " og mer");
  await saved(anna);
  await until(() => notes(other).endsWith("min setning og mer"));
});

test("x1_a_grant_that_goes_and_comes_while_typing_loses_no_letter_and_doubles_none", async () => {
  const [kari, annas] = [await person("facilitator", "Kari"), await person("editor", "Anna")];
  const anna = await annas.tab();
  const a = await opened(anna, await fresh(anna));
  let typed = 0;
  for (let round = 0; round < 4; round++) {
    const taking = grants(kari, annas, round % 2 === 0 ? ["viewer"] : ["editor"]);
    for (let i = 0; i < 10 && a.may.has("write") && a.state === "ready"; i++) {
      append(a, `<${typed++}>`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await taking;
  }
  await until(() => a.may.has("write"));
  await until(() => anna.save.get().kind === "server" || anna.save.get().kind === "refused");
  for (const { id, status } of anna.kept.get()) {
    if (status === "offered") expect(await anna.kept.reapply(id)).toBe(true);
  }
  await saved(anna);
  const other = await opened(await kari.tab(), a.subject);
  for (let i = 0; i < typed; i++) expect(count(notes(other), `<${i}>`), `<${i}>`).toBe(1);
});

test("x2_a_viewer_reads_and_writes_nothing", async () => {
  const tab = await (await person("viewer", "Vigdis")).tab();
  const replica = await opened(tab, await fresh(tab));
  expect(replica.may.has("write")).toBe(false);
  expect(() => append(replica, "x")).toThrow();
  await saved(tab);
});

test("h3_a_revoked_link_ends_the_session_and_the_work_stays_in_the_browser", async () => {
  const kari = await person("facilitator", "Kari");
  const made = await kari.call("POST", `/workshops/${server.workshop}/links`, {
    grant: "editor",
    label: "gjest",
  });
  const { id, secret } = (await made.json()) as { id: string; secret: string };
  const before = server.secrets.get("editor") ?? "";
  server.secrets.set("editor", secret);
  const guest = await person("editor", "Gjest");
  server.secrets.set("editor", before);
  const tab = await guest.tab();
  const replica = await opened(tab, await fresh(tab));
  await guest.network(false);
  append(replica, "gjestens ord");
  await kari.call("DELETE", `/workshops/${server.workshop}/links/${id}`);
  guest.online = true;
  await until(() => tab.save.get().kind === "ended" || tab.save.get().kind === "refused");
  expect(tab.save.get().kind).toBe("ended");
  expect(tab.save.get()).toMatchObject({ changes: 1 });
  const other = await opened(await kari.tab(), replica.subject);
  expect(notes(other)).not.toContain("gjestens ord");
});

test("x7_two_tabs_write_together_and_one_takes_over_what_the_other_left", async () => {
  const annas = await person("editor", "Anna");
  const [left, right] = [await annas.tab(), await annas.tab()];
  const subject = await fresh(left);
  const [a, b] = [await opened(left, subject), await opened(right, subject)];
  append(a, "[venstre]");
  await until(() => notes(b).includes("[venstre]"));
  append(b, "[høyre]");
  await until(() => notes(a).includes("[høyre]"));
  await annas.network(false);
  append(a, "[etterlatt]");
  append(b, "[sendt]");
  await left.close();
  annas.online = true;
  await until(() => right.connection.get() === "online");
  await until(() => notes(b).includes("[etterlatt]"));
  await saved(right);
  const other = await opened(await (await person("editor", "Bo")).tab(), subject);
  for (const part of ["[venstre]", "[høyre]", "[etterlatt]", "[sendt]"])
    expect(count(notes(other), part), part).toBe(1);
});

test("x5_t8_after_a_backup_was_restored_newer_edits_go_in_again_and_nobodys_actor_is_taken", async () => {
  const [annas, bos] = [await person("editor", "Anna"), await person("editor", "Bo")];
  const [anna, bo] = [await annas.tab(), await bos.tab()];
  const subject = await fresh(anna);
  const [a, b] = [await opened(anna, subject), await opened(bo, subject)];
  append(a, "[a før]");
  await saved(anna);
  await until(() => notes(b).includes("[a før]"));
  const restore = await server.backup();
  append(b, "[b etter]");
  await saved(bo);
  await until(() => notes(a).includes("[b etter]"));
  append(a, "[a etter]");
  await saved(anna);
  await until(() => notes(b).includes("[a etter]"));
  // Bo is away while Anna's browser brings what both wrote: his actor must not become hers.
  bos.online = false;
  await server.stop();
  await restore();
  await server.start();
  await becomes(anna.connection, (state) => state === "online");
  await saved(anna);
  const kari = await opened(await (await person("facilitator", "Kari")).tab(), subject);
  await until(() => ["[a før]", "[b etter]", "[a etter]"].every((part) => count(notes(kari), part) === 1));
  await bos.network(true);
  append(b, "[b igjen]");
  await saved(bo);
  await until(() => count(notes(kari), "[b igjen]") === 1);
  expect([...anna.kept.get(), ...bo.kept.get()]).toEqual([]);
});
