/** The built server as a process of its own, with the example workshop. */

import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const BINARY = process.env["SAMVERK_BIN"] ?? join(import.meta.dirname, "../../target/debug/samverk");
const GRANTS = ["facilitator", "editor", "reviewer", "viewer"] as const;
export type Grant = (typeof GRANTS)[number];

export class Server {
  workshop = "";
  origin = "";
  /** Secrets of the newest links. */
  readonly secrets = new Map<Grant, string>();
  private process: ChildProcess | undefined;
  private log = "";

  private constructor(private readonly folder: string) {}

  static async make(): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), "samverk-websync-")));
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const listen = this.origin ? new URL(this.origin).host : "127.0.0.1:0";
    const args = ["serve", "--demo", "--listen", listen, "--data", this.data];
    const started = spawn(BINARY, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.process = started;
    started.stderr.on("data", (part: Buffer) => (this.log += part.toString()));
    let printed = "";
    await new Promise<void>((resolve, reject) => {
      started.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${this.log}`)));
      started.stdout.on("data", (part: Buffer) => {
        printed += part.toString();
        if (/^viewer \S+\n/m.test(printed)) resolve();
      });
    });
    this.workshop = /^workshop (\S+)$/m.exec(printed)?.[1] ?? "";
    for (const grant of GRANTS) {
      const link = new RegExp(`^${grant} (\\S+)$`, "m").exec(printed)?.[1] ?? "";
      this.origin = new URL(link).origin;
      this.secrets.set(grant, link.split("#")[1] ?? "");
    }
  }

  /** As an operator stops it, or as a power cut does. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const ended = this.process;
    this.process = undefined;
    if (!ended || ended.exitCode !== null) return;
    const gone = new Promise((resolve) => ended.once("exit", resolve));
    ended.kill(signal);
    await gone;
  }

  async restart(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    await this.stop(signal);
    await this.start();
  }

  /** Backs the running server up; what it gives restores that, once the server is stopped. */
  async backup(): Promise<() => Promise<void>> {
    const file = `${this.data}-backup`;
    await run(BINARY, ["backup", file, "--data", this.data]);
    return async () => {
      await rm(this.data, { recursive: true });
      await run(BINARY, ["restore", file, "--data", this.data]);
    };
  }

  async end(): Promise<void> {
    await this.stop("SIGKILL");
    await rm(this.folder, { recursive: true });
  }

  private get data(): string {
    return join(this.folder, "data");
  }
}
