// Makes a case a year old: a stock sync client writes into it as thousands of tabs would have, each as an actor of its own.
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type * as Automerge from "../../../web/node_modules/@automerge/automerge";

const web = createRequire(new URL("../../../web/package.json", import.meta.url));
const A = web("@automerge/automerge") as typeof Automerge;
const { Encoder } = web("cbor-x") as { Encoder: new (options: object) => { encode(value: unknown): Buffer; decode(bytes: Buffer): Record<string, unknown> } };
const { WebSocket } = web("ws") as { WebSocket: new (url: string, options: object) => Socket };

interface Socket {
  send(bytes: Uint8Array): void;
  close(): void;
  on(event: "open" | "message" | "close", listener: (bytes: Buffer) => void): void;
}
type Case = { texts: { description: string } };

/** Each of `actors` writes two letters into the description; resolves when the server has them on disk. */
export async function grow(page: Page, origin: string, subject: string, actors: number): Promise<void> {
  const workshop = /\/w\/([0-9a-z]+)/.exec(page.url())![1]!;
  const answer = await page.request.get(`${origin}/api/v1/workshops/${workshop}/documents`);
  const { documents } = (await answer.json()) as { documents: { subject: string; document: string }[] };
  const documentId = documents.find((one) => one.subject === subject)!.document;
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const socket = new WebSocket(`${origin.replace("http", "ws")}/sync?workshop=${workshop}`, { headers: { cookie, origin } });
  const cbor = new Encoder({ tagUint8Array: false, useRecords: false });
  let doc = A.init<Case>();
  let state = A.initSyncState();
  let server = "";
  let grown = false;
  const send = (message: object): void => socket.send(cbor.encode({ senderId: "old-case", targetId: server, ...message }));
  const talk = (): void => {
    const [next, data] = A.generateSyncMessage(doc, state);
    state = next;
    if (data) send({ type: A.getHeads(doc).length === 0 ? "request" : "sync", documentId, data });
  };
  await new Promise<void>((resolve, reject) => {
    socket.on("close", () => reject(new Error("the server closed the connection")));
    socket.on("open", () => send({ type: "join", peerMetadata: {}, supportedProtocolVersions: ["1"] }));
    socket.on("message", (bytes) => {
      const frame = cbor.decode(bytes);
      if (frame["type"] === "peer") server = String(frame["senderId"]);
      else if (frame["type"] !== "sync" || frame["documentId"] !== documentId) return;
      else [doc, state] = A.receiveSyncMessage(doc, state, frame["data"] as Uint8Array);
      if (!grown && A.getHeads(doc).length > 0) {
        grown = true;
        doc = written(doc, actors);
      } else if (grown && state.theirHeads?.join() === A.getHeads(doc).join()) resolve();
      talk();
    });
  });
  socket.close();
}

/** Written as changes, not in a document: a copy of it for each actor would take minutes. */
function written(doc: ReturnType<typeof A.init<Case>>, actors: number): typeof doc {
  const obj = A.getObjectId(doc.texts, "description")!;
  let startOp = Math.max(...A.getChangesMetaSince(doc, []).map(({ maxOp }) => maxOp)) + 1;
  let deps: string[] = [...A.getHeads(doc)];
  const changes: Automerge.Change[] = [];
  for (let i = 0; i < actors; i++) {
    const actor = randomBytes(16).toString("hex");
    for (const [seq, value] of ["å", " "].entries()) {
      const ops = [{ action: "set", obj, elemId: "_head", insert: true, value, pred: [] }];
      const change = A.encodeChange({ actor, seq: seq + 1, startOp: startOp++, time: 0, message: null, deps, ops } as never);
      deps = [A.decodeChange(change).hash];
      changes.push(change);
    }
  }
  return A.applyChanges(doc, changes)[0];
}
