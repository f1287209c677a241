// Coming into a room: the code on the wall, the lobby, the door, and the way back next week.
import { devices } from "@playwright/test";
import { expect, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";
import { readFile } from "node:fs/promises";

const PHONE = { viewport: devices["Pixel 7"].viewport, hasTouch: true, isMobile: true };

test("[H7, R40] a guest types the code on a phone, waits in the lobby, is let in, and the door is shut behind them", async ({ people, server }) => {
  const liv = await people.join("facilitator", "Liv");
  await liv.open("/folk");
  await liv.page.getByRole("link", { name: "Slipp inn folk i rommet" }).click();
  await liv.page.getByRole("button", { name: "Åpne døra" }).click();
  const wall = liv.page.getByRole("region", { name: "Bli med i Samarbeidsmodeller" });
  await expect(wall.getByRole("img", { name: "QR-kode med lenken inn i rommet" })).toBeVisible();
  const code = (await wall.locator(".code [aria-hidden]").innerText()).trim();
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{3} [0-9A-HJKMNP-TV-Z]{3}$/);

  const kari = await people.someone("Kari", PHONE);
  await kari.page.goto(`${server.origin}/bli-med`);
  await kari.page.getByLabel("Kode eller lenke").fill(code.toLowerCase());
  await kari.page.getByRole("button", { name: "Gå inn" }).click();
  await expect(kari.page.getByText("Den som leder, slipper deg inn.")).toBeVisible();
  expect(kari.page.url(), "the code leaves the address bar").toBe(`${server.origin}/bli-med`);
  await kari.page.getByLabel("Hva skal vi kalle deg?").fill("Kari");
  await kari.page.getByRole("radio", { name: "Kommune", exact: true }).check();
  await kari.page.getByRole("button", { name: "Bli med som Kari" }).click();
  await expect(kari.page.getByRole("heading", { name: "Snart inne" })).toBeVisible();

  await expect(wall.getByRole("status")).toContainText("1 venter");
  await expect(liv.page.getByRole("navigation", { name: "Arbeidsrom" })).toContainText("1 venter på å slippe inn");
  await liv.page.getByRole("button", { name: "Slipp inn: Kari" }).click();
  await expect(kari.save).toContainText(SAVED);
  await expect(wall.getByRole("status")).not.toContainText("venter");

  await liv.page.getByRole("button", { name: "Lukk døra" }).click();
  await expect(liv.page.getByRole("heading", { name: "Døra til Samarbeidsmodeller er lukket" })).toBeVisible();
  const ola = await people.someone("Ola");
  ola.losesAccess();
  ola.expected.push(/status of 409/);
  await ola.page.goto(server.origin);
  await ola.page.getByLabel("Har du en lenke eller en kode?").fill(code);
  await ola.page.getByRole("button", { name: "Gå inn" }).click();
  await expect(ola.page.getByRole("heading", { name: "Døra er lukket akkurat nå." })).toBeVisible();
  await liv.page.getByRole("button", { name: "Åpne døra igjen" }).click();
  await expect(wall.getByText(/^Koden er /)).toBeVisible();
  await ola.page.getByRole("button", { name: "Prøv igjen" }).click();
  await expect(ola.page.getByRole("heading", { name: "Bli med i Samarbeidsmodeller" })).toBeVisible();
});

test("[H7] who is turned away is told, and sees nothing of the workshop", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  await liv.open("/folk");
  await liv.page.getByRole("button", { name: "Ny lenke" }).click();
  await liv.page.getByLabel("Hvem er lenken til?").fill("Naboene");
  await liv.page.getByLabel("De som kommer, venter til en fasilitator slipper dem inn").check();
  await liv.page.getByRole("button", { name: "Lag lenke" }).click();
  const link = await liv.page.getByLabel("Lenken", { exact: true }).inputValue();
  await liv.page.getByRole("button", { name: "Jeg har kopiert den" }).click();
  await expect(liv.page.getByRole("row", { name: /Naboene/ })).toContainText("venter først");

  const ola = await people.someone("Ola");
  await ola.page.goto(link);
  await ola.page.getByLabel("Hva skal vi kalle deg?").fill("Ola");
  await ola.page.getByRole("radio", { name: "Frivillig", exact: true }).check();
  await ola.page.getByRole("button", { name: "Bli med som Ola" }).click();
  await expect(ola.page.getByRole("heading", { name: "Snart inne" })).toBeVisible();
  await liv.page.getByRole("button", { name: "Avvis: Ola" }).click();
  await expect(ola.page.getByRole("heading", { name: "Du ble ikke sluppet inn" })).toBeVisible();
  await ola.open("");
  await expect(ola.page.getByRole("heading", { name: "Du er ikke i dette arbeidsrommet" })).toBeVisible();
});

test("[H7, R40] a guest comes back next week by their own link, on another machine, as the one they were", async ({ people }) => {
  const kari = await people.join("reviewer", "Kari");
  await kari.page.getByRole("button", { name: "Menyen din, Kari" }).click();
  await kari.page.getByRole("button", { name: "Lag en lenke tilbake hit" }).click();
  const back = await kari.page.getByLabel("Lenken din").inputValue();

  const home = await people.someone("Kari");
  await home.page.goto(back);
  await expect(home.page.getByRole("heading", { name: "Velkommen tilbake" })).toBeVisible();
  expect(home.page.url()).not.toContain("#");
  await home.page.getByRole("button", { name: "Fortsett" }).click();
  await expect(home.save).toContainText(SAVED);
  await home.page.getByRole("button", { name: "Menyen din, Kari" }).click();
  await expect(home.page.getByText("Vurderer")).toBeVisible();
});

test("[H8, H9] a facilitator reads who decided what, and a guest takes their data along and is erased", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  const kari = await people.join("editor", "Kari");
  await liv.open("/folk");
  await liv.setRoles("Kari", "Aktør", "Observatør");
  await liv.page.getByText("Logg over hvem som bestemte hva").click();
  await expect(liv.page.getByRole("listitem").filter({ hasText: "Liv satte rollen til Kari: Aktør, Observatør" })).toBeVisible();
  await expect(liv.page.getByRole("listitem").filter({ hasText: /Kari kom inn med lenken/ })).toBeVisible();

  kari.losesAccess();
  await kari.page.getByRole("button", { name: "Menyen din, Kari" }).click();
  await kari.page.getByRole("link", { name: "Personvern" }).click();
  await expect(kari.page.getByRole("heading", { name: "Personvern" })).toBeVisible();
  const [file] = await Promise.all([
    kari.page.waitForEvent("download"),
    kari.page.getByRole("link", { name: "Last ned mine data" }).click(),
  ]);
  const data = JSON.parse(await readFile(await file.path(), "utf8"));
  expect(data.participants[0].name).toBe("Kari");
  await kari.page.getByRole("button", { name: "Slett meg" }).click();
  await kari.page.getByRole("dialog").getByRole("button", { name: "Slett meg" }).click();
  await expect(kari.page.getByRole("heading", { name: "Du er ikke i noe arbeidsrom ennå" })).toBeVisible();
  await expect(liv.page.getByRole("button", { name: "Endre rollene til Kari" })).toHaveCount(0);
  await liv.page.reload();
  await liv.page.getByText("Logg over hvem som bestemte hva").click();
  await expect(liv.page.getByRole("listitem").filter({ hasText: /P-[0-9A-Z]{4} slettet seg selv/ })).toBeVisible();
});
