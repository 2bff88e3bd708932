/** Remotes that come in and are slow, wrong or hostile at some step of the handshake: each has its time, its place in the budget, and no effect on anybody else. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { decodeNodeInfo } from '../../../src/identity/node-info.ts'
import { generateNodeKey } from '../../../src/identity/node-key.ts'
import { delimit } from '../../../src/stacks/comet/delimited.ts'
import { isMarked } from '../../../src/stacks/comet/own-mark.ts'
import { PING_BYTES, PONG_BYTES } from '../../../src/stacks/comet/packet.ts'
import { secretConnection } from '../../../src/stacks/comet/secret-connection.ts'
import { socketDuplex } from '../../../src/stacks/comet/socket-duplex.ts'
import { CometStack } from '../../../src/stacks/comet/stack.ts'
import { deferred } from '../../../src/util/deferred.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import {
  CHANNEL,
  type ClassicSwitch,
  connectRaw,
  connectSecret,
  EPHEMERAL,
  ended,
  exchange,
  given,
  nodeInfoBytes,
  nothingLeft,
  pause,
  pending,
  RawSocket
} from './classic-switch.ts'

const HANDSHAKE_MS = 5_000
const EPHEMERAL_BYTES = 35
const FRAME_BYTES = 1_044

// ---- slow at every step --------------------------------------------------------------------------------------------

type Slow = { readonly name: string; stall(node: ClassicSwitch): Promise<{ closed: Promise<void>; end(): void }> }

async function raw(node: ClassicSwitch, say: Uint8Array, hear: number) {
  const remote = new RawSocket(await connectRaw(node.port))
  if (say.length > 0) remote.socket.write(say)
  await remote.heard(hear)
  return { closed: remote.closed, end: () => remote.socket.destroy() }
}

async function secret(node: ClassicSwitch, say: Uint8Array) {
  const stream = await connectSecret(node.port, generateNodeKey())
  stream.write(say)
  // its NodeInfo is there, so it waits for ours
  await stream.readDelimited(10_240)
  return { closed: ended(stream), end: () => stream.destroy() }
}

const SLOW: readonly Slow[] = [
  { name: 'says nothing', stall: (node) => raw(node, new Uint8Array(), EPHEMERAL_BYTES) },
  { name: 'stops within its ephemeral key', stall: (node) => raw(node, EPHEMERAL.subarray(0, 20), EPHEMERAL_BYTES) },
  { name: 'never proves its key', stall: (node) => raw(node, EPHEMERAL, EPHEMERAL_BYTES + FRAME_BYTES) },
  {
    name: 'stops within the frame that proves its key',
    stall: (node) =>
      raw(node, Uint8Array.from([...EPHEMERAL, ...randomBytes(FRAME_BYTES - 1)]), EPHEMERAL_BYTES + FRAME_BYTES)
  },
  { name: 'never says NodeInfo', stall: (node) => secret(node, new Uint8Array()) },
  { name: 'stops within NodeInfo', stall: (node) => secret(node, Uint8Array.of(0x80, 0x01, 0x0a)) }
]

for (const { name, stall } of SLOW)
  test(`a remote that ${name} is dropped after the time of that step, and leaves nothing behind`, async (t) => {
    const clock = new FakeClock()
    const node = await given(t, { options: { clock } })
    const { closed } = await stall(node)
    assert.equal(pending(node), 1)
    await clock.run(HANDSHAKE_MS - 1)
    assert.equal(pending(node), 1)
    await clock.run(1)
    await closed
    await nothingLeft(node)
    const failure = node.log.find(({ message }) => message === 'Inbound connection failed') ?? assert.fail()
    assert.equal((failure.fields.error as Error).name, 'TimeoutError')
    await node.sw.stop()
    assert.equal(clock.pending, 0)
  })

for (const { name, stall } of SLOW) {
  test(`a remote that ${name} and goes away is forgotten at once`, async (t) => {
    const node = await given(t, { options: { clock: new FakeClock() } })
    const { end } = await stall(node)
    end()
    await nothingLeft(node)
  })

  test(`a stop of the switch drops a remote that ${name}`, async (t) => {
    const clock = new FakeClock()
    const node = await given(t, { options: { clock } })
    const { closed } = await stall(node)
    await node.sw.stop()
    await closed
    await nothingLeft(node)
    assert.equal(clock.pending, 0)
  })
}

test('a thousand connections that say nothing: as many as the budget are held, peers and newcomers of other hosts are not disturbed', async (t) => {
  const node = await given(t, { policy: { pending: { perIP: 64, perPrefix: 1_000 } } })
  const friend = await given(t)
  await friend.sw.dialPeerWithAddress(node.address)
  const flood: RawSocket[] = []
  let refused = 0
  for (let batch = 0; batch < 10; batch++)
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const remote = new RawSocket(await connectRaw(node.port, '127.0.0.66'))
        flood.push(remote)
        void remote.closed.then(() => refused++)
      })
    )
  while (refused < flood.length - 64) await pause()
  assert.deepEqual([refused, pending(node)], [1_000 - 64, 64])
  // the peer that is there
  friend.sw.broadcastAsync({ channelId: CHANNEL, message: 'still there' })
  await node.text.until(() => node.text.texts().includes('still there'))
  // one who comes from elsewhere
  const newcomer = await given(t)
  const began = performance.now()
  await newcomer.sw.dialPeerWithAddress(node.address)
  assert.ok(performance.now() - began < 2_000)
  for (const { socket } of flood) socket.destroy()
  await nothingLeft(node)
})

// ---- wrong at every step -------------------------------------------------------------------------------------------

test('garbage instead of a handshake ends that connection and nothing else', async (t) => {
  const node = await given(t)
  const garbage: Uint8Array[] = [
    randomBytes(5_000),
    new TextEncoder().encode('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
    new TextEncoder().encode('\x13/multistream/1.0.0\n'),
    Uint8Array.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, ...randomBytes(512)]),
    new Uint8Array(70_000),
    Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    // a low-order point
    Uint8Array.from([0x22, 0x0a, 0x20, ...new Uint8Array(32)]),
    Uint8Array.from([...EPHEMERAL, ...randomBytes(FRAME_BYTES)])
  ]
  for (const bytes of garbage) {
    const remote = new RawSocket(await connectRaw(node.port))
    remote.socket.write(bytes)
    await remote.closed
  }
  await nothingLeft(node)
  const friend = await given(t)
  await friend.sw.dialPeerWithAddress(node.address)
})

test('NodeInfo is read as Go reads it: what it refuses is refused, and no reactor hears of it', async (t) => {
  const node = await given(t)
  const key = generateNodeKey()
  const good = nodeInfoBytes(key)
  const wrong: Array<[name: string, said: Uint8Array]> = [
    ['longer than 10240', delimit(new Uint8Array(10_241))],
    ['no NodeInfo', delimit(randomBytes(200))],
    ['cut off', delimit(good.subarray(0, good.length - 3))],
    ['another id', delimit(nodeInfoBytes(generateNodeKey()))],
    ['no address', delimit(nodeInfoBytes(key, { listenAddr: 'nowhere' }))],
    ['no moniker', delimit(nodeInfoBytes(key, { moniker: '' }))],
    ['17 channels', delimit(nodeInfoBytes(key, { channels: Uint8Array.from({ length: 17 }, (_, i) => 0x10 + i) }))],
    ['a channel twice', delimit(nodeInfoBytes(key, { channels: Uint8Array.of(0x10, 0x10) }))],
    ['another chain', delimit(nodeInfoBytes(key, { network: 'another' }))],
    ['another block protocol', delimit(nodeInfoBytes(key, { protocolVersion: { block: 12n } }))],
    ['no channel in common', delimit(nodeInfoBytes(key, { channels: Uint8Array.of(0x77) }))]
  ]
  for (const [name, said] of wrong) {
    const stream = await connectSecret(node.port, key)
    stream.write(said)
    // as Go: our own has gone out before we could read the other
    assert.equal(decodeNodeInfo(await stream.readDelimited(10_240)).id, node.key.id, name)
    await assert.rejects(stream.readDelimited(10_240), { name: 'ConnectionLostError' }, name)
  }
  await nothingLeft(node)
  assert.deepEqual([node.text.added.length, node.sw.peers().size], [0, 0])
  // and the good one is fine
  const stream = await connectSecret(node.port, key)
  await exchange(stream, good)
  await node.text.until(() => node.text.added.length === 1)
  stream.destroy()
})

test('what is unknown in NodeInfo is skipped, and a remote without our mark hears no verdict', async (t) => {
  const node = await given(t)
  const key = generateNodeKey()
  const stream = await connectSecret(node.port, key)
  // a field of a CometBFT to come
  const theirs = await exchange(stream, Uint8Array.from([...nodeInfoBytes(key), 0xca, 0x01, 0x02, 0x68, 0x69]))
  assert.ok(isMarked(theirs))
  await node.text.until(() => node.text.added.length === 1)
  const heard: number[] = []
  const heardAny = (packet: Uint8Array) => Buffer.from(heard).includes(Buffer.from(packet))
  stream.start({ onData: (bytes) => void heard.push(...bytes), onDrain: () => {}, onEnd: () => {} })
  // as Go: MConnection at once, here a ping and its pong; the node may ask how far we are, too
  stream.write(PING_BYTES)
  while (!heardAny(PONG_BYTES)) await pause()
  const pings = heardAny(PING_BYTES) ? 1 : 0
  assert.equal(heard.length, PONG_BYTES.length + pings * PING_BYTES.length, 'no verdict')
  stream.destroy()
})

test('refused as Go refuses: who is too many sees NodeInfo and then the end', async (t) => {
  const node = await given(t, { policy: { maxNumInboundPeers: 0 } })
  const key = generateNodeKey()
  const stream = await connectSecret(node.port, key)
  await exchange(stream, nodeInfoBytes(key))
  await assert.rejects(stream.readDelimited(10), { name: 'ConnectionLostError', at: 'between-frames' })
  await nothingLeft(node)
})

test('a refused remote that does not close is dropped all the same', async (t) => {
  const clock = new FakeClock()
  const node = await given(t, { policy: { maxNumInboundPeers: 0 }, options: { clock } })
  const key = generateNodeKey()
  const socket = await connectRaw(node.port)
  socket.allowHalfOpen = true
  t.after(() => socket.destroy())
  const port = Object.create(socketDuplex(socket), { destroy: { value: () => {} } })
  const stream = await secretConnection(port, key)
  stream.write(delimit(nodeInfoBytes(key)))
  await once(socket, 'end')
  await clock.run(999)
  assert.equal(pending(node), 1)
  await clock.run(1)
  await nothingLeft(node)
})

test('a stop drops a remote about whom the host still thinks', async (t) => {
  const node = await given(t)
  const stack = new CometStack({ nodeKey: generateNodeKey(), listen: ['127.0.0.1:0'] })
  const asked = deferred<AbortSignal | undefined>()
  await stack.start({
    nodeInfo: () => node.sw.nodeInfo(),
    channels: () => [],
    admit: ({ signal }) => {
      asked.resolve(signal)
      return new Promise(() => {})
    }
  })
  const port = Number(stack.listenAddrs()[0]?.split(':').at(-1))
  const key = generateNodeKey()
  const stream = await connectSecret(port, key)
  await exchange(stream, nodeInfoBytes(key))
  const signal = (await asked.promise) ?? assert.fail()
  await stack.stop()
  assert.equal(signal.aborted, true)
  await ended(stream)
})

test('filters of addresses are asked before anything is said, those of peers with NodeInfo', async (t) => {
  const seen: unknown[] = []
  const node = await given(t, {
    policy: {
      filterConnection: ({ ip }) => {
        seen.push(ip)
        return ip === '127.0.0.66' ? 'not from there' : undefined
      },
      filterPeer: ({ id, nodeInfo }) => {
        seen.push(id)
        return (nodeInfo as { moniker: string }).moniker === 'bad' ? 'not you' : undefined
      }
    }
  })
  const remote = new RawSocket(await connectRaw(node.port, '127.0.0.66'))
  await remote.closed
  assert.deepEqual([remote.received, seen], [0, ['127.0.0.66']])
  const bad = await given(t, { options: { moniker: 'bad' } })
  await assert.rejects(bad.sw.dialPeerWithAddress(node.address), {
    refusal: 'filtered',
    by: 'remote',
    message: /not you/
  })
  assert.deepEqual(seen, ['127.0.0.66', '127.0.0.1', bad.key.id])
})

test('D-15: a second node of one IP is refused unless allowed, and told why', async (t) => {
  const node = await given(t, { policy: { allowDuplicateIP: false } })
  const [first, second] = [await given(t), await given(t)]
  await first.sw.dialPeerWithAddress(node.address)
  await node.text.until(() => node.text.added.length === 1)
  await assert.rejects(second.sw.dialPeerWithAddress(node.address), { refusal: 'duplicate-ip', by: 'remote' })
})
