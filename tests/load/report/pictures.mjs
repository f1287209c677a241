// Draws how a cost grows, as SVG: one panel for each figure, one line for each server, both axes logarithmic.
import { nameOf } from "./reach.mjs"
import { at, number } from "./results.mjs"

const PANEL = { width: 290, height: 210, left: 48, right: 10, top: 30, bottom: 38 }
const LEGEND_HEIGHT = 26
/** Told apart by colour and by mark; Okabe and Ito's palette. */
const LINES = {
  samverk: ["#0072b2", "circle"],
  relay: ["#555555", "square"],
  hocuspocus: ["#d55e00", "diamond"],
  "y-sweet": ["#cc79a7", "triangle"],
  "automerge-repo-2": ["#009e73", "square"],
  samod: ["#a6761d", "diamond"],
}

const FIGURES = [
  ["srv_cpu_ms_per_edit", "server CPU per edit, ms"],
  ["delivery.p50_ms", "delivery p50, ms"],
  ["ack.p50_ms", "acknowledgement p50, ms"],
]

export const AXES = {
  edits: "edits in the document (10 clients, 2 writing 10/s)",
  clients: "clients of one document (1 writing 10/s)",
  documents: "documents written at the same time (4 clients each, 1 writing 10/s)",
}

/** What grows with an axis: {figure title: {label: [[size, value]]}}. */
function series(results, axis) {
  return FIGURES.map(([figure, title]) => {
    const lines = results.labels.map(label => {
      const points = results.of("growth", { by: axis, label }).map(result => [result.size, at(result, figure)])
      return [label, points.filter(([, value]) => value > 0).sort(([a], [b]) => a - b)]
    })
    return { title, lines: lines.filter(([, points]) => points.length > 0) }
  }).filter(({ lines }) => lines.length > 0)
}

/** A picture and its text alternative; undefined where nothing was measured. */
export function picture(results, axis) {
  const panels = series(results, axis)
  if (panels.length === 0) return undefined
  const labels = [...new Set(panels.flatMap(({ lines }) => lines.map(([label]) => label)))]
  const width = panels.length * PANEL.width
  const height = PANEL.height + LEGEND_HEIGHT
  const text = describe(axis, panels)
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${text}" font-family="sans-serif" font-size="11" fill="#222">`,
    `<title>${text}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...panels.map((panel, nth) => drawPanel(panel, nth * PANEL.width)),
    `<text x="${width / 2}" y="${PANEL.height - 4}" text-anchor="middle">${AXES[axis]}</text>`,
    ...labels.map((label, nth) => legend(label, 48 + nth * 130, PANEL.height + 14)),
    "</svg>",
  ]
  return { svg: `${svg.join("\n")}\n`, text }
}

function describe(axis, panels) {
  const parts = panels.map(({ title, lines }) => {
    const told = lines.map(([label, points]) => {
      const [[from, first], [to, last]] = [points[0], points.at(-1)]
      return `${nameOf(label)} from ${number(first)} at ${number(from)} to ${number(last)} at ${number(to)}`
    })
    return `${title}: ${told.join("; ")}`
  })
  return `By ${AXES[axis]}. ${parts.join(". ")}.`
}

function drawPanel({ title, lines }, x) {
  const points = lines.flatMap(([, line]) => line)
  const across = scale(points.map(([size]) => size), PANEL.left, PANEL.width - PANEL.right)
  const up = scale(points.map(([, value]) => value), PANEL.height - PANEL.bottom, PANEL.top)
  const grid = up.ticks.map(tick => {
    const y = up.at(tick).toFixed(1)
    return `<line x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${y}" y2="${y}" stroke="#ddd"/><text x="${PANEL.left - 4}" y="${y}" dy="4" text-anchor="end">${number(tick)}</text>`
  })
  const sizes = [...new Set(points.map(([size]) => size))]
  const marks = sizes.map(size =>
    `<text x="${across.at(size).toFixed(1)}" y="${PANEL.height - PANEL.bottom + 14}" text-anchor="middle">${short(size)}</text>`)
  const drawn = lines.map(([label, line]) => {
    const [colour, mark] = LINES[label] ?? ["#000", "circle"]
    const places = line.map(([size, value]) => [across.at(size), up.at(value)])
    const path = places.map(place => place.map(n => n.toFixed(1)).join(",")).join(" ")
    const dots = places.map(([cx, cy]) => dot(mark, cx, cy, colour)).join("")
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}`
  })
  return [`<g transform="translate(${x} 0)">`, `<text x="${PANEL.left}" y="16" font-weight="bold">${title}</text>`, ...grid, ...marks, ...drawn, "</g>"].join("\n")
}

/** A logarithmic scale that begins and ends with a power of ten. */
function scale(values, from, to) {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(Math.ceil(Math.log10(Math.max(...values))), low + 1)
  const ticks = Array.from({ length: high - low + 1 }, (_, nth) => 10 ** (low + nth))
  return { ticks, at: value => from + ((Math.log10(value) - low) / (high - low)) * (to - from) }
}

function dot(mark, x, y, colour) {
  const [left, top] = [x.toFixed(1), y.toFixed(1)]
  if (mark === "circle") return `<circle cx="${left}" cy="${top}" r="4" fill="${colour}"/>`
  const shapes = { square: "-3.5,-3.5 3.5,-3.5 3.5,3.5 -3.5,3.5", diamond: "0,-5 5,0 0,5 -5,0", triangle: "0,-5 4.5,4 -4.5,4" }
  return `<polygon transform="translate(${left} ${top})" points="${shapes[mark]}" fill="${colour}"/>`
}

function legend(label, x, y) {
  const [colour, mark] = LINES[label] ?? ["#000", "circle"]
  return `${dot(mark, x, y - 4, colour)}<text x="${x + 10}" y="${y}">${nameOf(label)}</text>`
}

function short(size) {
  return size >= 1000 ? `${size / 1000}k` : String(size)
}
