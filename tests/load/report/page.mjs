// Writes what was measured into docs/performance.md, between its markers, and the pictures beside it.
// usage: node page.mjs RESULTS DOCS
import fs from "node:fs"
import path from "node:path"
import { AXES, picture } from "./pictures.mjs"
import { aims, nameOf, reachTable, table } from "./reach.mjs"
import { Results, at, number } from "./results.mjs"

const [file, docs] = process.argv.slice(2)
const results = new Results(file)
const BEGIN = "<!-- measured: begin (written by tests/load/run) -->"
const END = "<!-- measured: end -->"

function machine() {
  const { command, date, cores, cpu, memory_gib: memory, system, versions = {} } = results.machine
  const [idle, busy] = results.loads
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    `Measured ${date} UTC by \`${command}\` on ${cores} cores (${cpu}), ${memory} GiB, ${system}; load average between`,
    `${idle} and ${busy}, the run's own load included. Versions: ${named.join(", ")}.`,
  ].join("\n")
}

function behind() {
  const missed = aims(results).filter(({ reached }) => reached === false)
  if (missed.length === 0) return "In this run every aim was reached."
  const lines = missed.map(({ work, ours, aim, stopped }) => `- ${work}: ${stopped ? "nothing came through" : number(ours)} (aim: ${aim})`)
  return `In this run these aims were missed:\n\n${lines.join("\n")}`
}

/** A scenario's figures for each server: [heading, path] pairs; rows told apart by the paths in `by`. */
function figures(title, scenario, by, columns) {
  const groups = new Map()
  for (const result of results.of(scenario)) {
    const key = [...by.map(([, path]) => at(result, path)), result.label]
    groups.set(JSON.stringify(key), [...(groups.get(JSON.stringify(key)) ?? []), result])
  }
  if (groups.size === 0) return ""
  const lines = [...groups].map(([key, group]) => {
    const fits = Object.fromEntries([...by.map(([, path]) => path), "label"].map((path, nth) => [path, JSON.parse(key)[nth]]))
    const cells = JSON.parse(key)
    return [...cells.slice(0, -1).map(String), nameOf(cells.at(-1)), group.length, ...columns.map(([, path]) => number(results.median(path, scenario, fits)))]
  })
  const head = [...by.map(([heading]) => heading), "server", "runs", ...columns.map(([heading]) => heading)]
  return `### ${title}\n\n${table(head, lines)}`
}

const DELIVERY = [["p50 ms", "delivery.p50_ms"], ["p99 ms", "delivery.p99_ms"], ["ack p50", "ack.p50_ms"], ["ack p99", "ack.p99_ms"]]
const COST = [["CPU ms/delivery", "srv_cpu_ms_per_delivery"], ["server cores", "srv_cores"], ["generator cores", "loadgen_cores"], ["peak MB", "srv_peak_mb"]]
const KEPT = [["acknowledged", "acked"], ["of them missing", "acked_missing"]]

function details() {
  return [
    figures("fanout", "fanout", [["clients", "clients"], ["writing", "writers"]],
      [...DELIVERY, ["not delivered", "lost"], ...COST, ["B/delivery", "bytes_per_delivery"], ...KEPT]),
    figures("saturate", "saturate", [], [["edits/s", "sent_per_s"], ["deliveries/s", "deliveries_per_s"], ...DELIVERY, ...COST, ...KEPT]),
    figures("ack60", "ack60", [], [...DELIVERY, ...COST, ...KEPT]),
    figures("presence", "presence", [], [["presence p50 ms", "presence.p50_ms"], ["presence p99", "presence.p99_ms"], ["part of it seen", "presence_seen_part"],
      ["edits p99", "delivery.p99_ms"], ["edits p99 without presence", "without_presence.delivery.p99_ms"], ["server cores", "srv_cores"], ["without", "without_presence.srv_cores"], ...KEPT]),
    figures("actors", "actors", [], [["cold open, server ms", "cold_open.first_data_ms"], ["client ms", "cold_open.client_ms"], ["first edit ms", "first_edit.all_ms"],
      ["its CPU s", "first_edit.srv_cpu_s"], ["delivery p50", "delivery.p50_ms"], ["peak MB", "srv_peak_mb"], ...KEPT]),
    figures("slow", "slow", [], [["p99 ms", "delivery.p99_ms"], ["without them", "without_stalled.delivery.p99_ms"], ["ratio", "p99_ratio"],
      ["kB per stalled", "srv_grown_kb_per_stalled"], ["closed by the server", "stalled_closed"], ...KEPT]),
    figures("hostile", "hostile", [["kind", "kind"]], [["p99 ms", "delivery.p99_ms"], ["without it", "without_attack.delivery.p99_ms"], ["ratio", "p99_ratio"],
      ["not delivered", "lost"], ["harm/s", "attack.sent_per_s"], ["peak MB", "srv_peak_mb"], ...KEPT]),
    figures("durability", "durability", [], [["kills", "kills"], ...KEPT, ["seen by others", "seen_by_others"], ["of them missing", "seen_missing"],
      ["documents gone", "documents_gone"], ["ack p50 ms", "ack_p50_ms"]]),
    figures("coldopen", "coldopen", [], [["server's part ms", "cold.first_data_ms"], ["in sync ms", "cold.synced_ms"], ["client's part ms", "cold.client_ms"],
      ["again, server's part", "again.first_data_ms"], ["bytes in", "cold.bytes_in"], ["server CPU s", "cold.srv_cpu_s"], ["peak MB", "cold.srv_peak_mb"]]),
    figures("storage", "storage", [], [["edits/s", "edits_s"], ["B/edit at most", "peak.bytes_per_edit"], ["settled", "settled.bytes_per_edit"],
      ["settled, allocated", "settled.allocated_per_edit"], ["reopened", "reopened.bytes_per_edit"], ["files", "settled.files"], ["CPU ms/edit", "srv_cpu_ms_per_edit"], ...KEPT]),
    figures("storm", "storm", [["without the document", "fresh"]], [["all in sync s", "all_in_sync_s"], ["each p50 ms", "each.p50_ms"], ["ready", "ready"],
      ["complete", "complete"], ["server CPU s", "srv_cpu_s"], ["MB out", "mb_to_clients"], ["peak MB", "srv_peak_mb"]]),
    figures("manydocs", "manydocs", [["documents", "docs"]], [["kB/doc, 2 connections", "kb_per_doc_with_2_connections"], ["written", "kb_per_doc_written_with_2_connections"],
      ["kB/connection", "kb_per_extra_connection"], ["left when closed", "kb_per_doc_left"], ["p50 ms", "delivery.p50_ms"]]),
    figures("soak", "soak", [["minutes", "minutes"]], [["people", "people"], ["edits", "sent"], ["came back", "came_back"], ["memory MiB/h", "memory_slope_mib_per_h"],
      ["diverged", "diverged"], ["messages until quiet", "messages_until_quiet_max"], ["settled s", "settled_s"], ...KEPT]),
    failed(),
  ].filter(Boolean)
}

function failed() {
  if (results.failed.length === 0) return ""
  const lines = results.failed.map(({ label, arguments: call, failed: status }) =>
    `- ${nameOf(label)}: \`${call}\` (${status === 124 ? "no end in the time given" : `status ${status}`})`)
  return `### Runs that did not end\n\n${lines.join("\n")}`
}

function pictures() {
  return Object.keys(AXES).flatMap(axis => {
    const drawn = picture(results, axis)
    if (!drawn) return []
    fs.mkdirSync(path.join(docs, "performance"), { recursive: true })
    fs.writeFileSync(path.join(docs, "performance", `${axis}.svg`), drawn.svg)
    return [`![${drawn.text}](performance/${axis}.svg)`]
  })
}

const measured = [
  machine(),
  "## Aims and readings",
  "In parentheses: Samverk's reading divided by that server's. A dash: not measured, or nothing came of it.",
  reachTable(results),
  behind(),
  ...["## How costs grow", ...pictures()],
  "## All figures",
  ...details(),
].join("\n\n")

const page = path.join(docs, "performance.md")
const text = fs.readFileSync(page, "utf8")
const [before, rest] = text.split(BEGIN)
const after = rest?.split(END)[1]
if (after === undefined) throw new Error(`${page} lacks its markers`)
fs.writeFileSync(page, `${before}${BEGIN}\n\n${measured}\n\n${END}${after}`)
console.log(`${page} is written`)
