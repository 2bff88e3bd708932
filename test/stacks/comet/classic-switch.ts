/** A switch on the classic stack alone, and remotes that a test plays by hand on raw sockets: as far into the handshake as it likes, and no further. */
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import {
  createNodeInfo,
  encodeNodeInfo,
  MAX_NODE_INFO_BYTES,
  type NodeInfoFields
} from '../../../src/identity/node-info.ts'
import { generateNodeKey, type NodeKey } from '../../../src/identity/node-key.ts'
import type { PeerPolicyOptions } from '../../../src/interface/policy.ts'
import type { SwitchOptions } from '../../../src/options.ts'
import { delimit } from '../../../src/stacks/comet/delimited.ts'
import { secretConnection } from '../../../src/stacks/comet/secret-connection.ts'
import type { SecureStream } from '../../../src/stacks/comet/secret-stream.ts'
import { socketDuplex } from '../../../src/stacks/comet/socket-duplex.ts'
import { CometStack, type CometStackOptions } from '../../../src/stacks/comet/stack.ts'
import { CometSwitch } from '../../../src/switch/switch.ts'
import { TextReactor } from '../../helpers/text-reactor.ts'
import { openSockets } from './tcp-watch.ts'

export const CHANNEL = 0x10

export interface ClassicSwitch {
  readonly sw: CometSwitch
  readonly stack: CometStack
  readonly key: NodeKey
  readonly text: TextReactor
  /** What is logged, by message. */
  readonly log: Array<{ message: string; fields: Record<string, unknown> }>
  readonly port: number
  /** `id@127.0.0.1:port` */
  readonly address: string
}

export interface ClassicInit {
  readonly policy?: PeerPolicyOptions
  readonly options?: Partial<SwitchOptions>
  readonly stack?: CometStackOptions
  readonly listen?: readonly string[]
  readonly key?: NodeKey
  readonly text?: TextReactor
}

/** Started; the test stops it. */
export async function classicSwitch(init: ClassicInit = {}): Promise<ClassicSwitch> {
  const { options = {}, key = generateNodeKey(), text = new TextReactor() } = init
  const log: ClassicSwitch['log'] = []
  const note = (message: string, fields: Record<string, unknown> = {}) => void log.push({ message, fields })
  const logger: NonNullable<SwitchOptions['logger']> = {
    debug: note,
    info: note,
    warn: note,
    error: note,
    child: () => logger
  }
  const stack = new CometStack({
    nodeKey: key,
    listen: init.listen ?? ['tcp://127.0.0.1:0'],
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    logger,
    ...init.stack
  })
  const sw = new CometSwitch({
    network: 'chain',
    logger,
    reactors: { TEXT: text },
    ...options,
    policy: { allowDuplicateIP: true, ...init.policy },
    nodeKey: key,
    stacks: [stack]
  })
  await sw.start()
  const { port } = sw.nodeInfo().netAddress()
  return { sw, stack, key, text, log, port, address: `${key.id}@127.0.0.1:${port}` }
}

/** What an honest node of the same chain says of itself. */
export function nodeInfoBytes({ id }: NodeKey, fields: Partial<NodeInfoFields> = {}): Uint8Array {
  return encodeNodeInfo(
    createNodeInfo({
      id,
      listenAddr: 'tcp://0.0.0.0:26656',
      network: 'chain',
      version: '0.40.0',
      channels: Uint8Array.of(CHANNEL),
      moniker: 'raw',
      ...fields
    })
  )
}

/** A TCP connection that says nothing by itself. */
export class RawSocket {
  readonly socket: Socket
  readonly closed: Promise<void>
  received = 0
  #waiting: Array<{ bytes: number; resolve(): void }> = []

  constructor(socket: Socket) {
    this.socket = socket
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()))
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      this.received += chunk.length
      this.#waiting = this.#waiting.filter(({ bytes, resolve }) => {
        if (this.received < bytes) return true
        resolve()
        return false
      })
    })
  }

  /** Settles when so many bytes have come in all. */
  heard(bytes: number): Promise<void> {
    if (this.received >= bytes) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ bytes, resolve }))
  }
}

export async function connectRaw(port: number, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  await once(socket, 'connect')
  return socket
}

/** Connected and authenticated as `key`. */
export async function connectSecret(port: number, key: NodeKey, localAddress?: string): Promise<SecureStream> {
  return await secretConnection(socketDuplex(await connectRaw(port, localAddress)), key)
}

/** As a Go node: NodeInfo both ways. Resolves with what the other side said. */
export async function exchange(stream: SecureStream, info: Uint8Array): Promise<Uint8Array> {
  stream.write(delimit(info))
  return await stream.readDelimited(MAX_NODE_INFO_BYTES)
}

/** A listener whose connections a test plays. Resolves with its port. */
export async function listenRaw(onSocket: (socket: Socket) => void): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    onSocket(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as { port: number }).port, server }
}

/** Settles when the stream has ended, in whatever way. */
export function ended({ closed }: SecureStream): Promise<void> {
  return new Promise((resolve) => {
    if (closed.aborted) resolve()
    else closed.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Started, and stopped after the test. */
export async function given(t: TestContext, init: ClassicInit = {}): Promise<ClassicSwitch> {
  const made = await classicSwitch(init)
  t.after(() => made.sw.stop())
  return made
}

/** Settles when all strangers are gone from the budget, and no socket is left but those of peers. */
export async function nothingLeft({ sw, port }: ClassicSwitch): Promise<void> {
  const sockets = () => openSockets(port).filter(({ localPort }) => localPort === port).length
  while (sw.rules.pendingBudget.counts('').global > 0 || sockets() > sw.peers().size) await pause()
}

/** For what no event tells of. */
export async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2))
}

/** Strangers in the budget. */
export function pending({ sw }: ClassicSwitch): number {
  return sw.rules.pendingBudget.counts('').global
}

/** An ephemeral key as it stands on the wire; nobody has its secret. */
export const EPHEMERAL = Uint8Array.from([0x22, 0x0a, 0x20, ...new Uint8Array(31), 9])
