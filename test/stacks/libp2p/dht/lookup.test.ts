/** Who is asked next in a lookup, and when it has come to what it will come to. Lookups among real nodes are in silent.test.ts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PeerId } from '@libp2p/interface'
import { generateNodeKey } from '../../../../src/identity/node-key.ts'
import { type Answer, CLOSEST, Closest, Lookup, SLOW_ASK_MS } from '../../../../src/stacks/libp2p/dht/lookup.ts'
import { type Deferred, deferred } from '../../../../src/util/deferred.ts'
import { FakeClock } from '../../../helpers/fake-clock.ts'

const key = Uint8Array.of(1, 2, 3)
const newPeerIds = (count: number): PeerId[] => Array.from({ length: count }, () => generateNodeKey().peerId)
/** Far ones first, so that whatever they name is worth asking. */
const byDistance = (ids: PeerId[]): PeerId[] => {
  const closest = new Closest(key)
  const rank = (id: PeerId) => Buffer.from(closest.distance(id)).toString('hex')
  return ids.toSorted((a, b) => rank(b).localeCompare(rank(a)))
}

/** A lookup in which those in `answers` answer at once, those in `slow` when they are told to, and all others never. */
function given(
  known: PeerId[],
  answers: ReadonlyMap<PeerId, Answer>,
  slow: ReadonlyMap<PeerId, Deferred<Answer>> = new Map()
) {
  const clock = new FakeClock()
  const abort = new AbortController()
  const asked: PeerId[] = []
  const gone = deferred<undefined>()
  abort.signal.addEventListener('abort', () => gone.resolve(undefined))
  const ask = async (id: PeerId) => {
    asked.push(id)
    return answers.get(id) ?? (await Promise.race([gone.promise, slow.get(id)?.promise ?? gone.promise]))
  }
  const lookup = new Lookup({ clock, key, self: generateNodeKey().peerId, known, ask, signal: abort.signal })
  const state = { looked: false, ended: false }
  void lookup.looked.then(() => (state.looked = true))
  void lookup.ended.then(() => (state.ended = true))
  return { clock, abort, asked, lookup, state }
}

test('twenty that never answer hold no place from those whom somebody else names, nor is the lookup longer for them', async () => {
  const [hostile, honest, ...rest] = byDistance(newPeerIds(62)) as [PeerId, PeerId, ...PeerId[]]
  const [silent, there] = [rest.slice(-20), rest.slice(0, 40)]
  const answers = new Map<PeerId, Answer>([
    [hostile, { closer: silent, teller: 'hostile' }],
    [honest, { closer: there.slice(0, 20), teller: 'honest' }],
    ...there.map((id) => [id, { closer: there.slice(20), teller: 'another' }] as const)
  ])
  const { clock, asked, state, abort } = given([hostile, honest], answers)
  await clock.run(0)
  const found = there.filter((id) => asked.includes(id))
  assert.ok(found.length >= CLOSEST, `${found.length} of those that are there were asked`)
  assert.ok(asked.filter((id) => silent.includes(id)).length <= 6)
  assert.equal(state.looked, false)
  await clock.run(SLOW_ASK_MS)
  assert.deepEqual(state, { looked: true, ended: false })
  abort.abort()
  await clock.run(0)
  assert.equal(state.ended, true)
  assert.equal(clock.pending, 0)
})

test('one that is slow lends its place, and is heard when it answers', async () => {
  const ids = byDistance(newPeerIds(12))
  const [first, late] = [ids[0] as PeerId, generateNodeKey().peerId]
  const answer = deferred<Answer>()
  const { clock, asked, state, abort } = given(ids, new Map(), new Map([[first, answer]]))
  await clock.run(0)
  assert.equal(asked.length, 9)
  await clock.run(SLOW_ASK_MS)
  assert.equal(asked.length, 12)
  // nobody has answered at all: it is we who are far away
  assert.equal(state.looked, false)
  answer.resolve({ closer: [late], teller: 'first' })
  await clock.run(0)
  assert.ok(asked.includes(late))
  abort.abort()
  await clock.run(0)
  assert.equal(state.ended, true)
})

test('one that becomes known meanwhile is asked before those who are named', async () => {
  const [hostile, ...silent] = byDistance(newPeerIds(21)) as [PeerId, ...PeerId[]]
  const { clock, asked, lookup, abort } = given([hostile], new Map([[hostile, { closer: silent, teller: 'hostile' }]]))
  await clock.run(0)
  const late = generateNodeKey().peerId
  lookup.know(late)
  assert.equal(asked.at(-1), late)
  abort.abort()
  await clock.run(0)
})

test('it ends when all have answered, asks nobody twice, and not this node', async () => {
  const ids = byDistance(newPeerIds(30))
  const answers = new Map(ids.map((id) => [id, { closer: ids.slice(-20), teller: 'all' }] as const))
  const { clock, asked, state } = given(ids.slice(0, 3), answers)
  await clock.run(0)
  assert.deepEqual(state, { looked: true, ended: true })
  assert.equal(new Set(asked).size, asked.length)
  assert.equal(asked.length, 23)
  assert.equal(clock.pending, 0)
  const nobody = given([], new Map())
  await nobody.clock.run(0)
  assert.deepEqual(nobody.state, { looked: true, ended: true })
})

test('however many are named, one after another, no more than a hundred are asked', async () => {
  const ids = byDistance(newPeerIds(300))
  const answers = new Map(ids.map((id, i) => [id, { closer: ids.slice(i + 1, i + 3), teller: 'chain' }] as const))
  const { clock, asked, state } = given(ids.slice(0, 1), answers)
  await clock.run(0)
  assert.deepEqual([asked.length, state.ended], [100, true])
})

test('the twenty closest of those who answered are told, whichever comes first', () => {
  const ids = Array.from({ length: 60 }, () => generateNodeKey().peerId)
  const key = Uint8Array.of(1, 2, 3)
  const forward = new Closest(key)
  const told = ids.filter((id) => forward.add(forward.distance(id)))
  assert.ok(ids.slice(0, CLOSEST).every((id) => told.includes(id)))
  const closest = ids.filter((id) => {
    const last = new Closest(key)
    for (const other of ids) if (other !== id) last.add(last.distance(other))
    return last.add(last.distance(id))
  })
  assert.equal(closest.length, CLOSEST)
  assert.ok(closest.every((id) => told.includes(id)))
})
