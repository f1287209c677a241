// Pictures of every screen into `screens/`, to be looked at: SAMVERK_SCREENS=1 ./run
import { test } from "../harness/index.ts";
import { importing, outside, reading, working } from "../harness/screens.ts";

const WIDTHS = [1440, 720, 390];

for (const screen of [...outside, ...reading, ...working, ...importing]) {
  test(`${screen.name} in pictures`, async ({ people }) => {
    const page = await screen.show(people);
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of WIDTHS) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: width === 390 ? 844 : 1000 });
        await page.screenshot({ path: `screens/${screen.name}-${width}-${colorScheme}.png`, animations: "disabled" });
      }
    }
  });
}
