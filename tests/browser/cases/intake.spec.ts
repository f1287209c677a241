// Lists come in through the browser: chosen or pasted, looked through, then brought in.
import { expect, test } from "../harness/index.ts";
import { emptyWorkshop } from "../harness/screens.ts";

const demo = (name: string) => new URL(`../../../server/demo/${name}`, import.meta.url).pathname;

for (const name of ["cases.csv", "cases.xlsx"]) {
  test(`[R32] ${name} is shown as what it becomes, and nothing is added before one says yes`, async ({ people }) => {
    const { page } = await emptyWorkshop(people);
    await page.getByRole("link", { name: "Hent inn eksempler" }).click();
    await page.getByLabel("Velg fil").setInputFiles(demo(name));
    await expect(page.getByRole("heading", { name: `48 eksempler i «${name}»` })).toBeVisible();
    await expect(page.getByText("Slik blir det. Ingenting er lagt til ennå.")).toBeVisible();
    await expect(page.getByRole("rowheader", { name: "StimuLab" })).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Arbeidsrom" })).toContainText("Eksempler0");

    await page.getByRole("button", { name: "Hent inn 48 eksempler" }).click();
    await expect(page.getByRole("heading", { name: "48 eksempler er hentet inn" })).toBeVisible();
    await page.getByRole("link", { name: "Se dem i tabellen" }).click();
    await expect(page.getByText("48 kartlagt")).toBeVisible();
    await page.getByRole("searchbox", { name: "Søk i eksempler" }).fill("Med hjerte");
    await page.getByRole("link", { name: "Med hjerte for Arendal" }).click();
    await expect(page.getByRole("textbox", { name: "Beskrivelse" })).toHaveValue(/^Pilot fra 2013 til 2016/);
    await expect(page.getByText(new RegExp(`^${name}.*, rad \\d`))).toBeVisible();
  });
}

test("[R32] what is bad about a file is said, and one can go on with another", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const { page } = kari;
  await kari.open("/hent-inn");
  const choose = page.getByLabel("Velg fil");
  await choose.setInputFiles({ name: "liste.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") });
  await expect(page.getByRole("alert")).toHaveText("Samverk leser Excel (.xlsx), OpenDocument (.ods), Word (.docx) og CSV. Lagre lista som en av dem.");

  kari.expected.push(/status of 4\d\d .*\/imports\?dry_run=true$/);
  await choose.setInputFiles({ name: "liste.xlsx", mimeType: "", buffer: Buffer.from("PK\x03\x04 ikke et regneark likevel") });
  await expect(page.getByRole("alert")).toContainText(/regneark|Excel/);
  await expect(page.getByRole("alert")).not.toContainText("svarte ikke som ventet");

  const cells = "id;navn uten mening\n1;2\n";
  await choose.setInputFiles({ name: "liste.csv", mimeType: "text/csv", buffer: Buffer.from(cells) });
  await expect(page.getByRole("heading", { name: "Fant ingen eksempler i fila" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Hent inn \d/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Velg en annen fil" }).click();

  await page.getByLabel("Eller lim inn rader fra et regneark").fill("name\tcountry\nNytt samarbeid\tNorge\n");
  await page.getByRole("button", { name: "Les det jeg limte inn" }).click();
  await page.getByRole("button", { name: "Hent inn 1 eksempel" }).click();
  await page.getByRole("link", { name: "Se dem i tabellen" }).click();
  await expect(page.getByText("49 kartlagt")).toBeVisible();
});

/** A list with a column nobody knows, a word nobody knows, and a title above its headings. */
const MESSY = [
  "Oversikt over samarbeid;;;;",
  "Prosjekt;Land;Hvem;Varighet;Farge",
  "Flomvarsling i Voss;Norge;Voss kommune; varig samarbeid;blå",
  "Åpne data i Bodø;Norge;Bodø kommune;kortvarig;rød",
  "",
].join("\n");
const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

test("[R32] one says what a column and a word mean, once, and the next list with the same headings is understood", async ({ people }) => {
  const { page } = await emptyWorkshop(people);
  await page.getByRole("link", { name: "Hent inn eksempler" }).click();
  await page.getByLabel("Velg fil").setInputFiles(file("liste.csv", MESSY));
  await expect(page.getByRole("heading", { name: "2 eksempler i «liste.csv»" })).toBeVisible();
  await expect(page.getByLabel("Overskriftene står i rad")).toHaveValue("2");
  await expect(page.getByRole("row", { name: /^Farge blå · rød/ })).toContainText("ikke kjent igjen");

  await page.getByLabel("Hva «Varighet» blir til").selectOption({ label: "Omfang" });
  await expect(page.getByRole("row", { name: /^Varighet/ })).toContainText("du valgte det");
  await page.getByLabel("Hva «kortvarig» betyr for Omfang").selectOption({ label: "Enkeltstående utviklingsprosjekt" });
  await expect(page.getByLabel("Hva «kortvarig» betyr for Omfang")).toHaveValue("enkeltprosjekt");
  await page.getByLabel("Hva «varig samarbeid» betyr for Omfang").selectOption({ label: "Ingen verdi" });
  await page.getByLabel("Hva «Farge» blir til").selectOption({ label: "Blir ikke med" });
  await page.getByRole("button", { name: "Hent inn 2 eksempler" }).click();
  await page.getByRole("button", { name: "Hent inn flere" }).click();

  const next = MESSY.replace("Flomvarsling i Voss", "Bokbuss i Troms").replace("Åpne data i Bodø", "Felles vakt på Nordmøre");
  await page.getByLabel("Velg fil").setInputFiles(file("neste.csv", next));
  await expect(page.getByRole("heading", { name: "2 eksempler i «neste.csv»" })).toBeVisible();
  await page.getByText("Hva kolonnene blir til").click();
  await expect(page.getByRole("row", { name: /^Varighet/ })).toContainText("slik var det sist");
  await expect(page.getByLabel("Hva «Farge» blir til")).toHaveValue("ignore");
});

test("[R32] a row of headings that is not there is set right, and nonsense changes nothing", async ({ people }) => {
  const { page } = await emptyWorkshop(people);
  await page.getByRole("link", { name: "Hent inn eksempler" }).click();
  await page.getByLabel("Velg fil").setInputFiles(file("liste.csv", MESSY));
  const row = page.getByLabel("Overskriftene står i rad");
  await expect(row).toHaveValue("2");
  for (const nonsense of ["99999999999", "-1", "0", "to", "2,5"]) {
    await row.fill(nonsense);
    await row.press("Enter");
    await expect(row).toHaveValue("2");
  }
  await row.fill("40");
  await row.press("Enter");
  await expect(page.getByRole("heading", { name: "Fant ingen eksempler i fila" })).toBeVisible();
  await expect(row).toHaveValue("40");
  await row.fill("2");
  await row.press("Enter");
  await expect(page.getByRole("heading", { name: "2 eksempler i «liste.csv»" })).toBeVisible();
});

test("[R32] an import is undone: what nobody has touched is archived, and the rest stays", async ({ people }) => {
  const kari = await emptyWorkshop(people);
  const { page } = kari;
  await page.getByRole("link", { name: "Hent inn eksempler" }).click();
  await page.getByLabel("Velg fil").setInputFiles([file("a.csv", MESSY), file("b.csv", "Navn;Land\nHelsinki bibliotek;Finland\n")]);
  await expect(page.getByRole("heading", { name: "3 eksempler i 2 filer" })).toBeVisible();
  await page.getByRole("button", { name: "Hent inn 3 eksempler" }).click();
  await page.getByRole("link", { name: "Se dem i tabellen" }).click();
  await page.getByRole("link", { name: "Helsinki bibliotek" }).click();
  const words = page.getByRole("textbox", { name: "Beskrivelse" });
  await words.fill("Et bibliotek som ble til sammen med innbyggerne.");
  await expect(page.getByText("Lagret på tjeneren")).toBeVisible();

  await page.getByRole("link", { name: "Eksempler", exact: true }).first().click();
  await page.getByRole("link", { name: "Hent inn", exact: true }).click();
  const earlier = page.getByRole("region", { name: "Hentet inn før" });
  await expect(earlier).toContainText("3 eksempler, av");
  await earlier.getByRole("button", { name: "Angre a.csv, b.csv" }).click();
  await expect(page.getByRole("dialog")).toContainText("2 eksempler arkiveres. 1 har noen arbeidet videre med, og det blir stående.");
  await page.getByRole("button", { name: "Arkiver 2" }).click();
  await expect(earlier).toContainText("angret");
  await page.getByRole("navigation", { name: "Arbeidsrom" }).getByRole("link", { name: /^Eksempler/ }).click();
  await expect(page.getByRole("row", { name: /Helsinki bibliotek/ })).not.toContainText("Arkivert");
  await expect(page.getByRole("row", { name: /Flomvarsling i Voss/ })).toContainText("Arkivert");
});

/** Chooses a file on the import screen and waits until its plan is there. */
async function read(page: import("@playwright/test").Page, name: string, text: string) {
  await page.getByLabel("Velg fil").setInputFiles(file(name, text));
  await expect(page.getByRole("heading", { name: "Er de her fra før?" })).toBeVisible();
}

test("[R35] a case found in an own search and one of a list become one, with both provenances", async ({ people }) => {
  const { page } = await emptyWorkshop(people);
  await page.getByRole("navigation", { name: "Arbeidsrom" }).getByRole("link", { name: /^Eksempler/ }).click();
  await page.getByRole("button", { name: "Nytt eksempel" }).first().click();
  await page.getByLabel("Hva heter eksempelet?").fill("Flomvarsling Voss");
  await page.getByRole("button", { name: "Lag og åpne" }).click();
  await page.getByRole("textbox", { name: "Sektor" }).fill("Vann");
  await expect(page.getByText("Lagret på tjeneren")).toBeVisible();

  await page.getByRole("link", { name: "Eksempler", exact: true }).first().click();
  await page.getByRole("link", { name: "Hent inn", exact: true }).click();
  await read(page, "KS.csv", "Navn;Land;Sektor\nFlomvarsling i Voss;Norge;Klima\nÅpne data i Bodø;Norge;Data\n");
  const twin = page.getByRole("group", { name: /^Rad 2 «Flomvarsling i Voss» og X01 Flomvarsling Voss/ });
  await expect(twin.getByRole("radio", { name: "Avgjør senere" })).toBeChecked();
  await expect(twin.getByRole("row", { name: /^Sektor/ })).toContainText("Lista sier: KlimaStår her: Vann");
  await twin.getByRole("radio", { name: "Samme" }).check();
  await expect(twin.getByText("Lista føyes til der X01 kommer fra.")).toBeVisible();
  await expect(twin.getByRole("row", { name: /^Land/ }).getByRole("checkbox")).toBeChecked();
  await expect(twin.getByRole("row", { name: /^Sektor/ }).getByRole("checkbox")).not.toBeChecked();
  await page.getByRole("button", { name: "Hent inn 1 og oppdater 1" }).click();
  await expect(page.getByRole("heading", { name: "1 eksempel er hentet inn, 1 eksempel fikk noe nytt" })).toBeVisible();

  await page.getByRole("link", { name: "Se dem i tabellen" }).click();
  await expect(page.getByText("2 kartlagt")).toBeVisible();
  await page.getByRole("link", { name: "Flomvarsling Voss" }).click();
  await expect(page.getByRole("textbox", { name: "Sektor" })).toHaveValue("Vann");
  await expect(page.getByRole("textbox", { name: "Land", exact: true })).toHaveValue("Norge");
  await expect(page.getByText("KS.csv, rad 2")).toBeVisible();
});

test("[R32] the same list again takes over what nobody has touched, asks about the rest, and is taken back", async ({ people }) => {
  const { page } = await emptyWorkshop(people);
  await page.getByRole("link", { name: "Hent inn eksempler" }).click();
  const first = "Navn;Land;Sektor\nFlomvarsling i Voss;Norge;Vann\nÅpne data i Bodø;Norge;Data\n";
  await page.getByLabel("Velg fil").setInputFiles(file("KS.csv", first));
  await page.getByRole("button", { name: "Hent inn 2 eksempler" }).click();
  await page.getByRole("link", { name: "Se dem i tabellen" }).click();
  await page.getByRole("link", { name: "Åpne data i Bodø" }).click();
  await page.getByRole("textbox", { name: "Sektor" }).fill("Åpne data");
  await expect(page.getByText("Lagret på tjeneren")).toBeVisible();

  await page.getByRole("link", { name: "Eksempler", exact: true }).first().click();
  await page.getByRole("link", { name: "Hent inn", exact: true }).click();
  const next = "Navn;Land;Sektor\nFlomvarsling i Voss;;Flom\nÅpne data i Bodø;Norge;Digitalisering\nBokbuss i Troms;Norge;Kultur\n";
  await read(page, "KS.csv", next);
  await expect(page.getByLabel("Lista er")).toHaveValue("KS.csv");
  const voss = page.getByRole("group", { name: /^Rad 2 «Flomvarsling i Voss»/ });
  await expect(voss.getByRole("row", { name: /^Sektor/ })).toContainText("Lista sa sist: VannLista sier: FlomStår her: Vann");
  await expect(voss.getByRole("row", { name: /^Sektor/ }).getByRole("checkbox")).toBeChecked();
  await expect(voss.getByRole("row", { name: /^Land/ })).toHaveCount(0);
  const yes = page.getByRole("group", { name: /^Rad 3 «Åpne data i Bodø»/ }).getByRole("row", { name: /^Sektor/ }).getByRole("checkbox");
  await expect(yes).not.toBeChecked();
  await yes.check();
  await expect(yes).toBeChecked();
  await page.getByRole("button", { name: "Hent inn 1 og oppdater 2" }).click();
  await page.getByRole("link", { name: "Se dem i tabellen" }).click();
  await page.getByRole("link", { name: "Åpne data i Bodø" }).click();
  await expect(page.getByRole("textbox", { name: "Sektor" })).toHaveValue("Digitalisering");

  await page.getByRole("link", { name: "Eksempler", exact: true }).first().click();
  await page.getByRole("link", { name: "Hent inn", exact: true }).click();
  const earlier = page.getByRole("region", { name: "Hentet inn før" });
  await expect(earlier).toContainText("2 fikk noe nytt");
  await earlier.getByRole("button", { name: "Angre KS.csv" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Angre" }).click();
  await expect(earlier).toContainText("angret");
  await page.getByRole("navigation", { name: "Arbeidsrom" }).getByRole("link", { name: /^Eksempler/ }).click();
  await expect(page.getByRole("row", { name: /Bokbuss i Troms/ })).toContainText("Arkivert");
  await page.getByRole("link", { name: "Åpne data i Bodø" }).click();
  await expect(page.getByRole("textbox", { name: "Sektor" })).toHaveValue("Åpne data");
});

test("[N4] what one brings in or makes appears in another's table by itself", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("viewer", "Tor");
  await tor.open("/eksempler");
  await expect(tor.page.getByText("48 kartlagt")).toBeVisible();
  await kari.open("/eksempler");
  await kari.page.getByRole("button", { name: "Nytt eksempel" }).click();
  await kari.page.getByLabel("Hva heter eksempelet?").fill("Nabohjelp på Sørlandet");
  await kari.page.getByRole("button", { name: "Lag og åpne" }).click();
  await expect(kari.page.getByRole("textbox", { name: "Navn", exact: true })).toHaveValue("Nabohjelp på Sørlandet");
  await expect(tor.page.getByText("49 kartlagt")).toBeVisible();
  await kari.page.getByRole("radio", { name: "Velg ut" }).check();
  await expect(tor.page.getByText(/1 valgt ut/)).toBeVisible();
});
