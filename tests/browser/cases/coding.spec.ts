// Coding by keyboard: a whole case, and on to the next.
import { expect, test } from "../harness/index.ts";
import { SAVED } from "../harness/person.ts";

test("[R3, U1] a case is coded fully by keyboard, value, kind of no value, confidence and note, and then the next", async ({ people }) => {
  const [kari, ola] = [await people.join("editor", "Kari"), await people.join("editor", "Ola")];
  const { page } = kari;
  const { keyboard } = page;
  await kari.openCase("Universitetskommunen TRD3.0");
  await ola.follow(kari);
  const heads = page.locator("[data-key]");
  await expect(heads).toHaveCount(24);
  await heads.first().focus();
  await keyboard.press("Enter");
  const scales = await heads.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["key"] ?? ""));
  for (const [place, key] of scales.entries()) {
    const head = heads.nth(place);
    await expect(head).toBeFocused();
    if (key === "core_actor_count" || key === "duration_years") {
      await page.locator(".kopen input[inputmode=decimal]").focus();
      await keyboard.type("4");
      await keyboard.press("Enter");
      await expect(head).toBeFocused();
      await expect(head).toContainText("4");
    } else if (key === "context_binding") {
      await keyboard.press("m");
      await expect(page.locator(".kopen textarea").first()).toBeFocused();
      await keyboard.type("n1 blir bokstaver her");
      await keyboard.press("Escape");
      await expect(head).toBeFocused();
    } else if (place % 5 === 3) {
      await keyboard.press(place % 2 ? "u" : "i");
      await expect(head).toContainText(place % 2 ? "Ukjent" : "Ikke relevant");
    } else {
      // A chosen one of several would be taken out again.
      await keyboard.press("Delete");
      await expect(head).toContainText("Ikke kodet");
      await keyboard.press("1");
      await expect(head).not.toContainText("Ikke kodet");
    }
    await keyboard.press(["q", "w", "e"][place % 3] ?? "q");
    const sure = ["Sikker", "Skjønn", "Usikker"][place % 3] ?? "";
    await expect(page.locator(".kopen").getByRole("radio", { name: sure, exact: true })).toBeChecked();
    if (place < scales.length - 1) await keyboard.press("ArrowDown");
  }
  await expect(kari.save).toContainText(SAVED);
  await expect(page.getByText("24 av 24 fylt ut")).toBeVisible();
  await expect(ola.page.getByText("24 av 24 fylt ut")).toBeVisible();
  await expect(page.getByText("hvor sikker", { exact: false }).first()).toBeVisible();

  await keyboard.press("n");
  await expect(kari.field("Navn")).not.toHaveValue("Universitetskommunen TRD3.0");
  await expect(page.locator("[data-key]:focus")).toContainText("Ikke kodet");
  await keyboard.press("1");
  await expect(page.locator("[data-key]:focus")).not.toContainText("Ikke kodet");
  await keyboard.press("b");
  await expect(kari.field("Navn")).toHaveValue("Universitetskommunen TRD3.0");
});
