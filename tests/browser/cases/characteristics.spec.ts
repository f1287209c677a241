// Kjennetegn: the workshop's own set, changed in versions, and every coding follows.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";

const opened = (page: Page, key: string) => page.locator(`details[data-key="${key}"]`);

test("[R23] values are renamed and all 48 codings follow, live, in the figures and in files", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const ola = await people.join("editor", "Ola");
  await ola.openCase("StimuLab");
  await expect(ola.page.locator('[data-key="challenge_type"]')).toContainText("Gjenstridig floke");
  const { page } = kari;
  await kari.open("/eksempler");
  await page.getByRole("navigation", { name: "Visninger av eksemplene" }).getByRole("link", { name: "Kjennetegn" }).click();
  await expect(page.getByText("Versjon 1, slik alle arbeidsrom begynner")).toBeVisible();
  await expect(page.locator("details[data-key]")).toHaveCount(24);
  const one = opened(page, "challenge_type");
  await expect(one.locator("summary")).toContainText("48 eksempler");
  await one.locator("summary").press("Enter");
  for (const [place, name] of [[2, "Vrient nok"], [3, "Sammensatt nok"], [4, "Floke"]] as const)
    await one.getByRole("textbox", { name: `Verdi ${place}`, exact: true }).fill(name);
  await one.getByRole("button", { name: "Lagre ny versjon" }).click();
  await expect(page.getByText("Versjon 2, sist endret av Kari")).toBeVisible();
  await expect(page.getByText("Utfordringstype: verdien «Gjenstridig floke (uenighet om problem og løsning)» heter nå «Floke»")).toBeVisible();
  await expect(one.locator("summary")).toContainText("48 eksempler");

  await expect(ola.page.locator('[data-key="challenge_type"]')).toContainText("Floke");
  await kari.open("/eksempler");
  await page.getByRole("button", { name: "Last ned" }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Kodinger CSV" }).click();
  const codings = (await readFile(await (await waiting).path(), "utf8")).split("\r\n");
  const renamed = codings.filter((line) => /;(Vrient nok|Sammensatt nok|Floke);/.test(line));
  expect(renamed).toHaveLength(48);
  await kari.open("/eksempler/variasjon");
  await page.getByText("Hvordan tallene er laget").click();
  await expect(page.getByText(/Kjennetegnssett versjon 2\./)).toBeVisible();
});

test("[R23] who deletes a used value is asked for a target, and a colleague who coded with it offline follows", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const ola = await people.join("editor", "Ola");
  // Ola has the case and the old list with him, and no network.
  await ola.openCase("StimuLab");
  await ola.goOffline();
  await ola.page.locator('[data-key="scope"]').click();
  await ola.page.getByRole("radio", { name: /^Enkeltstående utviklingsprosjekt/ }).check();
  await expect(ola.save).toContainText("venter her");

  const { page } = kari;
  await kari.open("/eksempler/kjennetegn");
  const one = opened(page, "scope");
  await one.locator("summary").click();
  const row = one.locator('[data-value="enkeltprosjekt"]');
  await expect(row).toContainText("13 eksempler");
  await row.getByRole("button", { name: "Slett eller slå sammen Enkeltstående utviklingsprosjekt" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("13 eksempler har denne verdien");
  await dialog.getByRole("button", { name: "Slå sammen" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Velg en verdi eksemplene skal få i stedet.");
  await dialog.getByLabel("Blir til").selectOption({ label: "Økosystem for innovasjon" });
  await dialog.getByRole("button", { name: "Slå sammen" }).click();
  await expect(dialog).toBeHidden();
  await expect(one.locator('[data-value="okosystem"]')).toContainText("22 eksempler");
  await expect(one.getByText("«Enkeltstående utviklingsprosjekt» leses som «Økosystem for innovasjon»")).toBeVisible();

  await ola.goOnline();
  await ola.reconnect();
  await expect(ola.save).toContainText(SAVED);
  await expect(ola.page.locator('[data-key="scope"]')).toContainText("Økosystem");
  await expect(ola.page.getByRole("radio", { name: /^Økosystem for innovasjon/ })).toBeChecked();
  await expect(one.locator('[data-value="okosystem"]')).toContainText("23 eksempler");

  await one.getByRole("button", { name: "Ta Enkeltstående utviklingsprosjekt tilbake" }).click();
  await expect(one.locator('[data-value="enkeltprosjekt"]')).toContainText("14 eksempler");
});

test("[R23] of two who change the same characteristic at once, the second loses no word and sees what happened", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const ola = await people.join("editor", "Ola");
  for (const person of [kari, ola]) {
    await person.open("/eksempler/kjennetegn");
    await opened(person.page, "scope").locator("summary").click();
  }
  const name = (page: Page) => opened(page, "scope").getByRole("textbox", { name: "Navn", exact: true });
  await name(kari.page).fill("Karis omfang");
  await name(ola.page).fill("Olas omfang");
  await opened(kari.page, "scope").getByRole("button", { name: "Lagre ny versjon" }).click();
  const told = opened(ola.page, "scope").getByRole("alert");
  await expect(told).toContainText("Noen andre endret dette kjennetegnet mens du skrev");
  await expect(name(ola.page)).toHaveValue("Olas omfang");
  await told.getByRole("button", { name: "Behold mitt, og lagre på nytt" }).click();
  await opened(ola.page, "scope").getByRole("button", { name: "Lagre ny versjon" }).click();
  await expect(kari.page.getByText("«Karis omfang» heter nå «Olas omfang»")).toBeVisible();
  await expect(name(kari.page)).toHaveValue("Olas omfang");
});

test("[R23, U1] a value is split: one more beside it, and its cases gone through one by one", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const { page } = kari;
  await kari.open("/eksempler/kjennetegn");
  const one = opened(page, "scope");
  await one.locator("summary").click();
  await one.getByRole("button", { name: "Legg til verdi" }).click();
  await page.keyboard.type("Økosystem i én sektor");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Versjon 2, sist endret av Kari")).toBeVisible();
  await one.getByRole("link", { name: "Del opp Økosystem for innovasjon: velg verdi for 9 eksempler" }).click();
  await expect(page.getByText("0 av 9 har fått en annen verdi")).toBeVisible();
  await page.getByRole("radio", { name: "Økosystem i én sektor" }).first().check();
  await expect(page.getByText("1 av 9 har fått en annen verdi")).toBeVisible();
  await page.getByRole("link", { name: "Til kjennetegnene" }).click();
  await expect(opened(page, "scope").locator("summary")).toContainText("48 eksempler");
});

test("[R23] a characteristic of one's own is coded in a case from before it, also while somebody deletes it", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const ola = await people.join("editor", "Ola");
  const { page } = kari;
  await ola.openCase("StimuLab");
  await kari.open("/eksempler/kjennetegn");
  await page.getByRole("button", { name: "Nytt kjennetegn" }).click();
  const form = page.getByRole("form", { name: "Nytt kjennetegn" });
  await form.getByRole("textbox", { name: "Navn", exact: true }).fill("Språk");
  await form.getByRole("textbox", { name: "Verdi 1", exact: true }).fill("Norsk");
  await form.getByRole("textbox", { name: "Verdi 2", exact: true }).fill("Samisk");
  await form.getByRole("button", { name: "Lagre ny versjon" }).click();
  await expect(page.getByText("Språk: nytt kjennetegn")).toBeVisible();

  // Ola codes by it without network while Kari deletes it: what he says is kept, and counts once it is taken back.
  const added = ola.page.getByRole("button", { name: /^K25 Språk/ });
  await added.click();
  await expect(ola.page.getByRole("radio", { name: "Samisk" })).toBeVisible();
  await ola.goOffline();
  await ola.page.getByRole("radio", { name: "Samisk" }).check();
  await page.locator("summary", { hasText: "Språk" }).click();
  await page.getByRole("button", { name: "Slett kjennetegnet" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Slett kjennetegnet" }).click();
  await expect(page.getByText("Språk: slettet")).toBeVisible();
  await ola.goOnline();
  const gone = ola.page.getByRole("region", { name: "Kodet etter noe som er slettet", exact: true });
  await expect(gone).toContainText("Språk: Samisk");
  await gone.getByRole("button", { name: "Ta Språk tilbake" }).click();
  await expect(ola.save).toContainText(SAVED);
  await expect(added).toContainText("Samisk");
  await expect(page.locator("summary", { hasText: "Språk" })).toContainText("1 eksempel");
});

test("[R23] who is not of the team reads what the characteristics mean, and changes nothing", async ({ people }) => {
  const per = await people.join("viewer", "Per");
  const { page } = per;
  await per.open("/eksempler/kjennetegn");
  await expect(page.getByText("Teamet endrer kjennetegnene. Her ser du hva de betyr.")).toBeVisible();
  await opened(page, "scope").locator("summary").click();
  await expect(opened(page, "scope")).toContainText("Økosystem for innovasjon");
  await expect(page.getByRole("button", { name: "Lagre ny versjon" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Nytt kjennetegn" })).toHaveCount(0);
});
