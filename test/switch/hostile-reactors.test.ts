/** What a reactor, a filter, a logger or a caller may do to the switch: anything, and it ends the peer at most. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Peer } from '../../src/interface/peer.ts'
import { settle } from '../helpers/fake-clock.ts'
import { CHANNEL, given } from './given.ts'

const unhandled: unknown[] = []
process.on('unhandledRejection', (err) => unhandled.push(err))
process.on('uncaughtException', (err) => unhandled.push(err))
after(() => assert.deepEqual(unhandled, []))

const kindOf = (reason: unknown) => (reason as { kind?: unknown } | undefined)?.kind

/** Values that cannot be turned into text, or looked at. */
const UNSPEAKABLE: Record<string, unknown> = {
  'an object without a prototype': Object.create(null),
  'an object whose toString throws': {
    toString() {
      throw new Error('no text')
    }
  },
  'an object whose kind throws': {
    get kind() {
      throw new Error('no kind')
    }
  },
  'a revoked proxy': (() => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  })()
}

for (const [name, value] of Object.entries(UNSPEAKABLE)) {
  test(`R-35: ${name} is a stop reason like any other`, async () => {
    const net = given()
    const [a, b] = await net.pair()
    const [near] = await net.connect(a, b)
    await a.sw.stopPeerForError(near, value)
    assert.equal(Object.is(a.reactor.removed[0]?.reason, value), true)
    await b.reactor.until(() => b.reactor.removed.length === 1)
    await net.connect(a, b)
    await net.end()
  })

  for (const callback of ['initPeer', 'addPeer', 'receive', 'removePeer'] as const)
    test(`D-11: ${name} thrown by ${callback} ends the peer, and the id is free again`, async () => {
      const net = given()
      const [a, b] = await net.pair()
      let angry = true
      const fail = () => {
        if (angry) throw value
      }
      if (callback === 'initPeer') b.reactor.onInit = fail as never
      if (callback === 'addPeer') b.reactor.onAdd = fail
      if (callback === 'receive') b.reactor.onReceive = fail
      if (callback === 'removePeer') b.reactor.onRemove = fail
      const near = await a.sw.dialPeerWithAddress(b.address).catch(() => undefined)
      if (callback === 'receive') await near?.send({ channelId: CHANNEL, message: 'go' })
      if (callback === 'removePeer') await near?.closeConn()
      await a.reactor.until(() => a.reactor.removed.length === 1)
      angry = false
      await settle(20)
      await net.connect(a, b)
      await net.end()
    })
}

for (const { name, answer, kind } of [
  { name: 'null, as Go has it', answer: () => null, kind: undefined },
  { name: 'a string', answer: () => 'no', kind: 'reactor-failure' },
  { name: 'a promise', answer: async () => undefined, kind: 'reactor-failure' },
  {
    name: 'a promise that rejects',
    answer: async () => {
      throw new Error('late')
    },
    kind: 'reactor-failure'
  },
  { name: 'an Error', answer: () => new Error('bad'), kind: 'protocol' }
])
  test(`filterMsgBytes may answer ${name}`, async () => {
    const net = given()
    const [a, b] = await net.pair()
    ;(b.reactor as { filterMsgBytes?: unknown }).filterMsgBytes = answer
    const [near] = await net.connect(a, b)
    await near.send({ channelId: CHANNEL, message: 'x' })
    if (kind === undefined) await b.reactor.until(() => b.reactor.received.length === 1)
    else {
      await b.reactor.until(() => b.reactor.removed.length === 1)
      assert.equal(kindOf(b.reactor.removed[0]?.reason), kind)
      assert.equal(b.reactor.received.length, 0)
    }
    await net.end()
  })

test('a thenable that is no promise is waited for, whatever its then returns or throws', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const thenable = (settles: (resolve: () => void) => void) =>
    // biome-ignore lint/suspicious/noThenProperty: what a query builder returns, say, is what this is about
    ({ then: (resolve: () => void) => settles(resolve) }) as unknown as Promise<void>
  let release = () => {}
  b.reactor.onReceive = () =>
    thenable((resolve) => {
      release = resolve
    })
  const [near] = await net.connect(a, b)
  await near.send({ channelId: CHANNEL, message: '1' })
  await near.send({ channelId: CHANNEL, message: '2' })
  await b.reactor.until(() => b.reactor.received.length === 1)
  await settle(10)
  assert.equal(b.reactor.received.length, 1)
  release()
  await b.reactor.until(() => b.reactor.received.length === 2)
  release()
  b.reactor.removePeer = () =>
    thenable(() => {
      throw new Error('broken thenable')
    }) as never
  await near.closeConn()
  await settle(20)
  await a.sw.dialPeerWithAddress(b.address)
  await a.sw.stop()
  await b.sw.stop()
})

test('initPeer may return a wrapper of its peer: the set, the dial, stops and broadcasts know it by that', async () => {
  const net = given()
  const [a, b] = await net.pair()
  let wrapper: Peer | undefined
  const sent: unknown[] = []
  a.reactor.onInit = (peer) => {
    wrapper = new Proxy(peer, {
      get(target, name) {
        if (name === 'send' || name === 'trySend')
          return (envelope: { message: unknown }) => {
            sent.push(envelope.message)
            if (envelope.message === 'throw') throw new Error('wrapper')
            return target[name](envelope as never)
          }
        const value = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      }
    })
    return wrapper
  }
  const [near] = await net.connect(a, b)
  assert.equal(near, wrapper)
  assert.equal(a.sw.peers().get(b.id), wrapper)
  const results: unknown[] = []
  for await (const { peer, sent: ok } of a.sw.broadcast({ channelId: CHANNEL, message: 'all' })) results.push(peer, ok)
  assert.deepEqual(results, [wrapper, true])
  for await (const { sent: ok } of a.sw.broadcast({ channelId: CHANNEL, message: 'throw' })) assert.equal(ok, false)
  assert.doesNotThrow(() => a.sw.broadcastAsync({ channelId: CHANNEL, message: 'throw' }))
  assert.doesNotThrow(() => a.sw.tryBroadcast({ channelId: CHANNEL, message: 'throw' }))
  await b.reactor.until(() => b.reactor.received.length === 1)
  assert.deepEqual(sent, ['all', 'throw', 'throw', 'throw'])
  await a.sw.stopPeerForError(wrapper as Peer, 'by wrapper')
  assert.deepEqual(
    a.reactor.removed.map(({ reason }) => reason),
    ['by wrapper']
  )
  await net.end()
})

test('initPeer that returns the peer of another node fails, and that other peer is left alone', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const c = await net.node('c')
  const [ofB] = await net.connect(a, b)
  a.reactor.onInit = () => ofB
  await assert.rejects(a.sw.dialPeerWithAddress(c.address), { name: 'PeerStoppedError' })
  assert.equal(ofB.isRunning(), true)
  assert.equal(a.sw.peers().get(b.id), ofB)
  await a.reactor.until(() => a.reactor.removed.length === 1)
  assert.equal(kindOf(a.reactor.removed[0]?.reason), 'reactor-failure')
  a.reactor.onInit = () => undefined
  await a.sw.stopPeerForError(ofB, 'mine')
  assert.equal(a.sw.peers().size, 0)
  await net.end()
})

for (const [name, value] of Object.entries({ ...UNSPEAKABLE, nothing: undefined, 'a number': 7 }))
  test(`initPeer that returns ${name} fails its peer`, async () => {
    const net = given()
    const [a, b] = await net.pair()
    const recorded = a.reactor.initPeer
    a.reactor.initPeer = (peer) => {
      void recorded(peer)
      return value as never
    }
    await assert.rejects(a.sw.dialPeerWithAddress(b.address), { name: 'PeerStoppedError' })
    await a.reactor.until(() => a.reactor.removed.length === 1)
    assert.equal(kindOf(a.reactor.removed[0]?.reason), 'reactor-failure')
    await net.end()
  })

test('a logger that throws disturbs nobody', async () => {
  const angry = () => {
    throw new Error('disk full')
  }
  const logger = { debug: angry, info: angry, warn: angry, error: angry, child: () => logger } as never
  const net = given()
  const [a, b] = await net.pair({ logger }, { logger })
  const [near] = await net.connect(a, b)
  assert.equal(near.trySend({ channelId: 0x77, message: 'x' }), false)
  assert.equal(await near.send({ channelId: CHANNEL, message: 5 }), false)
  b.reactor.onRemove = () => {
    throw new Error('broken')
  }
  await near.closeConn()
  await settle(20)
  assert.equal(b.calls.at(-1)?.call, 'removePeer')
  await a.sw.dialPeerWithAddress(b.address)
  assert.equal(a.sw.logger, logger)
  b.reactor.onRemove = () => {}
  await net.end()
})

test('a logger, clock, random or address book that cannot be one is refused at the door', () => {
  const net = given()
  for (const [field, value] of [
    ['logger', console],
    ['logger', {}],
    ['clock', {}],
    ['random', 4],
    ['addressBook', {}],
    ['reactors', []]
  ] as const)
    assert.throws(
      () => net.create('x', { [field]: value } as never),
      { name: 'InvalidOptionError', message: new RegExp(field) },
      field
    )
})

test('sends and broadcasts of nonsense are false and never throw', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const [near] = await net.connect(a, b)
  for (const nonsense of [undefined, null, 7, {}, { channelId: 'x' }, { channelId: CHANNEL }] as never[]) {
    assert.equal(near.trySend(nonsense), false)
    assert.equal(await near.send(nonsense), false)
    for await (const { sent } of a.sw.broadcast(nonsense)) assert.equal(sent, false)
    a.sw.broadcastAsync(nonsense)
    a.sw.tryBroadcast(nonsense)
  }
  assert.equal(await near.send({ channelId: CHANNEL, message: 'ok' }, null as never), true)
  await net.end()
})

test('bad input to the methods about peers and addresses names the field', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const [near] = await net.connect(a, b)
  for (const nonsense of [undefined, null, 'x', {}] as never[]) {
    assert.throws(() => a.sw.markPeerAsGood(nonsense), { name: 'InvalidOptionError', message: /peer/ })
    assert.throws(() => a.sw.markPeerAsBad(nonsense), { name: 'InvalidOptionError', message: /peer/ })
    await assert.rejects(a.sw.stopPeerForError(nonsense, 1), { name: 'InvalidOptionError', message: /peer/ })
    await assert.rejects(a.sw.stopPeerGracefully(nonsense), { name: 'InvalidOptionError', message: /peer/ })
    assert.throws(() => a.sw.isDialingOrExistingAddress(nonsense), { name: 'InvalidAddressError' })
    assert.throws(() => a.sw.isPeerPersistent(nonsense), { name: 'InvalidAddressError' })
    assert.throws(() => a.sw.isPeerUnconditional(nonsense), { name: 'InvalidNodeIdError' })
    await assert.rejects(a.sw.dialPeerWithAddress(nonsense), { name: 'InvalidAddressError' })
  }
  for (const banMs of [0, -1, Number.NaN, '5', null, 5n] as never[])
    assert.throws(() => a.sw.markPeerAsBad(near, banMs), { name: 'InvalidOptionError', message: /banMs/ })
  await assert.rejects(a.sw.dialPeerWithAddress(b.address, { signal: 'x' as never }), {
    name: 'InvalidOptionError',
    message: /signal/
  })
  await net.end()
})

test('R-47: send answers false for a bad message, and tells of bad options by name; no message of such a call goes out', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const [near] = await net.connect(a, b)
  for (const nonsense of [undefined, null, 5, 'x', {}, { channelId: '16', message: 'x' }] as never[]) {
    assert.equal(await near.send(nonsense), false)
    assert.equal(near.trySend(nonsense), false)
  }
  const envelope = { channelId: CHANNEL, message: 'x' }
  for (const signal of [5, 'x', null, {}] as never[])
    await assert.rejects(near.send(envelope, { signal }), { name: 'InvalidOptionError', field: 'options.signal' })
  for (const options of [5, 'x', () => {}] as never[])
    await assert.rejects(near.send(envelope, options), { name: 'InvalidOptionError', field: 'options' })
  await assert.rejects(near.send({ channelId: 99, message: 'x' }, { signal: 5 as never }), { field: 'options.signal' })
  assert.equal(await near.send({ channelId: CHANNEL, message: 'last' }, { signal: undefined as never }), true)
  await b.reactor.until(() => b.reactor.received.length > 0)
  assert.deepEqual(b.reactor.texts(), ['last'])
  await net.end()
})

test('of many addresses or ids, the error says which one is wrong, and none is taken', () => {
  const net = given()
  const good = `${'a'.repeat(40)}@host:1`
  assert.throws(() => net.create('x', { persistentPeers: [good, 'bad'] }), {
    name: 'InvalidAddressError',
    message: /persistentPeers\[1\].*bad/
  })
  const { sw } = net.create('a')
  assert.throws(() => sw.addPersistentPeers([good, 'bad']), { name: 'InvalidAddressError', message: /addresses\[1\]/ })
  assert.throws(() => sw.dialPeersAsync([good, 5 as never]), { name: 'InvalidAddressError', message: /addresses\[1\]/ })
  assert.deepEqual(sw.nodeStates(), [])
  assert.throws(() => sw.addUnconditionalPeerIDs(['b'.repeat(40), 'bad']), {
    name: 'InvalidNodeIdError',
    message: /ids\[1\]/
  })
  assert.equal(sw.isPeerUnconditional('b'.repeat(40)), false)
  for (const nonsense of [undefined, 'x', {}] as never[])
    for (const method of [
      'dialPeersAsync',
      'addPersistentPeers',
      'addUnconditionalPeerIDs',
      'addPrivatePeerIDs'
    ] as const)
      assert.throws(() => sw[method](nonsense), { name: 'InvalidOptionError' }, method)
})

test('R-8: a stopped or unstarted switch refuses to dial, and addresses are looked at first', async () => {
  const net = given()
  const a = net.create('a')
  assert.throws(() => a.sw.dialPeersAsync(['nonsense']), { name: 'InvalidAddressError' })
  assert.throws(() => a.sw.dialPeersAsync([`${'a'.repeat(40)}@b:1`]), { name: 'NotRunningError' })
  await a.sw.stop()
  await assert.rejects(a.sw.dialPeerWithAddress(`${'a'.repeat(40)}@b:1`), { name: 'NotRunningError' })
})
