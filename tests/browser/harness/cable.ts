// A network cable that can be pulled: a proxy between one person's browser and the server.
// The browser's own offline mode leaves open sockets alone; pulling the cable does not.
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";

/** `pages`: the web client itself can be fetched, but neither its API nor its socket. */
type Reach = "all" | "pages" | "nothing";

export class Cable {
  private reach: Reach = "all";
  private sockets = true;
  private readonly open = new Set<Socket>();
  private readonly server: Server;

  private constructor(private readonly target: URL) {
    this.server = createServer((asked, answer) => this.forward(asked, answer));
    this.server.on("connection", (socket: Socket) => this.keep(socket));
    this.server.on("connect", (_asked: IncomingMessage, socket: Socket) => this.tunnel(socket));
  }

  static async to(origin: string): Promise<Cable> {
    const cable = new Cable(new URL(origin));
    await new Promise<void>((resolve) => cable.server.listen(0, "127.0.0.1", resolve));
    return cable;
  }

  /** The browser's proxy setting; without the exception it would go past the proxy to this machine. */
  get proxy(): { server: string; bypass: string } {
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("the cable is gone");
    return { server: `http://127.0.0.1:${address.port}`, bypass: "<-loopback>" };
  }

  pull(left: Reach = "nothing"): void {
    this.reach = left;
    this.open.forEach((socket) => socket.destroy());
  }

  mend(): void {
    this.reach = "all";
  }

  /** From here on it is the proxy of an office: it passes on plain requests, and refuses what WebSockets need. */
  refuseSockets(): void {
    this.sockets = false;
  }

  async close(): Promise<void> {
    this.open.forEach((socket) => socket.destroy());
    await new Promise((resolve) => this.server.close(resolve));
  }

  private forward(asked: IncomingMessage, answer: ServerResponse): void {
    const path = (asked.url ?? "/").replace(/^http:\/\/[^/]+/, "");
    if (this.reach === "nothing" || (this.reach === "pages" && path.startsWith("/api/"))) {
      asked.socket.destroy();
      return;
    }
    const { hostname, port } = this.target;
    // A connection of its own: one that is kept could be closed by the server as it is taken again.
    const to = { hostname, port, path, method: asked.method, headers: asked.headers, agent: false };
    const onward = request(to, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.on("error", () => asked.socket.destroy());
    answer.on("close", () => onward.destroy());
    asked.pipe(onward);
  }

  private tunnel(socket: Socket): void {
    if (!this.sockets) {
      socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return;
    }
    if (this.reach !== "all") {
      socket.destroy();
      return;
    }
    const onward = connect(Number(this.target.port), this.target.hostname, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    this.keep(onward);
    socket.on("close", () => onward.destroy());
    onward.on("close", () => socket.destroy());
  }

  private keep(socket: Socket): void {
    this.open.add(socket);
    // A pulled cable resets what was on it.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.open.delete(socket));
  }
}
