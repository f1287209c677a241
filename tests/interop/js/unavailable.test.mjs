// Documents that are not there (yet). Argument: the address of /sync.

import * as Automerge from '@automerge/automerge'
import { generateAutomergeUrl, parseAutomergeUrl } from '@automerge/automerge-repo'
import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { Client } from './client.mjs'
import { bounded } from './waiting.mjs'

const url = process.argv[2]
const kari = await Client.connect(url, 'kari')
const ola = await Client.connect(url, 'ola')
after(() => [kari, ola].forEach(client => client.leave()))

test('[Y8, Y10] a document that nobody has is unavailable', async () => {
  await bounded(assert.rejects(ola.repo.find(generateAutomergeUrl()), /unavailable/), 'find to be refused')
})

test('[Y8] it becomes available to who asked, on the same connection, when somebody brings it', async () => {
  const address = generateAutomergeUrl()
  await bounded(assert.rejects(ola.repo.find(address), /unavailable/), 'find to be refused')
  const { documentId } = parseAutomergeUrl(address)
  const his = ola.repo.handles[documentId]
  const bytes = Automerge.save(Automerge.from({ title: 'Her er jeg' }))
  const brought = kari.repo.import(bytes, { docId: documentId })
  await kari.saved(brought)
  await bounded(his.whenReady(), 'the document to become available')
  assert.equal(his.doc().title, 'Her er jeg')
})
