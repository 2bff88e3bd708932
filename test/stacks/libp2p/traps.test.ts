/** Traps of js-libp2p (spec/js-libp2p.md) that a change could walk into again, each on real nodes. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { identify } from '@libp2p/identify'
import type { Stream } from '@libp2p/interface'
import { tls } from '@libp2p/tls'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { channelProtocol } from '../../../src/stacks/libp2p/channels/channel-stream.ts'
import { HELLO_PROTOCOL } from '../../../src/stacks/libp2p/hello/hello-codec.ts'
import { type NodeInit, needs, started, startNode, type TestNode, type Transport, write } from './nodes.ts'

type Context = { after(fn: () => unknown): void }

async function linked(t: Context, kind: Transport, init: Parameters<typeof startNode>[1] = {}) {
  const [a, b] = (await Promise.all([startNode(kind, init), startNode(kind, init)])) as [TestNode, TestNode]
  t.after(() => Promise.all([a.stop(), b.stop()]))
  const inbound = b.host.link()
  const ours = started(await a.dial(b))
  const theirs = started(await inbound)
  return { a, b, ours, theirs }
}

const SOURCES = new URL('../../../src/stacks/libp2p/', import.meta.url)
const code = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({
    name,
    text: readFileSync(new URL(name, SOURCES), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
  }))

for (const { call, why, except = [] } of [
  { call: /\.onDrain\(/, why: 'spins after its first use (section 1.1): wait for drain events' },
  {
    call: /\b(pause|resume)\(\)/,
    why: 'overruns under default windows and does nothing on QUIC: credit bounds memory'
  },
  {
    call: /for await \(/,
    why: 'a stream iterator hangs or drops data around a FIN',
    // the events of a query, not a stream
    except: ['dht/network-dht.ts', 'dht/walks.ts']
  },
  { call: /\.use\(|getMiddleware/, why: 'middleware calls grow with every stream (section 5.3)' },
  { call: /keep-alive/i, why: 'libp2p then redials what we have just closed' },
  { call: /AbortSignal\.timeout\(/, why: 'knows no clock but the real one' },
  {
    call: /peerStore\.(get|all|has)\(/,
    why: 'what is stored is of another connection',
    // a signed record is its node's, whatever the connection; and who was known in an earlier run is a candidate, no more
    except: ['finding/peer-records.ts', 'finding/finding.ts']
  }
] as ReadonlyArray<{ call: RegExp; why: string; except?: readonly string[] }>)
  test(`no code of the stack uses ${call}: ${why}`, () => {
    assert.deepEqual(
      code.filter(({ text, name }) => call.test(text) && !except.includes(name)).map(({ name }) => name),
      []
    )
  })

for (const kind of ['tcp', 'ws', 'quic'] as const)
  test(
    `${kind}: bulk never piles up in a stream's write buffer, and the flight stays bounded`,
    needs(kind),
    async (t) => {
      const { a, ours, theirs } = await linked(t, kind)
      const message = new Uint8Array(60_000)
      let most = 0
      for (let i = 0; i < 400; i++) {
        await write(ours, 0x40, message)
        for (const { streams } of a.libp2p.getConnections())
          for (const { writeBufferLength } of streams) most = Math.max(most, writeBufferLength)
      }
      await theirs.sink.received(400)
      assert.equal(most <= 5 * 1024 * 1024, true, `${most} bytes in a write buffer`)
    }
  )

for (const kind of ['tcp', 'quic'] as const)
  test(
    `${kind}: a reader that stops for good neither kills its stream nor takes more than its credit`,
    needs(kind),
    async (t) => {
      const [a, b] = (await Promise.all([
        startNode(kind),
        startNode(kind, { stack: { receiveBufferBytes: 3 << 20 } })
      ])) as [TestNode, TestNode]
      t.after(() => Promise.all([a.stop(), b.stop()]))
      const inbound = b.host.link()
      const ours = started(await a.dial(b))
      const theirs = started(await inbound, { consume: false })
      let sent = 0
      // warm streams are where pause() overran: 4 MiB of window is there after some megabytes
      const message = new Uint8Array(50_000)
      const full = (async () => {
        for (; sent < 200; sent++) await write(ours, 0x40, message)
      })()
      await theirs.sink.received(18)
      const held = () => theirs.sink.bytes
      // that nothing more comes can only be seen by waiting: until the figure stands still
      for (let last = -1; held() !== last; await new Promise((resolve) => setTimeout(resolve, 50))) last = held()
      assert.equal(held() <= 1 << 20, true, `${held()} bytes held`)
      assert.deepEqual([ours.sink.ends, theirs.sink.ends], [0, 0])
      theirs.link.consumed(0x40, held())
      theirs.sink.onDeliver = (channelId, bytes) => theirs.link.consumed(channelId, bytes.length)
      await full
      await theirs.sink.received(200)
    }
  )

test('streams are opened in one place: elsewhere the first write of yamux may end the process (open-stream.ts)', () => {
  assert.deepEqual(
    code.filter(({ text }) => /\.newStream\(/.test(text)).map(({ name }) => name),
    ['open-stream.ts']
  )
})

test("the user's own yamux windows, small as they may be, carry everything", async (t) => {
  const muxer = yamux({ streamOptions: { maxStreamWindowSize: 256 * 1024 }, maxEarlyStreams: 3 })
  const { ours, theirs } = await linked(t, 'tcp', { libp2p: { streamMuxers: [muxer] } })
  for (let i = 0; i < 30; i++) await write(ours, 0x20 + (i % 3) * 0x10, new Uint8Array(300_000))
  await theirs.sink.received(30)
})

test('channels that open at once after a cold dial are not lost with the early streams', async (t) => {
  const channels = Array.from({ length: 16 }, (_, id) => ({ id, recvMessageCapacity: 1_000, priority: 1 }))
  for (let round = 0; round < 3; round++) {
    const { ours, theirs } = await linked(t, 'tcp', { channels })
    for (const { id } of channels) {
      ours.link.write({ channelId: id, parts: [Uint8Array.of(id)], bytes: 1 })
      theirs.link.write({ channelId: id, parts: [Uint8Array.of(id)], bytes: 1 })
    }
    await Promise.all([ours.sink.received(16), theirs.sink.received(16)])
  }
})

for (const { name, bytes, want } of [
  { name: 'an unassigned frame kind', bytes: [0x20, 0x03], want: /frame kind/ },
  { name: 'a channel nobody serves', bytes: [0x77, 0x00], want: /we do not serve it/ },
  { name: 'a piece of no message', bytes: [0x20, 0x06, 1], want: /a piece of no message/ },
  { name: 'more than recvMessageCapacity', bytes: [0x20, 0x80, 0x80, 0x80, 0x08], want: /at most 1048576/ },
  { name: 'a padded number', bytes: [0x20, 0x84, 0x00], want: /padded/ }
])
  test(`${name} ends the link with protocol, and the other peers do not notice`, async (t) => {
    const [a, b, c] = (await Promise.all([startNode('tcp'), startNode('tcp'), startNode('tcp')])) as [
      TestNode,
      TestNode,
      TestNode
    ]
    t.after(() => Promise.all([a.stop(), b.stop(), c.stop()]))
    const bystander = b.host.link()
    await c.dial(b)
    const other = started(await bystander)
    const inbound = b.host.link()
    await a.dial(b)
    const theirs = started(await inbound)
    const [connection] = a.libp2p.getConnections()
    const stream = (await connection?.newStream(channelProtocol(0x20))) as Stream
    stream.send(Uint8Array.from(bytes))
    const { reason, drain } = await theirs.sink.end.promise
    assert.equal(reason.kind, 'protocol')
    assert.match(reason.message, want)
    assert.deepEqual([drain, other.sink.ends], [false, 0])
  })

test('an announcement of the longest message, followed by nothing, costs nothing and is no fault', async (t) => {
  const { a, theirs } = await linked(t, 'tcp')
  const [connection] = a.libp2p.getConnections()
  const stream = (await connection?.newStream(channelProtocol(0x40))) as Stream
  const before = process.memoryUsage().arrayBuffers
  stream.send(Uint8Array.from([0x40, 0x05, 0x80, 0x80, 0x40, 9]))
  assert.equal(await theirs.link.probe(5_000), true)
  assert.equal(process.memoryUsage().arrayBuffers - before < 1 << 20, true)
  assert.equal(theirs.sink.ends, 0)
})

test('hello works with identify, without it, and where the peer store lies', async (t) => {
  for (const services of [{ identify: identify() }, {}, { identify: identify({ runOnConnectionOpen: false }) }]) {
    const init = { libp2p: { services: services as any } }
    const [a, b] = (await Promise.all([startNode('tcp', init), startNode('tcp', init)])) as [TestNode, TestNode]
    t.after(() => Promise.all([a.stop(), b.stop()]))
    // of another life: it says that b knows no hello
    await a.libp2p.peerStore.patch(b.libp2p.peerId, { protocols: ['/something/else/1.0.0'] })
    const link = b.host.link()
    await a.dial(b)
    assert.equal((await link).remoteId, a.id)
  }
})

test('protocols stored by an earlier run are not announced: identify lists what is handled', async (t) => {
  const node = await startNode('tcp')
  t.after(() => node.stop())
  await node.libp2p.peerStore.merge(node.libp2p.peerId, { protocols: ['/p2p/cometbft/1.0.0/channel/0x99'] })
  await node.stack.prepare([])
  const { protocols } = await node.libp2p.peerStore.get(node.libp2p.peerId)
  assert.equal(protocols.includes('/p2p/cometbft/1.0.0/channel/0x99'), false)
  assert.equal(protocols.includes(HELLO_PROTOCOL), true)
})

test('a dial finds the connection that is already there, whoever made it, and the link is still outbound', async (t) => {
  const [a, b] = (await Promise.all([startNode('tcp'), startNode('tcp')])) as [TestNode, TestNode]
  t.after(() => Promise.all([a.stop(), b.stop()]))
  const open = new Promise((resolve) => a.libp2p.addEventListener('connection:open', resolve, { once: true }))
  await Promise.all([b.libp2p.dial(multiaddr(a.address)), open])
  const inbound = b.host.link()
  const link = await a.dial(b)
  assert.deepEqual([link.outbound, (await inbound).outbound], [true, false])
  assert.equal(b.libp2p.getConnections().length, 1)
})

for (const kind of ['tcp', 'ws', 'quic'] as const)
  test(
    `${kind}: a dial that meets the old connection while the remote closes it makes a new one`,
    needs(kind),
    async (t) => {
      const [a, b] = await Promise.all([startNode(kind), startNode(kind)])
      t.after(() => Promise.all([a.stop(), b.stop()]))
      // at some of these turns of the event loop the connection still counts as open on one side only
      for (let turns = 0; turns < 10; turns++) {
        const far = b.host.link()
        const near = await a.dial(b)
        const { sink } = started(await far)
        void near.close({ kind: 'graceful', message: 'bye' }, false)
        await sink.end.promise
        for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve))
        const back = a.host.link()
        const again = started(await b.dial(a))
        await (await back).close({ kind: 'graceful', message: 'bye' }, false)
        await again.sink.end.promise
        await again.link.close({ kind: 'graceful', message: 'bye' }, false)
        assert.deepEqual(b.libp2p.getConnections(), [])
      }
    }
  )

test('a dial without /p2p that leads to another key than the hex id names is found out', async (t) => {
  const [a, b] = (await Promise.all([startNode('tcp'), startNode('tcp')])) as [TestNode, TestNode]
  t.after(() => Promise.all([a.stop(), b.stop()]))
  const port = /tcp\/(\d+)/.exec(b.address)?.[1]
  await assert.rejects(a.dial(`${'0'.repeat(40)}@127.0.0.1:${port}`), { name: 'WrongIdentityError' })
  assert.equal((await a.dial(`${b.id}@127.0.0.1:${port}`)).remoteId, b.id)
})

for (const kind of ['tcp', 'ws', 'quic'] as const)
  test(`${kind}: what was flushed arrives though the node stops right after the close`, needs(kind), async (t) => {
    const { a, ours, theirs } = await linked(t, kind)
    for (let i = 0; i < 40; i++) await write(ours, 0x40, new Uint8Array(50_000))
    assert.equal(await ours.link.flushed(), true)
    await ours.link.close({ kind: 'shutdown', message: 'stopping' }, true)
    await a.libp2p.stop()
    const { reason, drain } = await theirs.sink.end.promise
    assert.deepEqual([reason.kind, drain, theirs.sink.count], ['shutdown', true, 40])
  })

for (const kind of ['tcp', 'ws', 'quic', 'tls'] as const)
  test(
    `${kind}: an address whose PeerId is another's is a wrong identity, as with a hex id`,
    needs(kind === 'tls' ? 'tcp' : kind),
    async (t) => {
      const start = (init: NodeInit = {}) =>
        kind === 'tls'
          ? startNode('tcp', { ...init, libp2p: { connectionEncrypters: [tls()] } })
          : startNode(kind, init)
      const [a, b, third] = await Promise.all([start(), start(), start({ listen: false })])
      t.after(() => Promise.all([a.stop(), b.stop()]))
      await third.stop()
      const wrong = b.address.replace(/\/p2p\/.*/, `/p2p/${third.libp2p.peerId}`)
      await assert.rejects(a.dial(wrong), { name: 'WrongIdentityError' })
      assert.equal((await a.dial(b)).remoteId, b.id)
    }
  )

test('PeerId@host:port on a node without QUIC fails with a word of QUIC', async (t) => {
  const node = await startNode('tcp')
  t.after(() => node.stop())
  const other = await startNode('tcp', { listen: false })
  await other.stop()
  await assert.rejects(node.dial(`${other.libp2p.peerId}@127.0.0.1:26656`), {
    name: 'DialFailedError',
    message: /needs a QUIC transport/
  })
})
