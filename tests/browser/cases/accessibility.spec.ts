// Every screen, light and dark, wide and narrow: nothing that axe finds, and no sideways scrolling.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../harness/index.ts";
import { importing, outside, reading, working } from "../harness/screens.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** A tablet's layout has the colours of the others: it is looked at in light alone. */
const WIDTHS = { light: [1440, 720, 390], dark: [1440, 390] };

for (const screen of [...outside, ...reading, ...working, ...importing]) {
  test(`[U1] axe finds nothing on ${screen.name}, light and dark, and it needs no sideways scrolling at 320 px`, async ({ people }) => {
    const page = await screen.show(people);
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of WIDTHS[colorScheme]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        expect.soft(await violations(page), `${screen.name} ${colorScheme} ${width}`).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await expect
      .poll(() => page.evaluate(() => document.scrollingElement!.scrollWidth - document.scrollingElement!.clientWidth))
      .toBe(0);
  });
}

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`));
}
