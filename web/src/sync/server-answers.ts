/** The lists read by HTTP: catalogue and people, kept for the next time without a network. */

import type { Audience, Grant, Role } from "../generated/domain";
import type { Reach } from "./connection";
import type { Platform } from "./platform";
import type { Storage } from "./storage";
import { Cell, sameJson } from "./store";
import type { CatalogueEntry, Person, Right, Session } from "./types";

export type Answer = "read" | "no-session" | "no-network" | "refused";

/** One list: read on demand, one request at a time, and stored. */
class List<T> {
  readonly cell = new Cell<readonly T[]>([], sameJson);
  /** Whether the server has answered since the page was opened. */
  fresh = false;
  private running: Promise<Answer> | undefined;
  private next: Promise<Answer> | undefined;

  constructor(
    private readonly name: string,
    private readonly url: string,
    private readonly parse: (answer: unknown) => T[],
    private readonly storage: Storage,
    private readonly platform: Platform,
  ) {}

  async recall(): Promise<void> {
    const kept = await this.storage.value(this.name);
    if (kept !== undefined && !this.fresh) this.cell.set(this.parse(kept));
  }

  /** Reads it as it is from this moment on: a request under way may have been answered too early. */
  read(): Promise<Answer> {
    if (!this.running) {
      this.running = this.ask().finally(() => (this.running = undefined));
      return this.running;
    }
    this.next ??= this.running.then(() => {
      this.next = undefined;
      return this.read();
    });
    return this.next;
  }

  private async ask(): Promise<Answer> {
    const answer = await getJson(this.platform, this.url);
    if (answer.kind !== "read") return answer.kind;
    this.fresh = true;
    this.cell.set(this.parse(answer.body));
    // A list that was not stored is only missing offline.
    await this.storage.write({ values: [{ name: this.name, value: answer.body }] }).catch(() => undefined);
    return "read";
  }
}

export class ServerAnswers {
  readonly catalogue: List<CatalogueEntry>;
  readonly people: List<Person>;

  constructor(
    private readonly session: Session,
    storage: Storage,
    private readonly platform: Platform,
  ) {
    const base = `${session.api}/workshops/${session.workshop}`;
    this.catalogue = new List("catalogue", `${base}/documents`, readCatalogue, storage, platform);
    this.people = new List("people", `${base}/people`, readPeople, storage, platform);
  }

  /** Whether the server answers, and still takes this browser for this participant. */
  async reach(): Promise<Reach> {
    const answer = await getJson(this.platform, `${this.session.api}/session`);
    if (answer.kind === "no-session") return "over";
    if (answer.kind !== "read") return "gone";
    const ids = list(answer.body, "participants").map((one) => text(one, "id"));
    return ids.includes(this.session.participant) ? "there" : "over";
  }
}

export async function getJson(
  platform: Pick<Platform, "fetch">,
  url: string,
): Promise<{ kind: "read"; body: unknown } | { kind: Exclude<Answer, "read"> }> {
  try {
    const response = await platform.fetch(url, {
      credentials: "same-origin",
      headers: { accept: "application/json" },
    });
    if (response.status === 401) return { kind: "no-session" };
    return response.ok ? { kind: "read", body: await response.json() } : { kind: "refused" };
  } catch {
    return { kind: "no-network" };
  }
}

function readCatalogue(answer: unknown): CatalogueEntry[] {
  return list(answer, "documents").map((one) => ({
    subject: text(one, "subject"),
    document: text(one, "document"),
    kind: text(one, "kind"),
    audience: text(one, "audience") as Audience,
    state: text(one, "state") as CatalogueEntry["state"],
    may: texts(one, "may") as Right[],
    ...("code" in one ? { code: text(one, "code") } : {}),
    ...("about" in one ? { about: text(one, "about") } : {}),
    ...(typeof one["report"] === "number" ? { report: one["report"] } : {}),
    ...mergedOf(one["merged"]),
  }));
}

function mergedOf(merged: unknown): Pick<CatalogueEntry, "merged"> {
  if (typeof merged !== "object" || merged === null) return {};
  const of = merged as Record<string, unknown>;
  return { merged: { into: text(of, "into"), import: text(of, "import") } };
}

function readPeople(answer: unknown): Person[] {
  return list(answer, "people").map((one) => ({
    participant: text(one, "participant"),
    name: text(one, "name"),
    actor_group: text(one, "actor_group"),
    organisation: text(one, "organisation") || null,
    roles: texts(one, "roles") as Role[],
    grants: texts(one, "grants") as Grant[],
    here: one["here"] === true,
    ...("waits_for" in one ? { waits_for: texts(one, "waits_for") } : {}),
  }));
}

function list(answer: unknown, key: string): Record<string, unknown>[] {
  const value =
    typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>)[key] : undefined;
  return Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : [];
}

function text(one: Record<string, unknown>, key: string): string {
  const value = one[key];
  return typeof value === "string" ? value : "";
}

function texts(one: Record<string, unknown>, key: string): string[] {
  const value = one[key];
  return Array.isArray(value) ? value.filter((part) => typeof part === "string") : [];
}
