// Balance: what readers say of a model's claims, what its cases say about it, how broadly it is founded, and what all models
// take for granted.
import { expect, type Person, test } from "../harness/index.ts";
import { claim, makeModel } from "../harness/models.ts";
import { SAVED } from "../harness/person.ts";

const BUY = "Bestille det som ikke finnes";
const NEIGHBOURS = "Nabolaget som medprodusent";
const PORT = "Gjelder bare kommuner med eget havnevesen";

async function open(person: Person, subject: string): Promise<void> {
  await person.open(`/modeller/${subject}/balanse`);
  await expect(balance(person)).toBeVisible();
}

const balance = ({ page }: Person) => page.getByRole("region", { name: "Balanse", exact: true });
const item = (person: Person, text: string) => balance(person).getByRole("listitem").filter({ hasText: text });
const breadth = (person: Person, over: string) => balance(person).locator(".breadths > div").filter({ hasText: over });

test("[R24, R25] a model of N03–N05: what is self-evident, what sets it apart, what chance gives, and that it stands on one sector", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  await open(ola, await makeModel(ola, BUY, ["N03", "N04", "N05"]));
  await balance(ola).locator("summary").filter({ hasText: "Typisk, men delt" }).click();
  await expect(item(ola, "Innovasjonsobjekt: Tjeneste")).toContainText("3 av 3; 37 av 45 ellers");
  await expect(balance(ola).locator("details").filter({ hasText: "Selvfølgelig" }).getByRole("listitem")).toContainText(["Innovasjonsobjekt: Tjeneste"]);
  await expect(item(ola, "Anskaffelseskontrakt")).toContainText("3 av 3; 8 av 40 ellers løft 4,22");
  await expect(item(ola, "Utlysning og utvelgelse")).toContainText("løft 6,06");
  await expect(balance(ola).getByText(/Et tilfeldig sett på 3 eksempler får \d+–\d+ \(åtte av ti sett, 400 trekninger\)/)).toBeVisible();
  await expect(balance(ola).getByText("Tallene beskriver modellen, de prøver den ikke.")).toBeVisible();
  await expect(balance(ola).getByRole("img", { name: /^Kodede verdier: \d+ særpreget/ })).toBeVisible();
  await expect(balance(ola).locator(".classbar.few")).toHaveCount(0);

  await expect(breadth(ola, "Sektor")).toContainText("0,00");
  await expect(balance(ola).getByText(/^Alle eksemplene har samme sektor\./)).toBeVisible();
  await ola.page.getByRole("link", { name: "Modell", exact: true }).click();
  const cases = ola.page.getByRole("region", { name: "Eksempler", exact: true });
  await cases.getByLabel("Koble til et eksempel").fill("N18");
  await cases.getByRole("button", { name: "Koble til" }).click();
  await expect(cases.locator("summary").filter({ hasText: "N18" })).toBeVisible();
  await ola.page.getByRole("link", { name: "Balanse", exact: true }).click();
  await expect(balance(ola).getByText(/^Alle eksemplene har samme sektor\./)).toBeHidden();
  await expect(breadth(ola, "Sektor")).toContainText("0,38");
});

test("[R24, R25] a model of N18, N23, N24, N31 and I11: an owner is too local, mobilisation sets it apart, and it spans sectors", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  await open(ola, await makeModel(ola, NEIGHBOURS, ["N18", "N23", "N24", "N31", "I11"]));
  const local = balance(ola).locator("details").filter({ hasText: "For lokal" });
  await expect(local.getByRole("listitem").filter({ hasText: "Brukerrolle" })).toContainText("1 av 5; 0 av 28 ellers");
  await expect(item(ola, "Frivillig innsats og mobilisering")).toContainText("5 av 5; 2 av 43 ellers løft 16,13");
  await expect(breadth(ola, "Sektor")).toContainText("0,64");
  await expect(breadth(ola, "Land")).toContainText("0,32");
});

test("[R25, P3] three place the claims of two models without knowing whose they are; revealed, the median makes the bar above that of the values, why one holds only here stands beside it, and one click moves what is self-evident", async ({ people }) => {
  // Four browsers, each with its own first visit.
  test.setTimeout(120_000);
  const liv = await people.join("facilitator", "Liv");
  const { page } = liv;
  const [buy, near] = [await makeModel(liv, BUY, ["N03", "N04", "N05"]), await makeModel(liv, NEIGHBOURS, ["N18", "N23"])];
  await claim(liv, near, "Ny svakhet", "Svakheter", "Hviler på ildsjeler");
  await claim(liv, buy, "Ny styrke", "Styrker", "Risikoen senkes");
  await claim(liv, buy, "Ny forutsetning", "Forutsetninger", "Ledelsen vil det");
  await open(liv, buy);
  await expect(balance(liv).getByText(/^Ingen lesere har plassert utsagnene ennå/)).toBeVisible();
  await balance(liv).getByRole("button", { name: "La lesere plassere utsagnene" }).click();
  await balance(liv).getByRole("checkbox", { name: /Nabolaget/ }).check();
  await balance(liv).getByRole("button", { name: "Be lesere plassere dem" }).click();
  await expect(page.getByRole("heading", { name: "Hvor langt rekker utsagnene?" })).toBeVisible();
  const round = page.url();
  const reaches = { "Ledelsen vil det": "Gjelder nesten alle", "Risikoen senkes": "Kjennetegner denne", "Hviler på ildsjeler": "Bare her" };
  const readers = await Promise.all(["Per", "Kari", "Tor"].map((name) => people.join("reviewer", name)));
  for (const reader of readers) {
    await reader.page.goto(round);
    for (const [text, reach] of Object.entries(reaches)) {
      await reader.page.getByRole("group", { name: text }).getByRole("radio", { name: reach }).check();
    }
    const why = reader.page.getByLabel("Hvorfor: Hviler på ildsjeler");
    await expect(why).toHaveAttribute("placeholder", "Hvorfor bare her? Én linje holder.");
    if (reader.name === "Kari") await why.fill(PORT);
    await expect(reader.page.getByLabel("Hvorfor: Risikoen senkes")).toHaveAttribute("placeholder", "Hvorfor?");
    await expect(reader.page.getByRole("main")).not.toContainText(BUY);
    await expect(reader.page.getByRole("main")).not.toContainText(NEIGHBOURS);
    await expect(reader.save).toContainText(SAVED);
  }
  await liv.open(`/modeller/${near}/balanse`);
  await expect(item(liv, "Hviler på ildsjeler")).toContainText("Ingen lesere har plassert det.");
  await expect(page.getByRole("main")).not.toContainText(PORT);
  await page.goto(round);
  await page.getByRole("button", { name: "Lukk", exact: true }).click();
  await page.getByRole("button", { name: "Vis fram", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Vis fram for alle" }).click();
  const outcome = page.getByRole("region", { name: "Resultat" }).getByRole("listitem").filter({ hasText: "Ledelsen vil det" });
  await expect(outcome).toContainText("Selvfølgelig");
  await expect(outcome).toContainText("Gjelder nesten alle: 3, Kjennetegner denne: 0, Bare her: 0");
  await outcome.getByRole("link", { name: BUY }).click();
  await expect(balance(liv).getByRole("img", { name: "Utsagn: 1 særpreget, 1 selvfølgelig" })).toBeVisible();
  await expect(balance(liv).getByText("1 av 2 sier noe eget.")).toBeVisible();
  await balance(liv).getByRole("button", { name: "Til felles forutsetninger: Ledelsen vil det" }).click();
  await expect(balance(liv).getByRole("img", { name: "Utsagn: 1 særpreget", exact: true })).toBeVisible();

  await page.getByRole("link", { name: "Modell", exact: true }).click();
  await page.locator("details", { hasText: "Risikoen senkes" }).locator("summary").click();
  await page.getByRole("region", { name: "Styrker" }).getByLabel("Utsagn").fill("Risikoen deles");
  await page.getByRole("link", { name: "Balanse", exact: true }).click();
  await expect(item(liv, "Risikoen deles")).toContainText("Da sto det: «Risikoen senkes»");
  await expect(balance(liv).getByText(/^1 utsagn er ikke plassert slik det står nå/)).toHaveCount(0);
  await liv.open("/modeller/balanse");
  await expect(page.getByRole("row").filter({ hasText: NEIGHBOURS }).getByRole("img", { name: "Utsagn: 1 for lokal" })).toBeVisible();

  await open(liv, near);
  const local = item(liv, "Hviler på ildsjeler").first();
  await expect(local).toContainText(new RegExp(`Bare her${PORT} Deltaker \\d`));
  await balance(liv).getByRole("button", { name: "Til lokalt notat: Hviler på ildsjeler" }).click();
  await expect(balance(liv).getByRole("button", { name: "Tilbake i modellen: Hviler på ildsjeler" })).toBeVisible();
  await expect(local.locator(".vname > p").first()).toHaveText("Svakhet Hviler på ildsjeler");
  await expect(local).toContainText(PORT);
});

test("[R25, D1] one click moves a value and a claim to what all models take for granted, and another to a local note, live", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  const kari = await people.join("editor", "Kari");
  const [buy, neighbours] = [
    await makeModel(ola, BUY, ["N03", "N04", "N05"]),
    await makeModel(ola, NEIGHBOURS, ["N18", "N23", "N24", "N31", "I11"]),
  ];
  await ola.open(`/modeller/${buy}`);
  await ola.page.getByRole("button", { name: "Ny forutsetning" }).click();
  await ola.page.getByRole("region", { name: "Forutsetninger" }).getByLabel("Utsagn").fill("Ledelsen vil det");
  await ola.page.getByRole("link", { name: "Balanse", exact: true }).click();
  await ola.page.getByRole("button", { name: "Til felles forutsetninger: Ledelsen vil det" }).click();
  await kari.page.goto(ola.page.url());
  await kari.page.getByRole("button", { name: "Til felles forutsetninger: Innovasjonsobjekt: Tjeneste" }).click();
  const said = ola.page.getByLabel("Hva er dette for modellen: Innovasjonsobjekt: Tjeneste").first();
  await expect(said).toHaveValue("common");
  await kari.open("/modeller/felles-forutsetninger");
  for (const what of ["Ledelsen vil det", "Innovasjonsobjekt: Tjeneste"]) {
    await expect(kari.page.getByRole("listitem").filter({ hasText: what }).getByRole("link", { name: BUY })).toBeVisible();
  }

  await open(ola, neighbours);
  await ola.page.getByRole("button", { name: /^Til lokalt notat: Brukerrolle/ }).click();
  await expect(ola.page.getByRole("button", { name: /^Til lokalt notat: Brukerrolle/ })).toHaveCount(0);
  await ola.page.getByRole("button", { name: "Til felles forutsetninger: Innovasjonsobjekt: Tjeneste" }).click();
  await expect(kari.page.getByRole("listitem").filter({ hasText: "Innovasjonsobjekt: Tjeneste" }).getByRole("link", { name: NEIGHBOURS })).toBeVisible();

  await ola.open("/modeller/balanse");
  const row = ola.page.getByRole("row").filter({ hasText: NEIGHBOURS });
  await expect(row).toContainText("0,64");
  await expect(row.getByRole("img", { name: /^Kodede verdier: \d+ særpreget/ })).toBeVisible();
});

test("[R25] with under three cases the bar has no colour, and without cases there is nothing to compute", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  await open(ola, await makeModel(ola, BUY, ["N03", "N04"]));
  await expect(balance(ola).getByText("Med under 3 eksempler ser alt særpreget ut. Derfor er linja uten farge.")).toBeVisible();
  await expect(balance(ola).locator(".classbar.few")).toHaveCount(1);
  await open(ola, await makeModel(ola, "Tenkt", []));
  await expect(balance(ola).getByText(/^Modellen bygger ikke på noen eksempler som teller/)).toBeVisible();
});
