/** A line: a connection by plain requests, in the shape of a WebSocket (rules B1–B7). */

import { LIMITS } from "../generated/domain";
import { type Carrier, LOST, OPEN } from "./carrier";
import { pack, unpack } from "./packet";
import type { Platform } from "./platform";
import { inTurn } from "./turns";

const FRAMES = "application/octet-stream";
/** A request that gets no answer is made again so often, then the line counts as lost. */
const TRIES_MAX = 4;
/** How long beyond the time it may be held a question is waited for. */
const LATE_MS_MAX = 10_000;
/** How long frames may take to be taken: a whole document over a slow network. */
const SEND_MS_MAX = 120_000;
/** Bytes of frames in one request, beyond a single larger frame: as much as the server answers with. */
const REQUEST_BYTES_MAX = LIMITS.line_answer_bytes_max;
const SESSION_OVER = 1008;
/** How long a refusal waits for the server's close code, which says more. */
const TOLD_MS_MAX = 2_000;

/** The server's own word that this request gets no other answer. */
class Refused extends Error {
  constructor(readonly status: number) {
    super(`the line answers ${status}`);
  }
}

export class Line implements Carrier {
  readyState: number = 0;
  bufferedAmount = 0;
  binaryType: BinaryType = "arraybuffer";
  onopen: Carrier["onopen"] = null;
  onmessage: Carrier["onmessage"] = null;
  onclose: Carrier["onclose"] = null;
  onerror: Carrier["onerror"] = null;

  private readonly stop = new AbortController();
  private readonly waiting: Uint8Array[] = [];
  private address = "";
  private requests = 0;
  private came = 0;
  private sending = false;

  /** `base` is where lines are opened: `…/workshops/{w}/line`. */
  constructor(
    private readonly base: string,
    private readonly platform: Pick<Platform, "fetch" | "locks" | "retry_ms_min">,
  ) {
    globalThis.addEventListener?.("pagehide", this.leave);
    void this.run();
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.readyState !== OPEN) return;
    this.waiting.push(bytes);
    this.bufferedAmount += bytes.length;
    void this.bring();
  }

  close(code = 1000): void {
    this.leave();
    this.end(code);
  }

  private async run(): Promise<void> {
    try {
      const opened = await this.request(this.base, { method: "POST" }, LATE_MS_MAX);
      if (opened.status !== 201) throw new Refused(opened.status);
      const { line } = (await opened.json()) as { line: string };
      this.address = `${this.base}/${line}`;
      if (this.readyState !== 0) return this.leave();
      this.readyState = OPEN;
      this.onopen?.(new Event("open"));
      while (this.readyState === OPEN) await this.ask();
    } catch (error) {
      this.fail(error);
    }
  }

  /** One question, until it is answered, and what the answer holds. */
  private async ask(): Promise<void> {
    const { frames, end } = await inTurn(this.platform.locks, (hold_ms) =>
      this.persist(async () => {
        const query = `?after=${this.came}&wait_ms=${hold_ms}`;
        const answer = await this.request(this.address + query, {}, hold_ms + LATE_MS_MAX);
        if (answer.status === 204) return { frames: [], end: undefined };
        if (answer.status !== 200) throw new Refused(answer.status);
        // A gateway that wants a login answers with a page of its own.
        if (answer.headers.get("content-type") !== FRAMES) throw new TypeError("not the server's answer");
        return unpack(await answer.arrayBuffer());
      }),
    );
    for (const data of frames) {
      if (this.readyState !== OPEN) return;
      this.came++;
      this.deliver(data.buffer);
    }
    if (end !== undefined) this.end(end);
  }

  /** As with a socket, what a listener throws ends nothing. */
  private deliver(data: ArrayBuffer): void {
    try {
      this.onmessage?.(new MessageEvent("message", { data }));
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  /** Brings what waits, one request at a time. */
  private async bring(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    // What is sent in the same turn of the event loop goes together.
    await Promise.resolve();
    try {
      while (this.waiting.length > 0 && this.readyState === OPEN) await this.bringSome();
      this.sending = false;
    } catch (error) {
      // What the server refuses ends the line, and the question that is held is told why. Something between here and
      // the server may have refused it instead.
      setTimeout(() => this.fail(error), error instanceof Refused ? TOLD_MS_MAX : 0);
    }
  }

  private async bringSome(): Promise<void> {
    const frames: Uint8Array[] = [];
    let bytes = 0;
    for (const frame of this.waiting) {
      if (frames.length > 0 && bytes + frame.length > REQUEST_BYTES_MAX) break;
      if (frames.length === LIMITS.line_frames_max) break;
      frames.push(frame);
      bytes += frame.length;
    }
    this.waiting.splice(0, frames.length);
    const body = pack(frames);
    const url = `${this.address}?n=${++this.requests}`;
    await this.persist(async () => {
      const sent = { method: "POST", headers: { "content-type": FRAMES }, body };
      const answer = await this.request(url, sent, SEND_MS_MAX);
      if (answer.status !== 204) throw new Refused(answer.status);
    });
    this.bufferedAmount -= bytes;
  }

  /** Tries again what was not answered, or answered by something between here and the server. */
  private async persist<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await work();
      } catch (error) {
        const final = error instanceof Refused && error.status < 500;
        if (final || tries === TRIES_MAX || this.readyState !== OPEN) throw error;
      }
      const wait_ms = (this.platform.retry_ms_min / 16) * 2 ** tries;
      await new Promise((resolve) => setTimeout(resolve, wait_ms));
    }
  }

  private async request(url: string, init: RequestInit, wait_ms: number): Promise<Response> {
    const abort = new AbortController();
    const give_up = (): void => abort.abort();
    const late = setTimeout(give_up, wait_ms);
    this.stop.signal.addEventListener("abort", give_up);
    try {
      const answer = await this.platform.fetch(url, {
        credentials: "same-origin",
        cache: "no-store",
        ...init,
        signal: abort.signal,
      });
      // The body may be lost as well as the head.
      const body = answer.status === 204 ? null : await answer.arrayBuffer();
      return new Response(body, { status: answer.status, headers: answer.headers });
    } finally {
      clearTimeout(late);
      this.stop.signal.removeEventListener("abort", give_up);
    }
  }

  private fail(error: unknown): void {
    if (this.readyState === OPEN) this.leave();
    this.end(error instanceof Refused && error.status === 401 ? SESSION_OVER : LOST);
  }

  private end(code: number): void {
    if (this.readyState > OPEN) return;
    this.readyState = 3;
    globalThis.removeEventListener?.("pagehide", this.leave);
    this.stop.abort();
    this.bufferedAmount = 0;
    // As a socket does: who closes it is told later.
    queueMicrotask(() => this.onclose?.({ code } as CloseEvent));
  }

  /** Also when the page is left: then nothing else can be awaited. */
  private readonly leave = (): void => {
    if (!this.address) return;
    const gone = this.platform.fetch(this.address, {
      method: "DELETE",
      credentials: "same-origin",
      keepalive: true,
    });
    // A line that is not closed ends by itself.
    gone.catch(() => undefined);
  };
}
