// How long edits are on their way from one browser to another, and what many cases cost; prints tables: ./measure
import { readFileSync } from "node:fs";
import { type CDPSession, devices, type Locator, type Page } from "@playwright/test";
import { M1, M2 } from "../harness/finished.ts";
import { makeModel } from "../harness/models.ts";
import { SAVED } from "../harness/person.ts";
import { LIST } from "../harness/screens.ts";
import { type People, type Person, test } from "../harness/index.ts";
import { grow } from "../harness/old-case.ts";
import { writeModel } from "../harness/write-model.ts";
import { installStopwatch, notesOf, row, watch, type Way, waysOf } from "../harness/stopwatch.ts";

const CASE = "Med hjerte for Arendal";
const PER_S = 25;
const SECONDS = Number(process.env["SAMVERK_MEASURE_S"] ?? 20);

test("one types, another reads", async ({ people }) => {
  test.setTimeout(180_000);
  const [kari, tor] = await two(people);
  await kari.openCase(CASE);
  await tor.follow(kari);
  const before = (await tor.description.inputValue()).length;
  await kari.description.focus();
  await kari.page.keyboard.press("Control+End");
  await Promise.all([watch(kari.description), watch(tor.description)]);
  await type(kari, PER_S * SECONDS);
  await settled(tor, before + PER_S * SECONDS);
  const [typist, reader] = await Promise.all([notesOf(kari.page), notesOf(tor.page)]);
  const ways = waysOf(typist, reader, before);
  const of = (part: keyof Way): number[] => ways.map((way) => way[part]);
  print(`One types ${PER_S} characters a second for ${SECONDS} s, another has the case open`, [
    row("key pressed → own page done with it", of("handled")),
    row("key pressed → sent", of("sent")),
    row("→ received by the other (server, sync to disk, both sockets)", of("received")),
    row("→ in the other's field", of("shown")),
    row("→ in a frame on the other's screen", of("painted")),
    row("**key pressed → on the other's screen**", of("whole")),
    row("a write to IndexedDB, typist", stored(typist)),
    row("a write to IndexedDB, reader", stored(reader)),
  ]);
});

test("one types, another reads, behind a proxy that refuses WebSockets", async ({ people }) => {
  test.setTimeout(180_000);
  const [kari, tor] = await two(people, "refuses");
  await kari.openCase(CASE);
  await tor.follow(kari);
  const written = async (letters: number): Promise<Way[]> => {
    const before = (await tor.description.inputValue()).length;
    await kari.description.focus();
    await kari.page.keyboard.press("Control+End");
    await Promise.all([watch(kari.description), watch(tor.description)]);
    await type(kari, letters);
    await settled(tor, before + letters);
    return waysOf(await notesOf(kari.page), await notesOf(tor.page), before);
  };
  const single: Way[] = [];
  for (let i = 0; i < 20; i++) {
    single.push(...(await written(1)));
    await tor.page.waitForTimeout(500);
  }
  const typing = await written(PER_S * SECONDS);
  print(`By a line: key pressed → on the other's screen`, [
    row("a letter now and then", single.map(({ whole }) => whole)),
    row(`${PER_S} characters a second for ${SECONDS} s`, typing.map(({ whole }) => whole)),
  ]);
});

for (const actors of [10, 1_000, 5_000]) {
  test(`a case that ${actors} tabs have written in`, async ({ people }) => {
    test.setTimeout(600_000);
    const [kari, tor] = await two(people);
    await kari.openCase(CASE);
    const address = kari.page.url();
    const subject = address.split("/").at(-1)!;
    await kari.page.goto(people.server.origin);
    await grow(tor.page, people.server.origin, subject, actors);
    const opened = async ({ page, description }: Person): Promise<number> => {
      const begun_ms = performance.now();
      await page.goto(address);
      await description.waitFor();
      return performance.now() - begun_ms;
    };
    const first = await opened(tor);
    await tor.page.waitForTimeout(3_000);
    const again = await opened(tor);
    await opened(kari);
    const before = (await tor.description.inputValue()).length;
    await kari.description.focus();
    await kari.page.keyboard.press("Control+End");
    await Promise.all([watch(kari.description), watch(tor.description)]);
    await type(kari, PER_S * 4);
    await settled(tor, before + PER_S * 4);
    const [typist, reader] = await Promise.all([notesOf(kari.page), notesOf(tor.page)]);
    const ways = waysOf(typist, reader, before);
    const line = await tor.page.context().newCDPSession(tor.page);
    const heap = (await line.send("Runtime.getHeapUsage")) as { usedSize: number; backingStorageSize: number };
    const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
    console.log(
      `\n${actors} actors: opened ${first.toFixed(0)} ms, again ${again.toFixed(0)} ms; ` +
        `script memory ${mb(heap.usedSize)} MB, automerge's and other buffers ${mb(heap.backingStorageSize)} MB`,
    );
    print(`A case that ${actors} tabs have written in`, [
      row("key pressed → sent: the first letter", ways.slice(0, 1).map((way) => way.sent)),
      row("key pressed → sent", ways.map((way) => way.sent)),
      row("received → in the other's field", ways.map((way) => way.shown)),
      row("**key pressed → on the other's screen**", ways.map((way) => way.whole)),
    ]);
  });
}

/** The 48 real cases with their codings, again and again under other names. */
function manyCases(count: number): string {
  const [head = "", ...cases] = readFileSync(LIST, "utf8").trimEnd().split("\n");
  const lines = Array.from({ length: count }, (_, i) => {
    const line = cases[i % cases.length] ?? "";
    return line.replace(/^[^,]*,("?)/, (_all, quote: string) => `X${i},${quote}${i} `);
  });
  return [head, ...lines].join("\n");
}

for (const count of [500, 1_500, 5_000]) {
  test(`${count} coded cases, of which a colleague edits one`, async ({ people }) => {
    test.setTimeout(600_000);
    const [kari, tor] = await two(people);
    const { origin, links } = people.server;
    const begun_ms = performance.now();
    const answer = await kari.page.request.post(`${origin}/api/v1/workshops/${links.workshop}/imports`, {
      headers: { origin, "Idempotency-Key": crypto.randomUUID() },
      multipart: { file: { name: "mange.csv", mimeType: "text/csv", buffer: Buffer.from(manyCases(count)) } },
      timeout: 300_000,
    });
    if (!answer.ok()) throw new Error(await answer.text());
    const imported_ms = performance.now() - begun_ms;
    const get = async (path: string): Promise<number> => {
      const asked_ms = performance.now();
      const got = await tor.page.request.get(`${origin}/api/v1/workshops/${links.workshop}/${path}`, { timeout: 300_000 });
      if (!got.ok()) throw new Error(await got.text());
      await got.body();
      return performance.now() - asked_ms;
    };
    const server: [string, number][] = [["import", imported_ms]];
    for (const path of ["register", "views/variation", "views/grouping", "views/selection", "views/missing"]) {
      server.push([`${path}, first`, await get(path)], [`${path}, again`, await get(path)]);
    }
    const table = await onTheTable(kari, tor, origin);
    const screens: [string, number][] = [];
    for (const [path, heading] of [["variasjon", "Variasjon"], ["grupper", "Grupper"], ["utvalg", "Utvalg"], ["mangler", "Mangler"]] as const) {
      const opened_ms = performance.now();
      await tor.open(`/eksempler/${path}`);
      await tor.page.getByRole("heading", { level: 1, name: heading }).waitFor();
      await tor.page.locator(".ds-skeleton").first().waitFor({ state: "hidden" });
      screens.push([`screen ${path}`, performance.now() - opened_ms]);
    }
    const rows = [...server, ...table, ...screens].map(([what, n]) => `| ${what} | ${n.toFixed(0)} |`);
    console.log([`\n${count + 48} cases`, "", "| | ms, or as said |", "|---|---|", ...rows, ""].join("\n"));
  });
}

/** Opening the table, filtering and sorting it while a colleague writes in a case, and what it costs the browser. */
async function onTheTable(kari: Person, tor: Person, origin: string): Promise<[string, number][]> {
  const opened_ms = performance.now();
  await tor.open("/eksempler");
  const first = tor.page.locator("tr[aria-rowindex='2']");
  await first.waitFor();
  const open_ms = performance.now() - opened_ms;
  await kari.page.goto(new URL((await first.getByRole("link").getAttribute("href"))!, origin).href);
  await kari.field("Land").waitFor();
  await tor.page.waitForTimeout(3_000);
  await tor.page.evaluate(watchTable);
  const typing = typeSlowly(kari);
  const search = tor.page.getByRole("searchbox", { name: "Søk i eksempler" });
  for (const word of ["hjerte", "Oslo", "helse"]) {
    await search.focus();
    await tor.page.keyboard.type(word, { delay: 250 });
    await search.fill("");
  }
  for (let i = 0; i < 6; i++) {
    await tor.page.getByRole("columnheader").getByRole("button").nth(i % 3).click();
    await tor.page.waitForTimeout(400);
  }
  typing.stop();
  await typing.done;
  const edited_ms = performance.now();
  await kari.field("Land").fill("Norge og Sverige");
  await tor.page.getByText("Norge og Sverige").first().waitFor();
  const shown_ms = performance.now() - edited_ms;
  const seen = await tor.page.evaluate(() => (window as unknown as { seen: Seen }).seen);
  const line = await tor.page.context().newCDPSession(tor.page);
  await line.send("HeapProfiler.collectGarbage");
  const heap = (await line.send("Runtime.getHeapUsage")) as { usedSize: number; backingStorageSize: number };
  const middle = (all: number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;
  return [
    ["the table opens", open_ms],
    [`a click in a heading → the rows in a frame, median of ${seen.click.length}`, middle(seen.click)],
    ["the same, at most", Math.max(...seen.click)],
    [`a letter in the search field → the rows in a frame, a pause of 120 ms within, median of ${seen.key.length}`, middle(seen.key)],
    ["the same, at most", Math.max(...seen.key)],
    [`tasks of more than 50 ms: ${seen.long.length}; the longest`, Math.max(0, ...seen.long)],
    ["a colleague's edit is in its row after", shown_ms],
    ["browser heap, MB", (heap.usedSize + heap.backingStorageSize) / 1e6],
  ];
}

interface Seen {
  key: number[];
  click: number[];
  long: number[];
}

/** In the page: for each key and click the time to the end of the frame with the rows it brought, and each long task. */
function watchTable(): void {
  const seen: Seen = { key: [], click: [], long: [] };
  Object.assign(window, { seen });
  let asked: { at: number; by: "key" | "click" } | undefined;
  addEventListener("keydown", ({ timeStamp }) => void (asked = { at: timeStamp, by: "key" }), true);
  addEventListener("click", ({ timeStamp }) => void (asked = { at: timeStamp, by: "click" }), true);
  const rowsChanged = (): void => {
    const waited = asked;
    asked = undefined;
    if (!waited) return;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => seen[waited.by].push(performance.now() - waited.at);
      channel.port2.postMessage(null);
    });
  };
  new MutationObserver(rowsChanged).observe(document.querySelector("tbody")!, { subtree: true, childList: true });
  new PerformanceObserver((found) => seen.long.push(...found.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
}

/** Somebody who writes five letters a second in another case all the while. */
function typeSlowly({ field }: Person): { stop(): void; done: Promise<void> } {
  let on = true;
  const run = async () => {
    const description = field("Beskrivelse");
    await description.focus();
    for (let i = 0; on && i < 600; i++) {
      await description.press("a");
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  return { stop: () => void (on = false), done: run() };
}

const MODELS = 15;

test("fifteen models in full", async ({ people }) => {
  test.setTimeout(1_800_000);
  const [kari, tor] = await two(people);
  const { page } = kari;
  const subjects: string[] = [];
  for (let n = 0; n < MODELS; n++) {
    const model = n % 2 ? M2 : M1;
    const subject = await makeModel(kari, `${model.name} ${n + 1}`, model.cases);
    await kari.open(`/modeller/${subject}`);
    await writeModel(page, model);
    await kari.save.getByText(SAVED).waitFor();
    subjects.push(subject);
  }
  const rows: [string, number][] = [];
  const timed = async (what: string, path: string, there: (page: Page) => Promise<unknown>) => {
    const opened_ms = performance.now();
    await tor.open(path);
    await there(tor.page);
    rows.push([what, performance.now() - opened_ms]);
  };
  await timed("the list of fifteen", "/modeller", (page) => page.getByRole("link", { name: M1.name }).nth(7).waitFor());
  await timed("one of them to write in", `/modeller/${subjects[0]}`, (page) => page.getByRole("textbox", { name: "Kort sagt", exact: true }).waitFor());
  const codes = subjects.map((_, n) => `M${n + 1}`).join();
  await timed("all side by side", `/modeller/sammenlign?m=${codes}`, (page) => page.getByRole("columnheader").nth(MODELS - 1).waitFor());
  await timed("the balance of all", "/modeller/balanse", (page) => page.getByText(`${M1.name} 15`).first().waitFor());
  console.log(["\nFifteen models in full, ms until it is there:", "", "| | ms |", "|---|---|", ...rows.map(([what, n]) => `| ${what} | ${n.toFixed(0)} |`), ""].join("\n"));

  const [own, other] = [kari, tor].map((person) => person.field("Kort sagt")) as [Locator, Locator];
  await kari.open(`/modeller/${subjects[0]}`);
  await tor.open(`/modeller/${subjects[0]}`);
  await Promise.all([own, other].map((field) => field.waitFor()));
  await Promise.all([kari, tor].map((person) => person.save.getByText(SAVED).waitFor()));
  const before = (await other.inputValue()).length;
  await own.focus();
  await page.keyboard.press("Control+End");
  await Promise.all([watch(own), watch(other)]);
  await type(kari, PER_S * SECONDS);
  await settled(tor, before + PER_S * SECONDS, other);
  const ways = waysOf(await notesOf(page), await notesOf(tor.page), before);
  print(`Typing in one of them, ${PER_S} characters a second`, [
    row("key pressed → own page done with it", ways.map(({ handled }) => handled)),
    row("**key pressed → on the other's screen**", ways.map(({ whole }) => whole)),
  ]);
});

/** A guest's fingers on a phone. */
const TYPED_PER_S = 5;

test("from the code on the wall to inside, on a phone", async ({ people }) => {
  test.setTimeout(180_000);
  const liv = await people.join("facilitator", "Liv");
  await liv.open("/folk/dor");
  await liv.page.getByRole("button", { name: "Åpne døra" }).click();
  const code = (await liv.page.locator(".wall .code [aria-hidden]").innerText()).replace(" ", "");
  const parts: Record<"asked" | "typed" | "waiting" | "inside", number[]> = { asked: [], typed: [], waiting: [], inside: [] };
  for (const name of ["Kari Nordmann", "Ola Solheim", "Berit Haugen", "Nils Myrvold", "Anne Fjeld"]) {
    const guest = await people.someone(name, { ...devices["Pixel 7"], proxy: undefined });
    const { page } = guest;
    const begun_ms = performance.now();
    const note = (part: keyof typeof parts) => parts[part].push(performance.now() - begun_ms);
    await page.goto(`${people.server.origin}/bli-med#${code}`);
    await page.getByLabel("Hva skal vi kalle deg?").tap();
    note("asked");
    await page.keyboard.type(name, { delay: 1_000 / TYPED_PER_S });
    await page.getByRole("radio", { name: "Kommune", exact: true }).check();
    note("typed");
    await page.getByRole("button", { name: `Bli med som ${name}` }).tap();
    await page.getByRole("heading", { name: "Snart inne" }).waitFor();
    note("waiting");
    await liv.page.getByRole("button", { name: `Slipp inn: ${name}` }).click();
    await guest.save.getByText("Lagret", { exact: true }).waitFor();
    note("inside");
  }
  print(`A guest on a phone, ${TYPED_PER_S} letters a second, let in at once; since the address was opened`, [
    row("the name is asked for", parts.asked),
    row("name typed and group chosen", parts.typed),
    row("in the lobby", parts.waiting),
    row("**inside, in step with the server**", parts.inside),
  ]);
});

const stored = (notes: Awaited<ReturnType<typeof notesOf>>): number[] =>
  notes.filter(({ what }) => what === "stored").map(({ n }) => n);

async function two(people: People, proxy: "none" | "refuses" = "none"): Promise<[Person, Person]> {
  const both: Person[] = [];
  for (const name of ["Kari", "Tor"]) {
    // Past the cable, whose way through this process would be measured too.
    const person = await people.someone(name, proxy === "none" ? { proxy: undefined } : {});
    if (proxy === "refuses") person.refusesSockets();
    await person.context.addInitScript(installStopwatch);
    await person.enter(people.server.links.editor);
    both.push(person);
  }
  return both as [Person, Person];
}

/** Types at an even pace, however long one key takes. */
async function type({ page }: Person, count: number): Promise<void> {
  const line: CDPSession = await page.context().newCDPSession(page);
  const begun_ms = performance.now();
  for (let i = 0; i < count; i++) {
    await until(begun_ms + (i * 1000) / PER_S);
    const text = "abcdefghijklmnopqrst "[i % 21]!;
    void line.send("Input.dispatchKeyEvent", { type: "keyDown", text, key: text });
    void line.send("Input.dispatchKeyEvent", { type: "keyUp", key: text });
  }
}

const until = (at_ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, at_ms - performance.now())));

async function settled({ page, description }: Person, length: number, watched = description): Promise<void> {
  const field = await watched.elementHandle();
  await page.waitForFunction(([area, wanted]) => (area as HTMLTextAreaElement).value.length >= (wanted as number), [field, length] as const);
  await page.waitForFunction(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(true)))));
}

function print(title: string, rows: string[]): void {
  console.log([`\n${title}, ms:`, "", "| | p50 | p90 | p99 |", "|---|---|---|---|", ...rows, ""].join("\n"));
}
