/**
 * Lines in front of the test server (rules B1–B7): each is a socket to it. Any request, and any answer, may be lost.
 */

import { pack, unpack } from "../../src/sync/packet";
import { openSocket } from "./server";
import type { TestServer } from "./server";

interface Line {
  socket: WebSocket;
  opened: Promise<void>;
  taken: number;
  /** The number of the first frame that has not come. */
  first: number;
  unread: Uint8Array[];
  end: number | undefined;
  question: number;
  /** Wakes the question that is held. */
  wake: () => void;
}

export class TestLines {
  /** What of the next request to a line is lost. */
  lose: (method: string) => "request" | "answer" | undefined = () => undefined;
  /** Questions that are held at this moment, and the most there ever were. */
  held = 0;
  held_max = 0;
  private readonly lines = new Map<string, Line>();

  constructor(private readonly server: TestServer) {}

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const url = new URL(String(input), "http://test");
    const [, id] = /\/line(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    if (!url.pathname.includes("/line")) return this.server.fetch(input, init);
    await Promise.resolve();
    const method = init.method ?? "GET";
    const lost = this.lose(method);
    if (init.signal?.aborted || lost === "request") throw new TypeError("the request was lost");
    // A server that is gone answers nothing.
    await this.server.fetch("/api/v1/session");
    const answer = await this.answer(method, id, url.searchParams, init);
    if (lost === "answer") throw new TypeError("the answer was lost");
    return answer;
  };

  private answer(
    method: string,
    id: string | undefined,
    query: URLSearchParams,
    { body, signal }: RequestInit,
  ): Response | Promise<Response> {
    if (!id) return Response.json({ line: this.open() }, { status: 201 });
    const line = this.lines.get(id);
    if (!line) return new Response("{}", { status: 404 });
    if (method === "POST") return this.take(line, Number(query.get("n")), body as Uint8Array<ArrayBuffer>);
    if (method === "GET")
      return this.ask(line, Number(query.get("after")), Number(query.get("wait_ms")), signal);
    line.socket.close(1000);
    this.lines.delete(id);
    return new Response(null, { status: 204 });
  }

  private open(): string {
    const id = crypto.randomUUID().replaceAll("-", "");
    const socket = openSocket(this.server.url);
    socket.binaryType = "arraybuffer";
    const opened = new Promise<void>((resolve) => (socket.onopen = () => resolve()));
    const line: Line = {
      socket,
      opened,
      taken: 0,
      first: 1,
      unread: [],
      end: undefined,
      question: 0,
      wake: () => undefined,
    };
    socket.onmessage = ({ data }: MessageEvent) => {
      line.unread.push(new Uint8Array(data as ArrayBuffer));
      line.wake();
    };
    socket.onclose = ({ code }) => {
      line.end = code;
      line.wake();
    };
    socket.onerror = () => undefined;
    this.lines.set(id, line);
    return id;
  }

  private async take(line: Line, number: number, body: Uint8Array<ArrayBuffer>): Promise<Response> {
    await line.opened;
    if (number !== line.taken && number !== line.taken + 1) return new Response("{}", { status: 400 });
    const again = number === line.taken;
    line.taken = number;
    if (!again) for (const frame of unpack(body.slice().buffer).frames) line.socket.send(frame);
    return new Response(null, { status: 204 });
  }

  private async ask(line: Line, after: number, wait_ms: number, signal?: AbortSignal | null): Promise<Response> {
    const came = after - line.first + 1;
    if (came < 0 || came > line.unread.length) return new Response("{}", { status: 400 });
    line.unread.splice(0, came);
    line.first = after + 1;
    const mine = ++line.question;
    line.wake();
    const news = (): boolean => line.unread.length > 0 || line.end !== undefined || line.question !== mine;
    if (wait_ms > 0) this.held_max = Math.max(this.held_max, ++this.held);
    await this.until(line, news, wait_ms, signal);
    if (wait_ms > 0) this.held--;
    if (signal?.aborted) throw new TypeError("nobody waits for the answer");
    if (line.question !== mine || !news()) return new Response(null, { status: 204 });
    return new Response(body(line), { headers: { "content-type": "application/octet-stream" } });
  }

  private until(line: Line, news: () => boolean, wait_ms: number, signal?: AbortSignal | null): Promise<void> {
    if (news() || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(late);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const late = setTimeout(done, wait_ms);
      signal?.addEventListener("abort", done);
      line.wake = () => news() && done();
    });
  }
}

function body({ unread, end }: Line): Uint8Array<ArrayBuffer> {
  const frames = pack(unread);
  if (end === undefined) return frames;
  const code = Uint8Array.of(1, 0, 0, 0, 2, end >> 8, end & 0xff);
  const all = new Uint8Array(frames.length + code.length);
  all.set(frames);
  all.set(code, frames.length);
  return all;
}
