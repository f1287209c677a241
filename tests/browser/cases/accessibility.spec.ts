// Every screen, light and dark, wide and narrow: nothing that axe finds, and no sideways scrolling.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../harness/index.ts";
import { importing, outside, reading, working } from "../harness/screens.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** What depends on the layout is the same in the dark: there only the colours are looked at. */
const LOOKS = [
  { colorScheme: "light", width: 1440 },
  { colorScheme: "light", width: 390 },
  { colorScheme: "dark", width: 1440, rules: ["color-contrast"] },
] as const;

for (const screen of [...outside, ...reading, ...working, ...importing]) {
  const names = [screen, ...(screen.then ?? [])].map(({ name }) => name).join(", ");
  test(`[U1] axe finds nothing on ${names}, light and dark, and it needs no sideways scrolling at 320 px`, async ({ people }) => {
    test.setTimeout(120_000 + 20_000 * (screen.then?.length ?? 0));
    const page = await screen.show(people);
    await look(page, screen.name);
    for (const { name, go } of screen.then ?? []) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await go(page);
      await look(page, name);
    }
  });
}

async function look(page: Page, name: string): Promise<void> {
  for (const { colorScheme, width, ...rest } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const found = await violations(page, "rules" in rest ? [...rest.rules] : undefined);
    expect.soft(found, `${name} ${colorScheme} ${width}`).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await expect
    .poll(() => page.evaluate(() => document.scrollingElement!.scrollWidth - document.scrollingElement!.clientWidth))
    .toBe(0);
}

/** What axe finds by all rules for WCAG 2.2 AA, or by these alone. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(TAGS)).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`));
}
