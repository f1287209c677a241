// The server is killed and comes back. Argument: the address of /sync.

import { DummyStorageAdapter } from '@automerge/automerge-repo/helpers/DummyStorageAdapter.js'
import assert from 'node:assert/strict'
import test from 'node:test'
import { Client } from './client.mjs'
import { ask } from './rust.mjs'
import { alike } from './waiting.mjs'

const url = process.argv[2]

/** The server is killed, something happens meanwhile, and it comes back to the same clients. */
async function outage(clients, meanwhile) {
  const gone = Promise.all(clients.map(client => client.disconnected()))
  await ask('kill')
  await gone
  await meanwhile()
  await ask('restart')
  await Promise.all(clients.map(client => client.connected()))
}

test('[W3, Y1] what the server says it has is there when it is killed at that moment', async () => {
  const written = []
  const stores = new Set()
  let address
  for (let round = 0; round < 4; round++) {
    // Nobody who has the document is there when it is read: what is found is what the server kept.
    const client = await Client.connect(url, `round-${round}`)
    stores.add(client.storageId)
    const handle = address ? await client.find(address) : client.repo.create({ log: {} })
    assert.deepEqual(Object.keys(handle.doc().log), written)
    written.push(`round ${round}`)
    handle.change(doc => (doc.log[`round ${round}`] = 'x'.repeat(1_000)))
    await client.saved(handle)
    address = handle.url
    client.leave()
    await ask('kill')
    await ask('restart')
  }
  assert.equal(stores.size, 1, 'the store has one id for ever')
})

test('[Y2, Y6] clients come back by themselves, and what each did meanwhile meets', async () => {
  const kari = await Client.connect(url, 'kari', new DummyStorageAdapter())
  const ola = await Client.connect(url, 'ola')
  const hers = kari.repo.create({ log: {}, text: 'midt' })
  await kari.saved(hers)
  const his = await ola.find(hers.url)
  await outage([kari, ola], () => {
    hers.change(doc => (doc.log.hers = true))
    his.change(doc => (doc.log.his = true))
  })
  await alike(hers, his, 'the edits made meanwhile to meet')
  await Promise.all([kari.saved(hers), ola.saved(his)])
  assert.deepEqual({ ...his.doc().log }, { hers: true, his: true })
  his.change(doc => (doc.text = 'etter'))
  await alike(hers, his, 'an edit afterwards')
  assert.equal(hers.doc().text, 'etter')
  kari.leave()
  ola.leave()
})

test('[Y2] an edit that was not acknowledged when the server was killed is sent again', async () => {
  const kari = await Client.connect(url, 'kari-2')
  const hers = kari.repo.create({ n: 0 })
  await kari.saved(hers)
  const gone = kari.disconnected()
  hers.change(doc => (doc.n = 1))
  await ask('kill')
  await gone
  await ask('restart')
  await kari.connected()
  await kari.saved(hers)
  kari.leave()
  const ola = await Client.connect(url, 'ola-2')
  assert.equal((await ola.find(hers.url)).doc().n, 1)
  ola.leave()
})

test('[Y2, Y6] a client that starts again from its own store goes on where it was', async () => {
  const storage = new DummyStorageAdapter()
  const kari = await Client.connect(url, 'kari-3', storage)
  const ola = await Client.connect(url, 'ola-3')
  const hers = kari.repo.create({ log: {} })
  await kari.saved(hers)
  const his = await ola.find(hers.url)
  await kari.repo.flush()
  kari.leave()
  his.change(doc => (doc.log.his = true))
  await ola.saved(his)
  const again = await Client.connect(url, 'kari-4', storage)
  const reopened = await again.find(hers.url)
  reopened.change(doc => (doc.log.hers = true))
  await alike(reopened, his, 'both to have both')
  assert.deepEqual({ ...his.doc().log }, { hers: true, his: true })
  again.leave()
  ola.leave()
})
