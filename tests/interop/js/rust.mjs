// Asks the Rust test that started this script for things: to kill the server, to edit as another peer.

import { createInterface } from 'node:readline'
import { bounded } from './waiting.mjs'

const waiting = []
createInterface({ input: process.stdin }).on('line', line => waiting.shift()(JSON.parse(line)))
process.stdin.unref()

/** One request; they are answered in order. */
export function ask(what, more = {}) {
  const answer = new Promise(resolve => waiting.push(resolve))
  process.stdout.write(`${JSON.stringify({ what, ...more })}\n`)
  return bounded(answer, `the test to ${what}`)
}
