/** The socket's frames: one CBOR map each (docs/protocol.md, section W). */

// The build that compiles no code at run time: the content security policy forbids that (rule H6).
import { Encoder } from "cbor-x/index-no-eval";
import type { Reason } from "./types";

/** The schema of documents this client edits; `schema` in `shared/src/limits.rs`. */
export const SCHEMA = 1;

export type FromServer =
  | { type: "peer"; senderId: string }
  | { type: "error"; message: string }
  | { type: "sync"; documentId: string; data: Uint8Array }
  | { type: "doc-unavailable"; documentId: string }
  | { type: "ephemeral"; senderId: string; documentId: string; data: Uint8Array }
  | { type: "catalogue" | "rights" | "reload" | "people"; n: number }
  | { type: "view"; n: number; view: string }
  | { type: "refused"; n: number; documentId: string; hashes: string[]; reason: Reason };

export type ToServer =
  | {
      type: "join";
      peerMetadata: { isEphemeral: boolean };
      supportedProtocolVersions: ["1"];
      samverk: 1;
      schema: number;
    }
  | { type: "sync" | "request"; documentId: string; data: Uint8Array }
  | { type: "claim"; documentId: string; actor: string }
  | { type: "ephemeral"; documentId: string; count: number; sessionId: string; data: Uint8Array };

const cbor = new Encoder({ tagUint8Array: false, useRecords: false });

export function encode(value: unknown): Uint8Array<ArrayBuffer> {
  const bytes = cbor.encode(value);
  const own = new Uint8Array(bytes.byteLength);
  own.set(bytes);
  return own;
}

export function decode(bytes: Uint8Array): unknown {
  return cbor.decode(bytes);
}

/** The frame in these bytes; undefined for a type this client does not know. */
export function readFrame(bytes: Uint8Array): FromServer | undefined {
  const map = decode(bytes);
  if (typeof map !== "object" || map === null) return undefined;
  const frame = map as Record<string, unknown>;
  const text = (key: string): string => (typeof frame[key] === "string" ? frame[key] : "");
  const n = typeof frame["n"] === "number" ? frame["n"] : 0;
  const data = frame["data"] instanceof Uint8Array ? frame["data"] : new Uint8Array();
  const documentId = text("documentId");
  const type = text("type");
  switch (type) {
    case "peer":
      return { type, senderId: text("senderId") };
    case "error":
      return { type, message: text("message") };
    case "sync":
    case "request":
      return { type: "sync", documentId, data };
    case "doc-unavailable":
      return { type, documentId };
    case "ephemeral":
      return { type, documentId, senderId: text("senderId"), data };
    case "catalogue":
    case "rights":
    case "reload":
    case "people":
      return { type, n };
    case "view":
      return { type, n, view: text("view") };
    case "refused":
      return { type, n, documentId, hashes: hashes(frame["hashes"]), reason: text("reason") as Reason };
    default:
      return undefined;
  }
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hashes(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((hash) => hash instanceof Uint8Array).map(toHex);
}
