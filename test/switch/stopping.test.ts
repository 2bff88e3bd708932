/** Stops that are awaited where they could wait for themselves, what a stop waits for, and what it says (contract.md, Stop; requirements ). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Logger } from '../../src/interface/logger.ts'
import type { Peer } from '../../src/interface/peer.ts'
import { deferred } from '../../src/util/deferred.ts'
import { settle } from '../helpers/fake-clock.ts'
import { CHANNEL, given, type Node } from './given.ts'

const STOPS: Record<string, (node: Node, peer: Peer) => Promise<void>> = {
  stopPeerForError: ({ sw }, peer) => sw.stopPeerForError(peer, 'x'),
  stopPeerGracefully: ({ sw }, peer) => sw.stopPeerGracefully(peer),
  flushStop: (_, peer) => peer.flushStop(),
  closeConn: (_, peer) => peer.closeConn(),
  'the switch’s stop': ({ sw }) => sw.stop()
}
const CALLBACKS = ['initPeer', 'addPeer', 'receive', 'removePeer'] as const

for (const [name, stop] of Object.entries(STOPS))
  for (const callback of CALLBACKS)
    for (const late of [false, true])
      test(`${name}, awaited inside ${callback}${late ? ' after something else was' : ''}, settles long before any timeout`, async () => {
        const net = given()
        const [a, b] = await net.pair()
        const done = deferred()
        let once = true
        const act = async (peer: Peer) => {
          if (!once) return undefined
          once = false
          if (late) await settle(2)
          await stop(b, peer)
          done.resolve()
          return undefined
        }
        if (callback === 'initPeer') b.reactor.onInit = act
        if (callback === 'addPeer') b.reactor.onAdd = act
        if (callback === 'receive') b.reactor.onReceive = ({ src }) => act(src as Peer)
        if (callback === 'removePeer') b.reactor.onRemove = act
        const near = await a.sw.dialPeerWithAddress(b.address).catch(() => undefined)
        if (callback === 'receive') await near?.send({ channelId: CHANNEL, message: 'go' })
        if (callback === 'removePeer') await near?.closeConn()
        const before = performance.now()
        await done.promise
        // the timeout of a callback is 30 s
        assert.ok(performance.now() - before < 5_000)
        await b.reactor.until(() => b.reactor.removed.length === 1)
        await net.end()
      })

test('the switch’s stop, awaited inside onStart or onStop, settles, and everything is stopped once', async () => {
  for (const hook of ['onStart', 'onStop'] as const) {
    const net = given()
    const a = net.create('a')
    const act = async () => {
      await a.sw.stop()
    }
    // the trace was begun before: put the test's behind it
    const recorded = a.reactor[hook].bind(a.reactor)
    a.reactor[hook] = async () => {
      await recorded()
      await act()
    }
    const start = a.sw.start()
    if (hook === 'onStart') await assert.rejects(start, { name: 'AlreadyStoppedError' })
    else await start
    await a.sw.stop()
    assert.equal(a.calls.filter(({ call }) => call === 'onStop').length, 1)
    assert.equal(a.sw.isRunning(), false)
    await net.end()
  }
})

test('a stop from outside waits for a callback that is under way, and then for every removePeer', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const adding = deferred()
  b.reactor.onAdd = () => adding.promise
  await a.sw.dialPeerWithAddress(b.address)
  await settle(5)
  const far = b.sw.peers().get(a.id) as Peer
  let stopped = false
  const stop = b.sw.stopPeerForError(far, 'x').then(() => {
    stopped = true
  })
  await settle(20)
  assert.deepEqual([stopped, b.reactor.removed.length], [false, 0])
  adding.resolve()
  await stop
  assert.equal(b.reactor.removed.length, 1)
  assert.equal(b.sw.peers().size, 0)
  await net.end()
})

test('two reactors that stop each other’s peer inside their callbacks do not wait for one another', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const c = await net.node('c')
  const [ofB] = await net.connect(a, b)
  const [ofC] = await net.connect(a, c)
  a.reactor.onRemove = async (peer) => {
    await settle(1)
    await a.sw.stopPeerForError(peer === ofB ? ofC : ofB, 'crosswise')
  }
  await Promise.all([a.sw.stopPeerForError(ofB, 'one'), a.sw.stopPeerForError(ofC, 'two')])
  assert.deepEqual(
    a.reactor.removed.map(({ reason }) => reason),
    ['one', 'two']
  )
  await net.end()
})

test('R-29, D-2, R-54: while removePeer runs the peer is still in the set and counted, afterwards neither', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const [near] = await net.connect(a, b)
  a.reactor.onRemove = async (peer) => {
    await settle(3)
    assert.equal(a.sw.peers().get(b.id), peer)
    assert.equal(a.sw.numPeers().outbound, 1)
  }
  await a.sw.stopPeerForError(near, 'x')
  assert.equal(a.reactor.removed.length, 1)
  assert.equal(a.sw.numPeers().outbound, 0)
  await net.end()
})

test('R-53, D-3: a snapshot of the peers stays as it was, and is the same one until the set changes', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const none = a.sw.peers()
  const [near] = await net.connect(a, b)
  const one = a.sw.peers()
  assert.equal(a.sw.peers(), one)
  one.list().pop()
  assert.deepEqual([none.size, one.size, one.random(), [...one]], [0, 1, near, [near]])
  await a.sw.stopPeerGracefully(near)
  assert.equal(one.get(b.id), near)
  assert.equal(a.sw.peers().random(), undefined)
  await net.end()
})

test('what a remote says of its reasons is not logged at info or above', async () => {
  const said: unknown[] = []
  const above = (_: string, fields?: Record<string, unknown>) => void said.push(fields)
  const logger: Logger = { debug() {}, info: above, warn: above, error: above, child: () => logger }
  const net = given()
  const [a, b] = await net.pair({ logger })
  const [, far] = await net.connect(a, b)
  await b.sw.stopPeerForError(far, { kind: 'refused', refusal: 'filtered', message: 'forged\nline' })
  await a.reactor.until(() => a.reactor.removed.length === 1)
  assert.match(JSON.stringify(a.reactor.removed[0]?.reason), /forged/)
  assert.doesNotMatch(JSON.stringify(said), /forged/)
  await net.end()
})

test('R-37: the log tells a stop for an error from a graceful one', async () => {
  const lines: string[] = []
  const logger: Logger = {
    debug() {},
    info: (message) => void lines.push(message),
    warn() {},
    error() {},
    child: () => logger
  }
  const net = given()
  const [a, b] = await net.pair({ logger })
  const stopLines = () => lines.splice(0).filter((line) => line.startsWith('Stopping peer'))
  const [first] = await net.connect(a, b)
  await a.sw.stopPeerForError(first, new Error('x'))
  const forError = stopLines()
  const [second] = await net.connect(a, b)
  await a.sw.stopPeerGracefully(second)
  const gracefully = stopLines()
  assert.deepEqual([forError.length, gracefully.length], [1, 1])
  assert.notDeepEqual(forError, gracefully)
  await net.end()
})

test('R-8: the longest callbackTimeoutMs there is does not make a stop impatient', async () => {
  const net = given()
  const [a, b] = await net.pair({ callbackTimeoutMs: 2 ** 31 - 1 })
  await net.connect(a, b)
  a.reactor.onRemove = () => settle(200)
  await a.sw.stop()
  assert.deepEqual(
    a.calls.slice(-2).map(({ call }) => call),
    ['removePeer', 'onStop']
  )
  assert.equal(a.reactor.removed.length, 1)
  await net.end()
})
