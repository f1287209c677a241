// The work goes back and forth between the areas: a card asks for cases, a case gives a card, and each shows the other.
import { expect, type Person, test } from "../harness/index.ts";

const WISH = "Finn flere der frivillige og kommunen deler på ansvaret";

/** A board with one note on it, as a facilitator and a reviewer make one. */
async function board(leader: Person, writer: Person, note: string): Promise<void> {
  const { page } = leader;
  await leader.open("/innsamlinger");
  await page.getByRole("button", { name: "Ny innsamling" }).click();
  await page.getByRole("radio", { name: "Lapper" }).check();
  await page.getByLabel("Hva spør dere om?").fill("Hva må vi kunne?");
  await page.getByRole("radio", { name: /^Med navn/ }).check();
  await page.getByRole("button", { name: "Start for alle" }).click();
  await writer.page.getByRole("link", { name: /Nå:.*Hva må vi kunne/ }).click();
  await writer.page.getByLabel("Ny lapp").fill(note);
  await writer.page.getByRole("button", { name: "Legg til" }).click();
  await expect(writer.save).toContainText("Lagret");
  await writer.page.getByRole("button", { name: "Jeg er ferdig" }).click();
  await expect(page.getByRole("heading", { name: "1 av 1 ferdige" })).toBeVisible();
  await page.getByRole("button", { name: "Lukk", exact: true }).click();
  await page.getByRole("button", { name: "Vis fram", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Vis fram for alle" }).click();
  await expect(page.getByText(note)).toBeVisible();
}

test("[R6, R7] a card asks for cases, the task is closed with a new case, and the card shows the way back", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  const kari = await people.join("reviewer", "Kari");
  await board(liv, kari, "Hjelpe nabolag uten å ta over");

  await liv.page.getByRole("button", { name: "Finn eksempler som dette" }).click();
  await liv.page.getByRole("button", { name: "Lag leteoppdrag" }).click();
  await expect(liv.page.getByText("Skriv hva dere leter etter.")).toBeVisible();
  await liv.page.getByLabel("Hva leter vi etter, og hvorfor?").fill(WISH);
  await liv.page.getByRole("button", { name: "Lag leteoppdrag" }).click();
  const task = liv.page.getByRole("link", { name: `Leteoppdrag ${WISH}` });
  await expect(task).toBeVisible();
  await expect(liv.page.getByText("Venter på at noen leter")).toBeVisible();

  const ola = await people.join("editor", "Ola");
  await ola.open("");
  const exploring = ola.page.getByRole("link", { name: /^Utforsking/ });
  await expect(exploring).toContainText("1");
  await expect(exploring).toContainText("leteoppdrag venter");
  await expect(ola.page.getByRole("link", { name: /^Kartlegging/ })).toContainText("48");
  await ola.page.getByRole("link", { name: /1 leteoppdrag fra tavlene venter/ }).click();
  const waiting = ola.page.getByRole("region", { name: "Leteoppdrag som venter" });
  await waiting.getByText(WISH).first().click();
  await waiting.getByLabel("Funnet eksempel").fill("Nabolagsverten i Moss");
  await waiting.getByRole("button", { name: "Legg til" }).first().click();
  await expect(waiting.getByRole("link", { name: /Nabolagsverten i Moss/ })).toBeVisible();
  await waiting.getByRole("button", { name: "Sett som ferdig" }).click();
  await expect(waiting).toBeHidden();

  await expect(liv.page.getByText("Ferdig, ga 1 eksempel")).toBeVisible();
  await liv.page.getByRole("listitem").getByRole("link", { name: /Nabolagsverten i Moss/ }).click();
  const usedIn = liv.page.getByRole("region", { name: "Brukt i" });
  await expect(usedIn.getByRole("link", { name: `Leteoppdrag ${WISH}` })).toBeVisible();
  await expect(liv.page.getByRole("region", { name: "Hvor det kommer fra" })).toContainText(`Leteoppdrag: ${WISH}`);
});

test("[R7] a finding in a case becomes a card, the log says which way it went, and archiving says what would dangle", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  const kari = await people.join("reviewer", "Kari");
  await board(liv, kari, "Hjelpe nabolag uten å ta over");
  await liv.openCase("Med hjerte for Arendal");
  const usedIn = liv.page.getByRole("region", { name: "Brukt i" });
  await expect(usedIn).toContainText("Ingenting viser til eksemplet ennå.");
  await usedIn.getByRole("button", { name: "Lag et kort av et funn" }).click();
  await usedIn.getByLabel("Hva fant vi?").fill("Én avtale for alle partene");
  await usedIn.getByRole("button", { name: "Legg på tavla" }).click();
  const card = usedIn.getByRole("link", { name: "Kort Én avtale for alle partene" });
  await expect(card).toBeVisible();

  await card.click();
  const note = liv.page.getByRole("listitem").filter({ hasText: "Én avtale for alle partene" });
  await expect(note.getByRole("link", { name: /Med hjerte for Arendal/ })).toBeVisible();
  await expect(note).toContainText("Liv");

  await liv.open("/sammenhenger");
  await expect(liv.page.getByText(/Fra kartlegging til utforsking/)).toBeVisible();
  await liv.open("/sammenhenger?vis=cases");
  await expect(liv.page.getByText("47 av 48 eksempler er ikke brukt i noe ennå.")).toBeVisible();

  await liv.openCase("Med hjerte for Arendal");
  await liv.page.getByRole("button", { name: "Mer om eksempelet" }).click();
  await liv.page.getByRole("button", { name: "Arkiver" }).click();
  const ask = liv.page.getByRole("dialog", { name: "Arkivere eksempelet?" });
  await expect(ask).toContainText("Én avtale for alle partene");
  await ask.getByRole("button", { name: "Arkiver" }).click();
  await expect(liv.page.getByText("Eksempelet er arkivert").first()).toBeVisible();
});
