// The work around the cases: whom to talk to and what they said, where one has looked, what is delivered when.
import type { Locator } from "@playwright/test";
import { expect, type Person, test } from "../harness/index.ts";

const item = (person: Person, words: string): Locator =>
  person.page.getByRole("listitem").filter({ has: person.page.getByText(words, { exact: true }) }).first();

async function open(person: Person, path: string, heading: string): Promise<void> {
  await person.page.goto(`${new URL(person.page.url()).origin}/w/${person.page.url().split("/w/")[1]?.split(/[/?]/)[0]}${path}`);
  await expect(person.page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

/** Writes a contact into the item that has just been added. */
async function contact(person: Person, who: string, group: string): Promise<void> {
  await person.page.getByRole("button", { name: "Ny kontakt" }).click();
  const added = person.page.locator("details[open]").last();
  await expect(added.getByLabel("Hvem, og hvor")).toBeFocused();
  await added.getByLabel("Hvem, og hvor").fill(who);
  await added.getByLabel("Aktørgruppe").selectOption({ label: group });
}

test("[R39] a plan that lacks the voluntary sector says so, live to a colleague, and an entry is linked to two cases", async ({ people }) => {
  const ola = await people.join("facilitator", "Ola");
  const kari = await people.join("editor", "Kari");
  await open(ola, "/eksempler/dialog", "Dialog");
  await expect(ola.page.getByText("Ingen er planlagt ennå")).toBeVisible();
  for (const [who, group] of [["Direktoratet", "Stat"], ["NIFU", "Forskning"], ["Telenor", "Næringsliv"], ["Brukerrådet", "Innbygger"]]) {
    await contact(ola, who ?? "", group ?? "");
  }
  const missing = ola.page.getByText("Planen har ingen fra frivillig sektor. Hvem kan dere spørre?");
  await expect(missing).toBeVisible();

  await open(kari, "/eksempler/dialog", "Dialog");
  await expect(kari.page.getByText("Planen har ingen fra frivillig sektor")).toBeVisible();
  await contact(kari, "Røde Kors", "Frivillig");
  await expect(missing).toBeHidden();
  await expect(item(ola, "Røde Kors")).toContainText("Planlagt");

  await kari.page.getByRole("button", { name: "Nytt innspill" }).click();
  const entry = kari.page.locator("details[open]").last();
  await entry.getByLabel("Hvem sa det").fill("Anne, Røde Kors");
  await entry.getByLabel("Aktørgruppe").selectOption({ label: "Frivillig" });
  await entry.getByLabel("Samtykke").selectOption({ label: "Kan siteres uten navn" });
  await entry.getByLabel("Hva som ble sagt").fill("Avtalen kom i stand fordi ordføreren ringte.");
  for (const code of ["N18", "N05"]) {
    await entry.getByLabel("Legg til et eksempel").fill(code);
    await entry.getByRole("button", { name: "Legg til" }).click();
    await expect(entry.getByRole("link", { name: new RegExp(`^E?${code}|${code}`) })).toBeVisible();
  }
  await entry.getByLabel("Legg til et eksempel").fill("Finnes ikke");
  await entry.getByRole("button", { name: "Legg til" }).click();
  await expect(entry.getByRole("alert")).toContainText("Det er ingen eksempler med den koden");
  await expect(item(ola, "Anne, Røde Kors")).toContainText("2 eksempler");
  await expect(item(ola, "Anne, Røde Kors")).toContainText("Kan siteres uten navn");
});

test("[R39, P1] a contact is invited by a link of their own, and nobody outside the team sees the plan", async ({ people }) => {
  const ola = await people.join("facilitator", "Ola");
  await open(ola, "/eksempler/dialog", "Dialog");
  await contact(ola, "Kari Vik, Sarpsborg", "Kommune");
  await ola.page.getByRole("button", { name: "Lag en invitasjonslenke" }).click();
  const address = await ola.page.getByLabel("Lenke til denne ene personen").inputValue();
  const guest = await people.someone("Vik");
  await guest.enter(address, "Kommune");
  await expect(guest.page.getByRole("link", { name: "Dialog" })).toHaveCount(0);
  await open(guest, "/eksempler/dialog", "Dialog");
  await expect(guest.page.getByText("Bare teamet ser dialogplanen")).toBeVisible();
  await expect(guest.page.getByText("Kari Vik")).toHaveCount(0);
});

test("[R35] a search is logged, and a case found again keeps its list and gets the search as one more source", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  await open(ola, "/eksempler/sok", "Egne søk");
  await ola.page.getByRole("button", { name: "Nytt søk" }).click();
  const search = ola.page.locator("details[open]");
  await search.getByLabel("Hvor", { exact: true }).fill("doga.no");
  await search.getByLabel("Søkeord").fill("innovasjonspartnerskap");
  await search.getByLabel("Treff").fill("om lag 40");
  await search.getByLabel("Funnet eksempel").fill("med hjerte for Arendal!");
  await search.getByRole("button", { name: "Legg til" }).first().click();
  await expect(search.getByRole("alert")).toContainText("Et eksempel her heter nesten det samme");
  await search.getByRole("button", { name: "Det er N18 Med hjerte for Arendal" }).click();
  await expect(search.getByRole("link", { name: /N18/ })).toBeVisible();

  await search.getByLabel("Funnet eksempel").fill("Hurtigruta i Lofoten");
  await search.getByRole("button", { name: "Legg til" }).first().click();
  await expect(search.getByRole("link", { name: /Hurtigruta i Lofoten/ })).toBeVisible();
  await expect(item(ola, "doga.no")).toContainText("2 eksempler");

  await search.getByRole("link", { name: /N18/ }).click();
  const from = ola.page.getByRole("region", { name: "Hvor det kommer fra" });
  await expect(from).toContainText("cases.csv");
  await expect(from).toContainText("Eget søk: doga.no «innovasjonspartnerskap»");
});

test("[R41] a delivery is moved by two weeks with a reason, and both dates stay visible", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  await open(ola, "/leveranseplan", "Leveranseplan");
  await ola.page.getByRole("button", { name: "Ny leveranse" }).click();
  const delivery = ola.page.locator("details[open]");
  await delivery.getByLabel("Navn").fill("Kartleggingen");
  await delivery.getByLabel("Dato", { exact: true }).fill("2027-01-15");
  await delivery.getByRole("button", { name: "Sett datoen" }).click();
  await delivery.getByLabel("Ny dato").fill("2027-01-29");
  await delivery.getByRole("button", { name: "Flytt datoen" }).click();
  await expect(delivery.getByText("Skriv hvorfor datoen flyttes, så alle ser det siden.")).toBeVisible();
  await delivery.getByLabel("Hvorfor den flyttes").fill("avtalt i forhandlinger");
  await delivery.getByRole("button", { name: "Flytt datoen" }).click();
  await expect(delivery.getByText("Flyttet: avtalt i forhandlinger")).toBeVisible();
  await ola.page.reload();
  await expect(item(ola, "1. Kartleggingen")).toContainText("15. januar 2027");
  await expect(item(ola, "1. Kartleggingen")).toContainText("29. januar 2027");
});

test("[R39, R7] an entry is about a model too, and both ways are seen", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  await ola.open("/modeller/ny");
  await ola.page.getByLabel("Navn på modellen").fill("Nabolagsavtale");
  await ola.page.getByRole("button", { name: "Lag en tom modell" }).click();
  await expect(ola.page.getByRole("textbox", { name: "Navn på modellen" })).toHaveValue("Nabolagsavtale");
  await open(ola, "/eksempler/dialog", "Dialog");
  await ola.page.getByRole("button", { name: "Nytt innspill" }).click();
  const entry = ola.page.locator("details[open]").last();
  await entry.getByLabel("Hvem sa det").fill("Anne, Røde Kors");
  await entry.getByLabel("Legg til en modell").selectOption({ label: "M1 Nabolagsavtale" });
  await entry.getByRole("button", { name: "Legg til modellen" }).click();
  await expect(entry.getByRole("link", { name: "Modell M1 Nabolagsavtale" })).toBeVisible();
  await expect(item(ola, "Anne, Røde Kors")).toContainText("1 modell");
  await ola.open("/sammenhenger?vis=cases");
  const model = ola.page.getByRole("listitem").filter({ has: ola.page.getByRole("link", { name: "Modell Nabolagsavtale" }) });
  await expect(model.getByRole("link", { name: "Innspill Anne, Røde Kors" })).toBeVisible();
  await ola.open("/sammenhenger?vis=things");
  await expect(ola.page.getByRole("link", { name: "Modell Nabolagsavtale" })).toBeVisible();
});
