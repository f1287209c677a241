// The content policy the app really runs under. That no screen breaks it every test shows: what the browser says of
// violations is a complaint in the console, and a test ends without any. Here: that it would be one.
import { expect, test } from "../harness/index.ts";
import { KEEPS_CLIENT } from "../harness/person.ts";

test("[H6] a script in the page is not run, and stands among the complaints that end every test", async ({ people }) => {
  const kari = await people.join("editor", "Kari", KEEPS_CLIENT);
  expect(kari.complaints()).toEqual([]);
  await kari.page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'broken'";
    document.head.append(script);
  });
  await expect.poll(() => kari.complaints().some((line) => line.includes("CSP: script-src"))).toBe(true);
  expect(await kari.page.title()).not.toBe("broken");
  kari.expected.push(/CSP: script-src|Content Security Policy/);
});
