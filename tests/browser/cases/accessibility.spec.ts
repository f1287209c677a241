// Every screen, light and dark, at three widths: nothing that axe finds, and no sideways scrolling.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../harness/index.ts";
import { importing, outside, reading, type Screen, working } from "../harness/screens.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const WIDTHS = [1440, 720, 390];

for (const screen of [...outside, ...reading, ...working, ...importing]) {
  test(`[U1] axe finds nothing on ${screen.name}, light and dark, wide and narrow`, async ({ people }) => {
    const page = await screen.show(people);
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of WIDTHS) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        expect.soft(await violations(page), `${screen.name} ${colorScheme} ${width}`).toEqual([]);
      }
    }
  });
}

const narrow: Screen[] = [...outside, ...reading, ...working, ...importing].filter(({ name }) =>
  ["join", "overview", "table", "variation", "variation-lists", "coverage", "grouping", "grouping-lists", "grouping-method", "grouping-hand", "missing", "searches", "dialogue", "plan", "selection", "selection-lists", "case", "people", "import-report", "account", "admin"].includes(name),
);
for (const screen of narrow) {
  test(`[U1] ${screen.name} needs no sideways scrolling at 320 px`, async ({ people }) => {
    const page = await screen.show(people);
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
