// What had shown "saved" is there after a power cut, and the indicator never promised more.
import { expect, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";

test("[D4, A1] what was saved survives a kill -9, and the indicator tells the truth throughout", async ({ people, server }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.page.getByRole("link", { name: "Eksempler", exact: false }).first().click();
  await expect(kari.page.getByText("48 kartlagt")).toBeVisible();
  await kari.openCase("Med hjerte for Arendal");
  await tor.follow(kari);

  await kari.appendTo(kari.description, " Kari la til dette.");
  await tor.page.getByRole("radio", { name: "Velg ut" }).check();
  await tor.appendTo(tor.field("Begrunnelse"), "Frivillige og kommune på like fot.");
  await expect(tor.description).toHaveValue(/Kari la til dette\.$/);
  await expect(kari.page.getByRole("radio", { name: "Velg ut" })).toBeChecked();
  for (const person of [kari, tor]) {
    await expect(person.save).toContainText(SAVED);
    person.losesNetwork();
  }
  await server.kill();

  for (const person of [kari, tor]) await expect(person.save).toContainText(/Frakoblet siden \d\d[.:]\d\d/);
  await kari.appendTo(kari.description, " Skrevet mens tjeneren var nede.");
  await expect(kari.save).toContainText(/Frakoblet siden \d\d[.:]\d\d \(\d+ endring(er)? venter her\)/);
  await expect(tor.save).not.toContainText("venter her");
  await server.startAgain();
  // Nobody has told the server about the new words yet; what it has on disk is what had shown as saved.
  const ase = await people.join("viewer", "Åse");
  await ase.follow(kari);
  await expect(ase.description).toHaveValue(/Kari la til dette\./);
  await expect(ase.page.getByRole("radio", { name: "Velg ut" })).toBeChecked();
  await expect(ase.field("Begrunnelse")).toHaveValue("Frivillige og kommune på like fot.");

  for (const person of [kari, tor]) await person.reconnect();
  for (const person of [kari, tor, ase]) {
    await expect(person.description).toHaveValue(/Kari la til dette\. Skrevet mens tjeneren var nede\.$/);
    await expect(person.save).toContainText(SAVED);
  }
});

test("[D4, A1] saved is shown for words that are on the disk: a kill the moment it shows loses nothing", async ({ people, server }) => {
  const kari = await people.join("editor", "Kari");
  await kari.openCase("StimuLab");
  kari.losesNetwork();
  const words: string[] = [];
  for (const word of ["én", "to", "tre"]) {
    words.push(` ${word}`);
    await kari.appendTo(kari.field("Notater"), ` ${word}`);
    await expect(kari.save).toContainText(SAVED);
    await server.kill();
    await expect(kari.save).toContainText("Frakoblet");
    await server.startAgain();
    const fresh = await people.join("viewer", `Leser ${word}`);
    await fresh.follow(kari);
    await expect(fresh.field("Notater")).toHaveValue(words.join(""));
    await fresh.page.close();
    await kari.reconnect();
    await expect(kari.save).toContainText(SAVED);
  }
});
