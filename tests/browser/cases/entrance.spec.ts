// The first minute: before the sync layer is there, and in the language one reads.
import { expect, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";
import { emptyWorkshop } from "../harness/screens.ts";

test("[H6] one can join before the sync layer has loaded, read the table, and is told while it is on its way", async ({ people, server }) => {
  const kari = await people.someone("Kari");
  const { page } = kari;
  let letThrough = () => {};
  const wait = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route("**/*.wasm", async (route) => {
    await wait;
    await route.continue();
  });
  await page.goto(server.links.editor);
  await page.getByLabel("Hva skal vi kalle deg?").fill("Kari");
  await page.getByRole("radio", { name: "Kommune" }).check();
  await page.getByRole("button", { name: "Bli med som Kari" }).click();
  await expect(kari.save).toContainText("Kobler til");
  await expect(page.getByText("kjennetegn fylt ut")).toBeVisible();
  await page.getByRole("link", { name: /^Eksempler/ }).click();
  await expect(page.getByText("48 kartlagt")).toBeVisible();
  await page.getByRole("searchbox", { name: "Søk i eksempler" }).fill("Med hjerte");
  await page.getByRole("link", { name: "Med hjerte for Arendal" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Henter eksempelet" })).toBeAttached();
  letThrough();
  await expect(kari.description).toHaveValue(/^Pilot fra 2013/);
  await expect(kari.save).toContainText(SAVED);
});

test("[U1] bokmål, nynorsk and English can be chosen, stay chosen, and the page says which it is", async ({ people, server }) => {
  const kari = await people.someone("Kari");
  const { page } = kari;
  const html = page.locator("html");
  await page.goto(server.links.editor);
  await expect(html).toHaveAttribute("lang", "nb");
  await page.getByRole("button", { name: "Nynorsk" }).click();
  await expect(html).toHaveAttribute("lang", "nn");
  await expect(page.getByText("Kva skal vi kalle deg?")).toBeVisible();
  await page.getByRole("button", { name: "English" }).click();
  await expect(html).toHaveAttribute("lang", "en");
  await page.getByRole("button", { name: "Bokmål" }).click();
  await expect(html).toHaveAttribute("lang", "nb");
  await kari.enter(server.links.editor);

  await page.getByRole("button", { name: "Menyen din, Kari" }).click();
  await page.getByRole("radio", { name: "Nynorsk" }).click();
  await expect(html).toHaveAttribute("lang", "nn");
  await expect(page.getByRole("navigation").getByRole("link", { name: /^Eksempel|^Døme/ })).toBeVisible();
  await page.reload();
  await expect(html).toHaveAttribute("lang", "nn");
  await page.getByRole("button", { name: /Kari$/ }).click();
  await page.getByRole("radio", { name: "English" }).click();
  await expect(html).toHaveAttribute("lang", "en");
  await expect(page.getByRole("navigation").getByRole("link", { name: /^Cases/ })).toBeVisible();
  await page.getByRole("radio", { name: "Dark" }).click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(html).toHaveAttribute("data-theme", "dark");
});

test("[U1] an English browser gets English without asking", async ({ people, server }) => {
  const ann = await people.someone("Ann", { locale: "en-GB" });
  await ann.page.goto(server.links.editor);
  await expect(ann.page.locator("html")).toHaveAttribute("lang", "en");
});

test("[H2] the secret of a link leaves the address bar at once", async ({ people, server }) => {
  const kari = await people.someone("Kari");
  await kari.page.goto(server.links.editor);
  await expect(kari.page.getByRole("heading", { name: "Bli med i Samarbeidsmodeller" })).toBeVisible();
  expect(kari.page.url()).toBe(`${server.origin}/bli-med`);
  await kari.enter(server.links.editor);
  await kari.page.goBack();
  expect(kari.page.url()).not.toContain("#");
});

test("somebody in two workshops is connected in each of them", async ({ people, server }) => {
  const owner = await emptyWorkshop(people);
  const first = owner.page.url();
  await owner.enter(server.links.editor);
  await owner.page.goto(first);
  await expect(owner.save).toHaveText(/^Lagret på tjeneren(Lagret)?$/);
  await expect(owner.slow).toHaveCount(0);
});
