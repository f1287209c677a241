// Reads frames, one a line as hex, as the stock client reads them, and prints each as JSON with bytes as hex.

import { cbor } from '@automerge/automerge-repo'
import { text } from 'node:stream/consumers'

const plain = (_, value) => {
  if (typeof value === 'bigint') throw new Error('the client has no use for a BigInt')
  return value
}
const withHex = value => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(withHex)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withHex(inner)]))
}

for (const line of (await text(process.stdin)).trim().split('\n')) {
  const frame = cbor.decode(new Uint8Array(Buffer.from(line, 'hex')))
  console.log(JSON.stringify(withHex(frame), plain))
}
