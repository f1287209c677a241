// Mangler: what is not known about the examples, what is not settled, who finds out what, and what it rests on.
import { readFile } from "node:fs/promises";
import { expect, type Person, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";

const MISSING = "/eksempler/mangler";
const N15 = "Universitetskommunen TRD3.0";
const N13 = "Pilot-E";

/** Opens a case and selects it. */
async function select(person: Person, name: string): Promise<void> {
  await person.openCase(name);
  const selection = person.page.getByRole("region", { name: "Tilvalg", exact: true });
  await selection.getByRole("radio", { name: "Velg ut" }).check();
  await expect(selection.getByRole("radio", { name: "Velg ut" })).toBeChecked();
  await expect(person.save).toContainText(SAVED);
}

test("[R42] a selected case shows 9 of 10 coded and the user role missing", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  await kari.open(MISSING);
  await expect(kari.page.getByRole("heading", { name: "Ingen eksempler er valgt ut ennå" })).toBeVisible();
  await select(kari, N15);
  await kari.open(MISSING);
  const row = kari.page.getByRole("row").filter({ hasText: "N15" });
  await expect(row).toContainText("9 av 10 kodet");
  await expect(row).toContainText("Brukerrolle");
  await kari.page.getByRole("radio", { name: "Alle" }).check();
  await expect(kari.page.getByRole("rowheader")).toHaveCount(10);
  await kari.page.getByRole("button", { name: "Vis alle 48" }).click();
  await expect(kari.page.getByRole("rowheader")).toHaveCount(48);
});

test("[R13] a case one is unsure of stands under to be settled until it is decided", async ({ people }) => {
  const [kari, ola] = [await people.join("editor", "Kari"), await people.join("editor", "Ola")];
  await ola.open(`${MISSING}?av=alle`);
  await expect(ola.page.getByRole("heading", { name: "Minst fylt ut" })).toBeVisible();
  await kari.openCase(N13);
  const question = kari.page.getByRole("region", { name: "Er dette innovasjon i offentlig sektor?" });
  await question.getByRole("radio", { name: "Usikkert" }).check();
  await kari.field("Hvorfor?").fill("Innovasjonen skjer mest i industrien");
  const unsettled = ola.page.getByRole("region", { name: "Må avgjøres" });
  await expect(unsettled.getByRole("listitem")).toContainText("N13");
  await expect(unsettled).toContainText("Innovasjonen skjer mest i industrien");
  await question.getByRole("radio", { name: "Ja" }).check();
  await expect(unsettled).toHaveCount(0);
});

test("[R43, D1] every blank of the selected cases becomes a need in one action, on a colleague's screen too, and the plan is a file", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  for (const name of [N15, N13]) await select(kari, name);
  const ola = await people.join("editor", "Ola");
  await ola.open(MISSING);
  await expect(ola.page.getByText("Ingen informasjonsbehov ennå.")).toBeVisible();
  await kari.open(MISSING);
  await kari.page.getByRole("button", { name: /^Lag informasjonsbehov av \d+ hull$/ }).click();
  await kari.page.getByLabel("Ansvarlig").selectOption("Ola");
  await kari.page.getByLabel("Måte").selectOption("Intervju");
  await kari.page.getByLabel("Frist").fill("2026-12-24");
  await kari.page.getByRole("button", { name: "Lag informasjonsbehov", exact: true }).click();
  const plan = ola.page.getByRole("region", { name: "Plan" });
  await expect(plan.getByRole("heading", { name: /^Ola: \d+ av \d+ venter på svar$/ })).toBeVisible();
  const role = plan.getByRole("listitem").filter({ hasText: "N15" }).filter({ hasText: "Brukerrolle" });
  await expect(role).toContainText("Intervju, 24. desember 2026");
  await expect(ola.page.getByText("Alle hull har noen tatt på seg å finne ut av.")).toBeVisible();
  const [file] = await Promise.all([ola.page.waitForEvent("download"), ola.page.getByRole("link", { name: "Last ned planen" }).click()]);
  const text = await readFile(await file.path(), "utf8");
  expect(text.startsWith("\uFEFFAnsvarlig;Frist;Status;Måte;")).toBe(true);
  expect(text.split("\r\n").filter((line) => line.startsWith("Ola;2026-12-24;Ikke spurt;Intervju;N15;"))).not.toHaveLength(0);

  await role.getByRole("link").click();
  const need = ola.page.getByRole("listitem", { name: "Brukerrolle" });
  await need.getByLabel("Svar", { exact: true }).fill("Innbyggerne er med i idéfasen");
  await need.getByLabel("Status").selectOption("Svar mottatt");
  await expect(kari.page.getByRole("region", { name: "Plan" }).getByRole("listitem").filter({ hasText: "Innbyggerne er med i idéfasen" })).toContainText("Svar mottatt");
});

test("[R16, D1] the text of a list becomes a source, whose account it is stands beside it, and what it is used for", async ({ people }) => {
  const [kari, ola] = [await people.join("editor", "Kari"), await people.join("editor", "Ola")];
  await kari.openCase(N15);
  await ola.follow(kari);
  await kari.page.getByRole("button", { name: "Gjør kildeteksten til en kilde" }).click();
  const source = (person: Person) => person.page.getByRole("region", { name: "Kilder" }).getByRole("listitem", { name: /^KS: Universitetskommunen/ });
  await expect(source(ola)).toBeVisible();
  await expect(ola.page.getByRole("button", { name: "Gjør kildeteksten til en kilde" })).toHaveCount(0);
  await source(ola).getByLabel("Hvem sier det?").selectOption("Egen omtale");
  await expect(kari.page.getByText("Bare egen omtale")).toBeVisible();
  await source(kari).getByLabel("Hva kilden sier noe om").selectOption("Nytte");
  const reference = source(ola).getByRole("listitem", { name: "Nytte" });
  await reference.getByLabel("Side").fill("12");
  await reference.getByLabel("Sitat").fill("Kortere vei til forskning");
  await expect(source(kari).getByLabel("Sitat")).toHaveValue("Kortere vei til forskning");
  await ola.open(`${MISSING}?av=alle`);
  const rests = ola.page.getByRole("region", { name: "Hva dette bygger på" });
  await expect(rests.getByRole("listitem").filter({ hasText: "Egen omtale" }).first()).toContainText("1");
  await expect(rests).toContainText("1 eksempel har bare egen omtale");
});
