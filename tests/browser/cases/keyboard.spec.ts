// The whole way in, through a change and out again without a mouse.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";

/** More than there are stops on any screen. */
const STOPS_MAX = 120;

test("[U1] from the link to a changed characteristic and out again by keyboard alone", async ({ people, server }) => {
  const kari = await people.someone("Kari");
  const { page } = kari;
  const { keyboard } = page;
  await page.goto(server.links.editor);
  await tabTo(page, page.getByLabel("Hva skal vi kalle deg?"));
  await keyboard.type("Kari");
  await keyboard.press("Tab");
  await keyboard.press("Space");
  await keyboard.press("ArrowRight");
  await keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "Kommune" })).toBeChecked();
  await keyboard.press("Enter");
  await page.waitForURL(/\/w\/[0-9a-z]{16}$/);
  await expect(kari.save).toContainText(SAVED);

  await keyboard.press("Control+k");
  await keyboard.type("Arendal");
  await expect(page.getByRole("option").first()).toContainText("Med hjerte for Arendal");
  await keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await tabTo(page, page.getByRole("navigation").getByRole("link", { name: /^Eksempler/ }));
  await keyboard.press("Enter");
  const row = page.locator("[data-row]");
  await expect(row.first()).toBeVisible();
  await tabTo(page, row.first());
  await keyboard.press("ArrowDown");
  await expect(row.nth(1)).toBeFocused();
  await keyboard.press("Space");
  await expect(page.getByRole("complementary")).toBeVisible();
  await keyboard.press("End");
  await expect(page.locator("[data-row='47']")).toBeFocused();
  await keyboard.press("Home");
  await expect(page.locator("[data-row='0']")).toBeFocused();
  await keyboard.press("Enter");
  await expect(kari.description).toBeVisible();

  const head = page.locator("[data-key]").first();
  await tabTo(page, head);
  await keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-expanded", "true");
  await keyboard.press("u");
  await expect(head).toContainText("Ukjent");
  await keyboard.press("1");
  await expect(head).not.toContainText("Ukjent");
  await expect(page.getByRole("log")).toContainText(/Ukjent/);
  await keyboard.press("ArrowDown");
  await expect(page.locator("[data-key]").nth(1)).toBeFocused();
  await keyboard.press("i");
  await expect(page.locator("[data-key]").nth(1)).toContainText("Ikke relevant");
  await keyboard.press("Control+z");
  await expect(page.locator("[data-key]").nth(1)).not.toContainText("Ikke relevant");
  await expect(kari.save).toContainText(SAVED);

  await tabTo(page, page.getByRole("button", { name: "Menyen din, Kari" }));
  await keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Logg ut" }));
  kari.losesAccess();
  await keyboard.press("Enter");
  await page.waitForURL(`${server.origin}/`);
});

test("[U1] dialogs take the focus and give it back", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const { page } = kari;
  await kari.open("/eksempler");
  const create = page.getByRole("button", { name: "Nytt eksempel" });
  await tabTo(page, create);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Hva heter eksempelet?")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(create).toBeFocused();
});

test("[U1] a new screen takes the focus to its heading, and the skip link past the menu", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const { page } = kari;
  await page.reload();
  await expect(kari.save).toContainText(SAVED);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Hopp til innholdet" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.getByRole("navigation").getByRole("link", { name: "Folk" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Folk" })).toBeFocused();
});

/** Goes by Tab as somebody without a mouse does; what is never reached fails. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  const reached = () => wanted.evaluate((element) => element === document.activeElement);
  for (let stop = 0; stop < STOPS_MAX; stop++) {
    if (await reached()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${wanted.toString()} was not reached by Tab`);
}
