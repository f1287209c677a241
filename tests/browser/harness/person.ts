// One person with a browser of their own: comes in, opens a case, writes; reads what the screen says.
import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Locator, type Page } from "@playwright/test";
import { Cable } from "./cable.ts";
import type { Server } from "./server.ts";

/** A first visit asks who one is, and the browser logs the 401 as an error. */
const FIRST_VISIT = /status of 401.*\/api\/v1\/session$/;
/** What the browser itself says of a network that is gone; only expected of who has lost it. */
const NETWORK = /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|FAILED|NETWORK_CHANGED)|WebSocket connection to/;

/** What the browser says where the client is not kept. */
const NOT_KEPT = /Service Worker registration blocked by Playwright/;
/** The browser keeps the client, as everybody's does: a worker fetches all of it, which costs a test a second. */
export const KEEPS_CLIENT: BrowserContextOptions = { serviceWorkers: "allow" };

export const SAVED = "Lagret på tjeneren";

export class Person {
  /** Console errors this test expects of the browser itself. */
  readonly expected: RegExp[] = [FIRST_VISIT, NOT_KEPT];
  private readonly said: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    /** The tab in front. */
    readonly page: Page,
    readonly name: string,
    private readonly server: Server,
    private readonly cable: Cable,
  ) {}

  static async with(browser: Browser, name: string, server: Server, options: BrowserContextOptions): Promise<Person> {
    const cable = await Cable.to(server.origin);
    const context = await browser.newContext({ proxy: cable.proxy, serviceWorkers: "block", ...options });
    const person = new Person(context, await context.newPage(), name, server, cable);
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) =>
        console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
      );
    });
    person.watch(person.page);
    return person;
  }

  /** Another tab of the same browser. */
  async tab(): Promise<Person> {
    const other = new Person(this.context, await this.context.newPage(), this.name, this.server, this.cable);
    other.watch(other.page, this.said);
    other.expected.push(...this.expected);
    return other;
  }

  /** What the console complained about, without what was expected. */
  complaints(): string[] {
    return this.said.filter((line) => !this.expected.some((fine) => fine.test(line))).map((line) => `${this.name}: ${line}`);
  }

  /** From here on the network may be gone, and the browser says so in the console. */
  losesNetwork(): void {
    this.expected.push(NETWORK);
  }

  /** From here on the server may say no, and the browser logs that. */
  losesAccess(): void {
    this.expected.push(/status of 40[134] .*\/api\/v1\//);
  }

  async enter(link: string, group = "Kommune"): Promise<void> {
    await this.page.goto(link);
    await this.page.getByLabel("Hva skal vi kalle deg?").fill(this.name);
    await this.page.getByRole("radio", { name: group, exact: true }).check();
    await this.page.getByRole("button", { name: `Bli med som ${this.name}` }).click();
    await this.page.waitForURL(/\/w\/[0-9a-z]{16}$/);
    await expect(this.save).toContainText(SAVED);
  }

  /** Opens a screen of the example workshop by its address. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.server.origin}/w/${this.server.links.workshop}${path}`);
  }

  /** Opens a case by its name, from the table. */
  async openCase(name: string): Promise<void> {
    await this.open("/eksempler");
    await this.page.getByRole("searchbox", { name: "Søk i eksempler" }).fill(name);
    // Rows move as the search takes hold, and a click would land where the row was.
    await expect(this.page.getByText(/^Viser \d+ av 48$/)).toBeVisible();
    await this.page.getByRole("link", { name }).click();
    await expect(this.description).toBeVisible();
    await expect(this.save).toContainText(SAVED);
  }

  /** Opens the case somebody else has before them. */
  async follow(other: Person): Promise<void> {
    await this.page.goto(other.page.url());
    await expect(this.description).toBeVisible();
    await expect(this.save).toContainText(SAVED);
  }

  /** Follows what the indicator says of edits that were refused. */
  async openCopies(): Promise<void> {
    await expect(this.save).toContainText("1 kopi ble ikke tatt imot. Se hvorfor");
    await this.save.click();
    await expect(this.page.getByRole("heading", { name: "Kopier som ikke ble tatt imot" })).toBeVisible();
  }

  /** As a facilitator on the people page: gives somebody these roles and no others. */
  async setRoles(name: string, ...roles: string[]): Promise<void> {
    const button = this.page.getByRole("button", { name: `Endre rollene til ${name}` });
    await button.click();
    const form = this.page.getByRole("group", { name: `Roller for ${name}` });
    for (const checked of await form.getByRole("checkbox", { checked: true }).all()) await checked.uncheck();
    for (const role of roles) await form.getByRole("checkbox", { name: new RegExp(`^${role}`) }).check();
    await this.page.getByRole("button", { name: "Lagre" }).click();
    await expect(button).toContainText(roles.join(", "));
    await expect(form).toBeHidden();
  }

  /** From here on the network is an office's, whose proxy refuses WebSockets. */
  refusesSockets(): void {
    this.expected.push(/WebSocket connection to .* failed/);
    this.cable.refuseSockets();
  }

  /** Takes the network away, the open socket included. */
  async goOffline(): Promise<void> {
    this.losesNetwork();
    this.cable.pull();
    await this.context.setOffline(true);
    await expect(this.save).toContainText("Frakoblet");
  }

  /** Takes the API and the socket away, while the web client itself can still be fetched. */
  async loseServer(): Promise<void> {
    this.losesNetwork();
    this.cable.pull("pages");
    await expect(this.save).toContainText("Frakoblet");
  }

  async goOnline(): Promise<void> {
    this.cable.mend();
    await this.context.setOffline(false);
  }

  /** Connects at once instead of after the wait. */
  async reconnect(): Promise<void> {
    await this.page.evaluate(() => dispatchEvent(new Event("online")));
  }

  async leave(): Promise<void> {
    await this.context.close();
    await this.cable.close();
  }

  /** Puts the caret before the first occurrence of some words of a field. */
  async caretBefore(field: Locator, words: string): Promise<void> {
    await field.evaluate((area: HTMLTextAreaElement, at) => {
      const index = area.value.indexOf(at);
      if (index < 0) throw new Error(`«${at}» is not in the field`);
      area.focus();
      area.setSelectionRange(index, index);
    }, words);
  }

  async caret(field: Locator): Promise<string> {
    return field.evaluate((area: HTMLTextAreaElement) => area.value.slice(0, area.selectionStart));
  }

  async appendTo(field: Locator, text: string): Promise<void> {
    await field.focus();
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.type(text);
  }

  get save(): Locator {
    return this.page.locator("header .save");
  }
  /** That the network makes it slower. */
  get slow(): Locator {
    return this.page.getByRole("status").filter({ hasText: "stenger for den raske linja" });
  }
  get description(): Locator {
    return this.field("Beskrivelse");
  }
  field(label: string): Locator {
    return this.page.getByRole("textbox", { name: label, exact: true });
  }

  private watch(page: Page, into = this.said): void {
    page.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      into.push(`${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => into.push(`uncaught ${error.message}`));
  }
}
