// A stock client and samod, which the Rust test drives, in one document. Argument: the address of /sync.

import * as Automerge from '@automerge/automerge'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import test, { after } from 'node:test'
import { Client } from './client.mjs'
import { ask } from './rust.mjs'
import { bounded, until } from './waiting.mjs'

const url = process.argv[2]
const kari = await Client.connect(url, 'kari')
after(() => kari.leave())

const arrives = (handle, holds, what) => until(handle, 'heads-changed', () => holds(handle.doc()), what)

test('[Y2, Y3] samod finds what the stock client made, and both write', async () => {
  const hers = kari.repo.create({ text: 'hei', from: { kari: true } })
  await kari.saved(hers)
  assert.deepEqual(await ask('find', { document: hers.documentId }), { text: 'hei' })
  await ask('splice', { document: hers.documentId, at: 3, insert: ' 🚒 fra samod' })
  await arrives(hers, doc => doc.text === 'hei 🚒 fra samod', 'what samod wrote to arrive')
  hers.change(doc => Automerge.splice(doc, ['text'], 0, 3, 'Hallo'))
  await ask('await text', { document: hers.documentId, text: 'Hallo 🚒 fra samod' })
})

test('[Y2, Y5] the stock client finds what samod made', async () => {
  const { document } = await ask('create', { text: 'laget av samod' })
  const found = await kari.find(`automerge:${document}`)
  assert.equal(found.doc().text, 'laget av samod')
  found.change(doc => Automerge.splice(doc, ['text'], 0, 0, 'også '))
  await ask('await text', { document, text: 'også laget av samod' })
})

test('[E1] presence passes between them', async () => {
  const { document } = await ask('create', { text: '' })
  const found = await kari.find(`automerge:${document}`)
  const heard = bounded(once(found, 'ephemeral-message'), 'the presence of samod')
  await ask('broadcast', { document })
  const [{ message }] = await heard
  assert.deepEqual(message, { cursor: 7 })
  found.broadcast({ cursor: 9 })
  assert.deepEqual(await ask('await presence', { document }), { cursor: 9 })
})
