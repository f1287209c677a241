// Prints what the figures were measured on, as the first line of the results. usage: node machine.mjs COMMAND
import { execFileSync } from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"

const here = path.dirname(import.meta.dirname)

function output(command, ...args) {
  try {
    return execFileSync(command, args, { cwd: here, stdio: ["ignore", "pipe", "ignore"] }).toString().trim()
  } catch {
    return undefined
  }
}

/** Versions of the npm packages a peer names. */
function npmVersions(peer) {
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(here, "peers", peer, "package.json"), "utf8"))
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => name.startsWith("@")))
}

function crateVersion(name) {
  const lock = fs.readFileSync(path.join(here, "Cargo.lock"), "utf8")
  return lock.match(new RegExp(`name = "${name}"\nversion = "([^"]+)"`))?.[1]
}

const versions = {
  samverk: output("git", "describe", "--always", "--dirty"),
  samod: crateVersion("samod"),
  automerge: crateVersion("automerge"),
  "actix-ws": crateVersion("actix-ws"),
  "y-sweet": "0.9.1",
  ...npmVersions("hocuspocus"),
  ...npmVersions("automerge-repo-2"),
  node: process.versions.node,
  rustc: output("rustc", "--version")?.split(" ")[1],
}
const report = {
  scenario: "machine",
  command: process.argv[2]?.trim(),
  date: new Date().toISOString().slice(0, 16).replace("T", " "),
  cores: os.cpus().length,
  cpu: os.cpus()[0]?.model.trim(),
  memory_gib: Math.round(os.totalmem() / 2 ** 30),
  system: `${os.type()} ${os.release()}`,
  loadavg: os.loadavg()[0],
  versions,
}
console.log(JSON.stringify(report))
