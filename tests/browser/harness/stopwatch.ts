// What a page notes while somebody types: keys, stored and sent, received and shown. Times are ms since 1970.
import type { Locator, Page } from "@playwright/test";

export type Moment = "key" | "handled" | "stored" | "sent" | "received" | "shown" | "painted";

export interface Note {
  what: Moment;
  at_ms: number;
  /** Characters of the watched field, or how long the storing took. */
  n: number;
}

interface Watching {
  watched: Element | undefined;
  notes: Note[];
}

/** Put into a page before its scripts run. */
export function installStopwatch(): void {
  const self: Watching = { watched: undefined, notes: [] };
  Object.assign(window, { stopwatch: self });
  const now_ms = (): number => performance.timeOrigin + performance.now();
  const note = (what: Moment, n = 0, at_ms = now_ms()): void => void self.notes.push({ what, at_ms, n });
  const isSync = (data: unknown): boolean =>
    ArrayBuffer.isView(data) || data instanceof ArrayBuffer
      ? /type.sync/.test(new TextDecoder("latin1").decode(data).slice(0, 200))
      : false;

  addEventListener("keydown", ({ timeStamp }) => note("key", 0, performance.timeOrigin + timeStamp), { capture: true });
  addEventListener("input", () => note("handled"));
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", ({ data }) => isSync(data) && note("received"));
    }
    override send(data: Parameters<WebSocket["send"]>[0]): void {
      super.send(data);
      if (isSync(data)) note("sent");
    }
  };
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...args: Parameters<typeof begin>) {
    const begun_ms = now_ms();
    const transaction = begin.apply(this, args);
    if (args[1] === "readwrite") transaction.addEventListener("complete", () => note("stored", now_ms() - begun_ms));
    return transaction;
  };
  const shown = (element: HTMLTextAreaElement): void => {
    if (element !== self.watched) return;
    const length = element.value.length;
    note("shown", length);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => note("painted", length);
    requestAnimationFrame(() => port2.postMessage(0));
  };
  const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")!;
  Object.defineProperty(HTMLTextAreaElement.prototype, "value", {
    ...value,
    set(this: HTMLTextAreaElement, text: string) {
      value.set?.call(this, text);
      shown(this);
    },
  });
  const { setRangeText } = HTMLTextAreaElement.prototype;
  HTMLTextAreaElement.prototype.setRangeText = function (...args: unknown[]) {
    setRangeText.apply(this, args as Parameters<typeof setRangeText>);
    shown(this);
  };
}

export async function watch(field: Locator): Promise<void> {
  await field.evaluate((element) => {
    const self = (window as unknown as { stopwatch: Watching }).stopwatch;
    self.watched = element;
    self.notes = [];
  });
}

export async function notesOf(page: Page): Promise<Note[]> {
  return page.evaluate(() => (window as unknown as { stopwatch: Watching }).stopwatch.notes);
}

/** For each key: how long each part of its way took, in ms. */
export interface Way {
  /** Until the own page is done with it. */
  handled: number;
  sent: number;
  received: number;
  shown: number;
  painted: number;
  /** From the key to the frame that shows it. */
  whole: number;
}

/** The way of each key from the page where it was pressed to the page that shows `before` characters more each. */
export function waysOf(typist: readonly Note[], reader: readonly Note[], before: number): Way[] {
  const first = (notes: readonly Note[], test: (note: Note) => boolean): number => notes.find(test)?.at_ms ?? NaN;
  return typist
    .filter(({ what }) => what === "key")
    .map((key, i) => {
      const handled = first(typist, ({ what, at_ms }) => what === "handled" && at_ms >= key.at_ms);
      const sent = first(typist, ({ what, at_ms }) => what === "sent" && at_ms >= key.at_ms);
      const shown = first(reader, ({ what, n }) => what === "shown" && n > before + i);
      const painted = first(reader, ({ what, n }) => what === "painted" && n > before + i);
      const received = reader.findLast(({ what, at_ms }) => what === "received" && at_ms <= shown)?.at_ms ?? NaN;
      return {
        handled: handled - key.at_ms,
        sent: sent - key.at_ms,
        received: received - sent,
        shown: shown - received,
        painted: painted - shown,
        whole: painted - key.at_ms,
      };
    });
}

/** A row of a table: the name, then p50, p90 and p99. */
export function row(name: string, values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN).toFixed(1);
  return `| ${name} | ${at(0.5)} | ${at(0.9)} | ${at(0.99)} |`;
}
