// People answer apart from each other; what they answer is nobody else's until it is revealed.
import type { Page } from "@playwright/test";
import { expect, type Person, test } from "../harness/index.ts";
import { listen } from "../harness/listen.ts";
import { SAVED } from "../harness/person.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

interface Ask {
  kind: "Lapper" | "Stemmer" | "Vurderinger";
  title: string;
  lines?: string[];
  named?: boolean;
}

async function start(leader: Person, { kind, title, lines, named }: Ask): Promise<void> {
  const { page } = leader;
  await leader.open("/innsamlinger");
  await page.getByRole("button", { name: "Ny innsamling" }).click();
  await page.getByRole("radio", { name: kind }).check();
  await page.getByLabel("Hva spør dere om?").fill(title);
  if (lines) await page.getByLabel(/^Hva (kan de stemme på|skal de vurdere)\?/).fill(lines.join("\n"));
  if (named) await page.getByRole("radio", { name: /^Med navn/ }).check();
  await page.getByRole("button", { name: "Start for alle" }).click();
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
}

async function closeAndReveal(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Lukk", exact: true }).click();
  await page.getByRole("button", { name: "Vis fram", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Vis fram for alle" }).click();
  await expect(page.getByRole("region", { name: "Resultat" })).toBeVisible();
}

test("[D2, P3] notes written on a phone reach nobody else, not even on the wire, and then everybody at once", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  const kari = await people.join("reviewer", "Kari", PHONE);
  const ola = await people.join("reviewer", "Ola");
  const [livHears, olaHears] = [listen(liv.page), listen(ola.page)];
  await start(liv, { kind: "Lapper", title: "Hva må vi kunne?" });
  await ola.page.getByRole("link", { name: /Nå:.*Hva må vi kunne/ }).click();
  await kari.page.getByRole("link", { name: /Nå:.*Hva må vi kunne/ }).click();
  await expect(kari.page.getByText("Bare du ser dette til det vises fram.")).toBeVisible();
  for (const text of ["dele data på tvers av etater", "si hvem som har ansvar"]) {
    await kari.page.getByLabel("Ny lapp").fill(text);
    await kari.page.getByRole("button", { name: "Legg til" }).click();
  }
  await expect(kari.save).toContainText(/Lagret/);
  await kari.page.getByRole("button", { name: "Jeg er ferdig" }).click();
  await expect(kari.page.getByText("Sendt. Du kan endre til det lukkes.").first()).toBeVisible();
  await expect(liv.page.getByRole("heading", { name: "1 av 2 ferdige" })).toBeVisible();
  for (const hears of [livHears, olaHears]) {
    const heard = await hears.heard();
    expect(heard).toContain("Hva må vi kunne");
    expect(heard).not.toContain("dele data");
    expect(heard).not.toContain("si hvem som har ansvar");
  }

  await closeAndReveal(liv.page);
  for (const page of [liv.page, ola.page, kari.page]) {
    await expect(page.getByRole("listitem").filter({ hasText: "dele data på tvers av etater" })).toBeVisible();
    await expect(page.getByRole("listitem").filter({ hasText: "si hvem som har ansvar" })).toBeVisible();
  }
  await expect(liv.page.getByText("Hvem som svarte hva, finnes ikke lenger.")).toBeVisible();
});

test("[P3] votes are spread by a budget, scores get reasons, and few scores without names are not shown", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  const kari = await people.join("reviewer", "Kari");
  await start(liv, { kind: "Stemmer", title: "Hva er viktigst?", lines: ["Data på tvers", "Tillit"] });
  await kari.page.getByRole("link", { name: /Hva er viktigst/ }).click();
  const more = kari.page.getByRole("button", { name: "Én prikk mer til Tillit" });
  await more.click();
  await more.click();
  await expect(more).toBeDisabled();
  await expect(kari.page.getByText("3 av 5 prikker igjen")).toBeVisible();
  await expect(kari.save).toContainText(SAVED);
  await closeAndReveal(liv.page);
  await expect(liv.page.getByRole("listitem").filter({ hasText: "Tillit" })).toContainText("2 prikker fra 1 person");

  await start(liv, { kind: "Vurderinger", title: "Holder modellene?", lines: ["Nabohjelp", "Anskaffelse"], named: true });
  await kari.page.getByRole("link", { name: /Holder modellene/ }).click();
  await kari.page.getByRole("group", { name: "Nabohjelp" }).getByRole("radio", { name: "4" }).check();
  await kari.page.getByLabel("Hvorfor: Nabohjelp").fill("folk kjenner hverandre");
  await expect(kari.page.getByText("1 av 2 vurdert")).toBeVisible();
  await expect(kari.save).toContainText(SAVED);
  await closeAndReveal(liv.page);
  await expect(kari.page.getByText("folk kjenner hverandre Kari")).toBeVisible();
  await liv.page.getByRole("button", { name: "Spør en gang til" }).click();
  await expect(liv.page.getByText("Vurderinger · runde 2")).toBeVisible();
});

test("[P3, A4] what was written offline and came after closing stays with its author, and says so", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  const kari = await people.join("reviewer", "Kari");
  await start(liv, { kind: "Lapper", title: "Hva haster?" });
  await kari.page.getByRole("link", { name: /Hva haster/ }).click();
  await kari.page.getByLabel("Ny lapp").fill("i tide");
  await kari.page.getByRole("button", { name: "Legg til" }).click();
  await expect(kari.save).toContainText(SAVED);
  await kari.goOffline();
  await kari.page.getByLabel("Ny lapp").fill("for sent");
  await kari.page.getByRole("button", { name: "Legg til" }).click();
  await expect(kari.save).toContainText("venter her");
  await closeAndReveal(liv.page);
  await expect(liv.page.getByText("i tide")).toBeVisible();
  kari.losesAccess();
  await kari.goOnline();
  await kari.openCopies();
  await expect(kari.page.getByRole("article")).toContainText("for sent");
  await liv.page.reload();
  await expect(liv.page.getByText("i tide")).toBeVisible();
  await expect(liv.page.getByText("for sent")).toHaveCount(0);
});
