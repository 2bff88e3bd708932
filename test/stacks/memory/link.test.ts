/** What only memory promises: a cut acts within the call, and a goodbye waits for what is under way. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeKeyFromSeed } from '../../../src/identity/node-key.ts'
import type { Link } from '../../../src/interface/link.ts'
import { MemoryNetwork } from '../../../src/stacks/memory/network.ts'
import { MemoryStack } from '../../../src/stacks/memory/stack.ts'
import { BULK, End, TestHost, URGENT } from '../../conformance/link-harness.ts'
import { FakeClock, settle } from '../../helpers/fake-clock.ts'

async function setup(latencyMs = 0) {
  const clock = new FakeClock()
  const network = new MemoryNetwork({ seed: 1, latencyMs, clock })
  const nodes = ['alice', 'bob', 'carol'].map((host, i) => {
    const nodeKey = nodeKeyFromSeed(new Uint8Array(32).fill(i + 1))
    const stack = new MemoryStack({ network, nodeKey, host })
    return { stack, host: new TestHost(i === 0 ? 'dialer' : 'listener', nodeKey.id, () => stack) }
  })
  for (const { stack, host } of nodes) await stack.start(host)
  const [alice, bob, carol] = nodes as [(typeof nodes)[0], (typeof nodes)[0], (typeof nodes)[0]]
  const dial = (from: MemoryStack, to: MemoryStack): Promise<Link> =>
    from.dial(to.address, { signal: new AbortController().signal, authenticated: () => ({ allow: true }) })
  const connect = async (from = alice, to = bob) => {
    const dialling = dial(from.stack, to.stack)
    await clock.run(10 * latencyMs)
    const near = new End(await dialling, from.host).start()
    const far = new End(to.host.links.at(-1) as Link, to.host).start()
    return [near, far] as const
  }
  return { clock, network, alice, bob, carol, dial, connect }
}

test('cut acts within the call, on both ends, and the two may connect again', async () => {
  const { network, alice, bob, connect } = await setup()
  const [near, far] = await connect()
  network.cut(bob.stack, alice.stack)
  assert.deepEqual(
    [near, far].map(({ ends }) => ends[0]?.reason.kind),
    ['communication', 'communication']
  )
  await connect()
})

test('cut leaves other connections alone', async () => {
  const { network, alice, bob, carol, connect } = await setup()
  const [near] = await connect()
  const [other] = await connect(alice, carol)
  network.cut(bob.stack, carol.stack)
  assert.deepEqual([near.ends, other.ends], [[], []])
})

test('an isolated node loses all it has within the call, and neither dials nor is dialled until heal', async () => {
  const { network, alice, bob, carol, dial, connect } = await setup()
  const [near, far] = await connect()
  const [other] = await connect(carol, bob)
  network.isolate(bob.stack)
  for (const end of [near, far, other]) assert.equal(end.ends[0]?.reason.kind, 'communication')
  await assert.rejects(dial(alice.stack, bob.stack), { name: 'DialFailedError' })
  await assert.rejects(dial(bob.stack, carol.stack), { name: 'DialFailedError' })
  await connect(alice, carol)
  network.heal()
  await connect(alice, bob)
})

test('a cut during the handshake fails the dial at once', async () => {
  const { clock, network, alice, bob, dial } = await setup(100)
  for (let after = 0; after < 400; after += 50) {
    const dialling = dial(alice.stack, bob.stack)
    const failed = assert.rejects(dialling, { name: 'DialFailedError' })
    await clock.run(after)
    network.cut(alice.stack, bob.stack)
    await failed
    await bob.host.until(() => bob.host.settled)
  }
})

test('a dial takes four latencies, and a message one', async () => {
  const { clock, connect } = await setup(50)
  const [near, far] = await connect()
  near.outbox.trySend(URGENT, Uint8Array.of(1))
  await clock.run(49)
  assert.equal(far.received.length, 0)
  await clock.run(1)
  assert.equal(far.received.length, 1)
})

test('a flushed goodbye waits for what is under way, whatever the order of arrival', async () => {
  for (let round = 0; round < 20; round++) {
    const { connect } = await setup()
    const [near, far] = await connect()
    for (const channelId of [BULK, URGENT])
      near.link.write({ channelId, parts: [Uint8Array.of(1), Uint8Array.of(2)], bytes: 2 })
    void near.link.close({ kind: 'graceful', message: 'done' }, true)
    assert.deepEqual([(await far.ended()).drain, far.received.length], [true, 4])
  }
})

test('empty messages that nobody consumes stop their sender too', async () => {
  const { connect } = await setup()
  const [near, far] = await connect()
  far.consuming = false
  const count = 200_000
  let sent = 0
  const sending = (async () => {
    for (; sent < count; sent++) await near.outbox.send(BULK, new Uint8Array(0))
  })()
  for (let last = -1; last !== far.received.length; ) {
    last = far.received.length
    await settle(20)
  }
  assert.ok(sent > 1_000 && sent < 100_000, `${sent} sent`)
  far.consumeAll()
  await sending
})

test('what waits on a link that ends is settled with no', async () => {
  const { clock, network, alice, bob, connect } = await setup(50)
  const [near] = await connect()
  near.outbox.trySend(BULK, Uint8Array.of(1))
  await clock.run(0)
  const waiting = [near.link.flushed(), near.link.probe(1_000)]
  network.cut(alice.stack, bob.stack)
  assert.deepEqual(await Promise.all(waiting), [false, false])
  assert.ok(clock.pending <= 1, 'only the traffic of what is lost is left')
})

test('a probe that nobody answers in time is answered with no', async () => {
  const { clock, connect } = await setup(50)
  const [near] = await connect()
  const probe = near.link.probe(99)
  await clock.run(99)
  assert.equal(await probe, false)
  const patient = near.link.probe(100)
  await clock.run(100)
  assert.equal(await patient, true)
})

test('two stacks cannot have one address, and options are checked', async () => {
  const network = new MemoryNetwork({})
  const nodeKey = nodeKeyFromSeed(new Uint8Array(32).fill(1))
  new MemoryStack({ network, nodeKey, host: 'alice' })
  assert.throws(() => new MemoryStack({ network, nodeKey, host: 'alice' }), {
    name: 'InvalidOptionError',
    field: 'host'
  })
  assert.throws(() => new MemoryStack({ network, nodeKey, host: 'a b' }), { name: 'InvalidAddressError' })
  for (const [field, value] of [
    ['seed', 'x'],
    ['latencyMs', -1],
    ['latencyMs', Number.NaN],
    ['jitterMs', 1e9]
  ] as const)
    assert.throws(() => new MemoryNetwork({ [field]: value }), { name: 'InvalidOptionError', field })
})
