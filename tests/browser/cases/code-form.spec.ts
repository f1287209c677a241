// Kodeskjema: a form goes out by mail and comes back, and somebody says yes to each change.
import { readFile } from "node:fs/promises";
import { expect, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";

/** As somebody's program saves the sheet alone: the keys, the headings, the cases. */
const FILLED = [
  "subject;code;name;maturity;scope;challenge_type;context_binding",
  ";ID;Navn;K22 Modenhet;K10 Omfang;K01 Utfordringstype;K24 Kontekstbinding",
  ";N01;StimuLab;Planlagt;;Gjenstridig floke;Avhenger av ildsjeler",
  ";N02;LUP;Nedlagt for godt;;;",
].join("\r\n");

test("[R23] a filled form is looked at cell by cell, taken in by one command, and taken back", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const ola = await people.join("editor", "Ola");
  await ola.openCase("StimuLab");
  const { page } = kari;
  await kari.open("/eksempler");
  await page.getByRole("button", { name: "Last ned" }).click();
  await page.getByRole("link", { name: "Kodeskjema på e-post …" }).click();

  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Alle 48 eksempler" }).click();
  const form = await waiting;
  expect(form.suggestedFilename()).toBe("samverk-kodeskjema.xlsx");
  const choose = page.getByLabel("Velg skjema");
  await choose.setInputFiles({ name: "svar.xlsx", mimeType: "", buffer: await readFile(await form.path()) });
  await expect(page.getByText(/48 eksempler og \d+ utfylte felt er lest\. Ingenting er endret\./)).toBeVisible();
  await page.getByRole("button", { name: "Velg et annet skjema" }).click();

  await choose.setInputFiles({ name: "svar.csv", mimeType: "", buffer: Buffer.from(FILLED) });
  const changes = page.getByRole("region", { name: "N01 StimuLab" });
  await expect(changes.getByRole("row")).toHaveCount(1 + 2);
  const maturity = changes.getByRole("row", { name: /^Modenhet/ });
  await expect(maturity).toContainText("Institusjonalisert");
  await expect(maturity).toContainText("Planlagt");
  await expect(maturity).toContainText("Kan være endret etter at skjemaet ble sendt");
  await expect(page.getByText("Ett felt ble ikke forstått og endrer ingenting")).toBeVisible();
  await expect(page.getByText("«Nedlagt for godt»")).toBeVisible();

  // Nobody knows what this form was filled from: each change waits for a yes.
  await expect(page.getByRole("button", { name: "Kryss av det som skal tas inn" })).toBeDisabled();
  await changes.getByRole("button", { name: "Velg alle" }).click();
  await page.getByRole("button", { name: "Ta inn 2 endringer" }).click();
  await expect(page.getByRole("heading", { name: "2 endringer er tatt inn" })).toBeVisible();
  await expect(page.getByText(SAVED)).toBeVisible();
  await expect(ola.page.getByText("Avhenger av ildsjeler")).toBeVisible();

  await page.getByRole("button", { name: "Angre", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Endringene er tatt tilbake" })).toBeVisible();
  await expect(ola.page.getByText("Avhenger av ildsjeler")).toHaveCount(0);
});

test("[R23] who does not work on the cases takes a form along and hands it in to the team", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  await kari.open("/eksempler/kodeskjema");
  await expect(kari.page.getByText("Teamet tar imot utfylte skjemaer. Send skjemaet ditt til dem.")).toBeVisible();
  await expect(kari.page.getByLabel("Velg skjema")).toHaveCount(0);
});
