// People write in one case at the same time.
import type { Page } from "@playwright/test";
import { expect, type Person, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";

const CASE = "Med hjerte for Arendal";

test("[D1] two people in the same sentence: both texts are there, and no caret jumps", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  const before = await kari.description.inputValue();
  const [first, second] = before.split(" ", 2) as [string, string];
  await kari.caretBefore(kari.description, second);
  await tor.caretBefore(tor.description, first);

  await Promise.all([kari.page.keyboard.type("ambisiøs, ny og KARI "), tor.page.keyboard.type("Den første TOR ")]);

  const expected = `Den første TOR ${before.replace(second, `ambisiøs, ny og KARI ${second}`)}`;
  for (const person of [kari, tor]) {
    await expect(person.description).toHaveValue(expected);
    await expect(person.save).toContainText(SAVED);
  }
  expect(await kari.caret(kari.description)).toMatch(/ambisiøs, ny og KARI $/);
  expect(await tor.caret(tor.description)).toMatch(/^Den første TOR $/);
});

test("[D1] who was offline and who was not: both edits are on both screens afterwards", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  await tor.goOffline();

  await tor.appendTo(tor.description, " Skrevet av Tor i toget.");
  await tor.page.getByLabel("Status").selectOption("planned");
  await kari.caretBefore(kari.description, await kari.description.inputValue());
  await kari.page.keyboard.type("Kari begynner. ");
  await expect(kari.save).toContainText(SAVED);
  await expect(tor.save).toContainText(/Frakoblet siden \d\d[.:]\d\d \(\d+ endringer venter her\)/);
  await tor.goOnline();

  for (const person of [kari, tor]) {
    await expect(person.description).toHaveValue(/^Kari begynner\. .* Skrevet av Tor i toget\.$/s);
    await expect(person.page.getByLabel("Status")).toHaveValue("planned");
    await expect(person.save).toContainText(SAVED);
  }
});

test("[D1] three people at the same time: parties, levels and characteristics are all kept", async ({ people }) => {
  const three = await Promise.all(["Kari", "Tor", "Åse"].map((name) => people.join("editor", name)));
  const [kari, tor, ase] = three as [Person, Person, Person];
  await kari.openCase(CASE);
  await Promise.all([tor.follow(kari), ase.follow(kari)]);

  await Promise.all(three.map((person) => addParty(person, `Parten til ${person.name}`)));
  await Promise.all([
    kari.page.getByRole("checkbox", { name: "Statlig" }).check(),
    tor.page.getByRole("checkbox", { name: "Regionalt" }).check(),
    ase.page.getByRole("checkbox", { name: "Kommunalt" }).uncheck(),
  ]);
  await Promise.all([code(kari, 0, "u"), code(tor, 1, "i"), code(ase, 2, "u")]);

  for (const { page, save } of three) {
    for (const name of ["Kari", "Tor", "Åse"]) await expect(party(page, `Parten til ${name}`)).toHaveCount(1);
    await expect(page.getByRole("checkbox", { name: "Statlig" })).toBeChecked();
    await expect(page.getByRole("checkbox", { name: "Regionalt" })).toBeChecked();
    await expect(page.getByRole("checkbox", { name: "Kommunalt" })).not.toBeChecked();
    await expect(page.locator("[data-key]").nth(0)).toContainText("Ukjent");
    await expect(page.locator("[data-key]").nth(1)).toContainText("Ikke relevant");
    await expect(page.locator("[data-key]").nth(2)).toContainText("Ukjent");
    await expect(save).toContainText(SAVED);
  }
  const orders = await Promise.all(three.map(({ page }) => partyNames(page)));
  expect(orders[1]).toEqual(orders[0]);
  expect(orders[2]).toEqual(orders[0]);
});

test("[D1] two people choose differently while one is offline: one choice stands, the same for both", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  await tor.goOffline();
  await tor.page.getByLabel("Opphav").selectOption("future");
  await kari.page.getByLabel("Opphav").selectOption("international");
  await expect(kari.save).toContainText(SAVED);
  await tor.goOnline();
  await expect(tor.save).toContainText(SAVED);

  const stands = tor.page.getByLabel("Opphav");
  await expect(async () => {
    expect(await kari.page.getByLabel("Opphav").inputValue()).toBe(await stands.inputValue());
  }).toPass();
  expect(["future", "international"]).toContain(await stands.inputValue());
});

test("[D1] undo takes back one's own words and leaves a colleague's", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  const before = await kari.description.inputValue();
  await kari.appendTo(kari.description, " Dette skrev Kari.");
  await expect(tor.description).toHaveValue(`${before} Dette skrev Kari.`);
  await tor.caretBefore(tor.description, before.slice(0, 12));
  await tor.page.keyboard.type("Dette skrev Tor. ");
  await expect(kari.description).toHaveValue(`Dette skrev Tor. ${before} Dette skrev Kari.`);

  await expect(async () => {
    await tor.page.keyboard.press("Control+z");
    expect(await tor.description.inputValue()).toBe(`${before} Dette skrev Kari.`);
  }).toPass();
  await expect(tor.page.getByRole("button", { name: "Angre" })).toBeDisabled();
  await tor.page.keyboard.press("Control+z");

  for (const person of [kari, tor]) {
    await expect(person.description).toHaveValue(`${before} Dette skrev Kari.`);
    await expect(person.save).toContainText(SAVED);
  }
  await tor.page.keyboard.press("Control+Shift+z");
  await expect(kari.description).toHaveValue(/^D.*Dette skrev Kari\.$/s);
});

test("[E4, N6] who is here and where is on the screen, and gone when they have left", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("viewer", "Tor");
  await kari.openCase(CASE);
  await kari.description.focus();

  const overview = tor.page.getByRole("main");
  await expect(overview.getByRole("listitem").filter({ hasText: "Kari" })).toContainText(CASE);
  await tor.page.getByRole("button", { name: /her nå/ }).click();
  await expect(tor.page.getByRole("listitem").filter({ hasText: "Kari" }).first()).toBeVisible();
  await tor.follow(kari);
  const heading = tor.page.locator(".fhead", { has: tor.page.getByText("Beskrivelse", { exact: true }) });
  await expect(heading).toContainText("Kari skriver her");
  await kari.page.getByLabel("Status").focus();
  await expect(heading).not.toContainText("Kari");
  await expect(tor.page.locator(".fhead", { hasText: "Status" })).toContainText("Kari er her");

  await kari.page.close();
  await expect(tor.page.getByRole("button", { name: "1 her nå Bare du er her nå" })).toBeVisible();
  await expect(tor.page.locator(".fhead", { hasText: "Status" })).not.toContainText("Kari");
});

test("[D1] two tabs of one person write as one person and count as one", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  await kari.openCase(CASE);
  const other = await kari.tab();
  await other.follow(kari);
  await kari.appendTo(kari.description, " Fra første fane.");
  await expect(other.description).toHaveValue(/Fra første fane\.$/);
  await other.caretBefore(other.description, await other.description.inputValue());
  await other.page.keyboard.type("Fra andre fane. ");

  for (const tab of [kari, other]) {
    await expect(tab.description).toHaveValue(/^Fra andre fane\. .* Fra første fane\.$/s);
    await expect(tab.save).toContainText(SAVED);
    await expect(tab.page.getByRole("button", { name: "1 her nå" })).toBeVisible();
  }
  await kari.goOffline();
  await expect(other.save).toContainText("Frakoblet");
  await kari.appendTo(kari.description, " Første uten nett.");
  await other.page.getByLabel("Status").selectOption("planned");
  await kari.goOnline();
  for (const tab of [kari, other]) {
    await expect(tab.description).toHaveValue(/Første uten nett\.$/);
    await expect(tab.page.getByLabel("Status")).toHaveValue("planned");
    await expect(tab.save).toContainText(SAVED);
  }
});

async function addParty({ page }: Person, name: string): Promise<void> {
  await page.getByRole("button", { name: "Part", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Navn på parten" }).and(page.locator(":focus"))).toBeVisible();
  await page.keyboard.type(name);
}

const partyNames = (page: Page) =>
  page.getByRole("textbox", { name: "Navn på parten" }).evaluateAll((areas) => areas.map((area) => (area as HTMLTextAreaElement).value));

/** Text areas have no text of their own to filter by: the party's buttons carry its name. */
const party = (page: Page, name: string) => page.getByRole("button", { name: `Fjern ${name}` });

/** Says by key why the characteristic at a place of the form has no value. */
async function code({ page }: Person, at: number, key: string): Promise<void> {
  await page.locator("[data-key]").nth(at).focus();
  await page.keyboard.press(key);
}

test("[P2, X6] a case says who wrote in it, and for whom the server did", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  const kari = await people.join("editor", "Kari");
  await liv.open("/eksempler");
  await liv.page.getByRole("button", { name: "Nytt eksempel" }).click();
  await liv.page.getByLabel("Hva heter eksempelet?").fill("Nabohjelp på Sørlandet");
  await liv.page.keyboard.press("Enter");
  await expect(liv.description).toBeVisible();
  await kari.follow(liv);
  await kari.appendTo(kari.description, "Naboer hjelper naboer.");
  await expect(kari.save).toContainText(SAVED);
  await liv.page.getByText("Hvem har skrevet her").click();
  const authors = liv.page.getByRole("listitem");
  await expect(authors.filter({ hasText: /^Kari: \d+ endring/ })).toBeVisible();
  await expect(authors.filter({ hasText: /^Tjeneren, for Liv: 1 endring/ })).toBeVisible();
});
