/**
 * A TCP connection with keys, as a bare loop has it: the cryptography of SecretConnection's handshake (an ephemeral key and a signature each, both ways at once) over the
 * same primitives, without its transcript, its messages, NodeInfo or anybody to admit.
 */
import { hash, hkdfSync } from 'node:crypto'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { generateNodeKey, type NodeKey } from '../../src/identity/node-key.ts'
import { defaultPrimitives } from '../../src/stacks/comet/choose-primitives.ts'
import { FrameOpener, FrameSealer, SEALED_FRAME_BYTES } from '../classic-frames.ts'

const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
const HOST = '127.0.0.1'

export interface BareConnection {
  readonly socket: Socket
  readonly sealer: FrameSealer
  /** Once: the data of all frames from here on, as views that last for the call. */
  read(onData: (data: Uint8Array) => void): void
}

/** Listens on a free port. Resolves with it. Whoever proves nothing is dropped. */
export function bareListen(onConnection: (connection: BareConnection) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      bareHandshake(socket).then(onConnection, (error) => console.error(`bare: ${error.message}`))
    })
    server.once('error', reject)
    server.listen(0, HOST, () => resolve((server.address() as AddressInfo).port))
  })
}

/** Rejects when it cannot connect, or the remote ends it or proves nothing. */
export async function bareConnect(port: number): Promise<BareConnection> {
  const socket = connect({ host: HOST, port })
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return await bareHandshake(socket)
}

async function bareHandshake(socket: Socket): Promise<BareConnection> {
  socket.setNoDelay(true)
  const incoming = new Incoming(socket)
  try {
    const primitives = defaultPrimitives()
    const ephemeral = primitives.ephemeralKey()
    socket.write(ephemeral.publicKey)
    const remote = await incoming.take(KEY_BYTES)
    const shared = ephemeral.sharedSecret(remote)
    if (shared === undefined) throw new Error('a key of low order')
    const lower = Buffer.compare(ephemeral.publicKey, remote) < 0
    const both = lower ? [ephemeral.publicKey, remote] : [remote, ephemeral.publicKey]
    const challenge = hash('sha256', Buffer.concat(both), 'buffer')
    const keys = new Uint8Array(hkdfSync('sha256', shared, '', 'bench', 2 * KEY_BYTES))
    const [first, second] = [keys.slice(0, KEY_BYTES), keys.slice(KEY_BYTES)]
    const sealer = new FrameSealer(primitives.frameCipher(lower ? first : second))
    let sink: (data: Uint8Array) => void = (claim) => check(claim, challenge)
    const opener = new FrameOpener(primitives.frameCipher(lower ? second : first), (data) => sink(data))
    socket.write(sealer.seal(proof(challenge)))
    opener.push(await incoming.take(SEALED_FRAME_BYTES))
    return {
      socket,
      sealer,
      read(onData) {
        sink = onData
        incoming.flow((chunk) => opener.push(chunk))
      }
    }
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** One for the life of the process. */
let ownKey: NodeKey | undefined

function proof(challenge: Uint8Array): Uint8Array {
  ownKey ??= generateNodeKey()
  return Buffer.concat([ownKey.publicKey, defaultPrimitives().sign(ownKey.seed, challenge)])
}

function check(claim: Uint8Array, challenge: Uint8Array): void {
  const signature = claim.subarray(KEY_BYTES, KEY_BYTES + SIGNATURE_BYTES)
  if (!defaultPrimitives().verify(claim.subarray(0, KEY_BYTES), challenge, signature))
    throw new Error('the remote proves nothing')
}

/** What a socket brings: so many bytes at a time, then chunk by chunk. */
class Incoming {
  #held: Uint8Array = new Uint8Array(0)
  #sink: ((chunk: Uint8Array) => void) | undefined
  #waiting: { bytes: number; resolve(bytes: Uint8Array): void; reject(error: Error): void } | undefined

  constructor(socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length)
      if (this.#sink !== undefined) this.#sink(bytes)
      else {
        this.#held = new Uint8Array(Buffer.concat([this.#held, bytes]))
        this.#settle()
      }
    })
    // stays for good: without a listener an error would end the process
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('closed during the handshake')))
  }

  take(bytes: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#waiting = { bytes, resolve, reject }
      this.#settle()
    })
  }

  flow(sink: (chunk: Uint8Array) => void): void {
    this.#sink = sink
    if (this.#held.length > 0) sink(this.#held)
    this.#held = new Uint8Array(0)
  }

  #settle(): void {
    const waiting = this.#waiting
    if (waiting === undefined || this.#held.length < waiting.bytes) return
    this.#waiting = undefined
    const taken = this.#held.subarray(0, waiting.bytes)
    this.#held = this.#held.slice(waiting.bytes)
    waiting.resolve(taken)
  }
}
