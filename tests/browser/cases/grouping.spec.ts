// Grupper: which cases are alike, which belong together, and what that is worth.
import { expect, type Person, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";
import { emptyWorkshop } from "../harness/screens.ts";

const GROUPING = "/eksempler/grupper";
const SIZES = [10, 10, 9, 7, 4, 4, 3, 1];

test("[R37] opens on the most alike: which they are, what they share, and what differs", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  await kari.open(GROUPING);
  const first = beside(kari, "Mest like").getByRole("listitem").first();
  for (const name of [/N03/, /N04/]) await expect(first.getByRole("link", { name })).toBeVisible();
  await expect(first).toContainText("Ulike bare i innovasjonsobjekt (11 sammenlignet)");
  await first.getByText("Felles: 10 kjennetegn").click();
  await expect(first.getByRole("row")).toHaveCount(12);
  await expect(first.getByRole("row", { name: /^Avtaleform/ })).toContainText("Anskaffelseskontrakt");
  await expect(kari.page.getByText("Gruppene skiller seg lite. Bruk skjønn. 2 av 48 kunne like gjerne stått i en annen gruppe.")).toBeVisible();
});

test("[R37] eight groups, how clearly they stand apart, and any other number of them", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  const { page } = kari;
  await kari.open(GROUPING);
  await page.getByRole("button", { name: /^Vis som liste.*Kart over eksemplene$/ }).click();
  const groups = page.getByRole("heading", { name: /^Gruppe [A-H]/ });
  await expect(groups).toHaveText(SIZES.map((n) => new RegExp(`${n} eksemp(el|ler)$`)));
  await expect(page).toHaveURL(/liste=kart/);

  await page.getByText("Hvordan tallene er laget").click();
  await expect(page.getByText("Snittet er 0,24. Gruppene skiller seg lite. Bruk skjønn.")).toBeVisible();
  await page.getByRole("button", { name: /^Vis som liste.*Snitt for hvert antall grupper$/ }).click();
  const eight = page.getByRole("row", { name: /^8 / });
  await expect(eight).toContainText("0,2426");
  await expect(eight).toContainText("ingen tydelig struktur");
  await expect(eight).toContainText(SIZES.join(", "));

  await page.getByRole("combobox", { name: "Antall grupper" }).selectOption("6");
  await expect(groups).toHaveCount(6);
  await page.getByRole("radio", { name: "Rundt typiske eksempler" }).check();
  await expect(page.getByText("Denne måten lager ikke noe tre.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Antall grupper" })).toHaveValue("6");
  await expect(groups).toHaveCount(6);
});

test("[R37, U1] by keyboard alone: to the groups, to what sets one apart, to its typical case", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  const { page } = kari;
  await kari.open(GROUPING);
  await page.getByRole("radio", { name: "Mest like" }).focus();
  await page.keyboard.press("ArrowRight");
  const side = beside(kari, "Gruppene");
  const first = side.getByRole("listitem").filter({ has: page.getByRole("heading", { name: /^Gruppe A: Anskaffelseskontrakt/ }) });
  await expect(first).toContainText("Anskaffelseskontrakt: 9 av 9 her, 2 av 34 ellers");
  const mark = first.getByRole("button", { name: "Vis gruppe A på kartet" });
  await mark.focus();
  await page.keyboard.press("Enter");
  await expect(mark).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator(".hull.on")).toHaveCount(1);
  await first.getByRole("link", { name: /N28/ }).first().focus();
  await page.keyboard.press("Enter");
  await expect(kari.description).toBeVisible();
});

test("[R37, D1] a coding changed by somebody else stands in an open list of pairs", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.open(GROUPING);
  const pair = beside(kari, "Mest like").getByRole("listitem").filter({ hasText: "N03" }).filter({ hasText: "N04" });
  await expect(pair).toContainText("Ulike bare i innovasjonsobjekt");
  await tor.openCase("Innovasjonspartnerskap Stavanger");
  await tor.page.locator("[data-key]").filter({ hasText: "Utfordringstype" }).click();
  await tor.page.getByRole("radio", { name: "Gjenstridig floke" }).check();
  await expect(tor.save).toContainText(SAVED);
  await expect(pair).toContainText("Ulike i utfordringstype og innovasjonsobjekt");
});

test("[R37] of the selected cases alone, when there are enough of them", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const { page } = kari;
  await kari.openCase("Med hjerte for Arendal");
  await page.getByRole("radio", { name: "Velg ut" }).check();
  await expect(kari.save).toContainText(SAVED);
  await kari.open(GROUPING);
  await page.getByRole("radio", { name: "Valgt ut" }).check();
  await expect(page.getByRole("heading", { name: "Grupper trenger flere eksempler" })).toBeVisible();
  await page.getByRole("radio", { name: "Alle" }).check();
  await expect(beside(kari, "Mest like").getByRole("listitem").first()).toContainText("N03");
});

test("[R37] a case nobody shares a coding with is in no group, and is listed", async ({ people }) => {
  const { page } = await emptyWorkshop(people);
  const workshop = page.url();
  const list = "Navn;Omfang\nEn;Økosystem\nTo;Økosystem\nTre;Enkeltstående utviklingsprosjekt\nFire;\n";
  const { origin, pathname } = new URL(workshop);
  const imported = await page.request.post(`${origin}/api/v1/workshops/${pathname.split("/")[2]}/imports`, {
    headers: { Origin: origin },
    multipart: { file: { name: "liste.csv", mimeType: "text/csv", buffer: Buffer.from(list) } },
  });
  expect(imported.status()).toBe(200);
  await page.goto(`${workshop}${GROUPING}`);
  const apart = page.locator("section", { has: page.getByRole("heading", { name: "Kan ikke sammenlignes" }) }).last();
  await expect(apart.getByRole("link")).toHaveCount(1);
  await expect(apart.getByRole("link", { name: "Fire" })).toBeVisible();
});

test("[R37, U1] on a phone the lists come before the map", async ({ people }) => {
  const kari = await people.join("viewer", "Kari", { viewport: { width: 390, height: 844 }, hasTouch: true });
  await kari.open(GROUPING);
  const top = async (name: string) => (await kari.page.getByRole("region", { name }).boundingBox())!.y;
  await expect(beside(kari, "Mest like").getByRole("listitem").first()).toBeVisible();
  expect(await top("Mest like")).toBeLessThan(await top("Kart over eksemplene"));
});

const beside = (person: Person, name: string) => person.page.getByRole("region", { name, exact: true });

const hand = ({ page }: Person) => page.getByRole("region", { name: "Egne grupper" });

test("[R37, D1] two people group by hand together: names, moves with reasons, several groupings side by side", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  const vilde = await people.join("viewer", "Vilde");
  for (const who of [kari, tor, vilde]) await who.open(GROUPING);
  await expect(hand(vilde)).toContainText("Ingen har delt inn for hånd ennå.");
  await expect(hand(vilde).getByRole("button")).toHaveCount(0);

  await hand(kari).getByRole("button", { name: "Start fra gruppene på kartet" }).click();
  for (const who of [kari, tor, vilde]) {
    await expect(hand(who).getByLabel("Navn på gruppa")).toHaveCount(8);
    await expect(hand(who)).toContainText("Gjeldende");
  }
  const name = hand(kari).getByLabel("Navn på gruppa").first();
  await name.fill("Kjøp sammen");
  await expect(hand(tor).getByLabel("Navn på gruppa").first()).toHaveValue("Kjøp sammen");

  const first = hand(tor).locator(".handgroups > li").first();
  await expect(first).toContainText("10 eksempler");
  await first.getByRole("button", { name: "Flytt N28" }).click();
  await hand(tor).getByRole("combobox", { name: "Til" }).selectOption({ index: 0 });
  await hand(tor).getByRole("textbox", { name: "Begrunnelse" }).fill("Mer nettverk enn kjøp");
  await hand(tor).locator(".moveform").getByRole("button", { name: "Flytt", exact: true }).click();
  for (const who of [kari, vilde]) {
    const groups = hand(who).locator(".handgroups > li");
    await expect(groups.first()).toContainText("9 eksempler");
    await expect(groups.nth(1).getByRole("link", { name: /N28/ })).toBeVisible();
    await hand(who).getByText("Flyttinger").click();
    await expect(hand(who).getByText("Mer nettverk enn kjøp")).toContainText("fra «Kjøp sammen» til");
    await expect(hand(who).getByText("Mer nettverk enn kjøp")).toContainText("Tor");
  }
  await expect(hand(vilde).getByRole("button", { name: /^Flytt N/ })).toHaveCount(0);

  await hand(kari).getByRole("button", { name: "Start tomt" }).click();
  await expect(hand(kari).getByRole("heading", { name: "Uten gruppe" })).toBeVisible();
  await expect(hand(kari)).toContainText("48 eksempler");
  await hand(kari).getByRole("button", { name: "Gjør til gjeldende" }).click();
  await expect(hand(tor).getByRole("combobox", { name: "Inndeling" }).locator("option")).toHaveText([
    "Fra kartet",
    "Egen inndeling (gjeldende)",
  ]);
  await expect(kari.save).toContainText(SAVED);
  await kari.page.reload();
  await expect(hand(kari).getByLabel("Navn på inndelingen")).toHaveValue("Egen inndeling");
});

test("[R37] a grouping by hand is described, held against the map, locked against mistakes, deleted and taken back", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  for (const who of [kari, tor]) await who.open(GROUPING);
  await hand(kari).getByRole("button", { name: "Start fra gruppene på kartet" }).click();
  await expect(hand(tor).getByLabel("Navn på gruppa")).toHaveCount(8);
  await hand(kari).getByLabel("Hva inndelingen er til for").fill("Etter hva som driver samarbeidet.");
  await expect(hand(tor).getByLabel("Hva inndelingen er til for")).toHaveValue("Etter hva som driver samarbeidet.");

  // The same groups stand apart as clearly, whoever made them.
  await hand(tor).getByText("Hvor tydelig gruppene skiller seg").click();
  for (const name of ["Fra kartet", /^Gruppene på kartet/]) {
    await expect(hand(tor).getByRole("row", { name })).toContainText("0,24");
  }
  await expect(hand(tor).locator(".handgroups > li").first()).toContainText(/10 eksempler, tydelighet -?\d/);

  await hand(kari).getByRole("button", { name: "Lås", exact: true }).click();
  await expect(hand(tor)).toContainText("Låst av Kari, så ingen endrer den ved en feil.");
  await expect(hand(tor).getByRole("button", { name: /^Flytt N/ })).toHaveCount(0);
  await expect(hand(tor).getByLabel("Navn på inndelingen")).not.toBeEditable();
  await expect(hand(tor).getByRole("button", { name: "Slett inndelingen" })).toHaveCount(0);
  await hand(tor).getByRole("button", { name: "Lås opp" }).click();
  await expect(hand(kari).getByLabel("Navn på inndelingen")).toBeEditable();

  await hand(tor).getByRole("button", { name: "Slett inndelingen" }).click();
  await tor.page.getByRole("dialog").getByRole("button", { name: "Slett inndelingen" }).click();
  for (const who of [kari, tor]) await expect(hand(who)).toContainText("Ingen har delt inn for hånd ennå.");
  await hand(kari).getByText("Slettede inndelinger (1)").click();
  await hand(kari).getByRole("button", { name: "Ta tilbake Fra kartet" }).click();
  await expect(hand(tor).getByLabel("Hva inndelingen er til for")).toHaveValue("Etter hva som driver samarbeidet.");
  await expect(hand(tor).locator(".handgroups > li")).toHaveCount(8);
});
