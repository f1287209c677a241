// Work without a network, in one browser, by the right person.
import { expect, test } from "../harness/index.ts";
import { KEEPS_CLIENT, SAVED } from "../harness/person.ts";

const CASE = "Med hjerte for Arendal";
const WORDS = " Skrevet uten nett.";

test("[D1, A1] words written offline survive a reload without the server, and go in when it is back", async ({ people }) => {
  const kari = await people.join("editor", "Kari", KEEPS_CLIENT);
  const tor = await people.join("editor", "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  await kari.loseServer();
  await kari.appendTo(kari.description, WORDS);
  await expect(kari.save).toContainText("venter her");
  await tor.caretBefore(tor.description, await tor.description.inputValue());
  await tor.page.keyboard.type("Tor imens. ");
  await expect(tor.save).toContainText(SAVED);

  await kari.page.reload();
  await expect(kari.description).toHaveValue(new RegExp(`${WORDS}$`));
  await expect(kari.save).toContainText("venter her");
  await kari.appendTo(kari.description, " Og etterpå.");
  await kari.goOnline();
  await kari.reconnect();
  for (const person of [kari, tor]) {
    await expect(person.description).toHaveValue(/^Tor imens\. .* Skrevet uten nett\. Og etterpå\.$/s);
    await expect(person.save).toContainText(SAVED);
  }
});

test("[D1, A1] the page opens again without a network, with the words that wait, and they go in later", async ({ people }) => {
  const kari = await people.join("editor", "Kari", KEEPS_CLIENT);
  const tor = await people.join("viewer", "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  await kari.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await kari.goOffline();
  await kari.appendTo(kari.description, WORDS);
  await expect(kari.save).toContainText("venter her");

  await kari.page.close();
  const again = await kari.tab();
  await again.page.goto(tor.page.url());
  await expect(again.description).toHaveValue(new RegExp(`${WORDS}$`));
  await expect(again.save).toContainText("venter her");
  await again.page.getByRole("navigation").getByRole("link", { name: /^Eksempler/ }).click();
  await expect(again.page.getByText("48 kartlagt")).toBeVisible();
  await again.goOnline();
  await expect(again.save).toContainText(SAVED);
  await expect(tor.description).toHaveValue(new RegExp(`${WORDS}$`));
});

test("[A1, P2] a session that ended offline: the device comes back as the same person, and the words go in", async ({ people }) => {
  const kari = await people.join("editor", "Kari", KEEPS_CLIENT);
  const tor = await people.join("viewer", "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  await kari.goOffline();
  await kari.appendTo(kari.description, WORDS);
  await expect(kari.save).toContainText("venter her");
  await kari.context.clearCookies({ name: "samverk-session" });
  await kari.goOnline();
  await expect(kari.save).toContainText(SAVED);
  await expect(tor.description).toHaveValue(new RegExp(`${WORDS}$`));
});

test("[P2] offline words of one person are never another's in the same browser", async ({ people, server }) => {
  const kari = await people.join("editor", "Kari", KEEPS_CLIENT);
  await kari.openCase(CASE);
  const address = kari.page.url();
  const before = await kari.description.inputValue();
  await kari.loseServer();
  await kari.appendTo(kari.description, WORDS);
  await expect(kari.save).toContainText("venter her");
  const per = await kari.tab();
  await kari.page.close();
  await per.goOnline();

  await per.page.goto(server.links.editor);
  await expect(per.page.getByRole("button", { name: "Fortsett som Kari" })).toBeVisible();
  await per.page.getByRole("button", { name: "Noen andre" }).click();
  await per.page.getByLabel("Hva skal vi kalle deg?").fill("Per");
  await per.page.getByRole("radio", { name: "Forskning" }).check();
  await per.page.getByRole("button", { name: "Bli med som Per" }).click();
  await expect(per.page.getByRole("button", { name: "Menyen din, Per" })).toBeVisible();
  await per.page.goto(address);
  await expect(per.description).toHaveValue(before);
  await expect(per.save).toContainText(SAVED);
  await per.appendTo(per.description, " Dette skrev Per.");
  await expect(per.save).toContainText(SAVED);

  const other = await people.join("viewer", "Åse");
  await other.page.goto(address);
  await expect(other.description).toHaveValue(`${before} Dette skrev Per.`);
  await per.open("/kopier");
  await expect(per.page.getByRole("heading", { name: "Ingen kopier" })).toBeVisible();
  await per.open("/folk");
  await expect(per.page.getByRole("listitem").filter({ hasText: "Per" })).toContainText("Forskningsinstitusjon");
  await expect(per.page.getByRole("listitem").filter({ hasText: "Kari" })).toContainText("Kommune");
});

test("[A1] signing out with unsent words warns, and the same link takes the same browser back to them", async ({ people, server }) => {
  const kari = await people.join("editor", "Kari", KEEPS_CLIENT);
  await kari.openCase(CASE);
  const address = kari.page.url();
  await kari.loseServer();
  await kari.appendTo(kari.description, WORDS);
  await kari.page.getByRole("button", { name: "Menyen din, Kari" }).click();
  await expect(kari.page.getByText(/1?\d+ endring(er)? er ikke kommet til tjeneren ennå/)).toBeVisible();
  await kari.page.keyboard.press("Escape");
  await kari.page.close();
  const again = await kari.tab();
  await again.goOnline();
  await again.page.goto(server.links.editor);
  await again.page.getByRole("button", { name: "Fortsett som Kari" }).click();
  await again.page.waitForURL(/\/w\/[0-9a-z]{16}$/);
  await expect(again.save).toContainText(SAVED);
  const tor = await people.join("viewer", "Tor");
  await tor.page.goto(address);
  await expect(tor.description).toHaveValue(new RegExp(`${WORDS}$`));
});
