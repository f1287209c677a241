// Variasjon: what the cases have, what none of them has, and every number a way to the cases behind it.
import type { Page } from "@playwright/test";
import { expect, type Person, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";
import { emptyWorkshop } from "../harness/screens.ts";

const VARIATION = "/eksempler/variasjon";

/** The names of bars, and how many cases the register shows behind each. */
const BARS: [string, number][] = [
  ["Regionalt", 9],
  ["Med forskning", 18],
  ["Med næringsliv eller oppstart", 32],
  ["Med frivillige", 19],
  ["Tjeneste", 40],
  ["Prosess", 25],
  ["Vare/produkt", 16],
  ["Konsept", 15],
  ["Styringsform", 9],
  ["Organisasjonsform", 7],
  ["Enkeltstående utviklingsprosjekt", 13],
  ["Langsiktig samarbeid om rammebetingelser", 26],
  ["Økosystem for innovasjon", 9],
  ["Norge", 35],
];

test("[R9, R10, R11, R12, R15, R17, R18, R19, R29] every bar says how many, and leads to just those cases", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  await kari.open(VARIATION);
  for (const [name, count] of BARS) {
    await kari.page.getByRole("link", { name: `${name} ${count} eksempler`, exact: true }).click();
    await expect(kari.page.getByText(`Viser ${count} av 48`), name).toBeVisible();
    await kari.page.goBack();
  }
});

test("[R2, R12] the eight ways of working with partners, and the three cases that have public parties only", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  await kari.open(VARIATION);
  const mixes = kari.page.getByRole("region", { name: "Hvem samarbeider det offentlige med?" });
  await expect(mixes.getByRole("listitem")).toHaveCount(8);
  await expect(mixes).toContainText("Vanligst: offentlig med næringsliv (16 av 48).");
  await mixes.getByRole("button", { name: /^Vis som liste/ }).click();
  await expect(mixes.getByRole("row", { name: "Offentlig med forskning og frivillige" })).toContainText("4");
  await expect(kari.page).toHaveURL(/liste=parter/);
  await mixes.getByRole("link", { name: "3 har bare offentlige parter" }).click();
  await expect(kari.page.getByText("Viser 3 av 48")).toBeVisible();
  for (const name of ["Stangehjelpa", "MindLab"]) await expect(kari.page.getByRole("link", { name })).toBeVisible();
});

test("[R30] what is found only in other countries is named, and leads to the case", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  await kari.open(VARIATION);
  const abroad = kari.page.getByRole("heading", { name: "Finnes bare i andre land" }).locator("xpath=following-sibling::ul");
  await expect(abroad.getByRole("listitem")).toHaveCount(2);
  await expect(abroad).toContainText("Konkurranse og premie");
  await abroad.getByRole("link", { name: "Resultatbasert betaling" }).click();
  await expect(kari.page.getByRole("rowheader")).toHaveCount(1);
  await expect(kari.page.getByRole("rowheader")).toContainText("I06");
});

test("[R33] what no case has stands on the screen, and on one printed page for those who sent the list", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  await kari.open(VARIATION);
  await kari.page.getByRole("link", { name: "3 verdier finnes ikke" }).click();
  await expect(kari.page.getByRole("heading", { name: "Hull å lete etter" })).toBeInViewport();
  for (const gap of ["Avgrenset", "Egen juridisk enhet", "Planlagt"]) {
    await expect(kari.page.getByRole("listitem").filter({ hasText: `${gap} 0 eksempler, finnes ikke` })).toBeVisible();
  }
  await kari.page.getByRole("link", { name: "Hva lista dekker og mangler" }).first().click();
  const missing = kari.page.locator("section", { has: kari.page.getByRole("heading", { name: "Dette mangler helt" }) });
  await expect(missing.getByRole("listitem")).toHaveText(["Avgrenset (utfordringstype)", "Egen juridisk enhet (avtaleform)", "Planlagt (modenhet)"]);
  await kari.page.emulateMedia({ media: "print" });
  await expect(kari.page.getByRole("navigation")).toHaveCount(0);
  await expect(missing).toBeVisible();
  const pdf = (await kari.page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

test("[R33] each contributor gets a page of their own list: what nobody has, and what only others have", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const list = "Navn;Land;Avtaleform;Utfordringstype\nFellesbiblioteket;Norge;Egen juridisk enhet;Kompleks\n";
  await kari.open("/hent-inn");
  await kari.page.getByLabel("Velg fil").setInputFiles({ name: "kommunene.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
  await kari.page.getByRole("button", { name: "Hent inn 1 eksempel" }).click();
  await expect(kari.page.getByRole("heading", { name: "1 eksempel er hentet inn" })).toBeVisible();
  await kari.open(`${VARIATION}/dekning`);
  await kari.page.getByLabel("Hvilken liste").selectOption("kommunene.csv");
  await expect(kari.page.getByText(/Om «kommunene.csv»/)).toBeVisible();
  const part = (heading: string) => kari.page.locator("section", { has: kari.page.getByRole("heading", { name: heading }) });
  await expect(part("Dette mangler helt").getByRole("listitem")).toHaveText(["Avgrenset (utfordringstype)", "Planlagt (modenhet)"]);
  const others = part("Dette har andre lister, men ikke denne");
  await expect(others.getByRole("row", { name: /^Utfordringstype/ })).toContainText("Gjenstridig floke");
  await expect(others.getByRole("row", { name: /^Utfordringstype/ })).not.toContainText("Kompleks");
  await expect(part("Dette er dekket")).toContainText("Egen juridisk enhet 1");
  const pdf = (await kari.page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);

  await kari.open("/eksempler?list=kommunene.csv");
  await expect(kari.page.getByRole("button", { name: "Liste eller søk: kommunene.csv" })).toBeVisible();
  await expect(kari.page.getByRole("link", { name: /Fellesbiblioteket/ })).toBeVisible();
  await expect(kari.page.getByRole("link", { name: /Med hjerte for Arendal/ })).toHaveCount(0);
});

test("[R36] breadth in figures, with what they can carry", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  await kari.open(VARIATION);
  await kari.page.getByText("Hvordan tallene er laget").click();
  await expect(kari.page.getByText("1131 av 1857 mulige par av verdier finnes sammen")).toBeVisible();
  await expect(kari.page.getByText("Lista er ikke et tilfeldig utvalg")).toBeVisible();
  const evenness = kari.page.getByRole("region", { name: "Hvor jevnt verdiene er fordelt" });
  await evenness.getByRole("button", { name: /^Vis som liste/ }).click();
  await expect(evenness.getByRole("row", { name: /^Nettverksstyring/ })).toContainText("0,879");
  await expect(kari.page.getByText("Kjennetegnssett versjon 1. Koding er skjønn.")).toBeVisible();
});

test("[R36, D1] a value coded and a case selected by others stand on an open screen at once", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.open(VARIATION);
  await expect(kari.page.getByRole("listitem").filter({ hasText: "Avgrenset 0 eksempler, finnes ikke" })).toBeVisible();
  await tor.openCase("Med hjerte for Arendal");
  await code(tor, "Utfordringstype", "Avgrenset");
  await expect(kari.page.getByRole("link", { name: "Avgrenset 1 eksempel" })).toBeVisible();
  await expect(kari.page.getByText("2 verdier finnes ikke")).toBeVisible();

  await tor.page.getByRole("radio", { name: "Velg ut" }).check();
  await expect(kari.page.getByRole("link", { name: "Avgrenset 1 / 1 valgt ut av alle eksempler" })).toBeVisible();
  await expect(kari.page.getByText(/\d+ verdier og 6 aktørblandinger faller bort/)).toBeVisible();
});

test("[R36] an archived case counts in no bar, and the cases behind a bar are still those it counts", async ({ people }) => {
  const kari = await people.join("facilitator", "Kari");
  const { page } = kari;
  await kari.openCase("Med hjerte for Arendal");
  await page.getByRole("button", { name: "Mer om eksempelet" }).click();
  await page.getByRole("button", { name: "Arkiver" }).click();
  await expect(page.getByRole("note")).toContainText("Eksempelet er arkivert.");
  await kari.open(VARIATION);
  await expect(page.getByText("47 kartlagt.")).toBeVisible();
  await page.getByRole("link", { name: "Tjeneste 39 eksempler" }).click();
  await expect(page.getByText("Viser 39 av 48")).toBeVisible();
});

test("[R36] a workshop with nothing coded, and with one case, says what would stand here", async ({ people }) => {
  const owner = await emptyWorkshop(people);
  const { page } = owner;
  const workshop = page.url();
  await page.goto(`${workshop}${VARIATION}`);
  await expect(page.getByRole("heading", { name: "Her ser dere hva eksemplene sier sammen" })).toBeVisible();
  await page.goto(`${workshop}/eksempler?ny`);
  await page.getByLabel("Hva heter eksempelet?").fill("Nabohjelp");
  await page.getByRole("button", { name: "Lag og åpne" }).click();
  await expect(owner.description).toBeVisible();
  const first = page.url();
  await page.goto(`${workshop}${VARIATION}`);
  await expect(page.getByRole("heading", { name: "Ingen eksempler er kodet ennå" })).toBeVisible();
  await page.goto(first);
  await code(owner, "Omfang", "Økosystem");
  await page.goto(`${workshop}${VARIATION}`);
  await expect(page.getByRole("heading", { name: "Ett eksempel viser ingen bredde" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Økosystem for innovasjon 1 eksempel" })).toBeVisible();
});

/** As somebody with a case open. */
async function code(person: Person, characteristic: string, value: string): Promise<void> {
  await open(person.page, characteristic);
  await person.page.getByRole("radio", { name: value }).check();
  await expect(person.save).toContainText(SAVED);
}

async function open(page: Page, characteristic: string): Promise<void> {
  await page.locator("[data-key]").filter({ hasText: characteristic }).first().click();
}
