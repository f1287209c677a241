// Organisations under all their names, and who works together in which cases.
import type { Locator } from "@playwright/test";
import { expect, type Person, test } from "../harness/index.ts";

const ORGANISATIONS = "/eksempler/virksomheter";
const MAP = "/eksempler/aktorkart";
const FOUR = `${MAP}?eksempler=N18,N31,I11,I07`;

const row = (person: Person, name: string): Locator =>
  person.page.getByRole("row").filter({ has: person.page.getByRole("rowheader", { name, exact: true }) });

test("[R9, D1] two names are said to be one organisation, and two others to be two, which a colleague sees at once", async ({ people }) => {
  const [kari, ola] = [await people.join("editor", "Kari"), await people.join("editor", "Ola")];
  for (const who of [kari, ola]) {
    await who.open(ORGANISATIONS);
    await expect(row(who, "KS")).toContainText("5");
  }
  const maybe = kari.page.getByRole("region", { name: "Kan være samme virksomhet" });
  await maybe.getByRole("button", { name: /^DFØ og DFØ \(tidligere Difi\) er samme/ }).click();
  await expect(row(ola, "DFØ")).toContainText("DFØ (tidligere Difi)");
  await expect(row(ola, "DFØ").getByRole("cell").first()).toHaveText("2");
  await maybe.getByRole("button", { name: /^Aust-Agder.* er to ulike/ }).click();
  await expect(ola.page.getByRole("button", { name: /Aust-Agder/ })).toHaveCount(0);
});

test("[R9] names are joined and separated again, and one comes from an organisation to its case and back", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const { page } = kari;
  await kari.open(ORGANISATIONS);
  await page.getByRole("searchbox", { name: "Søk i virksomheter" }).fill("tidligere difi");
  await row(kari, "DFØ (tidligere Difi)").getByRole("rowheader").getByRole("link").click();
  await page.getByRole("textbox", { name: "Legg til et annet navn" }).fill("DFØ");
  await page.getByRole("button", { name: "Legg til" }).click();
  const inCases = page.getByRole("region", { name: "Er med i" }).getByRole("link");
  await expect(inCases).toHaveCount(2);
  await page.getByRole("button", { name: "Skill ut DFØ", exact: true }).click();
  await expect(inCases).toHaveCount(1);
  await inCases.click();
  await page.getByRole("link", { name: "Se virksomheten DFØ (tidligere Difi)" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "DFØ (tidligere Difi)" })).toBeVisible();
});

test("[R9] the group the team says of an organisation counts where its cases leave it open, and the cases stay as they were", async ({ people }) => {
  const [kari, vilde] = [await people.join("editor", "Kari"), await people.join("viewer", "Vilde")];
  await kari.open(`${ORGANISATIONS}?virksomhet=KS`);
  await kari.page.getByRole("button", { name: "Sett gruppe, nivå og form" }).click();
  const says = kari.page.getByRole("region", { name: "Hva dere sier om den" });
  await says.getByLabel("Organisasjonsform").selectOption("Forening, lag");
  await says.getByLabel("Nivå").selectOption("Kommunalt");
  await expect(kari.page.getByText("Kommune, kommunalt")).toBeVisible();

  await vilde.open(`${ORGANISATIONS}?q=KS`);
  await expect(row(vilde, "KS")).toContainText("Kommune");
  await expect(row(vilde, "KS")).toContainText("Forening, lag");
  await row(vilde, "KS").getByRole("rowheader").getByRole("link").click();
  await expect(vilde.page.getByRole("region", { name: "Er med i" }).getByRole("listitem").first()).toContainText("Kommune, partner");
  await expect(vilde.page.getByRole("button", { name: "Legg til" })).toHaveCount(0);
});

test("[R19] N18, N31, I11 and I07 are compared on one actor map, drawn and as a list", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  const { page } = kari;
  await kari.open(MAP);
  await expect(page.getByRole("heading", { name: "Velg eksemplene dere vil se på kartet" })).toBeVisible();
  for (const code of ["N18", "N31", "I11", "I07"]) {
    await page.getByLabel("Legg til et eksempel").fill(code);
    await page.getByRole("button", { name: "Legg til" }).click();
    await expect(page.getByRole("list", { name: "Eksempler på kartet" }).getByRole("link", { name: new RegExp(code) })).toBeVisible();
  }
  await expect(page.getByText("20 virksomheter i 4 eksempler.")).toBeVisible();
  await expect(page).toHaveURL(/eksempler=N18%2CN31%2CI11%2CI07/);
  const map = page.getByRole("region", { name: "Kart", exact: true });
  await expect(map.locator("a.org")).toHaveCount(20);
  await expect(map.locator("a.case")).toHaveCount(4);
  await expect(map.getByRole("link", { name: "LabGov: I11 partner" })).toBeVisible();

  const compare = page.getByRole("region", { name: "Sammenlikning" });
  await expect(compare.getByRole("row", { name: /Næringsliv/ }).getByRole("cell")).toHaveText(["1", "1", "3", "–"]);
  await expect(compare).toContainText("Alle har kommune og frivillig organisasjon.");
  await expect(page.getByRole("region", { name: "Deler virksomheter" })).toContainText("Ingen av eksemplene deler virksomheter.");

  await map.getByRole("button", { name: /Vis som liste/ }).click();
  await expect(map.getByRole("listitem")).toHaveCount(20);
  await map.getByRole("link", { name: "LabGov" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "LabGov" })).toBeVisible();
});

test("[R19, U1] by keyboard: the ecosystems on the map, and from an organisation they share to its page", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  const { page } = kari;
  await kari.open(FOUR);
  await page.getByRole("button", { name: /^Økosystemene \(9\)$/ }).press("Enter");
  await expect(page.getByText(/^\d+ virksomheter i 9 eksempler\.$/)).toBeVisible();
  expect(await page.locator("a.org").count()).toBeGreaterThan(30);
  const first = page.locator("a.org").first();
  await first.focus();
  await expect(page.locator(".amap.some .line.on").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Er med i" })).toBeVisible();
});

const WARNING = "N18 er kodet som økosystem, men har bare frivillige ved siden av det offentlige.";

test("[R19, D1] an ecosystem with one partner group is warned about on its page, and on a colleague's map", async ({ people }) => {
  const [kari, ola] = [await people.join("editor", "Kari"), await people.join("viewer", "Ola")];
  await ola.open(FOUR);
  await expect(ola.page.locator("a.case")).toHaveCount(4);
  await expect(ola.page.getByText("er kodet som økosystem")).toHaveCount(0);
  await kari.openCase("Med hjerte for Arendal");
  await kari.page.getByRole("button", { name: "Fjern Arendal Næringsforening" }).click();
  await expect(kari.page.getByText(WARNING)).toBeVisible();
  await expect(ola.page.getByText(WARNING)).toBeVisible();
});

test("[R19] an ecosystem with one partner group stands under Variasjon and where things are missing", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  await kari.openCase("Med hjerte for Arendal");
  await kari.page.getByRole("button", { name: "Fjern Arendal Næringsforening" }).click();
  await expect(kari.page.getByText(WARNING)).toBeVisible();
  for (const where of ["/eksempler/variasjon", "/eksempler/mangler?av=alle"]) {
    await kari.open(where);
    const narrow = kari.page.getByRole("region", { name: "Økosystem med bare én partnergruppe" });
    await expect(narrow.getByRole("link", { name: /N18/ })).toBeVisible();
    await expect(narrow.getByRole("link")).toHaveCount(1);
  }
});
