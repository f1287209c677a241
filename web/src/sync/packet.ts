/** Several frames in one body of HTTP, as `server/src/connection/packet.rs` reads and writes them. */

const HEAD_BYTES = 5;
const FRAME = 0;

/** What a line gave: frames, and the close code where it has ended. */
export interface Packet {
  frames: Uint8Array<ArrayBuffer>[];
  end: number | undefined;
}

export function pack(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(frames.reduce((bytes, frame) => bytes + HEAD_BYTES + frame.length, 0));
  const view = new DataView(body.buffer);
  let at = 0;
  for (const frame of frames) {
    body[at] = FRAME;
    view.setUint32(at + 1, frame.length);
    body.set(frame, at + HEAD_BYTES);
    at += HEAD_BYTES + frame.length;
  }
  return body;
}

/** Throws where the body is none: something between here and the server wrote another. */
export function unpack(body: ArrayBuffer): Packet {
  const view = new DataView(body);
  const packet: Packet = { frames: [], end: undefined };
  for (let at = 0; at < body.byteLength;) {
    const [kind, bytes] = [view.getUint8(at), view.getUint32(at + 1)];
    at += HEAD_BYTES;
    if (at + bytes > body.byteLength) throw new RangeError("a packet that is cut short");
    if (kind === FRAME) packet.frames.push(new Uint8Array(body.slice(at, at + bytes)));
    else packet.end = view.getUint16(at);
    at += bytes;
  }
  return packet;
}
