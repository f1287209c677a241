// What a test has at hand: a server of its own, and people with browsers of their own whose consoles are watched.
import { rm } from "node:fs/promises";
import { type Browser, type BrowserContextOptions, expect, test as base } from "@playwright/test";
import { Person } from "./person.ts";
import { type Example, Server } from "./server.ts";

export { expect } from "@playwright/test";
export { Person } from "./person.ts";

interface Fixtures {
  server: Server;
  people: People;
}

/** Opens a browser for each person, and looks through what their consoles said when the test is over. */
export class People {
  private readonly all: Person[] = [];

  constructor(
    private readonly browser: Browser,
    readonly server: Server,
  ) {}

  /** Somebody with a fresh browser and no page yet. */
  async someone(name: string, options: BrowserContextOptions = {}): Promise<Person> {
    const person = await Person.with(this.browser, name, this.server, options);
    this.all.push(person);
    return person;
  }

  /** Somebody who has come in by one of the example workshop's links. */
  async join(kind: "facilitator" | "editor" | "reviewer" | "viewer", name: string, options?: BrowserContextOptions): Promise<Person> {
    const person = await this.someone(name, options);
    await person.enter(this.server.links[kind]);
    return person;
  }

  async leave(): Promise<void> {
    const complaints = this.all.flatMap((person) => person.complaints());
    await Promise.all(this.all.map((person) => person.leave()));
    expect(complaints, "what the consoles said").toEqual([]);
  }
}

export const test = base.extend<Fixtures, { example: Example }>({
  example: [
    async ({}, use) => {
      const example = await Server.example();
      await use(example);
      await rm(example.folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  server: async ({ example }, use) => {
    const server = await Server.on(example);
    await use(server);
    await server.stop();
  },
  people: async ({ browser, server }, use) => {
    const people = new People(browser, server);
    await use(people);
    await people.leave();
  },
});
