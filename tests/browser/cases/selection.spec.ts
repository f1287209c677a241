// Utvalg: which cases go on, by which criterion and why; nothing is deleted, and who decided stays known.
import { expect, type Person, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";
import { emptyWorkshop } from "../harness/screens.ts";

const SELECTION = "/eksempler/utvalg";

const row = ({ page }: Person, code: string) =>
  page.getByRole("table").getByRole("row").filter({ has: page.getByRole("link", { name: new RegExp(`^${code} `) }) });

const step = ({ page }: Person, name: string) => page.locator(".funnel").getByRole("link", { name });

test("[R38] deselect N21 with the reason: it leaves the basis, stays in the list, and the reason is read later", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("viewer", "Tor");
  await tor.open(SELECTION);
  await kari.open(SELECTION);
  const { page } = kari;
  await expect(step(kari, "Kan velges")).toHaveAccessibleName(/45$/);
  for (const code of ["N21", "I01", "I13"]) await expect(row(kari, code)).toContainText("Bare offentlige parter");
  await expect(page.getByRole("table").getByText("Bare offentlige parter")).toHaveCount(3);

  await row(kari, "N21").getByRole("checkbox").check();
  const bar = page.locator(".decidebar");
  await bar.getByRole("radio", { name: "Velg bort" }).check();
  await bar.getByRole("combobox", { name: "Kriterium" }).selectOption("Kan ikke velges");
  await bar.getByRole("textbox", { name: "Begrunnelse" }).fill("Bare offentlige parter i samarbeidet");
  await bar.getByRole("button", { name: "Bestem for 1 eksempel" }).click();
  await expect(page.locator(".said")).toContainText("1 eksempel valgt bort.");
  for (const who of [kari, tor]) {
    await expect(row(who, "N21")).toContainText("Valgt bort");
    await expect(row(who, "N21")).toContainText("Bare offentlige parter i samarbeidet");
    await expect(step(who, "Valgt bort")).toHaveAccessibleName(/1$/);
  }
  await expect(kari.save).toContainText(SAVED);

  await tor.page.getByText("Historikk", { exact: true }).click();
  await expect(tor.page.getByRole("listitem").filter({ hasText: "Kan ikke velges: «Bare offentlige parter i samarbeidet»" })).toContainText("Kari");
  await step(tor, "Valgt bort").click();
  await expect(tor.page.getByText("Viser 1 av 48")).toBeVisible();
  await tor.openCase("Stangehjelpa");
  await tor.page.getByText("Historikk", { exact: true }).click();
  await expect(tor.page.locator(".decisions")).toContainText("Kari");
  await expect(tor.page.locator(".decisions")).toContainText("Bare offentlige parter i samarbeidet");
});

test("[R38, U1] by keyboard alone: mark several, decide once, and take it back", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const { page } = kari;
  await kari.open(SELECTION);
  await expect(row(kari, "N01")).toBeVisible();
  await row(kari, "N01").getByRole("link").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Bestem for 2 eksempler" })).toBeVisible();
  await page.keyboard.press("v");
  for (const code of ["N01", "N02"]) await expect(row(kari, code)).toContainText("Valgt ut");
  await page.keyboard.press("r");
  await expect(row(kari, "N02")).toContainText("I reserve");

  await page.keyboard.press("b");
  await expect(page.getByRole("textbox", { name: "Begrunnelse" })).toBeFocused();
  await page.keyboard.type("Dekkes av N01");
  await page.keyboard.press("Enter");
  await expect(row(kari, "N02")).toContainText("Dekkes av N01");
  await page.getByRole("button", { name: "Angre" }).click();
  await expect(row(kari, "N02")).toContainText("I reserve");
  await expect(row(kari, "N02")).not.toContainText("Dekkes av N01");
  await expect(row(kari, "N01")).toContainText("Valgt ut");
});

test("[R38] the suggestion for variety covers more pairs than chance, is taken over in one action, and is undone", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const { page } = kari;
  await kari.open(SELECTION);
  const variety = page.getByRole("region", { name: /^Bredde/ });
  await expect(variety).toContainText("Viser 945 av 1131 par av verdier. 20 trukket tilfeldig viser 798 i snitt.");
  await variety.getByText("Se de 20 eksemplene").click();
  await expect(variety.getByRole("listitem").filter({ has: page.getByRole("link", { name: /I02/ }) })).toContainText("114 nye par");
  await variety.getByRole("button", { name: "Ta over «Bredde»" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("20 eksempler blir valgt ut med kriteriet «Gir bredde»");
  await dialog.getByRole("button", { name: "Velg ut 20 eksempler" }).click();
  await expect(step(kari, "Valgt ut")).toHaveAccessibleName(/20$/);
  await expect(row(kari, "I02")).toContainText("Gir bredde");
  await expect(variety).toContainText("Det er det samme som er valgt ut nå.");
  await page.getByRole("button", { name: "Angre" }).click();
  await expect(step(kari, "Valgt ut")).toHaveAccessibleName(/0$/);
  await expect(row(kari, "I02")).toContainText("Ikke vurdert");
});

test("[R42] typical cases come two from each group, Norwegian ones first, and say what is lost", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  const { page } = kari;
  await kari.open(`${SELECTION}?antall=8`);
  const typical = page.getByRole("region", { name: /^Typiske/ });
  await typical.getByText("Se de 15 eksemplene").click();
  await expect(typical.getByRole("listitem").filter({ hasText: "Gruppe A" })).toHaveCount(2);
  await expect(typical.getByText(/verdier faller bort/)).toBeVisible();
  await expect(typical.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: /^Merk/ })).toHaveCount(0);
});

test("[R38, D1] two people decide at once about different cases and both stand, and what one decides offline waits and is sent", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  for (const who of [kari, tor]) await who.open(SELECTION);
  for (const [who, code, key] of [[kari, "N03", "v"], [tor, "N05", "r"]] as const) {
    await row(who, code).getByRole("link").focus();
    await who.page.keyboard.press(key);
  }
  for (const who of [kari, tor]) {
    await expect(row(who, "N03")).toContainText("Valgt ut");
    await expect(row(who, "N05")).toContainText("I reserve");
  }

  // Without network a decision waits, with its reason, also through a colleague's other decision about one of the cases.
  await kari.goOffline();
  for (const code of ["N07", "N08"]) await row(kari, code).getByRole("checkbox").check();
  const bar = kari.page.locator(".decidebar");
  await bar.getByRole("radio", { name: "Velg bort" }).check();
  await bar.getByRole("textbox", { name: "Begrunnelse" }).fill("Ligner på N03");
  await bar.getByRole("button", { name: "Bestem for 2 eksempler" }).click();
  await expect(kari.page.getByRole("region", { name: "Venter på nett" })).toContainText("2 eksempler valgt bort: «Ligner på N03»");
  await expect(row(kari, "N07")).toContainText("venter på nett");
  await expect(kari.save).toContainText("2 endringer venter her");
  await kari.page.getByRole("button", { name: "Menyen din, Kari" }).click();
  await expect(kari.page.getByText("2 endringer er ikke kommet til tjeneren ennå.")).toBeVisible();
  await kari.page.keyboard.press("Escape");
  await row(tor, "N08").getByRole("link").focus();
  await tor.page.keyboard.press("v");
  await expect(row(tor, "N08")).toContainText("Valgt ut");
  await kari.goOnline();
  for (const who of [kari, tor]) await expect(row(who, "N07")).toContainText("Ligner på N03");
  const came = kari.page.getByRole("region", { name: "Ble ikke som bestemt" });
  await expect(came).toContainText("1 eksempel står som før");
  await expect(row(kari, "N08")).toContainText("Valgt ut");
  await came.getByRole("button", { name: "Lukk" }).click();
  await expect(came).toHaveCount(0);
  await expect(kari.save).toContainText(SAVED);
});

test("[R38] a workshop with no cases says what would stand here", async ({ people }) => {
  const { page } = await emptyWorkshop(people);
  await page.goto(`${page.url()}${SELECTION}`);
  await expect(page.getByRole("heading", { name: "Her velger dere hvilke eksempler som går videre" })).toBeVisible();
});

test("[R38] a suggestion names the models that would lose evidence, and the cases it is of", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  await kari.open(SELECTION);
  const variety = kari.page.getByRole("region", { name: /^Bredde/ });
  await expect(variety).toContainText("Viser 945 av 1131 par");
  await expect(variety).not.toContainText("belegg");
  const ola = await people.join("editor", "Ola");
  await ola.open("/modeller/ny");
  for (const code of ["N03", "N04", "N05"]) {
    await ola.page.getByLabel("Legg til et eksempel").fill(code);
    await ola.page.getByRole("button", { name: "Legg til", exact: true }).click();
  }
  await ola.page.getByLabel("Navn på modellen").fill("Bestille det som ikke finnes");
  await ola.page.getByRole("button", { name: "Lag modell av 3 eksempler" }).click();
  await expect(ola.page.getByRole("textbox", { name: "Navn på modellen" })).toBeVisible();
  await variety.getByText("1 modell mister belegg").click();
  await expect(variety.getByRole("link", { name: "Modell Bestille det som ikke finnes" })).toBeVisible();
  await expect(variety).toContainText(/[123] av 3 eksempler den bygger på, er ikke med/);
  await expect(variety.locator(".lost").getByRole("link", { name: /N0[345]/ }).first()).toBeVisible();
});
