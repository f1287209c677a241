// Typed requests to the server. What goes wrong is a `Problem` with a stable kind.

/** Why a request has no answer; `kind` is the last part of the problem's type, or `unreachable`. */
export class Problem extends Error {
  readonly kind: string;
  readonly status: number;
  readonly detail: string | undefined;
  /** Of a file that could not be read: the word for what is wrong with it. */
  readonly why: string | undefined;

  constructor(kind: string, status: number, title: string, detail?: string, why?: string) {
    super(title);
    this.kind = kind;
    this.status = status;
    this.detail = detail;
    this.why = why;
  }
}

export const API = "/api/v1";

interface Options {
  method?: string;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, with `headers` naming its type. */
  body?: BodyInit;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Asks the server and reads its JSON; 204 gives undefined. */
export async function request<T>(path: string, options: Options = {}): Promise<T> {
  const response = await send(path, options);
  if (response.status === 204) return undefined as T;
  return readJson<T>(response);
}

/** Asks for something that may be unchanged; `unchanged` when the tag still holds. */
export async function requestIfChanged<T>(
  path: string,
  tag: string | undefined,
): Promise<Tagged<T> | "unchanged"> {
  const response = await send(path, tag ? { headers: { "If-None-Match": tag } } : {}, [304]);
  if (response.status === 304) return "unchanged";
  return { value: await readJson<T>(response), tag: response.headers.get("ETag") ?? undefined };
}

export interface Tagged<T> {
  value: T;
  tag: string | undefined;
}

/** A fresh key under which a command is done once, however often it is sent. */
export function idempotencyKey(): string {
  return (
    crypto.randomUUID?.() ??
    [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16)).join("")
  );
}

async function send(path: string, options: Options, alsoFine: number[] = []): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang,
    ...options.headers,
  };
  if (options.json !== undefined) headers["Content-Type"] = "application/json";
  const init: RequestInit = {
    method: options.method ?? "GET",
    headers,
    credentials: "same-origin",
    cache: "no-store",
  };
  if (options.json !== undefined) init.body = JSON.stringify(options.json);
  else if (options.body !== undefined) init.body = options.body;
  if (options.signal) init.signal = options.signal;
  let response: Response;
  try {
    response = await fetch(API + path, init);
  } catch (error) {
    throw new Problem("unreachable", 0, String(error));
  }
  if (response.ok || alsoFine.includes(response.status)) return response;
  throw await problemOf(response);
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as { type?: string; title?: string; detail?: string; why?: string };
    const kind = body.type?.split("/").pop() ?? "unexpected";
    return new Problem(kind, response.status, body.title ?? "", body.detail, body.why);
  } catch {
    return new Problem(response.status >= 502 ? "unreachable" : "unexpected", response.status, "");
  }
}

async function readJson<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch {
    throw new Problem("unexpected", response.status, "");
  }
}
