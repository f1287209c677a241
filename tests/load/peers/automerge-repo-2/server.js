// The published sync server pins automerge-repo 1.x. This is the same server on today's automerge-repo.
// usage: node server.js PORT DATADIR
import fs from "node:fs"
import http from "node:http"
import { Repo } from "@automerge/automerge-repo"
import { WebSocketServerAdapter } from "@automerge/automerge-repo-network-websocket"
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs"
import { WebSocketServer } from "ws"

const MESSAGE_BYTES_MAX = 256 * 1024 * 1024
const [port, data] = process.argv.slice(2)
fs.mkdirSync(data, { recursive: true })
const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX })
new Repo({
  network: [new WebSocketServerAdapter(sockets)],
  storage: new NodeFSStorageAdapter(data),
  peerId: "storage-server-load",
  sharePolicy: async () => false,
})
const server = http.createServer((_request, response) => response.end("ok"))
server.on("upgrade", (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, connection => sockets.emit("connection", connection, request)),
)
server.listen(Number(port), "127.0.0.1")
