// Comments on a case: who may have a say has one, under their own name, beside a case that stays the team's.
import type { Locator } from "@playwright/test";
import { expect, type Person, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";

const CASE = "Med hjerte for Arendal";
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

const tab = (person: Person): Locator => person.page.getByRole("tab", { name: /^Merknader/ });
const thread = (person: Person, words: string): Locator => person.page.getByRole("article", { name: `Tråd: ${words}` });

async function comment(person: Person, words: string): Promise<void> {
  await person.field("Skriv en merknad").fill(words);
  await person.page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(thread(person, words)).toBeVisible();
}

async function answer(person: Person, words: string, said: string): Promise<void> {
  const one = thread(person, words);
  await one.getByRole("button", { name: `Svar: ${words}` }).click();
  await one.getByLabel("Svaret ditt").fill(said);
  await one.getByRole("button", { name: "Svar", exact: true }).click();
  await expect(one).toContainText(said);
}

test("[R40, P1] a user representative comments on a phone without a right to edit, and the team sees it split by actor group", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  await ola.openCase(CASE);
  const ids = await ola.page.locator("[id]").evaluateAll((all) => all.map((one) => one.id));
  expect(ids.filter((id, place) => ids.indexOf(id) !== place), "each id stands once on the page").toEqual([]);
  await tab(ola).click();
  await expect(ola.page.getByText("Ingen har sagt noe ennå.")).toBeVisible();
  const kari = await people.someone("Kari", PHONE);
  await kari.enter(people.server.links.reviewer, "Innbygger");
  await kari.page.goto(ola.page.url().replace(/\?.*/, ""));
  await expect(kari.description).not.toBeEditable();
  await kari.page.getByRole("note").getByRole("button", { name: "Skriv en merknad" }).click();
  await expect(kari.description).toBeHidden();
  await comment(kari, "Hvem betaler når prosjektet er slutt?");
  await expect(kari.save).toContainText(/Lagret/);

  await expect(tab(ola)).toHaveAccessibleName("Merknader 1 venter på svar");
  const theirs = thread(ola, "Hvem betaler når prosjektet er slutt?");
  await expect(theirs).toContainText(/Kari Innbygger · /);
  await answer(ola, "Hvem betaler når prosjektet er slutt?", "Kommunen, fra 2018.");
  await expect(thread(kari, "Hvem betaler når prosjektet er slutt?")).toContainText("Kommunen, fra 2018.");
  await expect(kari.page.getByRole("button", { name: /^Ferdig/ })).toHaveCount(0);

  await comment(ola, "Mangler kilde.");
  await expect(tab(kari)).toHaveAccessibleName("Merknader 2 venter på svar");
  await ola.page.getByRole("radio", { name: "Innbygger 1" }).check();
  await expect(theirs).toBeVisible();
  await expect(thread(ola, "Mangler kilde.")).toBeHidden();
  await ola.page.getByRole("radio", { name: "Alle" }).check();

  await theirs.getByRole("button", { name: /^Ferdig/ }).click();
  await expect(tab(kari)).toHaveAccessibleName("Merknader 1 venter på svar");
  await kari.page.getByText("Vis 1 ferdig tråd").click();
  await expect(thread(kari, "Hvem betaler når prosjektet er slutt?")).toContainText("Ferdig, sier Ola");
  await tab(kari).press("ArrowLeft");
  await expect(kari.description).toBeVisible();
});

test("[R40, D1, X8] a comment written offline comes in, and only its author changes it and takes it back", async ({ people }) => {
  const kari = await people.join("reviewer", "Kari");
  const ola = await people.join("editor", "Ola");
  await ola.openCase(CASE);
  await kari.follow(ola);
  await tab(ola).click();
  await tab(kari).click();
  await expect(kari.field("Skriv en merknad")).toBeVisible();
  await kari.goOffline();
  await comment(kari, "Skrevet uten net");
  await expect(kari.save).toContainText("venter her");
  await kari.page.getByRole("button", { name: "Endre merknaden: Skrevet uten net" }).click();
  await kari.field("Endre merknaden: Skrevet uten net").fill("Skrevet uten nett");
  await kari.page.getByRole("button", { name: "Lagre" }).click();
  await kari.goOnline();
  await kari.reconnect();
  await expect(kari.save).toContainText(SAVED);

  await expect(thread(ola, "Skrevet uten nett")).toBeVisible();
  await expect(ola.page.getByRole("button", { name: /^Endre merknaden/ })).toHaveCount(0);
  await answer(ola, "Skrevet uten nett", "Det ser jeg.");
  await expect(thread(kari, "Skrevet uten nett")).toContainText("Det ser jeg.");
  await kari.page.getByRole("button", { name: /^Trekk tilbake merknaden/ }).click();
  await expect(thread(ola, "Det ser jeg.")).toContainText("Trukket tilbake");
  await expect(ola.page.getByText("Skrevet uten nett")).toHaveCount(0);
  await expect(kari.save).toContainText(SAVED);
});

test("[P1, N1] comments go with their case: a reviewer knows nothing of what is the team's alone, and nobody adds to what is closed", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  const kari = await people.join("reviewer", "Kari");
  await liv.openCase(CASE);
  await kari.follow(liv);
  await tab(kari).click();
  await comment(kari, "Før det ble lukket");
  await expect(kari.save).toContainText(SAVED);
  await liv.page.getByRole("button", { name: "Mer om eksempelet" }).click();
  await liv.page.getByRole("button", { name: "Lukk for endringer" }).click();
  await expect(kari.field("Skriv en merknad")).toHaveCount(0);
  await expect(thread(kari, "Før det ble lukket").getByRole("button")).toHaveCount(0);
  await liv.page.getByRole("button", { name: "Mer om eksempelet" }).click();
  await liv.page.getByRole("button", { name: "Vis bare for teamet" }).click();
  await expect(kari.page.getByRole("heading", { name: "Dette eksempelet er ikke åpent for deg" })).toBeVisible();
  await expect(kari.page.getByText("Før det ble lukket")).toHaveCount(0);
  await tab(liv).click();
  await expect(thread(liv, "Før det ble lukket")).toBeVisible();
});
