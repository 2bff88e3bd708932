/** The handshake against recordings of CometBFT's own SecretConnection, and what is left of it when it breaks. */
import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { ConnectionLostError } from '../../../src/errors.ts'
import { generateNodeKey, nodeKeyFromSeed } from '../../../src/identity/node-key.ts'
import { delimit } from '../../../src/stacks/comet/delimited.ts'
import { nodePrimitives } from '../../../src/stacks/comet/primitives-node.ts'
import { sodiumPrimitives } from '../../../src/stacks/comet/primitives-sodium.ts'
import { secretConnection } from '../../../src/stacks/comet/secret-connection.ts'
import type { SecureStream } from '../../../src/stacks/comet/secret-stream.ts'
import { readVectors } from '../../helpers/vectors.ts'
import { TestDuplex } from './test-duplex.ts'

interface SideVector {
  seed: string
  public: string
  ephemeralSecret: string
  writes: string[]
  wire: string
}

const EPHEMERAL_BYTES = 35
const FRAME_BYTES = 1_044
const HANDSHAKE_BYTES = EPHEMERAL_BYTES + FRAME_BYTES

const connections = readVectors<{ a: SideVector; b: SideVector }>('secret-connections.jsonl')
const sides = connections.flatMap(({ a, b }) => [
  { own: a, remote: b },
  { own: b, remote: a }
])
const primitives = sodiumPrimitives()

/** Our side of a recorded connection. */
function replay(own: SideVector, using = primitives) {
  const port = new TestDuplex()
  const connected = secretConnection(port, nodeKeyFromSeed(hexToBytes(own.seed)), {
    ephemeralSecret: hexToBytes(own.ephemeralSecret),
    primitives: using
  })
  connected.catch(() => undefined)
  return { port, connected }
}

/** What comes out of a stream from now on. */
function collect(stream: SecureStream) {
  const parts: Uint8Array[] = []
  const { promise, resolve } = Promise.withResolvers<Error | undefined>()
  stream.start({ onData: (bytes) => void parts.push(bytes.slice()), onDrain: () => undefined, onEnd: resolve })
  return { parts, ended: promise, data: () => bytesToHex(new Uint8Array(Buffer.concat(parts))) }
}

for (const using of [sodiumPrimitives(), nodePrimitives()])
  test(`${using.name}: our handshake is Go’s to the byte, and Go’s whole connection comes out`, async () => {
    assert.ok(sides.length > 10)
    for (const { own, remote } of sides) {
      const { port, connected } = replay(own, using)
      port.give(hexToBytes(remote.wire))
      const stream = await connected
      assert.equal(bytesToHex(stream.remoteKey), remote.public)
      assert.equal(bytesToHex(port.wire), own.wire.slice(0, 2 * HANDSHAKE_BYTES))
      const received = collect(stream)
      await Promise.resolve()
      assert.equal(received.data(), remote.writes.join(''))
    }
  })

test('what we write is what Go wrote: the same bytes where Go had no old ones to fill with, the same data elsewhere', async () => {
  for (const { own, remote } of sides) {
    const { port, connected } = replay(own)
    port.give(hexToBytes(remote.wire.slice(0, 2 * HANDSHAKE_BYTES)))
    const stream = await connected
    for (const data of own.writes) stream.write(hexToBytes(data))
    assert.equal(port.wire.length, own.wire.length / 2, 'as many frames')
    // the other side of the recording reads ours
    const other = replay(remote)
    other.port.give(port.wire)
    const received = collect(await other.connected)
    await Promise.resolve()
    assert.equal(received.data(), own.writes.join(''))
  }
})

test('a recorded session of two Go nodes comes out whole, on both sides, cut anywhere', async () => {
  const path = new URL('../../fixtures/vectors/secret-connection-session.json', import.meta.url)
  const session: Record<string, string> & { marks: { nodeInfo: [number, number] } } = JSON.parse(
    readFileSync(path, 'utf8')
  )
  for (const [own, remote] of ['AB', 'BA']) {
    const wire = hexToBytes(session[`wire${remote}to${own}`]!)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 2_000 }), { maxLength: 20 }), async (cuts) => {
        const { port, connected } = replay({
          seed: session[`idSeed${own}`]!,
          ephemeralSecret: session[`ephemeral${own}`]!,
          public: '',
          writes: [],
          wire: ''
        })
        let at = 0
        for (const cut of [...cuts, wire.length]) {
          if (at < wire.length) port.give(wire.slice(at, at + cut))
          at += cut
        }
        port.finish()
        const stream = await connected
        assert.equal(bytesToHex(await stream.readDelimited(10_240)), session[`nodeInfo${remote}`])
        const received = collect(stream)
        assert.equal(await received.ended, undefined)
        // a message of one packet: length, Packet.packet_msg, channel 0x40, EOF, and the data as A or B received it
        const message = session[own === 'A' ? 'receivedByA' : 'receivedByB']![0]!.slice(3)
        assert.ok(received.data().includes(message))
      }),
      { numRuns: 15 }
    )
  }
})

test('two of ours connect, and each knows the other’s key; also one on libsodium and one on node:crypto', async () => {
  for (const [left, right] of [
    [sodiumPrimitives(), sodiumPrimitives()],
    [sodiumPrimitives(), nodePrimitives()]
  ]) {
    const keys = [generateNodeKey(), generateNodeKey()] as const
    const [a, b] = TestDuplex.pair()
    const [streamA, streamB] = await Promise.all([
      secretConnection(a, keys[0], { primitives: left! }),
      secretConnection(b, keys[1], { primitives: right! })
    ])
    assert.deepEqual([streamA.remoteKey, streamB.remoteKey], [keys[1].publicKey, keys[0].publicKey])
    streamA.write(delimit(hexToBytes('0102')))
    assert.equal(bytesToHex(await streamB.readDelimited(10)), '0102')
  }
})

for (const error of [undefined, Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })])
  test(`a remote that ${error === undefined ? 'closes' : 'resets'} after any byte of the handshake leaves a named error and nothing else`, async () => {
    const { own, remote } = sides[0]!
    const wire = hexToBytes(remote.wire).slice(0, HANDSHAKE_BYTES)
    for (let at = 0; at < HANDSHAKE_BYTES; at++) {
      const { port, connected } = replay(own)
      if (at > 0) port.give(wire.slice(0, at))
      if (at % 2 === 0) await Promise.resolve()
      port.finish(error)
      const want = at > EPHEMERAL_BYTES ? 'inside-frame' : 'handshake'
      await assert.rejects(connected, (lost: unknown) => {
        assert.ok(lost instanceof ConnectionLostError)
        assert.equal(lost.at, want, `after ${at} bytes`)
        assert.equal(lost.cause, error)
        return true
      })
      assert.ok(port.destroyed)
    }
  })

test('a handshake ends with the signal’s reason, before it begins and in every stage', async () => {
  const { own, remote } = sides[0]!
  for (const given of [-1, 0, 10, EPHEMERAL_BYTES, 500]) {
    const abort = new AbortController()
    const reason = new Error('3 s are over')
    if (given < 0) abort.abort(reason)
    const port = new TestDuplex()
    const connected = secretConnection(port, nodeKeyFromSeed(hexToBytes(own.seed)), {
      ephemeralSecret: hexToBytes(own.ephemeralSecret),
      signal: abort.signal
    })
    if (given > 0) port.give(hexToBytes(remote.wire).slice(0, given))
    await Promise.resolve()
    abort.abort(reason)
    await assert.rejects(connected, reason)
    assert.ok(port.destroyed)
  }
})

/** Primitives that keep hold of every secret they handle, and the secrets. */
function watched(real = sodiumPrimitives()) {
  const secrets: Uint8Array[] = []
  const keep = (bytes: Uint8Array) => {
    secrets.push(bytes)
    return bytes
  }
  const left = () => secrets.filter((bytes) => bytes.some((byte) => byte !== 0)).length
  return {
    secrets,
    left,
    primitives: {
      ...real,
      ephemeralKey(secret?: Uint8Array) {
        const key = real.ephemeralKey(secret === undefined ? undefined : keep(secret))
        return {
          ...key,
          sharedSecret(remote: Uint8Array) {
            const shared = key.sharedSecret(remote)
            return shared === undefined ? undefined : keep(shared)
          }
        }
      },
      frameCipher: (key: Uint8Array) => real.frameCipher(keep(key))
    }
  }
}

test('of an open connection only the two session keys are left, and none after its end, whoever ends it', async () => {
  const { own, remote } = sides[0]!
  const ends: Array<{ name: string; end(stream: SecureStream, port: TestDuplex): void }> = [
    { name: 'our destroy', end: (stream) => stream.destroy() },
    { name: 'the remote’s close', end: (_, port) => port.finish() },
    { name: 'a reset', end: (_, port) => port.finish(new Error('read ECONNRESET')) },
    { name: 'a bad frame', end: (_, port) => port.give(new Uint8Array(FRAME_BYTES)) }
  ]
  for (const { name, end } of ends) {
    const { secrets, left, primitives } = watched()
    const port = new TestDuplex()
    const connected = secretConnection(port, nodeKeyFromSeed(hexToBytes(own.seed)), {
      ephemeralSecret: hexToBytes(own.ephemeralSecret),
      primitives
    })
    port.give(hexToBytes(remote.wire).slice(0, HANDSHAKE_BYTES))
    const stream = await connected
    assert.equal(secrets.length, 4, 'ephemeral secret, shared secret, two session keys')
    assert.equal(left(), 2, name)
    end(stream, port)
    assert.equal(left(), 0, name)
  }
})

test('a remote that says all and closes at once leaves no secret, and is still heard', async () => {
  const { own, remote } = sides[0]!
  const { left, primitives } = watched()
  const port = new TestDuplex()
  const connected = secretConnection(port, nodeKeyFromSeed(hexToBytes(own.seed)), {
    ephemeralSecret: hexToBytes(own.ephemeralSecret),
    primitives
  })
  port.give(hexToBytes(remote.wire))
  port.finish()
  const stream = await connected
  assert.equal(left(), 0)
  assert.ok(stream.closed.aborted)
  const received = collect(stream)
  assert.equal(await received.ended, undefined)
  assert.equal(received.data(), remote.writes.join(''))
})

test('a handshake leaves no listener on the signal it was given', async () => {
  const { own, remote } = sides[0]!
  const { signal } = new AbortController()
  const port = new TestDuplex()
  const connected = secretConnection(port, nodeKeyFromSeed(hexToBytes(own.seed)), {
    ephemeralSecret: hexToBytes(own.ephemeralSecret),
    signal
  })
  assert.equal(getEventListeners(signal, 'abort').length, 1)
  port.give(hexToBytes(remote.wire))
  await connected
  assert.equal(getEventListeners(signal, 'abort').length, 0)
})

test('no secret is left after a handshake that failed, at any byte', async () => {
  const { own, remote } = sides[0]!
  const wire = hexToBytes(remote.wire).slice(0, HANDSHAKE_BYTES)
  for (const at of [0, 1, 20, EPHEMERAL_BYTES, EPHEMERAL_BYTES + 1, 600, HANDSHAKE_BYTES - 1]) {
    for (const how of ['closed', 'tampered'] as const) {
      const { left, primitives } = watched()
      const port = new TestDuplex()
      const connected = secretConnection(port, nodeKeyFromSeed(hexToBytes(own.seed)), {
        ephemeralSecret: hexToBytes(own.ephemeralSecret),
        primitives
      })
      connected.catch(() => undefined)
      if (how === 'closed') {
        port.give(wire.slice(0, at))
        await new Promise(setImmediate)
        port.finish()
      } else port.give(wire.map((byte, i) => (i === at ? byte ^ 0x40 : byte)))
      await assert.rejects(connected)
      assert.equal(left(), 0, `${how} at ${at}`)
    }
  }
})
