// Reads results, and takes medians of them.
import fs from "node:fs"

export class Results {
  constructor(file) {
    const lines = fs.readFileSync(file, "utf8").split("\n").filter(line => line.startsWith("{"))
    this.all = lines.map(line => JSON.parse(line))
    this.machine = this.of("machine")[0] ?? {}
    this.failed = this.all.filter(result => "failed" in result)
  }

  /** The results of a scenario that fit. */
  of(scenario, fits = {}) {
    const same = ([name, value]) => result => at(result, name) === value
    const tests = Object.entries(fits).map(same)
    return this.all.filter(
      result => result.scenario === scenario && !("failed" in result) && tests.every(test => test(result)),
    )
  }

  /** The median of a figure over the rounds; undefined where it was not measured. */
  median(figure, scenario, fits) {
    const values = this.of(scenario, fits).map(result => at(result, figure)).filter(Number.isFinite)
    values.sort((a, b) => a - b)
    const middle = values.length >> 1
    return values.length % 2 ? values[middle] : values.length ? (values[middle - 1] + values[middle]) / 2 : undefined
  }

  /** Servers in the order of the run. */
  get labels() {
    return [...new Set(this.all.map(result => result.label).filter(Boolean))]
  }

  /** The busiest and the idlest minute. */
  get loads() {
    const loads = this.all.map(result => result.loadavg).filter(Number.isFinite)
    return [Math.min(...loads), Math.max(...loads)]
  }
}

/** A value by its path, "delivery.p50_ms". */
export function at(result, path) {
  return path.split(".").reduce((value, key) => value?.[key], result)
}

export function number(value) {
  if (value === undefined || Number.isNaN(value)) return "–"
  const size = Math.abs(value)
  if (size >= 100) return Math.round(value).toLocaleString("en-US")
  if (size >= 10) return value.toFixed(0)
  return String(Number(value.toPrecision(2)))
}
