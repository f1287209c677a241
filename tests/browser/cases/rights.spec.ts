// Rights that change while somebody works: nothing is lost, and they are told.
import { expect, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";
import { readFile } from "node:fs/promises";

const CASE = "Med hjerte for Arendal";
const WORDS = " Skrevet uten nett og uten rett.";

test("[A4, X7] rights taken while offline: the words become a copy, can be downloaded, and go in when rights return", async ({ people }) => {
  const leader = await people.join("facilitator", "Liv");
  const kari = await people.join("editor", "Kari");
  await kari.openCase(CASE);
  const before = await kari.description.inputValue();
  await kari.goOffline();
  await kari.appendTo(kari.description, WORDS);
  await expect(kari.save).toContainText("venter her");

  await leader.open("/folk");
  await leader.setRoles("Kari", "Observatør");
  await kari.goOnline();

  await expect(kari.save).toContainText("1 kopi ble ikke tatt imot. Se hvorfor");
  await expect(kari.page.getByRole("note")).toContainText("Du kan lese, men ikke skrive");
  await expect(kari.description).toHaveValue(before);
  await kari.openCopies();
  const copy = kari.page.getByRole("article");
  await expect(copy).toContainText("Du har ikke lenger rett til å skrive her.");
  await expect(copy).toContainText(WORDS.trim());
  const [download] = await Promise.all([
    kari.page.waitForEvent("download"),
    copy.getByRole("button", { name: "Last ned som tekst" }).click(),
  ]);
  expect(await readFile(await download.path(), "utf8")).toContain(WORDS.trim());
  await copy.getByRole("button", { name: "Prøv igjen" }).click();
  await expect(copy.getByRole("alert")).toContainText("Du kan fortsatt ikke skrive her.");

  await leader.setRoles("Kari", "Teammedlem");
  await expect(kari.page.getByRole("log")).toContainText("Du kan skrive.");
  await copy.getByRole("button", { name: "Prøv igjen" }).click();
  await expect(copy).toContainText("Lagt inn på nytt");
  await expect(kari.save).toContainText(SAVED);
  await leader.openCase(CASE);
  await expect(leader.description).toHaveValue(before + WORDS);
});

test("[A4, X7] rights taken and given back while offline: the words go in by themselves", async ({ people }) => {
  const leader = await people.join("facilitator", "Liv");
  const kari = await people.join("editor", "Kari");
  await kari.openCase(CASE);
  await kari.goOffline();
  await kari.appendTo(kari.description, WORDS);
  await leader.open("/folk");
  for (const role of ["Aktør", "Teammedlem"]) await leader.setRoles("Kari", role);
  await kari.goOnline();
  await expect(kari.save).toContainText(SAVED);
  await leader.openCase(CASE);
  await expect(leader.description).toHaveValue(new RegExp(`${WORDS}$`));
});

test("[H3, N2] a link made, copied and taken back: who came by it is out and is told", async ({ people, server }) => {
  const leader = await people.join("facilitator", "Liv", { permissions: ["clipboard-read", "clipboard-write"] });
  await leader.open("/folk");
  await leader.page.getByRole("button", { name: "Ny lenke" }).click();
  await leader.page.getByLabel("Hvem er lenken til?").fill("Kommunene i Agder");
  await leader.page.getByRole("radio", { name: /^Teammedlem/ }).check();
  await leader.page.getByRole("button", { name: "Lag lenke" }).click();
  await leader.page.getByRole("button", { name: "Kopier lenken" }).click();
  await expect(leader.page.getByRole("button", { name: "Kopiert", exact: true })).toBeVisible();
  const link = await leader.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain(`${server.origin}/bli-med#`);
  await leader.page.getByRole("button", { name: "Jeg har kopiert den" }).click();

  const kari = await people.someone("Kari");
  await kari.enter(link);
  await kari.openCase(CASE);
  await kari.appendTo(kari.description, " Kari var her.");
  await expect(kari.save).toContainText(SAVED);
  kari.losesAccess();
  const row = leader.page.getByRole("row", { name: /Kommunene i Agder/ });
  await row.getByRole("button", { name: "Trekk tilbake" }).click();
  await leader.page.getByRole("button", { name: "Trekk tilbake lenken" }).click();
  await expect(row).toContainText("Trukket tilbake");

  await expect(kari.page.getByRole("status").filter({ hasText: "Du er ikke lenger med i arbeidsrommet." })).toBeVisible();
  await expect(kari.save).toContainText("Du er ute.");
  await expect(kari.description).toHaveValue(/Kari var her\.$/);
  await expect(leader.page.getByRole("listitem").filter({ hasText: "Kari" })).toHaveCount(0);
  const late = await people.someone("Sen");
  late.expected.push(/status of 410.*\/join\/look$/);
  await late.page.goto(link);
  await expect(late.page.getByRole("heading", { name: "Denne lenken er trukket tilbake" })).toBeVisible();
});

for (const [kind, name] of [["viewer", "Leser"], ["reviewer", "Vurderer"]] as const) {
  test(`[P1] a ${kind} reads, is told why nothing can be written, and sees edits live`, async ({ people }) => {
    const reader = await people.join(kind, name);
    const kari = await people.join("editor", "Kari");
    await kari.openCase(CASE);
    await reader.follow(kari);
    await expect(reader.page.getByRole("note")).toHaveText(
      kind === "viewer"
        ? "Du kan lese, men ikke skrive. Lenken din gir leserett."
        : "Du kan lese og skrive merknader, men ikke endre eksempelet. Skriv en merknad",
    );
    await expect(reader.description).not.toBeEditable();
    await expect(reader.page.getByLabel("Status")).toBeDisabled();
    await expect(reader.page.getByRole("button", { name: "Part", exact: true })).toHaveCount(0);
    await expect(reader.page.getByRole("button", { name: "Angre" })).toHaveCount(0);
    await reader.description.focus();
    await reader.page.keyboard.type("Dette skal ikke inn");
    await kari.appendTo(kari.description, " Kari skriver.");
    await expect(reader.description).toHaveValue(/ Kari skriver\.$/);
    await expect(kari.description).not.toHaveValue(/Dette skal ikke inn/);
    await reader.open("/eksempler");
    await expect(reader.page.getByText("48 kartlagt")).toBeVisible();
    await expect(reader.page.getByRole("button", { name: "Nytt eksempel" })).toHaveCount(0);
    await reader.open("/hent-inn");
    await expect(reader.page.getByText("Bare de som kan redigere, henter inn eksempler.")).toBeVisible();
    await reader.open("/folk");
    await expect(reader.page.getByText("Bare fasilitatoren lager lenker.")).toBeVisible();
  });
}

test("[A4, X3] a case closed while somebody wrote offline: they are told, and the words are a copy", async ({ people }) => {
  const leader = await people.join("facilitator", "Liv");
  const kari = await people.join("editor", "Kari");
  await kari.openCase(CASE);
  await leader.follow(kari);
  await kari.goOffline();
  await kari.appendTo(kari.description, WORDS);
  await leader.page.getByRole("button", { name: "Mer om eksempelet" }).click();
  await leader.page.getByRole("button", { name: "Lukk for endringer" }).click();
  await expect(leader.page.getByRole("note")).toContainText("Eksempelet er lukket for endringer.");
  await expect(leader.description).not.toBeEditable();

  await kari.goOnline();
  await expect(kari.page.getByRole("note")).toContainText("Eksempelet er lukket for endringer.");
  await kari.openCopies();
  const copy = kari.page.getByRole("article");
  await expect(copy).toContainText("Eksempelet tar ikke lenger imot endringer.");
  await expect(copy).toContainText(WORDS.trim());

  const told = kari.page.waitForResponse((response) => response.url().endsWith("/documents"));
  await leader.page.getByRole("button", { name: "Mer om eksempelet" }).click();
  await leader.page.getByRole("button", { name: "Åpne for endringer" }).click();
  await expect(leader.description).toBeEditable();
  // Trying before that is told that it is too early.
  await told;
  await copy.getByRole("button", { name: "Prøv igjen" }).click();
  await expect(leader.description).toHaveValue(new RegExp(`${WORDS}$`));
});

test("[H9, A4, X3] what was removed is erased for good: nobody is sent it any more, and who was offline cannot bring it back", async ({ people }) => {
  const leader = await people.join("facilitator", "Liv");
  const kari = await people.join("editor", "Kari");
  await kari.openCase(CASE);
  const before = await kari.description.inputValue();
  await kari.appendTo(kari.description, " Ring Ola på 99 88 77 66.");
  await expect(kari.save).toContainText(SAVED);
  await kari.goOffline();
  await kari.appendTo(kari.description, " Mer uten nett.");
  await leader.openCase(CASE);
  await leader.description.fill(before);
  await expect(leader.save).toContainText(SAVED);
  await leader.page.getByRole("button", { name: "Mer om eksempelet" }).click();
  await leader.page.getByRole("button", { name: "Slett det fjernede for godt" }).click();
  await leader.page.getByRole("dialog").getByRole("button", { name: "Slett for godt" }).click();
  await expect(leader.page.getByRole("log")).toContainText("Det fjernede er slettet for godt.");

  const ola = await people.someone("Ola");
  const frames: string[] = [];
  ola.page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => frames.push(payload.toString("latin1"))),
  );
  await ola.enter(people.server.links.editor);
  await ola.openCase(CASE);
  await expect(ola.description).toHaveValue(before);
  expect(frames.length).toBeGreaterThan(0);
  expect(frames.join()).not.toContain("99 88 77 66");

  kari.losesAccess();
  await kari.goOnline();
  await expect(kari.description).not.toHaveValue(/99 88 77 66/);
  await expect(ola.description).not.toHaveValue(/99 88 77 66/);
});
