// usage: node server.js PORT DATADIR
// Keeps documents in SQLite where its native module could be built, else in files.
import fs from "node:fs"
import path from "node:path"
import { Database } from "@hocuspocus/extension-database"
import { Server } from "@hocuspocus/server"

const [port, data] = process.argv.slice(2)
fs.mkdirSync(data, { recursive: true })

async function storage() {
  try {
    const { default: Sqlite } = await import("better-sqlite3")
    new Sqlite(":memory:").close()
    const { SQLite } = await import("@hocuspocus/extension-sqlite")
    return new SQLite({ database: path.join(data, "db.sqlite") })
  } catch (error) {
    console.log("no SQLite here, files instead:", error.message.split("\n")[0])
    const file = name => path.join(data, `${encodeURIComponent(name)}.yjs`)
    return new Database({
      fetch: ({ documentName }) => fs.promises.readFile(file(documentName)).catch(() => null),
      store: ({ documentName, state }) => fs.promises.writeFile(file(documentName), state),
    })
  }
}

const server = new Server({ port: Number(port), address: "127.0.0.1", quiet: true, extensions: [await storage()] })
await server.listen()
