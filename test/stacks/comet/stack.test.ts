/** The classic stack under a switch, against remotes that are slow, wrong or hostile at every step of the handshake, and against one that speaks as Go does. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { generateNodeKey } from '../../../src/identity/node-key.ts'
import { delimit } from '../../../src/stacks/comet/delimited.ts'
import { secretConnection } from '../../../src/stacks/comet/secret-connection.ts'
import type { SecureStream } from '../../../src/stacks/comet/secret-stream.ts'
import { socketDuplex } from '../../../src/stacks/comet/socket-duplex.ts'
import { CometStack } from '../../../src/stacks/comet/stack.ts'
import { deferred } from '../../../src/util/deferred.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { TextReactor } from '../../helpers/text-reactor.ts'
import { EPHEMERAL, exchange, given, listenRaw, nodeInfoBytes, nothingLeft, pause, pending } from './classic-switch.ts'
import { openSockets } from './tcp-watch.ts'

const HANDSHAKE_MS = 5_000

test('two nodes of this library: a peer on both, who left the budget of strangers, with the address of the socket', async (t) => {
  const [a, b] = [await given(t), await given(t)]
  const near = await a.sw.dialPeerWithAddress(b.address)
  await b.text.until(() => b.text.added.length === 1)
  const far = b.text.added[0] ?? assert.fail()
  assert.deepEqual([near.stack(), near.isOutbound(), far.isOutbound()], ['comet', true, false])
  assert.equal(String(near.socketAddr()), b.address)
  assert.match(String(far.socketAddr()), new RegExp(`^${a.key.id}@127\\.0\\.0\\.1:\\d+$`))
  assert.notEqual(far.socketAddr().port, a.port)
  assert.deepEqual([near.remoteIP(), far.remoteIP()], ['127.0.0.1', '127.0.0.1'])
  assert.equal(far.nodeInfo().listenAddr, `tcp://127.0.0.1:${a.port}`)
  assert.deepEqual([pending(a), pending(b)], [0, 0])
})

test('IPv6, IPv4 on the same port, and several addresses; a name; port 0 tells the port it has got', async (t) => {
  const many = await given(t, { listen: ['tcp://[::]:0', 'localhost:0', '127.0.0.1:0'] })
  const [any = '', named = '', v4 = ''] = many.sw.netInfo().listeners
  assert.match(any, /^tcp:\/\/\[::\]:\d+$/)
  assert.match(named, /^tcp:\/\/localhost:\d+$/)
  const port = any.split(':').at(-1)
  for (const [to, ip] of [
    [`[::1]:${port}`, '::1'],
    // what the kernel calls ::ffff:127.0.0.1
    [`127.0.0.1:${port}`, '127.0.0.1'],
    [named.replace('tcp://', ''), undefined],
    [v4.replace('tcp://', ''), '127.0.0.1']
  ] as const) {
    const dialer = await given(t, { listen: [] })
    const before = many.text.added.length
    await dialer.sw.dialPeerWithAddress(`${many.key.id}@${to}`)
    await many.text.until(() => many.text.added.length > before)
    const peer = many.sw.peers().get(dialer.key.id) ?? assert.fail()
    if (ip !== undefined) assert.deepEqual([peer.remoteIP(), peer.socketAddr().host], [ip, ip])
    assert.equal(peer.nodeInfo().listenAddr, 'tcp://0.0.0.0:26656', 'who does not listen says what nobody dials')
    await many.sw.stopPeerGracefully(peer)
  }
})

test('a port that is taken is an error of start, and the addresses before it are free again', async (t) => {
  const taken = await given(t)
  const stack = new CometStack({ nodeKey: generateNodeKey(), listen: ['127.0.0.1:0', `127.0.0.1:${taken.port}`] })
  const host = { nodeInfo: () => taken.sw.nodeInfo(), channels: () => [], admit: async () => assert.fail() }
  await assert.rejects(stack.start(host), { code: 'EADDRINUSE' })
  assert.deepEqual(stack.listenAddrs(), [])
  await stack.stop()
})

test('options are checked: what is wrong is named', () => {
  const nodeKey = generateNodeKey()
  const table: Array<[options: unknown, field: string]> = [
    [undefined, 'options'],
    [{ nodeKey: {} }, 'nodeKey'],
    [{ nodeKey, listen: '127.0.0.1:0' }, 'listen'],
    [{ nodeKey, listen: ['127.0.0.1:0', '/ip4/127.0.0.1/tcp/0'] }, 'listen[1]'],
    [{ nodeKey, dialTimeoutMs: 0 }, 'dialTimeoutMs'],
    [{ nodeKey, handshakeTimeoutMs: '5s' }, 'handshakeTimeoutMs'],
    [{ nodeKey, maxPacketMsgPayloadSize: 0 }, 'maxPacketMsgPayloadSize']
  ]
  for (const [options, field] of table)
    assert.throws(() => new CometStack(options as never), { name: 'InvalidOptionError', field }, field)
})

// ---- dials ---------------------------------------------------------------------------------------------------------

/** A listener that goes as far as `play` does, and then waits. */
async function listener(t: TestContext, play: (duplex: ReturnType<typeof socketDuplex>) => Promise<unknown>) {
  const streams: unknown[] = []
  const arrived = deferred<void>()
  const { port, server } = await listenRaw((socket) => {
    t.after(() => socket.destroy())
    void play(socketDuplex(socket)).then(
      (stream) => {
        streams.push(stream)
        arrived.resolve()
      },
      () => {}
    )
  })
  t.after(() => server.close())
  return { port, arrived: arrived.promise }
}

const SILENT: Array<
  [
    name: string,
    play: (key: ReturnType<typeof generateNodeKey>) => (duplex: ReturnType<typeof socketDuplex>) => Promise<unknown>
  ]
> = [
  ['accepts and never reads', () => async () => {}],
  [
    'never proves its key',
    () => async (duplex) => {
      duplex.open({ onChunk: () => {}, onDrain: () => {}, onEnd: () => {} })
      duplex.write(EPHEMERAL)
    }
  ],
  ['never says NodeInfo', (key) => async (duplex) => await secretConnection(duplex, key)],
  [
    'says it is one of ours and gives no verdict',
    (key) => async (duplex) => {
      const stream = await secretConnection(duplex, key)
      stream.write(delimit(Uint8Array.from([...nodeInfoBytes(key), 0xc8, 0x3e, 0x01])))
    }
  ]
]

for (const [name, play] of SILENT) {
  test(`a dial to a remote that ${name} fails after the time of that step`, async (t) => {
    const clock = new FakeClock()
    const node = await given(t, { options: { clock } })
    const key = generateNodeKey()
    const remote = await listener(t, play(key))
    const dial = node.sw.dialPeerWithAddress(`${key.id}@127.0.0.1:${remote.port}`)
    const failed = assert.rejects(dial, { name: 'DialFailedError', message: /took longer than 5000 ms/ })
    await remote.arrived
    let done = false
    void failed.finally(() => {
      done = true
    })
    // its last words may still be on the wire
    while (!done) {
      await clock.run(1_000)
      await pause()
    }
    await failed
    assert.ok(clock.now() < 3 * HANDSHAKE_MS, `${clock.now()} ms`)
    assert.equal(node.sw.numPeers().dialing, 0)
    await node.sw.stop()
    assert.equal(clock.pending, 0)
  })

  test(`a stop rejects a dial to a remote that ${name} at once`, async (t) => {
    const node = await given(t, { options: { clock: new FakeClock() } })
    const key = generateNodeKey()
    const remote = await listener(t, play(key))
    const dial = node.sw.dialPeerWithAddress(`${key.id}@127.0.0.1:${remote.port}`)
    const rejected = assert.rejects(dial, { name: 'NotRunningError' })
    await remote.arrived
    await node.sw.stop()
    await rejected
    while (openSockets(remote.port).some(({ remotePort }) => remotePort === remote.port)) await pause()
  })
}

test('a dial tells what it found: nobody, another node, itself, another chain, nonsense', async (t) => {
  const [node, other, foreign] = [await given(t), await given(t), await given(t, { options: { network: 'another' } })]
  const { port, server } = await listenRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
  t.after(() => server.close())
  const key = generateNodeKey()
  const table: Array<[address: string, want: object]> = [
    [`${key.id}@127.0.0.1:1`, { name: 'DialFailedError', message: /ECONNREFUSED/ }],
    [`${key.id}@localhost:1`, { name: 'DialFailedError', message: /ECONNREFUSED/ }],
    [`${key.id}@no-such-host.invalid:1`, { name: 'DialFailedError' }],
    [`${key.id}@127.0.0.1:${other.port}`, { name: 'WrongIdentityError', message: new RegExp(other.key.id) }],
    [node.address, { name: 'PeerRefusedError', refusal: 'self', by: 'us' }],
    [foreign.address, { name: 'IncompatiblePeerError' }],
    [`${key.id}@127.0.0.1:${port}`, { name: 'DialFailedError' }]
  ]
  for (const [address, want] of table) await assert.rejects(node.sw.dialPeerWithAddress(address), want, address)
  for (const each of [node, other, foreign]) {
    await nothingLeft(each)
    assert.equal(each.text.added.length, 0)
  }
})

test('toward Go a dial has succeeded with its NodeInfo; a refusal is seen as the end of the peer', async (t) => {
  const node = await given(t)
  const key = generateNodeKey()
  const accepted = deferred<SecureStream>()
  const { port } = await listener(t, async (duplex) => {
    const stream = await secretConnection(duplex, key)
    await exchange(stream, nodeInfoBytes(key))
    accepted.resolve(stream)
  })
  const peer = await node.sw.dialPeerWithAddress(`${key.id}@127.0.0.1:${port}`)
  assert.equal(peer.isRunning(), true)
  ;(await accepted.promise).destroy()
  await node.text.until(() => node.text.removed.length === 1)
  const { reason } = node.text.removed[0] ?? assert.fail()
  assert.equal((reason as { kind: string }).kind, 'communication')
})

test('a Go node that lies about its id, or is of another chain, is not a peer', async (t) => {
  const node = await given(t)
  for (const [fields, want] of [
    [{ id: generateNodeKey().id }, { name: 'DialFailedError', message: /NodeInfo\.id/ }],
    [{ network: 'another' }, { name: 'IncompatiblePeerError' }],
    [{ moniker: '' }, { name: 'DialFailedError', message: /moniker/ }]
  ] as const) {
    const key = generateNodeKey()
    const { port } = await listener(t, async (duplex) => {
      const stream = await secretConnection(duplex, key)
      await exchange(stream, nodeInfoBytes(key, fields))
    })
    await assert.rejects(node.sw.dialPeerWithAddress(`${key.id}@127.0.0.1:${port}`), want)
  }
  assert.equal(node.text.added.length, 0)
})

test('both dial at once, again and again: one peer and one connection, and both dials are that peer', async (t) => {
  const [a, b] = [await given(t), await given(t)]
  for (let i = 0; i < 30; i++) {
    const dials = await Promise.all([a.sw.dialPeerWithAddress(b.address), b.sw.dialPeerWithAddress(a.address)])
    assert.deepEqual(
      dials.map((peer) => peer.id()),
      [b.key.id, a.key.id]
    )
    assert.notEqual(dials[0].isOutbound(), dials[1].isOutbound())
    // one connection has two ends in this process
    while ([a, b].flatMap(({ port }) => openSockets(port)).length !== 2) await pause()
    const gone = b.text.removed.length
    await a.sw.stopPeerGracefully(dials[0])
    await b.text.until(() => b.text.removed.length > gone)
    while (b.sw.peers().size > 0) await pause()
  }
})

test('a node with more channels than Go takes says so once, and speaks to its own kind', async (t) => {
  const make = () =>
    given(t, {
      text: new TextReactor({ channels: Array.from({ length: 20 }, (_, i) => ({ id: 0x10 + i, priority: 1 })) })
    })
  const [a, b] = [await make(), await make()]
  assert.equal(a.log.filter(({ message }) => message.startsWith('Go nodes refuse us')).length, 1)
  const peer = await a.sw.dialPeerWithAddress(b.address)
  await peer.send({ channelId: 0x10 + 19, message: 'on the last' })
  await b.text.until(() => b.text.received.length === 1)
})
