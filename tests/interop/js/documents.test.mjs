// Two stock clients and what is in their documents. Argument: the address of /sync.

import * as Automerge from '@automerge/automerge'
import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { Client } from './client.mjs'
import { alike } from './waiting.mjs'

const url = process.argv[2]
const kari = await Client.connect(url, 'kari')
const ola = await Client.connect(url, 'ola')
after(() => [kari, ola].forEach(client => client.leave()))

/** A document that Kari made and Ola has opened. */
async function shared(initial) {
  const hers = kari.repo.create(initial)
  await kari.saved(hers)
  return [hers, await ola.find(hers.url)]
}

test('[Y2, Y10] what one makes the other finds, and each change is acknowledged', async () => {
  const [hers, his] = await shared({ title: 'Brannvern' })
  assert.equal(his.doc().title, 'Brannvern')
  his.change(doc => (doc.title = 'Brann'))
  await ola.saved(his)
  await alike(hers, his, 'his change to reach her')
  assert.equal(hers.doc().title, 'Brann')
})

test('[Y3] values of every kind arrive as they were', async () => {
  const when = new Date('2026-11-24T03:00:00.123Z')
  const [hers, his] = await shared({})
  hers.change(doc => {
    doc.bytes = new Uint8Array([0, 255, 128])
    doc.when = when
    doc.counted = new Automerge.Counter(3)
    doc.id = new Automerge.ImmutableString('n05')
    doc.numbers = [0, -1, 2 ** 31, Number.MAX_SAFE_INTEGER, 0.1, 1e-300]
    doc.nothing = null
    doc.yes = true
    doc.deep = { list: [{ a: { b: [['c']] } }], empty: {}, none: [] }
    doc.text = 'blåbærsyltetøy 👩‍🚒🇳🇴 e\u0301'
  })
  await alike(hers, his, 'the values to reach him')
  const read = his.doc()
  assert.deepEqual([...read.bytes], [0, 255, 128])
  assert.equal(read.when.getTime(), when.getTime())
  assert.equal(read.counted.value, 3)
  assert.ok(Automerge.isImmutableString(read.id))
  assert.equal(read.id.val, 'n05')
  assert.deepEqual(read.numbers.map(Number), [0, -1, 2 ** 31, Number.MAX_SAFE_INTEGER, 0.1, 1e-300])
  assert.deepEqual(Automerge.toJS(read), Automerge.toJS(hers.doc()))
})

test('[Y3] counters that both count up at once count both', async () => {
  const [hers, his] = await shared({ n: new Automerge.Counter(10) })
  hers.change(doc => doc.n.increment(5))
  his.change(doc => doc.n.decrement(2))
  await alike(hers, his, 'the counts to meet')
  assert.equal(hers.doc().n.value, 13)
  assert.equal(his.doc().n.value, 13)
})

test('[Y3] letters that both write at once into one text are all there, emoji whole', async () => {
  const [hers, his] = await shared({ text: '👩‍🚒 og 🇳🇴' })
  const length = hers.doc().text.length
  hers.change(doc => Automerge.splice(doc, ['text'], 0, 0, 'Først 🔥 '))
  his.change(doc => Automerge.splice(doc, ['text'], length, 0, ' sist ☂️'))
  await alike(hers, his, 'the letters to meet')
  assert.equal(hers.doc().text, 'Først 🔥 👩‍🚒 og 🇳🇴 sist ☂️')
  assert.equal(his.doc().text, hers.doc().text)
})

test('[Y3] marks, blocks and cursors mean the same to both', async () => {
  const [hers, his] = await shared({ text: 'fet og 🚒 kursiv' })
  const at = hers.doc().text.indexOf('🚒')
  const cursor = Automerge.getCursor(his.doc(), ['text'], at)
  hers.change(doc => {
    Automerge.mark(doc, ['text'], { start: 0, end: 3, expand: 'both' }, 'bold', true)
    Automerge.splitBlock(doc, ['text'], 4, { type: 'paragraph', parents: [], attrs: { level: 2 } })
    Automerge.splice(doc, ['text'], 0, 0, 'Å ')
  })
  await alike(hers, his, 'the marks to reach him')
  assert.deepEqual(Automerge.marks(his.doc(), ['text']), Automerge.marks(hers.doc(), ['text']))
  assert.equal(Automerge.marks(his.doc(), ['text'])[0].name, 'bold')
  assert.deepEqual(Automerge.spans(his.doc(), ['text']), Automerge.spans(hers.doc(), ['text']))
  assert.ok(Automerge.spans(his.doc(), ['text']).some(span => span.type === 'block'))
  const moved = Automerge.getCursorPosition(his.doc(), ['text'], cursor)
  assert.equal(his.doc().text.slice(moved, moved + 2), '🚒')
})

test('[Y3] values that both set at once stay as a conflict that both see alike', async () => {
  const [hers, his] = await shared({ choice: 'a' })
  hers.change(doc => (doc.choice = 'hers'))
  his.change(doc => (doc.choice = 'his'))
  await alike(hers, his, 'the choices to meet')
  assert.deepEqual(Automerge.getConflicts(hers.doc(), 'choice'), Automerge.getConflicts(his.doc(), 'choice'))
  assert.equal(Object.keys(Automerge.getConflicts(his.doc(), 'choice')).length, 2)
})

test('[Y2, Y3] two hundred quick edits of each arrive, none twice', async () => {
  const [hers, his] = await shared({ text: '', log: {} })
  for (let i = 0; i < 200; i++) {
    hers.change(doc => (doc.log[`hers ${i}`] = i))
    his.change(doc => (doc.log[`his ${i}`] = i))
    hers.change(doc => Automerge.splice(doc, ['text'], doc.text.length, 0, `${i} `))
  }
  await alike(hers, his, 'the edits to meet')
  await Promise.all([kari.saved(hers), ola.saved(his)])
  assert.equal(Object.keys(his.doc().log).length, 400)
  assert.equal(his.doc().text, Array.from({ length: 200 }, (_, i) => `${i} `).join(''))
})

test('[Y5] a client that comes with nothing gets a document of 2,000 changes', async () => {
  let document = Automerge.from({ text: '', last: -1 })
  for (let i = 0; i < 2_000; i++) {
    document = Automerge.change(document, doc => {
      Automerge.splice(doc, ['text'], doc.text.length, 0, String(i % 10))
      doc.last = i
    })
  }
  const hers = kari.repo.import(Automerge.save(document))
  await kari.saved(hers)
  const eva = await Client.connect(url, 'eva')
  const cold = await eva.find(hers.url)
  await alike(cold, hers, 'the whole document to arrive')
  assert.equal(Automerge.getAllChanges(cold.doc()).length, 2_001)
  assert.equal(cold.doc().last, 1_999)
  cold.change(doc => (doc.last = 'eva'))
  await alike(cold, hers, 'an edit on it to reach who has it open')
  eva.leave()
})

test('[Y6] a copy that went its own way meets the others again', async () => {
  const [hers, his] = await shared({ log: {} })
  const away = Automerge.save(his.doc())
  hers.change(doc => (doc.log.meanwhile = true))
  await alike(hers, his, 'the edit made meanwhile')
  const apart = Automerge.change(Automerge.load(away), doc => (doc.log.apart = true))
  const eva = await Client.connect(url, 'eva-2')
  const hisCopy = eva.repo.import(Automerge.save(apart), { docId: hers.documentId })
  await alike(hisCopy, hers, 'both ways to meet')
  assert.deepEqual({ ...hers.doc().log }, { apart: true, meanwhile: true })
  eva.leave()
})
