import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { createMemoryNetwork } from '../../src/testing/memory-network.ts'
import { assertReactorGrammar } from '../../src/testing/reactor-grammar.ts'
import { recordCalls } from '../../src/testing/record-calls.ts'
import { TextReactor } from '../helpers/text-reactor.ts'

const CHAIN = { network: 'testing' }

async function pair(options = {}) {
  const net = createMemoryNetwork({ seed: 1, latencyMs: 0 })
  const [a, b] = ['a', 'b'].map((moniker) => {
    const sw = net.createSwitch({ ...CHAIN, moniker, ...options })
    const reactor = new TextReactor()
    const calls = recordCalls(reactor)
    sw.addReactor('TEXT', reactor)
    return { sw, reactor, calls }
  }) as [Node, Node]
  await a.sw.start()
  await b.sw.start()
  return { net, a, b }
}
interface Node {
  sw: ReturnType<ReturnType<typeof createMemoryNetwork>['createSwitch']>
  reactor: TextReactor
  calls: ReturnType<typeof recordCalls>
}

test('keys derive from the seed and the number of the switch', () => {
  const ids = (seed: number) => {
    const net = createMemoryNetwork({ seed })
    return [1, 2].map(() => net.createSwitch(CHAIN).nodeInfo().id)
  }
  assert.deepEqual(ids(1), ids(1))
  assert.equal(new Set([...ids(1), ...ids(2)]).size, 4)
})

test('addresses are known before start: the moniker where it can be a host, and never one that is taken', () => {
  const net = createMemoryNetwork({ seed: 1 })
  const hosts = ['alice', 'alice', 'two words', '10', undefined].map(
    (moniker) =>
      net
        .createSwitch({ ...CHAIN, ...(moniker === undefined ? {} : { moniker }) })
        .nodeInfo()
        .netAddress().host
  )
  assert.equal(hosts[0], 'alice')
  assert.equal(new Set(hosts).size, 5)
  const own = net.createSwitch({ ...CHAIN, host: 'own' })
  assert.match(String(own.nodeInfo().netAddress()), /^[0-9a-f]{40}@own:26656$/)
})

test('two switches find each other by address and talk; the handle is one object everywhere', async () => {
  const { a, b } = await pair()
  const peer = await a.sw.dialPeerWithAddress(String(b.sw.nodeInfo().netAddress()))
  assert.equal(peer.stack(), 'memory')
  assert.equal(a.sw.peers().get(b.sw.nodeInfo().id), peer)
  assert.equal(await peer.send({ channelId: 0x10, message: 'hello' }), true)
  await b.reactor.until(() => b.reactor.received.length === 1)
  assert.deepEqual(b.reactor.texts(), ['hello'])
  await a.sw.stop()
  await b.reactor.until(() => b.reactor.removed.length === 1)
  await b.sw.stop()
  for (const { calls } of [a, b]) assertReactorGrammar(calls)
})

test('cut: both ends have stopped within the call, with communication', async () => {
  const { net, a, b } = await pair()
  await a.sw.dialPeerWithAddress(b.sw.nodeInfo().netAddress())
  await b.reactor.until(() => b.reactor.added.length === 1)
  net.cut(b.sw, a.sw)
  for (const { sw } of [a, b]) for (const peer of sw.peers()) assert.equal(peer.isRunning(), false)
  for (const { reactor } of [a, b]) {
    await reactor.until(() => reactor.removed.length === 1)
    assert.deepEqual(
      reactor.removed.map(({ reason }) => (reason as { kind: string }).kind),
      ['communication']
    )
  }
  await a.sw.dialPeerWithAddress(b.sw.nodeInfo().netAddress())
  await Promise.all([a.sw.stop(), b.sw.stop()])
  for (const { calls } of [a, b]) assertReactorGrammar(calls)
})

test('isolate: dials fail both ways until heal', async () => {
  const { net, a, b } = await pair()
  net.isolate(b.sw)
  await assert.rejects(a.sw.dialPeerWithAddress(b.sw.nodeInfo().netAddress()), { name: 'DialFailedError' })
  await assert.rejects(b.sw.dialPeerWithAddress(a.sw.nodeInfo().netAddress()), { name: 'DialFailedError' })
  net.heal()
  await a.sw.dialPeerWithAddress(b.sw.nodeInfo().netAddress())
  await Promise.all([a.sw.stop(), b.sw.stop()])
})

test('bad options and strangers are errors that name the field', () => {
  const net = createMemoryNetwork()
  const stranger = createMemoryNetwork().createSwitch(CHAIN)
  assert.throws(() => net.cut(stranger, stranger), { name: 'InvalidOptionError', field: 'a' })
  assert.throws(() => net.isolate(stranger), { name: 'InvalidOptionError', field: 'sw' })
  assert.throws(() => net.createSwitch(undefined as never), { name: 'InvalidOptionError', field: 'options' })
  assert.throws(() => net.createSwitch({ network: '', moniker: 'x' }), { name: 'InvalidOptionError', field: 'network' })
  assert.equal(
    net
      .createSwitch({ ...CHAIN, moniker: 'x' })
      .nodeInfo()
      .netAddress().host,
    'x',
    'a failed creation takes no name'
  )
  assert.throws(() => createMemoryNetwork({ latencyMs: -1 }), { name: 'InvalidOptionError', field: 'latencyMs' })
  assert.throws(() => createMemoryNetwork(null as never), { name: 'InvalidOptionError', field: 'options' })
})

test('a script of two switches does not end while a message between them is under way', async () => {
  const script = `
    import { createMemoryNetwork } from '${new URL('../../src/testing/index.ts', import.meta.url)}'
    const net = createMemoryNetwork({ latencyMs: 1 })
    const [a, b] = [net.createSwitch({ network: 'c' }), net.createSwitch({ network: 'c' })]
    await a.start()
    await b.start()
    await a.dialPeerWithAddress(b.nodeInfo().netAddress())
    console.log('met')
    await a.stop()
    await b.stop()`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  assert.equal(stdout.trim(), 'met')
})
