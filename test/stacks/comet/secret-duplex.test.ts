/** The stream after its handshake, as the link uses it; and how it behaves on real sockets. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { ConnectionLostError, SecretConnectionError } from '../../../src/errors.ts'
import { generateNodeKey } from '../../../src/identity/node-key.ts'
import { delimit } from '../../../src/stacks/comet/delimited.ts'
import { secretConnection } from '../../../src/stacks/comet/secret-connection.ts'
import type { SecureStream } from '../../../src/stacks/comet/secret-stream.ts'
import { socketDuplex } from '../../../src/stacks/comet/socket-duplex.ts'
import { TestDuplex } from './test-duplex.ts'

const FRAME_BYTES = 1_044

/** Two streams with a wire between them, past the handshake. */
async function pair() {
  const [portA, portB] = TestDuplex.pair()
  const [a, b] = await Promise.all([
    secretConnection(portA, generateNodeKey()),
    secretConnection(portB, generateNodeKey())
  ])
  return { a, b, portA, portB }
}

/** Records what a stream says. */
function listen(stream: SecureStream, hooks: { onData?(bytes: Uint8Array): void; onDrain?(): void } = {}) {
  const heard: string[] = []
  const { promise: ended, resolve } = Promise.withResolvers<Error | undefined>()
  stream.start({
    onData(bytes) {
      heard.push(Buffer.from(bytes).toString())
      hooks.onData?.(bytes)
    },
    onDrain() {
      heard.push('(drain)')
      hooks.onDrain?.()
    },
    onEnd(error) {
      heard.push('(end)')
      resolve(error)
    }
  })
  return { heard, ended }
}

const text = (words: string) => new Uint8Array(Buffer.from(words))
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('messages with a length come one by one, and what comes behind them waits for start', async () => {
  const { a, b } = await pair()
  a.write(delimit(text('first')))
  a.write(new Uint8Array(Buffer.concat([delimit(text('second')), text('and on')])))
  assert.equal(Buffer.from(await b.readDelimited(10)).toString(), 'first')
  assert.equal(Buffer.from(await b.readDelimited(10)).toString(), 'second')
  const { heard } = listen(b)
  assert.deepEqual(heard, [], 'nothing within the call')
  a.write(text(', then more'))
  await turn()
  assert.deepEqual(heard, ['and on', ', then more'])
})

test('a message longer than allowed is refused by its length alone, and the stream is gone', async () => {
  const { a, b, portB } = await pair()
  a.write(delimit(new Uint8Array(11)).subarray(0, 1))
  await assert.rejects(b.readDelimited(10), (error: SecretConnectionError) => error.fault === 'message-too-long')
  assert.ok(portB.destroyed)
  assert.ok(b.closed.aborted)
  assert.equal(b.write(text('x')), false)
})

test('a message that the remote’s close cuts short is a lost connection', async () => {
  const { a, b, portB } = await pair()
  a.write(delimit(new Uint8Array(11)).subarray(0, 5))
  await turn()
  const reading = b.readDelimited(20)
  portB.finish()
  await assert.rejects(
    reading,
    (error: unknown) => error instanceof ConnectionLostError && error.at === 'between-frames'
  )
})

test('a message that came before the close is still read', async () => {
  const { a, b, portB } = await pair()
  a.write(delimit(text('last')))
  await turn()
  portB.finish()
  assert.ok(b.closed.aborted)
  assert.equal(Buffer.from(await b.readDelimited(20)).toString(), 'last')
  await assert.rejects(b.readDelimited(20), ConnectionLostError)
})

test('a signal ends the wait for a message, and the stream with it', async () => {
  const { b, portB } = await pair()
  const abort = new AbortController()
  const reading = b.readDelimited(20, abort.signal)
  abort.abort(new Error('too late'))
  await assert.rejects(reading, { message: 'too late' })
  assert.ok(portB.destroyed)
  await assert.rejects(b.readDelimited(20, abort.signal), { message: 'too late' })
})

test('only one may wait for a message, and only before start', async () => {
  const { a, b } = await pair()
  const reading = b.readDelimited(20)
  await assert.rejects(b.readDelimited(20), TypeError)
  a.write(delimit(text('x')))
  await reading
  listen(b)
  await assert.rejects(b.readDelimited(20), TypeError)
  assert.throws(() => listen(b), TypeError)
})

test('a remote that talks before it is listened to is read up to a chunk’s worth, then the socket waits', async () => {
  const { a, b, portB } = await pair()
  for (let i = 0; i < 63; i++) a.write(new Uint8Array(1_024))
  await turn()
  assert.equal(portB.paused, false)
  a.write(new Uint8Array(1_024))
  await turn()
  assert.equal(portB.paused, true)
  let bytes = 0
  listen(b, {
    onData(data) {
      bytes += data.length
    }
  })
  await turn()
  assert.equal(bytes, 65_536)
  assert.equal(portB.paused, false)
})

test('frames of one byte each cost a remote more than us: what waits is joined', async () => {
  const { a, b, portB } = await pair()
  for (let i = 0; i < 3_000; i++) {
    a.write(text('x'))
    if (i % 100 === 0) await turn()
  }
  await turn()
  assert.equal(portB.paused, false)
  const { heard } = listen(b)
  await turn()
  assert.deepEqual(heard, ['x'.repeat(3_000)])
})

test('a paused stream stops the socket, and goes on where it was', async () => {
  const { a, b, portB } = await pair()
  const { heard } = listen(b)
  await turn()
  b.pause()
  assert.equal(portB.paused, true)
  a.write(text('one more'))
  await turn()
  assert.deepEqual(heard, ['one more'], 'what the socket had given already')
  b.resume()
  assert.equal(portB.paused, false)
})

test('what was held before start waits for resume when paused in between, and so does the end', async () => {
  const { a, b, portB } = await pair()
  a.write(text('held'))
  await turn()
  portB.finish()
  const { heard, ended } = listen(b)
  b.pause()
  await turn()
  assert.deepEqual(heard, [])
  b.resume()
  assert.deepEqual(heard, ['held', '(end)'])
  assert.equal(await ended, undefined)
})

/** What `stream` puts on the wire for these words, a frame each; it does not arrive by itself. */
function frames(stream: SecureStream, port: TestDuplex, words: string[]): Uint8Array {
  const from = port.wire.length
  port.carries = false
  for (const word of words) stream.write(text(word))
  return port.wire.slice(from)
}

test('the frames that one chunk completes come joined', async () => {
  const { a, b, portA, portB } = await pair()
  const { heard } = listen(b)
  await turn()
  const chunk = frames(a, portA, ['one ', 'two ', 'three ', 'four '])
  portB.give(chunk.slice(0, 500))
  portB.give(chunk.slice(500))
  assert.deepEqual(heard, ['one two three four '])
})

test('a handler may destroy the stream: nothing comes after that, neither data nor an end', async () => {
  const { a, b, portA, portB } = await pair()
  const { heard } = listen(b, { onData: () => b.destroy() })
  await turn()
  const chunk = frames(a, portA, ['one', 'two'])
  portB.give(chunk.slice(0, FRAME_BYTES))
  portB.give(chunk.slice(FRAME_BYTES))
  await turn()
  assert.deepEqual(heard, ['one'])
  assert.ok(portB.destroyed)
})

test('what came before a bad frame is heard, then why it ended; the socket is gone by then', async () => {
  const { a, b, portB } = await pair()
  const { heard, ended } = listen(b)
  a.write(text('good'))
  await turn()
  portB.give(new Uint8Array(FRAME_BYTES))
  assert.ok(portB.destroyed)
  const error = await ended
  assert.ok(error instanceof SecretConnectionError && error.fault === 'tampered-frame')
  assert.deepEqual(heard, ['good', '(end)'])
})

test('what the kernel has not taken is not written over, whatever is sent meanwhile, on this connection or another', async () => {
  const { a, portA } = await pair()
  const other = await pair()
  const kept: Uint8Array[] = []
  const copies: Uint8Array[] = []
  portA.write = (bytes) => {
    kept.push(bytes)
    copies.push(bytes.slice())
    portA.writableLength += bytes.length
    return true
  }
  for (const words of ['one', 'two', 'three']) {
    a.write(text(words))
    other.a.write(text('another'))
  }
  assert.equal(kept.length, 3)
  assert.deepEqual(kept, copies)
  assert.ok(
    kept.slice(1).every(({ buffer }) => buffer.byteLength === FRAME_BYTES),
    'no more is kept than is sent'
  )
})

test('a close between frames is no error, one inside a frame is, and a reset keeps its cause', async () => {
  const reset = new Error('read ECONNRESET')
  const table: Array<{ given: number; cause: Error | undefined; want: string | undefined }> = [
    { given: 0, cause: undefined, want: undefined },
    { given: 1, cause: undefined, want: 'inside-frame' },
    { given: FRAME_BYTES - 1, cause: reset, want: 'inside-frame' },
    { given: 0, cause: reset, want: 'between-frames' }
  ]
  for (const { given, cause, want } of table) {
    const { b, portB } = await pair()
    const { ended } = listen(b)
    await turn()
    if (given > 0) portB.give(new Uint8Array(given))
    portB.finish(cause)
    const error = await ended
    assert.equal((error as ConnectionLostError | undefined)?.at, want)
    assert.equal(error?.cause, cause)
    assert.ok(b.closed.aborted)
  }
})

test('write says when to wait, drain when to go on; after an end nothing is written', async () => {
  const { a, portA } = await pair()
  const { heard } = listen(a)
  await turn()
  assert.equal(a.write(text('x')), true)
  portA.accepts = false
  portA.writableLength = 5_000
  assert.equal(a.write(text('y')), false)
  assert.equal(a.bufferedBytes, 5_000)
  portA.drain()
  assert.deepEqual(heard, ['(drain)'])
  const written = portA.written.length
  assert.equal(a.write(new Uint8Array(0)), true)
  assert.equal(portA.written.length, written, 'no frame without data')
  const ended = a.end()
  assert.ok(portA.ended)
  assert.equal(a.write(text('z')), false)
  assert.equal(portA.written.length, written)
  portA.takeAll()
  await ended
})

test('end settles when the connection breaks before all is taken', async () => {
  const { a, portA } = await pair()
  const ended = a.end()
  portA.finish(new Error('write EPIPE'))
  await ended
  await a.end()
})

/** Two connected sockets on the loopback, closed when the test ends. */
async function sockets(t: { after(fn: () => void): void }, options = {}): Promise<[Socket, Socket]> {
  const server = createServer({ pauseOnConnect: true })
  t.after(() => void server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dialled = connect({ ...options, port: (server.address() as { port: number }).port, host: '127.0.0.1' })
  const [[accepted]] = (await Promise.all([once(server, 'connection'), once(dialled, 'connect')])) as [
    [Socket],
    unknown
  ]
  t.after(() => {
    dialled.destroy()
    accepted.destroy()
  })
  return [dialled, accepted]
}

async function overSockets(t: { after(fn: () => void): void }, options = {}) {
  const [dialled, accepted] = await sockets(t, options)
  const [a, b] = await Promise.all([
    secretConnection(socketDuplex(dialled), generateNodeKey()),
    secretConnection(socketDuplex(accepted), generateNodeKey())
  ])
  return { a, b, dialled, accepted }
}

test('on sockets: megabytes cross with backpressure, in order and whole', async (t) => {
  const { a, b } = await overSockets(t)
  const total = 8 * 2 ** 20
  const batch = new Uint8Array(50_000)
  let received = 0
  let wrong = 0
  const { promise: all, resolve } = Promise.withResolvers<void>()
  listen(b, {
    onData(bytes) {
      for (const byte of bytes) if (byte !== ((received++ * 31) & 0xff)) wrong++
      if (received === total) resolve()
    }
  })
  let sent = 0
  let waits = 0
  const send = () => {
    while (sent < total) {
      const length = Math.min(batch.length, total - sent)
      for (let i = 0; i < length; i++) batch[i] = (sent + i) * 31
      sent += length
      if (!a.write(batch.subarray(0, length))) {
        waits++
        return
      }
    }
  }
  listen(a, { onDrain: send })
  send()
  await all
  assert.equal(wrong, 0)
  assert.ok(waits > 0)
})

test('on sockets: a chunk is given back when it has been read', async (t) => {
  const { a, b, accepted } = await overSockets(t)
  const chunks: ArrayBufferLike[] = []
  accepted.prependListener('data', (chunk: Buffer) => {
    if (chunk.length === chunk.buffer.byteLength) chunks.push(chunk.buffer)
  })
  const { promise: all, resolve } = Promise.withResolvers<void>()
  let received = 0
  listen(b, {
    onData(bytes) {
      received += bytes.length
      if (received === 300_000) resolve()
    }
  })
  a.write(new Uint8Array(300_000))
  await all
  await turn()
  assert.ok(chunks.length > 1)
  assert.ok(chunks.every(({ byteLength }) => byteLength === 0))
})

test('on sockets: end delivers all that was written before it, then the remote hears a good end', async (t) => {
  const { a, b } = await overSockets(t)
  let received = 0
  const { ended } = listen(b, {
    onData(bytes) {
      received += bytes.length
    }
  })
  listen(a)
  a.write(new Uint8Array(300_000))
  await a.end()
  assert.equal(await ended, undefined)
  assert.equal(received, 300_000)
})

test('on sockets: a close is heard at once, even while the remote takes nothing of what we write', async (t) => {
  const { a, b, dialled } = await overSockets(t, { allowHalfOpen: true })
  const { ended } = listen(b)
  listen(a)
  a.pause()
  // more than the kernels of both ends hold
  while (b.bufferedBytes < 16 * 2 ** 20) b.write(new Uint8Array(2 ** 20))
  await turn()
  dialled.end()
  assert.equal(await ended, undefined)
  assert.ok(b.bufferedBytes > 0)
})

test('on sockets: a reset is heard as a lost connection with its cause', async (t) => {
  const { a, b, dialled } = await overSockets(t)
  const { ended } = listen(b)
  listen(a)
  await turn()
  dialled.resetAndDestroy()
  const error = await ended
  assert.ok(error instanceof ConnectionLostError)
  assert.equal((error.cause as NodeJS.ErrnoException).code, 'ECONNRESET')
})

test('on sockets: a reset in the handshake ends it, also when it came before the handshake began', async (t) => {
  for (const when of ['before', 'during'] as const) {
    const [dialled, accepted] = await sockets(t)
    if (when === 'before') {
      const closed = new Promise((resolve) => accepted.once('close', resolve))
      accepted.on('error', () => undefined)
      accepted.resume()
      dialled.resetAndDestroy()
      await closed
    }
    const connected = secretConnection(socketDuplex(accepted), generateNodeKey())
    if (when === 'during') dialled.resetAndDestroy()
    await assert.rejects(connected, ConnectionLostError)
    assert.ok(accepted.destroyed)
  }
})
