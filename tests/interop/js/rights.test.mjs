// Stock clients in a workshop, who may do different things.
// Arguments: the server's address, the owner's secret.

import * as Automerge from '@automerge/automerge'
import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { Client } from './client.mjs'
import { alike, bounded, until } from './waiting.mjs'
import { joined, workshop } from './workshop.mjs'

const place = await workshop(...process.argv.slice(2))
const reader = await joined(place, 'viewer')
const clients = []
after(() => clients.forEach(client => client.leave()))

async function connect(browser, peerId) {
  const client = await Client.connect(await browser.ticket(place.workshop), peerId)
  clients.push(client)
  return client
}

const name = handle => handle.doc().facts.name
const rename = (handle, to) => handle.change(doc => Automerge.updateText(doc, ['facts', 'name'], to))

/** Panics when a client that comes with nothing gets something else. */
async function keptBy(peerId, expected) {
  const fresh = await connect(place.owner, peerId)
  assert.equal(name(await fresh.find(place.url)), expected)
}

test('[Y2, Y3] who may write writes, and who may read reads it', async () => {
  const kari = await connect(place.owner, 'kari')
  const ola = await connect(reader, 'ola')
  const [hers, his] = await Promise.all([kari.find(place.url), ola.find(place.url)])
  assert.equal(name(his), 'Brannvern')
  rename(hers, 'Brannvern i Finnmark')
  await kari.saved(hers)
  await alike(hers, his, 'her edit to reach the reader')
})

test('[X4] who may only read is told by the flag of the protocol, and edits reach nobody', async () => {
  const kari = await connect(place.owner, 'kari-2')
  const ola = await connect(reader, 'ola-2')
  const told = []
  ola.repo.synchronizer.on('sync-state', ({ syncState }) => told.push(syncState.peerReadOnly))
  const [hers, his] = await Promise.all([kari.find(place.url), ola.find(place.url)])
  rename(his, 'Bare på hans maskin')
  await until(ola.repo.synchronizer, 'sync-state', () => told.includes(true), 'the flag')
  rename(hers, 'Hennes')
  await kari.saved(hers)
  const has = () => Automerge.hasHeads(his.doc(), Automerge.getHeads(hers.doc()))
  await until(his, 'heads-changed', has, 'her edit to reach the reader')
  assert.equal(name(hers), 'Hennes')
  await keptBy('eva', 'Hennes')
})

test('[X4] edits of a client that takes no notice of the flag are dropped', async () => {
  const before = await connect(place.owner, 'kari-3')
  const expected = name(await before.find(place.url))
  const ola = await connect(reader, 'ola-3')
  const his = await ola.find(place.url)
  const changed = Automerge.change(Automerge.clone(his.doc()), doc => (doc.facts.name = 'Ulovlig'))
  const data = Automerge.encodeSyncMessage({
    heads: Automerge.getHeads(changed),
    need: [],
    have: [{ lastSync: Automerge.getHeads(his.doc()), bloom: new Uint8Array() }],
    changes: [Automerge.getLastLocalChange(changed)],
  })
  const answered = bounded(new Promise(resolve => ola.adapter.once('message', resolve)), 'an answer')
  const { documentId } = his
  ola.adapter.send({ type: 'sync', senderId: 'ola-3', targetId: ola.server, documentId, data })
  const { supportedCapabilities, heads } = Automerge.decodeSyncMessage((await answered).data)
  assert.ok(supportedCapabilities.includes('read-only'), `${supportedCapabilities}`)
  assert.deepEqual(heads, Automerge.getHeads(his.doc()), 'the server names what it has')
  await keptBy('eva-3', expected)
})

test('[Y8] a document of no workshop of theirs is unavailable to members', async () => {
  const ola = await connect(reader, 'ola-4')
  const own = ola.repo.create({ smuggled: true })
  const kari = await connect(place.owner, 'kari-4')
  await bounded(assert.rejects(kari.repo.find(own.url), /unavailable/), 'find to be refused')
})
