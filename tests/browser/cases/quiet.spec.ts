// What a colleague writes changes what it is about on the screen, and nothing else.
import type { Page } from "@playwright/test";
import { expect, test } from "../harness/index.ts";

const CASE = "Med hjerte for Arendal";

/** Notes what becomes another in the page, outside what it may be. */
async function watch(page: Page, within: string, except: string): Promise<void> {
  await page.evaluate(
    ([within, except]) => {
      const noted: string[] = [];
      Object.assign(window, { noted });
      new MutationObserver((all) => {
        for (const { target, type, attributeName } of all) {
          const element = target instanceof Element ? target : target.parentElement;
          if (!element?.isConnected || element.closest(except)) continue;
          noted.push(`${type} ${attributeName ?? ""} ${element.outerHTML.slice(0, 120)}`);
        }
      }).observe(document.querySelector(within)!, { subtree: true, childList: true, characterData: true, attributes: true });
    },
    [within, except] as const,
  );
}

const noted = (page: Page) => page.evaluate(() => (window as unknown as { noted: string[] }).noted);

/** Counts React's commits in the turns of the event loop in which an edit of somebody else comes in. */
function countCommits(): void {
  const counted = { edits: 0, commits: 0 };
  let incoming = false;
  const after = new MessageChannel();
  after.port1.onmessage = () => (incoming = false);
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL) {
      super(url);
      this.addEventListener("message", ({ data }) => {
        if (!(data instanceof ArrayBuffer) || !/type.sync/.test(new TextDecoder("latin1").decode(data))) return;
        counted.edits++;
        incoming = true;
        after.port2.postMessage(0);
      });
    }
  };
  const hook = { supportsFiber: true, inject: () => 1, onCommitFiberRoot: () => (counted.commits += incoming ? 1 : 0) };
  Object.assign(window, { counted, __REACT_DEVTOOLS_GLOBAL_HOOK__: hook });
}

const counted = (page: Page) =>
  page.evaluate(() => ({ ...(window as unknown as { counted: { edits: number; commits: number } }).counted }));

test("[D1] a colleague's typing touches the field they write in and nothing else of an open case", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  await tor.context.addInitScript(countCommits);
  await kari.openCase(CASE);
  await tor.follow(kari);
  await kari.description.focus();
  await expect(tor.page.getByText("Kari skriver her")).toBeVisible();
  await tor.page.getByLabel("Status").focus();
  await tor.description.evaluate((area) => (area.parentElement!.id = "theirs"));
  await watch(tor.page, "main", "#theirs");
  const before = await counted(tor.page);

  await kari.page.keyboard.press("Control+End");
  await kari.page.keyboard.type(" Femti bokstaver i to sekunder, som man skriver fort.", { delay: 40 });

  await expect(tor.description).toHaveValue(/som man skriver fort\.$/);
  expect(await noted(tor.page)).toEqual([]);
  const after = await counted(tor.page);
  expect(after.edits - before.edits).toBeGreaterThan(10);
  // The field begins to glow; no component is rendered for a letter.
  expect(after.commits - before.commits).toBeLessThan(3);
});

test("[D1] a colleague's edit touches its own row of the table and no other", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.openCase(CASE);
  await tor.open(`/eksempler?q=${encodeURIComponent("arendal")}`);
  const row = tor.page.getByRole("row", { name: /Med hjerte for Arendal/ });
  await expect(row).toContainText("Kari");
  const others = await tor.page.locator("tbody tr[aria-rowindex]").count();
  expect(others).toBeGreaterThan(1);
  await row.evaluate((element) => (element.id = "theirs"));
  await watch(tor.page, "table.reg", "#theirs");

  await kari.page.getByRole("textbox", { name: "Land", exact: true }).fill("Norge og Sverige");

  await expect(row).toContainText("Norge og Sverige");
  expect(await noted(tor.page)).toEqual([]);
});
