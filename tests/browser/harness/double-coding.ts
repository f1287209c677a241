// A double coding of the first case by two of the team, brought about the way people do it.
import { expect } from "@playwright/test";
import { type Person, SAVED } from "./person.ts";

/** Asks these to code the first case of the register on the ten agreed characteristics. */
export async function askToCode(leader: Person, title: string, coders: string[]): Promise<void> {
  const { page } = leader;
  await leader.open("/innsamlinger");
  await page.getByRole("button", { name: "Ny innsamling" }).click();
  await page.getByRole("radio", { name: "Dobbeltkoding" }).check();
  await page.getByLabel("Hva spør dere om?").fill(title);
  await page.getByRole("searchbox", { name: "Finn eksempel" }).fill("N01");
  await page.getByRole("checkbox", { name: /^N01/ }).check();
  await page.getByRole("radio", { name: "Bare disse" }).check();
  for (const coder of coders) await page.getByRole("checkbox", { name: coder, exact: true }).check();
  await page.getByRole("button", { name: "Start for alle" }).click();
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
}

/** Codes the first three of the ten by keyboard: the first value, but another for the first characteristic. */
export async function codeFirstCase(coder: Person, title: string, { note, first }: { note: string; first: string }): Promise<void> {
  const { page } = coder;
  await page.getByRole("link", { name: new RegExp(title.replace("?", "\\?")) }).first().click();
  const heads = page.locator("[data-key]");
  await expect(heads).toHaveCount(10);
  await heads.first().focus();
  await page.keyboard.press("Enter");
  for (let place = 0; place < 3; place++) {
    await expect(heads.nth(place)).toBeFocused();
    await page.keyboard.press(place === 0 ? first : "1");
    await page.keyboard.press("q");
    if (place === 0 && note) {
      await page.keyboard.press("m");
      await page.keyboard.insertText(note);
      await page.keyboard.press("Escape");
    }
    if (place < 2) await page.keyboard.press("ArrowDown");
  }
  await expect(page.getByText("3 av 10 kodinger gjort")).toBeVisible();
  await expect(coder.save).toContainText(SAVED);
}

export async function closeAndRevealCodings({ page }: Person): Promise<void> {
  await page.getByRole("button", { name: "Lukk", exact: true }).click();
  await page.getByRole("button", { name: "Vis fram", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Vis fram for alle" }).click();
  await expect(page.getByRole("region", { name: "Resultat" })).toBeVisible();
}
