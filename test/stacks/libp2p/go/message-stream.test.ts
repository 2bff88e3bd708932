/** One message a stream, on real QUIC nodes: what a long life and the orders of events that libp2p produces must not do to it. */
import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import type { Connection, Stream } from '@libp2p/interface'
import { createLibp2p, type Libp2p } from 'libp2p'
import { IncomingMessage, sendMessage } from '../../../../src/stacks/libp2p/go/message-stream.ts'
import { deferred } from '../../../../src/util/deferred.ts'
import { LISTEN, needs, transportOptions } from '../nodes.ts'

const PROTOCOL = '/message-stream-test/1'
const MAX_BYTES = 1_000

type Context = { after(fn: () => unknown): void }

/** Two QUIC nodes, connected; `handle` gets each stream that arrives. */
async function pair(t: Context, handle: (stream: Stream) => void): Promise<Connection> {
  const options = await transportOptions('quic')
  const node = (): Promise<Libp2p> => createLibp2p({ addresses: { listen: [LISTEN.quic] }, ...options })
  const [a, b] = (await Promise.all([node(), node()])) as [Libp2p, Libp2p]
  t.after(() => Promise.all([a.stop(), b.stop()]))
  await b.handle(PROTOCOL, handle)
  return await a.dial(b.getMultiaddrs())
}

function ignore(stream: Stream): void {
  const message: IncomingMessage = new IncomingMessage(stream, MAX_BYTES, {
    onBytes: () => {},
    onMessage: () => message.release(),
    onFault: () => {},
    onTruncated: () => {}
  })
}

/** Go reads a message and ends its side: what `delivered` means. */
function readAndEnd(stream: Stream): void {
  stream.addEventListener('message', () => void stream.close().catch(() => {}))
}

test("no message leaves a listener on the link's signal", needs('quic'), async (t) => {
  const connection = await pair(t, readAndEnd)
  const { signal } = new AbortController()
  for (let i = 0; i < 20; i++)
    assert.equal((await sendMessage(connection, PROTOCOL, Uint8Array.of(i), signal)).kind, 'delivered')
  assert.equal(getEventListeners(signal, 'abort').length, 0)
})

test('a message given up while its stream is opened is refused', needs('quic'), async (t) => {
  const connection = await pair(t, ignore)
  const given = new AbortController()
  const outcome = sendMessage(connection, PROTOCOL, Uint8Array.of(1), given.signal)
  given.abort(new Error('the link has ended'))
  assert.equal((await outcome).kind, 'refused')
  assert.equal(getEventListeners(given.signal, 'abort').length, 0)
})

test(
  'a message cut short is dropped also where its end came while libp2p still negotiated',
  needs('quic'),
  async (t) => {
    const truncated = deferred<Stream>()
    const connection = await pair(t, (stream) => {
      // what libp2p's negotiation does when all of a stream came with its first bytes, as from Go: it takes them, and puts the rest back
      const taken: Uint8Array[] = []
      const take = ({ data }: { data: { subarray(): Uint8Array } }) => void taken.push(data.subarray())
      stream.addEventListener('message', take)
      stream.addEventListener('end', () => {
        stream.removeEventListener('message', take)
        for (const bytes of taken.reverse()) stream.unshift(bytes)
        new IncomingMessage(stream, MAX_BYTES, {
          onBytes: () => {},
          onMessage: () => {},
          onFault: () => {},
          onTruncated: () => truncated.resolve(stream)
        })
      })
    })
    const stream = await connection.newStream(PROTOCOL)
    const ended = new Promise<void>((resolve) => stream.addEventListener('close', () => resolve()))
    stream.send(Uint8Array.of(100, 1, 2, 3))
    void stream.close().catch(() => {})
    const arrived = await truncated.promise
    await ended
    assert.equal(arrived.status, 'aborted')
  }
)

test(
  'a stream that ends without a byte is dropped also where its end came while libp2p still negotiated',
  needs('quic'),
  async (t) => {
    const truncated = deferred<Stream>()
    const connection = await pair(t, (stream) => {
      const read = () =>
        new IncomingMessage(stream, MAX_BYTES, {
          onBytes: () => {},
          onMessage: () => {},
          onFault: () => {},
          onTruncated: () => truncated.resolve(stream)
        })
      if (stream.remoteWriteStatus === 'closed') read()
      else stream.addEventListener('end', read)
    })
    const stream = await connection.newStream(PROTOCOL)
    void stream.close().catch(() => {})
    assert.equal((await truncated.promise).status, 'aborted')
  }
)
