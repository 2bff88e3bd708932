/** What strangers and liars can do before there is a link. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { createNodeInfo, encodeNodeInfo } from '../../../../src/identity/node-info.ts'
import { channelProtocol } from '../../../../src/stacks/libp2p/channels/channel-stream.ts'
import { RecordStream } from '../../../../src/stacks/libp2p/channels/record-stream.ts'
import { MAX_RECORD_BYTES } from '../../../../src/stacks/libp2p/channels/records.ts'
import { decodeAnswer, encodeHello, HELLO_PROTOCOL } from '../../../../src/stacks/libp2p/hello/hello-codec.ts'
import { needs, started, startNode, type TestNode, type Transport } from '../nodes.ts'

async function pair(
  t: { after(fn: () => unknown): void },
  kind: Transport = 'tcp',
  init: Parameters<typeof startNode>[1] = {}
) {
  const nodes = await Promise.all([startNode(kind), startNode(kind, init)])
  t.after(() => Promise.all(nodes.map((node) => node.stop())))
  return nodes as [TestNode, TestNode]
}

/** A hello stream in the hands of a test. */
async function rawHello(from: TestNode, to: TestNode): Promise<{ stream: Stream; records: RecordStream }> {
  const connection = await from.libp2p.dial(multiaddr(to.address))
  const stream = await connection.newStream(HELLO_PROTOCOL)
  return { stream, records: new RecordStream(stream) }
}

const infoOf = (id: string, moniker = 'x') =>
  encodeNodeInfo(
    createNodeInfo({
      id,
      listenAddr: '127.0.0.1:1',
      network: 'test-chain',
      version: '1',
      channels: Uint8Array.of(0x20),
      moniker
    })
  )
const helloOf = (id: string, moniker = 'x') =>
  encodeHello({ version: 1, nodeInfo: infoOf(id, moniker), windows: [{ id: 0x20, window: 1 }], features: 0 })

test('a node info that lies about its id is refused before the host is asked', async (t) => {
  const [a, b] = await pair(t)
  const { records } = await rawHello(a, b)
  records.send(helloOf(b.id))
  const answer = decodeAnswer(await records.next())
  assert.equal(answer.accepted, false)
  assert.match(answer.accepted ? '' : answer.detail, /the connection's key has/)
  assert.deepEqual(b.host.asked, [])
})

test('a node info that Go would not accept is refused before the host is asked, and the field is named', async (t) => {
  const [a, b] = await pair(t)
  const { records } = await rawHello(a, b)
  records.send(helloOf(a.id, 'bell\u0007'))
  const answer = decodeAnswer(await records.next())
  assert.equal(answer.accepted, false)
  assert.match(answer.accepted ? '' : answer.detail, /moniker/)
  assert.deepEqual(b.host.asked, [])
})

for (const { name, send } of [
  { name: 'garbage', send: Uint8Array.of(5, 9, 9, 9, 9, 9) },
  { name: 'a record beyond the limit', send: Uint8Array.of(0xff, 0xff, 0x7f) },
  { name: 'an empty record', send: Uint8Array.of(0) }
])
  test(`${name} instead of a hello costs the stream, and nobody else notices`, async (t) => {
    const [a, b] = await pair(t)
    const { stream, records } = await rawHello(a, b)
    stream.send(send)
    await records.ended
    assert.deepEqual(b.host.asked, [])
    const link = b.host.link()
    await a.dial(b)
    assert.equal((await link).remoteId, a.id)
  })

test('who offers hello must complete it within the handshake timeout', async (t) => {
  const [a, b] = await pair(t, 'tcp', { stack: { handshakeTimeoutMs: 50 } })
  const { records } = await rawHello(a, b)
  const answer = decodeAnswer(await records.next())
  assert.match(answer.accepted ? '' : answer.detail, /hello took longer than 50 ms/)
})

test('who goes on talking before its hello is answered, or after it was refused, is held to two records', async (t) => {
  const [a, b] = await pair(t)
  const body = new Uint8Array(MAX_RECORD_BYTES)
  b.host.verdict = () => new Promise(() => {})
  for (const hello of [helloOf(a.id), helloOf(b.id)]) {
    const { stream, records } = await rawHello(a, b)
    records.send(hello)
    for (let i = 0; i < 3 && stream.status === 'open'; i++) records.send(body)
    if (stream.status !== 'reset') await new Promise((resolve) => stream.addEventListener('close', resolve))
    assert.equal(stream.status, 'reset')
  }
})

test('a control record beyond the limit ends the link with protocol', async (t) => {
  const [a, b] = await pair(t)
  const link = b.host.link()
  const { stream, records } = await rawHello(a, b)
  records.send(helloOf(a.id))
  const { sink } = started(await link)
  stream.send(Uint8Array.of(0xff, 0xff, 0x7f))
  const { reason } = await sink.end.promise
  assert.deepEqual([reason.kind, /at most 16384/.test(reason.message)], ['protocol', true])
})

test('a dial gives up on a remote that never answers its hello', async (t) => {
  const [a, b] = await pair(t)
  b.host.verdict = () => new Promise(() => {})
  const c = await startNode('tcp', { stack: { handshakeTimeoutMs: 50 }, listen: false })
  t.after(() => c.stop())
  await assert.rejects(c.dial(b), { name: 'DialFailedError', message: /took longer than 50 ms/ })
  await a.stop()
})

for (const kind of ['tcp', 'ws', 'quic'] as const)
  test(
    `${kind}: a refusal arrives with its reason, and only then the dialer closes the connection it made`,
    needs(kind),
    async (t) => {
      const [a, b] = await pair(t, kind)
      b.host.verdict = async () => ({ allow: false, refusal: 'inbound-full', detail: '40 of 40' })
      for (let i = 0; i < 5; i++)
        await assert.rejects(a.dial(b), { name: 'PeerRefusedError', refusal: 'inbound-full', by: 'remote' })
      b.host.verdict = undefined
      await a.dial(b)
      assert.equal(a.libp2p.getConnections().length, 1)
    }
  )

test('another network: both part at once, and the dialer knows it is incompatible', async (t) => {
  const [a, b] = await pair(t, 'tcp', { info: { network: 'other-chain' } })
  // the test host does not compare, so the dialer has to
  await assert.rejects(a.dial(b), { name: 'IncompatiblePeerError', message: /other-chain/ })
})

test('a hello that comes before the switch has started waits for it', async (t) => {
  const [a, b] = await pair(t, 'tcp', { start: false })
  const dial = a.dial(b)
  const link = b.host.link()
  await b.stack.start(b.host)
  assert.equal((await dial).remoteId, b.id)
  assert.equal((await link).remoteId, a.id)
})

test('shared mode: a connection that carries another protocol is left alone, whoever dialled it', async (t) => {
  const [a, b] = await pair(t)
  await b.libp2p.handle('/other/1.0.0', () => {})
  const link = await a.dial(b)
  const [connection] = a.libp2p.getConnections()
  await connection?.newStream('/other/1.0.0')
  await link.close({ kind: 'graceful', message: 'done' }, false)
  assert.equal(connection?.status, 'open')
})

test('shared mode: a connection that the user dialled is left open, one that we dialled is closed', async (t) => {
  const [a, b] = await pair(t)
  const theirs = await a.libp2p.dial(multiaddr(b.address))
  await (await a.dial(b)).close({ kind: 'graceful', message: 'done' }, false)
  assert.equal(theirs.status, 'open')
  await theirs.close()
  const link = await a.dial(b)
  await link.close({ kind: 'graceful', message: 'done' }, false)
  assert.equal(a.libp2p.getConnections().length, 0)
})

test('a channel stream without hello is reset and held nowhere', async (t) => {
  const [a, b] = await pair(t)
  const connection = await a.libp2p.dial(multiaddr(b.address))
  const stream = await connection.newStream(channelProtocol(0x20))
  if (stream.status === 'open') await new Promise((resolve) => stream.addEventListener('close', resolve))
  assert.equal(stream.status, 'reset')
})

test('exclusive mode: an inbound connection that says nothing is closed after the handshake timeout', async (t) => {
  const [a, b] = await pair(t, 'tcp', { stack: { mode: 'exclusive', handshakeTimeoutMs: 50 } })
  const connection = await a.libp2p.dial(multiaddr(b.address))
  if (connection.status === 'open') await new Promise((resolve) => connection.addEventListener('close', resolve))
  assert.notEqual(connection.status, 'open')
})
