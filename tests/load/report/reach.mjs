// The table of aims: a row for each, with every server's reading and Samverk's ratio to it.
import { number } from "./results.mjs"

export const OURS = "samverk"
export const LIMIT = "relay"
/** Ours with its own client, which does not acknowledge every edit. */
const OWN_CLIENT = "samverk-client"

/** Our one commit: what an acknowledgement takes with a single writer, beyond what a relay takes to pass a message on. */
function commitMs(results, part) {
  const alone = { clients: 2, writers: 1, label: OURS }
  const [clients, writers] = results.of("fanout", alone).length ? [2, 1] : [50, 1]
  const ack = results.median(`ack.${part}`, "fanout", { clients, writers, label: OURS })
  return ack - results.median(`delivery.${part}`, "fanout", { clients, writers, label: LIMIT })
}

const fanout = (clients, writers) => label => ({ clients, writers, label })
const ofLabel = label => ({ label })
const below = most => ours => ours <= most

function likeRelay(figure, clients, writers) {
  const part = figure.split(".")[1]
  return (ours, results) => {
    const relay = results.median(figure, "fanout", { clients, writers, label: LIMIT })
    return relay === undefined ? undefined : ours <= 2 * relay + commitMs(results, part)
  }
}

function twiceRelay(ours, results) {
  const relay = results.median("srv_cpu_ms_per_delivery", "fanout", fanout(200, 1)(LIMIT))
  return relay === undefined ? undefined : ours <= 2 * relay
}

/** Work, figure, scenario, which of its results, the aim in words, and whether our reading reaches it. */
const rows = [
  ["saturation, 50 clients, 5 writing: edits/s", "sent_per_s", "saturate", ofLabel, "ahead of Hocuspocus",
    (ours, results) => {
      const theirs = results.median("sent_per_s", "saturate", { label: "hocuspocus" })
      return theirs === undefined ? undefined : ours > theirs
    }],
  ...[["50 clients, all writing 10/s", 50, 50], ["200 clients, 1 writing 10/s", 200, 1]].flatMap(([work, n, w]) => [
    [`${work}: p50 ms`, "delivery.p50_ms", "fanout", fanout(n, w), "2 × relay + one commit", likeRelay("delivery.p50_ms", n, w)],
    [`${work}: p99 ms`, "delivery.p99_ms", "fanout", fanout(n, w), "2 × relay + one commit", likeRelay("delivery.p99_ms", n, w)],
    [`${work}: not delivered`, "lost", "fanout", fanout(n, w), "0", below(0)],
  ]),
  ["200 clients, 1 writing: server CPU ms per delivery", "srv_cpu_ms_per_delivery", "fanout", fanout(200, 1), "2 × relay", twiceRelay],
  ["the same with Samverk's own client", "srv_cpu_ms_per_delivery", "fanout", label => fanout(200, 1)(label === OURS ? OWN_CLIENT : label),
    "2 × relay", twiceRelay],
  ["acknowledged edits missing after kills", "acked_missing", "durability", ofLabel, "0", below(0)],
  ["edits acknowledged before those kills", "acked", "durability", ofLabel, "", () => undefined],
  ["cold open, 50,000 edits: server's part, ms", "cold.first_data_ms", "coldopen", ofLabel, "50", below(50)],
  ["200 clients back, 100 edits missed, 10,000-edit document: s", "all_in_sync_s", "storm",
    label => ({ fresh: false, label }), "0.2", below(0.2)],
  ["200 clients back without the document: s", "all_in_sync_s", "storm", label => ({ fresh: true, label }), "0.2", below(0.2)],
  ["bytes on disk per edit, settled", "settled.bytes_per_edit", "storage", ofLabel, "0.6", below(0.6)],
  ["bytes on disk per edit, at most", "peak.bytes_per_edit", "storage", ofLabel, "300", below(300)],
  ["memory per document with two connections, kB", "kb_per_doc_with_2_connections", "manydocs", ofLabel, "60", below(60)],
  ["60 people typing: edit to acknowledgement, p50 ms", "ack.p50_ms", "ack60", ofLabel, "5", below(5)],
  ["60 people typing: edit to acknowledgement, p99 ms", "ack.p99_ms", "ack60", ofLabel, "20", below(20)],
  ["25 people's presence at 20/s: p50 ms", "presence.p50_ms", "presence", ofLabel, "", () => undefined],
  ["edits beside that presence: p99 ms", "delivery.p99_ms", "presence", ofLabel, "", () => undefined],
  ["100 stalled readers: others' p99, times as long", "p99_ratio", "slow", ofLabel, "2", below(2)],
  ...["tiny", "questions", "edits", "malformed", "presence"].map(kind => [
    `a hostile peer (${kind}): others' p99, times as long`, "p99_ratio", "hostile",
    label => ({ kind, label }), "2", below(2),
  ]),
  ["5,000 actors: cold open, server's part, ms", "cold_open.first_data_ms", "actors", ofLabel, "", () => undefined],
  ["5,000 actors: first edit after a restart, ms", "first_edit.all_ms", "actors", ofLabel, "", () => undefined],
  ["5,000 actors: an edit's delivery, p50 ms", "delivery.p50_ms", "actors", ofLabel, "", () => undefined],
  ["5,000 actors: server memory, MB", "srv_peak_mb", "actors", ofLabel, "", () => undefined],
]

/** One aim as read in the results; undefined where we were not measured. */
function read(results, [work, figure, scenario, fits, aim, reaches]) {
  const played = results.of(scenario, fits(OURS))
  const ours = results.median(figure, scenario, fits(OURS))
  // Played, and no edit came through: not a gap in the table.
  if (ours === undefined) return played.length ? { work, aim, ours, stopped: true, reached: false } : undefined
  const reached = reaches(ours, results)
  const theirs = label => results.median(figure, scenario, fits(label))
  return { work, aim, ours, reached, theirs }
}

export function aims(results) {
  return rows.map(row => read(results, row)).filter(Boolean)
}

const NAMES = { samverk: "Samverk", [OWN_CLIENT]: "Samverk, own client", relay: "relay (limit)", hocuspocus: "Hocuspocus", "automerge-repo-2": "automerge-repo" }
export const nameOf = label => NAMES[label] ?? label

export function reachTable(results) {
  const others = results.labels.filter(label => label !== OURS && label !== OWN_CLIENT)
  const verdict = reached => (reached === undefined ? "" : reached ? "yes" : "**no**")
  const other = (aim, label) => {
    const theirs = aim.theirs?.(label)
    if (theirs === undefined) return "–"
    return theirs > 0 ? `${number(theirs)} (${number(aim.ours / theirs)})` : number(theirs)
  }
  const lines = aims(results).map(aim =>
    [aim.work, aim.stopped ? "nothing came through" : number(aim.ours), aim.aim, verdict(aim.reached), ...others.map(label => other(aim, label))])
  return table(["work", "Samverk", "aim", "reached", ...others.map(nameOf)], lines)
}

export function table(head, lines) {
  const row = cells => `| ${cells.join(" | ")} |`
  return [row(head), row(head.map(() => "---")), ...lines.map(row)].join("\n")
}
