// Presence between stock clients. Argument: the address of /sync.

import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { Client } from './client.mjs'
import { alike, until } from './waiting.mjs'

const url = process.argv[2]
const clients = await Promise.all(['kari', 'ola', 'eva'].map(name => Client.connect(url, name)))
after(() => clients.forEach(client => client.leave()))

/** The handle and what is heard on it. */
function listening(handle) {
  const heard = []
  handle.on('ephemeral-message', ({ senderId, message }) => heard.push({ senderId, message }))
  return { handle, heard }
}

async function opened() {
  const [kari, ...others] = clients
  const hers = kari.repo.create({ n: 0 })
  await kari.saved(hers)
  const handles = [hers, ...(await Promise.all(others.map(other => other.find(hers.url))))]
  return handles.map(listening)
}

const hears = ({ handle, heard }, count) =>
  until(handle, 'ephemeral-message', () => heard.length >= count, `message ${count}`)

test('[E1, E2] presence reaches everybody else once, both ways, and echoes nobody', async () => {
  const [kari, ola, eva] = await opened()
  kari.handle.broadcast({ cursor: 7, name: 'Kari 👩‍🚒', at: 1_795_491_958_835 })
  await Promise.all([hears(ola, 1), hears(eva, 1)])
  ola.handle.broadcast({ cursor: 8 })
  await Promise.all([hears(kari, 1), hears(eva, 2)])
  eva.handle.broadcast('bare words')
  await Promise.all([hears(kari, 2), hears(ola, 2)])
  // Each client has sent the server an echo of what it heard before this edit: had one been forwarded, it
  // would have been heard before the edit arrived.
  for (const { handle } of [kari, ola, eva]) handle.change(doc => doc.n++)
  await Promise.all([alike(kari.handle, ola.handle, 'edits'), alike(ola.handle, eva.handle, 'edits')])
  await Promise.all(clients.map((client, i) => client.saved([kari, ola, eva][i].handle)))
  const words = { cursor: 7, name: 'Kari 👩‍🚒', at: 1_795_491_958_835 }
  assert.deepEqual(kari.heard, [
    { senderId: 'ola', message: { cursor: 8 } },
    { senderId: 'eva', message: 'bare words' },
  ])
  assert.deepEqual(ola.heard, [
    { senderId: 'kari', message: words },
    { senderId: 'eva', message: 'bare words' },
  ])
  assert.deepEqual(eva.heard, [
    { senderId: 'kari', message: words },
    { senderId: 'ola', message: { cursor: 8 } },
  ])
})

test('[E4] who opens later sees who is there, and everybody sees who goes', async () => {
  const [kari, ola] = await opened()
  kari.handle.broadcast({ __presence: { type: 'update', channel: 'cursor', value: 3 } })
  await hears(ola, 1)
  const late = await Client.connect(url, 'late')
  // The answer to `find` and the presence may come in one packet: the listener has to be there before.
  const { handle } = late.repo.findWithProgress(kari.handle.url)
  const latecomer = listening(handle)
  await hears(latecomer, 1)
  assert.equal(latecomer.heard[0].senderId, 'kari')
  assert.equal(latecomer.heard[0].message.__presence.value, 3)
  clients[0].leave()
  await Promise.all([hears(ola, 2), hears(latecomer, 2)])
  assert.deepEqual(ola.heard[1], { senderId: 'kari', message: { __presence: { type: 'goodbye' } } })
  assert.deepEqual(latecomer.heard[1], ola.heard[1])
  late.leave()
})
