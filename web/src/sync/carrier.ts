/** What carries the frames of one connection: a WebSocket, or a line where those are blocked. */

/** The part of WebSocket that a connection uses. */
export interface Carrier {
  readonly readyState: number;
  /** Bytes that were sent here and have not left. */
  readonly bufferedAmount: number;
  binaryType: BinaryType;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  onerror: ((event: Event) => void) | null;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
}

export type CarrierKind = "socket" | "line";

/** Of `readyState`. */
export const OPEN = 1;
/** The close code of what ended without one. */
export const LOST = 1006;
