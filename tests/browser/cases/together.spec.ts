// People write in one case at the same time.
import { expect, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";

const CASE = "Med hjerte for Arendal";

test("[D1] two people in the same sentence: both texts are there, and no caret jumps", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  const before = await kari.description.inputValue();
  const [first, second] = before.split(" ", 2) as [string, string];
  await kari.caretBefore(kari.description, second);
  await tor.caretBefore(tor.description, first);

  await Promise.all([kari.page.keyboard.type("ambisiøs, ny og KARI "), tor.page.keyboard.type("Den første TOR ")]);

  const expected = `Den første TOR ${before.replace(second, `ambisiøs, ny og KARI ${second}`)}`;
  for (const person of [kari, tor]) {
    await expect(person.description).toHaveValue(expected);
    await expect(person.save).toContainText(SAVED);
  }
  expect(await kari.caret(kari.description)).toMatch(/ambisiøs, ny og KARI $/);
  expect(await tor.caret(tor.description)).toMatch(/^Den første TOR $/);
});

test("[D1] who was offline and who was not: both edits are on both screens afterwards", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  await tor.goOffline();

  await tor.appendTo(tor.description, " Skrevet av Tor i toget.");
  await tor.page.getByLabel("Status").selectOption("planned");
  await kari.caretBefore(kari.description, await kari.description.inputValue());
  await kari.page.keyboard.type("Kari begynner. ");
  await expect(kari.save).toContainText(SAVED);
  await expect(tor.save).toContainText(/Frakoblet siden \d\d[.:]\d\d \(\d+ endringer venter her\)/);
  await tor.goOnline();

  for (const person of [kari, tor]) {
    await expect(person.description).toHaveValue(/^Kari begynner\. .* Skrevet av Tor i toget\.$/s);
    await expect(person.page.getByLabel("Status")).toHaveValue("planned");
    await expect(person.save).toContainText(SAVED);
  }
});
