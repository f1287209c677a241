// The real server on a free port with a data folder of its own. It can be killed hard and started again.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const BINARY = process.env["SAMVERK_BIN"] ?? new URL("../../../target/debug/samverk", import.meta.url).pathname;
const START_MS_MAX = 20_000;

/** What `serve --demo` prints about the example workshop. */
export interface DemoLinks {
  owner: string;
  workshop: string;
  facilitator: string;
  editor: string;
  reviewer: string;
  viewer: string;
}

export class Server {
  links!: DemoLinks;
  private process: ChildProcess | undefined;
  /** The last lines of the log, shown when a start fails. */
  private log: string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), "samverk-browser-")), await freePort());
    await server.run();
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends it as a power cut would: no goodbye, nothing flushed. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Starts it again on the same port and data folder; the links of the first start stay in use. */
  async startAgain(): Promise<void> {
    const links = this.links;
    await this.run();
    this.links = links;
  }

  async stop(): Promise<void> {
    await this.end("SIGKILL");
    await rm(this.folder, { recursive: true, force: true });
  }

  private async run(): Promise<void> {
    const args = ["serve", "--demo", "--listen", `127.0.0.1:${this.port}`, "--data", this.folder];
    const process = spawn(BINARY, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.process = process;
    this.links = await new Promise<DemoLinks>((resolve, reject) => {
      const found: Record<string, string> = {};
      const fail = (why: string) => reject(new Error(`${why}\n${this.log.join("\n")}`));
      const late = setTimeout(() => fail("the server did not print its links"), START_MS_MAX);
      process.once("exit", (code) => fail(`the server ended with ${code}`));
      createInterface({ input: process.stderr! }).on("line", (line) => this.keep(line));
      createInterface({ input: process.stdout! }).on("line", (line) => {
        this.keep(line);
        const [key, value] = line.split(" ");
        if (key && value) found[key] = value;
        if (!found["viewer"]) return;
        clearTimeout(late);
        resolve(found as unknown as DemoLinks);
      });
    });
  }

  private keep(line: string): void {
    this.log = [...this.log.slice(-40), line];
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const process = this.process;
    this.process = undefined;
    if (!process || process.exitCode !== null) return;
    const gone = new Promise((resolve) => process.once("exit", resolve));
    process.kill(signal);
    await gone;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
