/** Who may be banned, and what a ban says of itself. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'
import { BanList } from '../../src/switch/admission/ban-list.ts'
import { checkPolicy, Rules } from '../../src/switch/admission/rules.ts'
import { systemClock } from '../../src/util/clock.ts'
import { deferred } from '../../src/util/deferred.ts'
import { type Given, given, type Node } from './given.ts'

const HOUR = 3_600_000

/** `a` keeps its bans in `book`; each case has a network of its own. */
async function scene(body: (scene: { g: Given; a: Node; b: Node; book: BanList }) => Promise<void>) {
  const g = given()
  try {
    const book = new BanList(systemClock)
    const a = await g.node('a', { addressBook: book })
    const b = await g.node('b')
    await body({ g, a, b, book })
  } finally {
    await g.end()
  }
}

for (const [role, appoint] of [
  ['a persistent', (a: Node, b: Node) => a.sw.addPersistentPeers([b.address])],
  ['an unconditional', (a: Node, b: Node) => a.sw.addUnconditionalPeerIDs([b.id])]
] as const) {
  test(`D-6: markPeerAsBad costs ${role} peer its good name, and bans it not`, () =>
    scene(async ({ g, a, b, book }) => {
      appoint(a, b)
      const [near] = await g.connect(a, b)
      a.sw.markPeerAsBad(near, HOUR)
      assert.deepEqual(book.banned(), [])
      assert.ok(a.sw.score(b.id) < 0)
    }))

  test(`D-6: a banned node that becomes ${role} peer is not banned any more`, () =>
    scene(async ({ g, a, b, book }) => {
      const [near] = await g.connect(a, b)
      a.sw.markPeerAsBad(near, HOUR)
      assert.equal(book.bannedUntil(b.id) !== undefined, true)
      appoint(a, b)
      assert.deepEqual(book.banned(), [])
    }))
}

test('D-6: a ban that the book has kept over a restart ends for a node that is persistent now', async () => {
  const g = given()
  const book = new BanList(systemClock)
  const b = await g.node('b')
  const c = await g.node('c')
  /** Loads the book, as peer exchange does. */
  class Loader extends BaseReactor {
    override onStart() {
      for (const id of [b.id, c.id]) book.markBad(id, undefined, HOUR, 'of the last run')
    }
  }
  await g.node('a', { addressBook: book, persistentPeers: [b.address], reactors: { LOADER: new Loader('LOADER') } })
  assert.deepEqual(
    book.banned().map(({ id }) => id),
    [c.id]
  )
  await g.end()
})

test('D-6: a banned node that answers at a persistent address without an id is not banned any more', () => {
  const book = new BanList(systemClock)
  const address = parseNetAddress('/ip4/10.0.0.8/tcp/4001')
  const id = 'ab'.repeat(20)
  const rules = new Rules(
    { ownId: 'cd'.repeat(20), book, clock: systemClock, isRunning: () => true },
    checkPolicy({ persistentPeers: [String(address)] })
  )
  assert.equal(rules.ban(id, undefined, HOUR, 'x'), true)
  rules.persistent.learn(address, id)
  assert.deepEqual(book.banned(), [])
  assert.equal(rules.ban(id, undefined, HOUR, 'x'), false)
  assert.equal(rules.ban('cd'.repeat(20), undefined, HOUR, 'x'), false, 'nor do we ban ourselves')
})

for (const direction of ['inbound', 'outbound'])
  test(`a node that is banned while it is becoming an ${direction} peer becomes none, and no reactor adds it`, () =>
    scene(async ({ a, b, book }) => {
      const asked = deferred()
      const answer = deferred()
      a.reactor.onInit = async () => {
        asked.resolve()
        await answer.promise
        return undefined
      }
      const [from, to] = direction === 'inbound' ? [b, a] : [a, b]
      const dial = from.sw.dialPeerWithAddress(to.address).catch(() => undefined)
      await asked.promise
      book.markBad(b.id, undefined, HOUR, 'by the operator')
      answer.resolve()
      await dial
      await b.sw.stop()
      assert.deepEqual(
        a.calls.filter(({ peer }) => peer !== undefined).map(({ call }) => call),
        ['initPeer', 'removePeer']
      )
      assert.equal(a.sw.peers().size, 0)
    }))

test('a ban says what the reactor has said, in so many characters at most', () =>
  scene(async ({ g, a, b, book }) => {
    const [near] = await g.connect(a, b)
    const message = `sent a block that does not verify at height 7 ${'x'.repeat(500)}`
    await a.sw.stopPeerForError(near, { kind: 'misbehaviour', message })
    const [ban] = book.banned()
    assert.match(ban?.reason ?? '', /^misbehaviour: sent a block that does not verify at height 7 x+…$/)
    assert.equal(ban?.reason?.length, 200)
  }))
