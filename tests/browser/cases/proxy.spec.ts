// Behind a proxy that refuses WebSockets: everything works over plain requests, and the screen says that it is slower.
import { expect, type People, type Person, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";

const CASE = "Med hjerte for Arendal";

async function behindProxy(people: People, name: string): Promise<Person> {
  const person = await people.someone(name);
  person.refusesSockets();
  await person.enter(people.server.links.editor);
  await expect(person.slow).toBeVisible();
  return person;
}

test("[B8, D1] two people write in one sentence, see each other, and go on after a reload", async ({ people }) => {
  const kari = await behindProxy(people, "Kari");
  const tor = await behindProxy(people, "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  const before = await kari.description.inputValue();
  const [first, second] = before.split(" ", 2) as [string, string];
  await kari.caretBefore(kari.description, second);
  await tor.caretBefore(tor.description, first);
  await expect(tor.page.locator(".fhead", { hasText: "Beskrivelse" })).toContainText("Kari skriver her");

  await Promise.all([kari.page.keyboard.type("ambisiøs, ny og KARI "), tor.page.keyboard.type("Den første TOR ")]);

  const expected = `Den første TOR ${before.replace(second, `ambisiøs, ny og KARI ${second}`)}`;
  for (const person of [kari, tor]) {
    await expect(person.description).toHaveValue(expected);
    await expect(person.save).toContainText(`${SAVED} · langsom linje`);
  }
  await kari.slow.getByRole("button", { name: "Greit" }).click();
  await expect(kari.slow).toHaveCount(0);

  await kari.page.reload();
  await expect(kari.description).toHaveValue(expected);
  await kari.appendTo(kari.description, " Etter omlasting.");
  await expect(tor.description).toHaveValue(`${expected} Etter omlasting.`);
  await expect(kari.save).toContainText(SAVED);
  await expect(tor.page.getByRole("button", { name: /2 her nå/ })).toBeVisible();
});

test("[B8, R40] comments come and go over the slow line, also after a time without a network", async ({ people }) => {
  const kari = await behindProxy(people, "Kari");
  const tor = await behindProxy(people, "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  for (const { page } of [kari, tor]) await page.getByRole("tab", { name: /^Merknader/ }).click();
  const say = async ({ page }: Person, words: string) => {
    await page.getByRole("textbox", { name: "Skriv en merknad" }).fill(words);
    await page.getByRole("button", { name: "Send", exact: true }).click();
  };
  await say(kari, "Over den langsomme linja");
  await expect(tor.page.getByRole("article", { name: "Tråd: Over den langsomme linja" })).toBeVisible();
  await tor.goOffline();
  await say(tor, "Uten nett");
  await tor.goOnline();
  await tor.reconnect();
  await expect(kari.page.getByRole("article", { name: "Tråd: Uten nett" })).toBeVisible();
  await expect(tor.save).toContainText(`${SAVED} · langsom linje`);
});

test("[B8, A4, N2] who loses the right while typing is told, and every word is in the case or in a copy", async ({ people }) => {
  const leader = await people.join("facilitator", "Liv");
  const kari = await behindProxy(people, "Kari");
  await kari.openCase(CASE);
  const before = await kari.description.inputValue();
  await leader.open("/folk");
  await kari.description.focus();
  await kari.page.keyboard.press("Control+End");
  const typing = kari.page.keyboard.type(" Ord på vei over en langsom linje, bokstav for bokstav.", { delay: 60 });
  await expect(kari.description).toHaveValue(/ Ord på/);
  await leader.setRoles("Kari", "Observatør");
  await expect(kari.page.getByRole("note")).toContainText("Du kan lese, men ikke skrive");
  await expect(kari.description).not.toBeEditable();
  await typing;

  await leader.openCase(CASE);
  const stands = await leader.description.inputValue();
  expect(stands.startsWith(before)).toBe(true);
  await expect(kari.description).toHaveValue(stands);
  await expect(kari.save).toContainText(/Lagret på tjeneren|1 kopi ble ikke tatt imot/);
});

test("[B7, H3] a link taken back puts out who came by it", async ({ people }) => {
  const leader = await people.join("facilitator", "Liv");
  const kari = await behindProxy(people, "Kari");
  kari.losesAccess();
  await leader.open("/folk");
  await leader.page.getByRole("row", { name: /Redigerer/ }).getByRole("button", { name: "Trekk tilbake" }).click();
  await leader.page.getByRole("button", { name: "Trekk tilbake lenken" }).click();
  await expect(kari.page.getByRole("status").filter({ hasText: "Du er ikke lenger med" })).toBeVisible();
  await expect(leader.page.getByRole("listitem").filter({ hasText: "Kari" })).toHaveCount(0);
});

test("[B9] six tabs of one browser go on through its six connections", async ({ people }) => {
  const kari = await behindProxy(people, "Kari");
  await kari.openCase(CASE);
  const tabs = [kari];
  for (let i = 1; i < 6; i++) {
    const tab = await kari.tab();
    await tab.page.goto(kari.page.url());
    await expect(tab.save).toContainText(SAVED);
    tabs.push(tab);
  }
  const last = tabs.at(-1)!;
  for (const [tab, text] of [[kari, " Fra den første."], [last, " Fra den siste."]] as const) {
    await tab.page.bringToFront();
    await tab.appendTo(tab.description, text);
    await expect(tab.save).toContainText(SAVED);
    for (const other of tabs) await expect(other.description).toHaveValue(new RegExp(`${text}$`));
  }
});

test("[B5] who closes the tab is not here any more", async ({ people }) => {
  const kari = await behindProxy(people, "Kari");
  const tor = await people.join("editor", "Tor");
  await expect(tor.page.getByRole("button", { name: /2 her nå/ })).toBeVisible();
  await kari.page.close();
  await expect(tor.page.getByRole("button", { name: /1 her nå/ })).toBeVisible();
});
