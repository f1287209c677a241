// Pictures of every screen into `screens/`, to be looked at: SAMVERK_SCREENS=1 ./run
import type { Page } from "@playwright/test";
import { test } from "../harness/index.ts";
import { importing, outside, reading, working } from "../harness/screens.ts";

const WIDTHS = [1440, 720, 390];

for (const screen of [...outside, ...reading, ...working, ...importing]) {
  test(`${screen.name} in pictures`, async ({ people }) => {
    test.setTimeout(120_000 + 20_000 * (screen.then?.length ?? 0));
    const page = await screen.show(people);
    await picture(page, screen.name);
    for (const { name, go } of screen.then ?? []) {
      await page.setViewportSize({ width: 1440, height: 1000 });
      await go(page);
      await picture(page, name);
    }
  });
}

async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of WIDTHS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: width === 390 ? 844 : 1000 });
      await page.screenshot({ path: `screens/${name}-${width}-${colorScheme}.png`, animations: "disabled" });
    }
  }
}
