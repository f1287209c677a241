// The real server on a free port with a data folder of its own. It can be killed hard and started again.
import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const BINARY = process.env["SAMVERK_BIN"] ?? new URL("../../../target/debug/samverk", import.meta.url).pathname;
const START_MS_MAX = 20_000;
/** All that lasts of a data folder. */
const STORE = "samverk.redb";
const ORIGIN = /^http:\/\/127\.0\.0\.1:\d+/;

/** What `serve --demo` prints about the example workshop. */
export interface DemoLinks {
  owner: string;
  workshop: string;
  facilitator: string;
  editor: string;
  reviewer: string;
  viewer: string;
}

/** The example workshop as a data folder with the links into it. */
export interface Example {
  folder: string;
  links: DemoLinks;
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

  /** Makes the example workshop; whoever asks removes the folder. */
  static async example(): Promise<Example> {
    const server = new Server(await newFolder(), await freePort());
    await server.run();
    await server.end("SIGTERM");
    return { folder: server.folder, links: server.links };
  }

  /** A server on a copy of the example workshop: making it anew would take a second of each test. */
  static async on(example: Example): Promise<Server> {
    const server = new Server(await newFolder(), await freePort());
    await cp(join(example.folder, STORE), join(server.folder, STORE));
    await server.startAgain();
    const moved = Object.entries(example.links).map(([key, link]) => [key, (link as string).replace(ORIGIN, server.origin)]);
    server.links = Object.fromEntries(moved) as DemoLinks;
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends it as a power cut would: no goodbye, nothing flushed. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Starts it again on the same port and data folder, as a service would: links stay as they are. */
  async startAgain(): Promise<void> {
    const process = this.spawn([]);
    await this.said(process, (line) => line.includes("samverk listens"));
  }

  async stop(): Promise<void> {
    await this.end("SIGKILL");
    await rm(this.folder, { recursive: true, force: true });
  }

  private async run(): Promise<void> {
    const found: Record<string, string> = {};
    await this.said(this.spawn(["--demo"]), (line) => {
      const [key, value] = line.split(" ");
      if (key && value) found[key] = value;
      return found["viewer"] !== undefined;
    });
    this.links = found as unknown as DemoLinks;
  }

  private spawn(more: string[]): ChildProcess {
    const args = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", this.folder, ...more];
    this.process = spawn(BINARY, args, { stdio: ["ignore", "pipe", "pipe"] });
    return this.process;
  }

  /** Reads what the process writes until a line is the one waited for. */
  private said(process: ChildProcess, isIt: (line: string) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`${why}\n${this.log.join("\n")}`));
      const late = setTimeout(() => fail("the server did not start"), START_MS_MAX);
      const read = (line: string) => {
        this.log = [...this.log.slice(-40), line];
        if (!isIt(line)) return;
        clearTimeout(late);
        resolve();
      };
      process.once("exit", (code) => fail(`the server ended with ${code}`));
      for (const stream of [process.stdout!, process.stderr!]) createInterface({ input: stream }).on("line", read);
    });
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

const newFolder = () => mkdtemp(join(tmpdir(), "samverk-browser-"));

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
