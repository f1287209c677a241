// Coming back from a machine that does not know one, seeing where one is signed in, and the owner's view of it all.
import { expect, test } from "../harness/index.ts";
import { Keys } from "../harness/keys.ts";
import { type Person, SAVED } from "../harness/person.ts";

const PASSWORD = "riktig hest batteri stift";
const NAME = "kari@example.no";

/** Browsers keep passkeys for names, not for addresses. */
const named = (address: string) => address.replace("127.0.0.1", "localhost");

async function makePassword({ page }: Person): Promise<void> {
  await page.getByRole("button", { name: "Menyen din, Kari" }).click();
  await page.getByRole("link", { name: "Logg inn her senere" }).click();
  await page.getByRole("textbox", { name: "Innloggingsnavn" }).fill(NAME);
  const choose = page.getByRole("button", { name: "Velg et passord" });
  if (await choose.isVisible()) await choose.click();
  await page.getByLabel("Nytt passord").fill(PASSWORD);
  await page.getByRole("button", { name: "Lagre passordet" }).click();
  await expect(page.getByRole("button", { name: "Endre passordet" })).toBeVisible();
}

async function signIn({ page }: Person, password = PASSWORD): Promise<void> {
  await page.getByRole("textbox", { name: "Innloggingsnavn" }).fill(NAME);
  await page.getByLabel("Passord", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Logg inn", exact: true }).click();
}

test("[H10] a passkey made from one's own menu brings one back on another machine", async ({ people, server }) => {
  const kari = await people.someone("Kari");
  const ring = await Keys.of(kari);
  await kari.enter(named(server.links.editor));
  kari.losesAccess();
  await kari.page.getByRole("button", { name: "Menyen din, Kari" }).click();
  await kari.page.getByRole("link", { name: "Logg inn her senere" }).click();
  await kari.page.getByRole("textbox", { name: "Innloggingsnavn" }).fill("Kari Nordmann");
  await kari.page.getByRole("button", { name: "Lag passnøkkel" }).click();
  await expect(kari.page.getByRole("button", { name: "Fjern: Min passnøkkel" })).toBeVisible();
  await kari.page.goto(named(`${server.origin}/w/${server.links.workshop}`));
  await kari.page.getByRole("button", { name: "Menyen din, Kari" }).click();
  await kari.page.getByRole("button", { name: "Logg ut" }).click();
  await kari.page.getByRole("link", { name: "Logg inn" }).click();
  await kari.page.getByRole("button", { name: "Logg inn med passnøkkel" }).click();
  await expect(kari.save).toContainText(SAVED);

  const home = await people.someone("Kari");
  home.losesAccess();
  await ring.carryTo(await Keys.of(home));
  await home.page.goto(named(`${server.origin}/logg-inn`));
  await home.page.getByRole("button", { name: "Logg inn med passnøkkel" }).click();
  await expect(home.save).toContainText(SAVED);
  await expect(home.page.getByRole("button", { name: "Menyen din, Kari" })).toBeVisible();

  await home.page.goto(named(`${server.origin}/innlogging`));
  await home.page.getByRole("button", { name: "Fjern: Min passnøkkel" }).click();
  await expect(home.page.getByRole("dialog")).toContainText("Det er den eneste måten du har.");
  await home.page.getByRole("dialog").getByRole("button", { name: "Fjern", exact: true }).click();
  await expect(home.page.getByRole("textbox", { name: "Innloggingsnavn" })).toBeEditable();
  const late = await people.someone("Kari");
  late.losesAccess();
  await ring.carryTo(await Keys.of(late));
  await late.page.goto(named(`${server.origin}/logg-inn`));
  await late.page.getByRole("button", { name: "Logg inn med passnøkkel" }).click();
  await expect(late.page.getByRole("alert")).toContainText("Passnøkkelen ble ikke godtatt.");
});

test("[H10, H9] a password opens another machine, a wrong one does not, and who was erased is unknown", async ({ people, server }) => {
  const kari = await people.join("editor", "Kari");
  kari.losesAccess();
  await makePassword(kari);
  const home = await people.someone("Kari");
  home.losesAccess();
  await home.page.goto(server.origin);
  await home.page.getByRole("link", { name: "Logg inn" }).click();
  await signIn(home, "feil hest batteri stift");
  await expect(home.page.getByRole("alert")).toHaveText("Navnet eller passordet stemmer ikke.");
  await signIn(home);
  await expect(home.save).toContainText(SAVED);

  await kari.page.goto(`${server.origin}/personvern`);
  await kari.page.getByRole("button", { name: "Slett meg" }).click();
  await kari.page.getByRole("dialog").getByRole("button", { name: "Slett meg" }).click();
  await expect(kari.page.getByRole("heading", { name: "Du er ikke i noe arbeidsrom ennå" })).toBeVisible();
  await kari.page.getByRole("link", { name: "Logg inn" }).click();
  await signIn(kari);
  await expect(kari.page.getByRole("alert")).toHaveText("Navnet eller passordet stemmer ikke.");
});

test("[H10] a browser that is only known again is asked who it is before how one signs in is changed", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  kari.losesAccess();
  await makePassword(kari);
  await kari.context.clearCookies({ name: "samverk-session" });
  await kari.page.reload();
  await kari.page.getByRole("button", { name: "Endre passordet" }).click();
  await kari.page.getByLabel("Nytt passord").fill("et nytt og langt passord");
  await kari.page.getByRole("button", { name: "Lagre", exact: true }).click();
  const dialog = kari.page.getByRole("dialog", { name: "Er det deg?" });
  await dialog.getByLabel("Passord", { exact: true }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Logg inn", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(kari.page.getByRole("button", { name: "Endre passordet" })).toBeVisible();
  await expect(kari.page.getByRole("alert")).toHaveCount(0);
});

test("[H10] a browser that is somebody already asks before it is another", async ({ people, server }) => {
  const kari = await people.join("editor", "Kari");
  await makePassword(kari);
  const ola = await people.join("viewer", "Ola");
  ola.losesAccess();
  await ola.page.goto(`${server.origin}/logg-inn`);
  await expect(ola.page.getByText("Denne nettleseren er Ola nå.")).toBeVisible();
  await ola.page.getByRole("button", { name: "Logg inn som en annen" }).click();
  await expect(ola.page.getByText("Når du logger inn, er Ola ute herfra")).toBeVisible();
  await signIn(ola);
  await expect(ola.page.getByRole("button", { name: "Menyen din, Kari" })).toBeVisible();
});

test("[H11] one sees where one is signed in, and ends it there", async ({ people, server }) => {
  const kari = await people.join("editor", "Kari");
  await makePassword(kari);
  const home = await people.someone("Kari");
  home.losesAccess();
  await home.page.goto(`${server.origin}/logg-inn`);
  await signIn(home);
  await expect(home.save).toContainText(SAVED);
  await kari.page.reload();
  const places = kari.page.getByRole("region", { name: "Her er du inne" });
  await expect(places.getByRole("listitem")).toHaveCount(2);
  await places.getByRole("button", { name: /^Avslutt: Chrome/ }).click();
  await expect(places.getByRole("listitem")).toHaveCount(1);
  await expect(home.page.locator("#main").getByText("Du er logget ut.")).toBeVisible();
});

test("[H11] the owner sees who has access, takes a link back and signs somebody out, and nobody else sees it", async ({ people, server }) => {
  const kari = await people.join("editor", "Kari");
  kari.losesAccess();
  const owner = await people.someone("Eier");
  owner.losesAccess();
  await owner.page.goto(server.links.owner);
  await owner.page.getByRole("button", { name: "Bli eier" }).click();
  await owner.page.getByRole("link", { name: "Drift" }).click();
  await expect(owner.page.getByRole("region", { name: "Står det bra til?" })).toContainText("Ingen sikkerhetskopi er kjent.");
  const workshops = owner.page.getByRole("region", { name: /^Arbeidsrom/ });
  await expect(workshops.getByRole("row", { name: /Samarbeidsmodeller/ })).toContainText("1 her nå");
  const everybody = owner.page.getByRole("region", { name: /^Hvem har tilgang/ });
  await everybody.getByRole("row", { name: /Kari/ }).getByText("Inne fra 1 sted").click();
  await everybody.getByRole("button", { name: "Logg ut overalt" }).click();
  await owner.page.getByRole("dialog").getByRole("button", { name: "Logg ut overalt" }).click();
  await expect(kari.page.locator("#main").getByText("Du er logget ut.")).toBeVisible();
  await expect(everybody.getByRole("row", { name: /Kari/ })).toContainText("Aldri");
  // Before a link is taken back: it may be hers.
  const liv = await people.join("reviewer", "Liv");
  liv.losesAccess();
  const links = owner.page.getByRole("region", { name: /^Åpne lenker/ });
  const before = await links.getByRole("row").count();
  await links.getByRole("button", { name: /^Trekk tilbake/ }).first().click();
  await owner.page.getByRole("dialog").getByRole("button", { name: "Trekk tilbake" }).click();
  await expect(links.getByRole("row")).toHaveCount(before - 1);
  await liv.page.goto(`${server.origin}/drift`);
  await expect(liv.page.getByText("Siden finnes ikke, eller du eier ikke tjeneren.")).toBeVisible();
});
