// Records the frames that stock clients send in a session with a stock server, into tests/wire/frames.
// `manifest.json` beside them tells what cbor-x and Automerge read in each.

import * as Automerge from '@automerge/automerge'
import { generateAutomergeUrl, Repo } from '@automerge/automerge-repo'
import { WebSocketClientAdapter, WebSocketServerAdapter } from '@automerge/automerge-repo-network-websocket'
import { DummyStorageAdapter } from '@automerge/automerge-repo/helpers/DummyStorageAdapter.js'
import { decode } from 'cbor-x'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { WebSocketServer } from 'ws'
import { bounded, until } from './waiting.mjs'

const FOLDER = new URL('../../wire/frames/', import.meta.url)
/** Frames of the same kind and client beyond so many teach nothing. */
const OF_A_KIND_MAX = 3

const frames = []
const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
sockets.on('connection', socket => socket.on('message', bytes => frames.push(new Uint8Array(bytes))))
await bounded(once(sockets, 'listening'), 'the server to listen')
const url = `ws://127.0.0.1:${sockets.address().port}/sync`
const server = new Repo({
  peerId: 'server',
  network: [new WebSocketServerAdapter(sockets)],
  storage: new DummyStorageAdapter(),
  enableRemoteHeadsGossiping: true,
})

async function client(peerId, config) {
  const adapter = new WebSocketClientAdapter(url)
  const repo = new Repo({ peerId, network: [adapter], enableRemoteHeadsGossiping: true, ...config })
  await until(repo.networkSubsystem, 'peer', () => repo.peers.length > 0, 'the server to answer')
  return { repo, adapter }
}

const alike = (a, b) => JSON.stringify(a) === JSON.stringify(b)

/** Kari writes and Ola, who has a store, reads, answers and asks for what is not there. */
async function session() {
  const kari = await client('kari', {})
  const ola = await client('ola', { storage: new DummyStorageAdapter() })
  const storageId = await server.storageId()
  kari.repo.subscribeToRemotes([storageId])

  const when = new Date(1_700_000_000_000)
  const hers = kari.repo.create({ name: 'Brannvern 🚒', counted: new Automerge.Counter(1), when })
  const saved = () => alike(hers.getSyncInfo(storageId)?.lastHeads, hers.heads())
  await until(hers, 'remote-heads', saved, 'the server to have the document')
  const his = await bounded(ola.repo.find(hers.url), 'the document to reach Ola')
  his.change(doc => (doc.answer = 'ja'))
  await until(hers, 'heads-changed', () => hers.doc().answer === 'ja', 'the answer to reach Kari')
  for (let i = 0; i < 3; i++) hers.change(doc => Automerge.splice(doc, ['name'], 0, 0, `${i} `))
  await until(his, 'heads-changed', () => alike(his.heads(), hers.heads()), 'the edits to reach Ola')

  const heard = bounded(once(his, 'ephemeral-message'), 'the presence to reach Ola')
  hers.broadcast({ cursor: 7, name: 'Kari' })
  await heard

  // The server asks Kari for what Ola asks for: she answers that she does not have it either.
  await bounded(assert.rejects(ola.repo.find(generateAutomergeUrl())), 'the refusal')
  await until(hers, 'remote-heads', saved, 'the server to have everything')
  return [kari, ola]
}

function told(bytes, index) {
  const { data, ...frame } = decode(bytes)
  const file = `${String(index + 1).padStart(2, '0')}-${frame.senderId}-${frame.type}.cbor`
  if (!data) return { file, frame }
  const told = { file, frame, data: Buffer.from(data).toString('hex') }
  if (frame.type === 'ephemeral') return told
  const { heads, need, have, changes } = Automerge.decodeSyncMessage(new Uint8Array(data))
  return { ...told, sync: { heads, need, last_sync: have.flatMap(h => h.lastSync), chunks: changes.length } }
}

function fewOfEachKind(all) {
  const counts = new Map()
  return all.filter(bytes => {
    const { senderId, type } = decode(bytes)
    const kind = `${senderId} ${type}`
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    return counts.get(kind) <= OF_A_KIND_MAX
  })
}

const clients = await session()
clients.forEach(({ adapter }) => adapter.disconnect())
const kept = fewOfEachKind(frames)
const manifest = kept.map(told)
await rm(FOLDER, { recursive: true, force: true })
await mkdir(FOLDER, { recursive: true })
await Promise.all(kept.map((bytes, i) => writeFile(new URL(manifest[i].file, FOLDER), bytes)))
await writeFile(new URL('manifest.json', FOLDER), `${JSON.stringify(manifest, null, 2)}\n`)
console.log(`${kept.length} frames: ${[...new Set(manifest.map(m => m.frame.type))].join(', ')}`)
process.exit(0)
