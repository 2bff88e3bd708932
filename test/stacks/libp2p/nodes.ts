/** Real libp2p nodes on loopback with our stack as a service, and the smallest host that can stand in for a switch. */
import { readFileSync } from 'node:fs'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { createLibp2p, type Libp2p, type Libp2pOptions } from 'libp2p'
import { parseNetAddress } from '../../../src/identity/net-address.ts'
import { nodeIdFromPeerId } from '../../../src/identity/node-id.ts'
import { createNodeInfo, type NodeInfoFields } from '../../../src/identity/node-info.ts'
import type { Link, LinkSink, Slice } from '../../../src/interface/link.ts'
import type { NodeInfo } from '../../../src/interface/node-info.ts'
import type { DialOptions, InboundCandidate, StackHost } from '../../../src/interface/stack.ts'
import type { StopReason } from '../../../src/interface/stop-reason.ts'
import { Libp2pStack, type Libp2pStackInit } from '../../../src/stacks/libp2p/stack.ts'
import { deferred } from '../../../src/util/deferred.ts'

export type Transport = 'tcp' | 'ws' | 'quic'
export const LISTEN: Record<Transport, string> = {
  tcp: '/ip4/127.0.0.1/tcp/0',
  ws: '/ip4/127.0.0.1/tcp/0/ws',
  quic: '/ip4/127.0.0.1/udp/0/quic-v1'
}

/**
 * What `test` takes to leave QUIC out, with a line that says why, where the installed package is of the libp2p 2 generation (1.x): it
 * loads, but speaks another stream interface.
 */
export function needs(kind: Transport): { skip?: string } {
  if (kind !== 'quic') return {}
  const manifest = new URL('../../package.json', import.meta.resolve('@chainsafe/libp2p-quic'))
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  if (Number.parseInt(version, 10) >= 2) return {}
  return { skip: `QUIC needs @chainsafe/libp2p-quic 2 or later, installed is ${version}` }
}

export async function transportOptions(kind: Transport): Promise<Libp2pOptions<any>> {
  if (kind === 'quic') {
    const { quic } = (await import('@chainsafe/libp2p-quic')) as any
    return { transports: [quic()] }
  }
  return {
    transports: [kind === 'tcp' ? tcp() : webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()]
  }
}

export interface NodeInit {
  stack?: Libp2pStackInit
  libp2p?: Libp2pOptions<any>
  info?: Partial<NodeInfoFields>
  channels?: ReadonlyArray<{ id: number; recvMessageCapacity: number; priority: number }>
  listen?: boolean
  /** Leave the stack unstarted: the test does it. */
  start?: boolean
}

export const CHANNELS = [0x20, 0x30, 0x40].map((id) => ({ id, recvMessageCapacity: 1 << 20, priority: 5 }))

/** Admits everybody unless told otherwise, and remembers what it was asked. */
export class TestHost implements StackHost {
  readonly asked: InboundCandidate[] = []
  readonly links: Link[] = []
  abandoned = 0
  expected: (id: string) => boolean = () => false
  verdict: ((candidate: InboundCandidate) => ReturnType<StackHost['admit']>) | undefined
  readonly #info: NodeInfo
  readonly #channels: NonNullable<NodeInit['channels']>
  #waiting = deferred<Link>()

  constructor(info: NodeInfo, channels: NonNullable<NodeInit['channels']>) {
    this.#info = info
    this.#channels = channels
  }

  nodeInfo(): NodeInfo {
    return this.#info
  }

  channels() {
    return this.#channels
  }

  expects(id: string): boolean {
    return this.expected(id)
  }

  /** The next inbound link. */
  link(): Promise<Link> {
    const { promise } = this.#waiting
    return promise.finally(() => {
      this.#waiting = deferred<Link>()
    })
  }

  async admit(candidate: InboundCandidate): ReturnType<StackHost['admit']> {
    this.asked.push(candidate)
    if (this.verdict !== undefined) return this.verdict(candidate)
    return this.allow()
  }

  allow(): Awaited<ReturnType<StackHost['admit']>> {
    return {
      allow: true,
      admission: {
        accept: (link) => {
          this.links.push(link)
          this.#waiting.resolve(link)
        },
        abandon: () => this.abandoned++
      }
    }
  }
}

export interface TestNode {
  readonly libp2p: Libp2p
  readonly stack: Libp2pStack
  readonly host: TestHost
  readonly id: string
  /** Where others dial it. */
  readonly address: string
  dial(to: TestNode | string, options?: Partial<DialOptions>): Promise<Link>
  stop(): Promise<void>
}

export async function startNode(kind: Transport, init: NodeInit = {}): Promise<TestNode> {
  let stack: Libp2pStack | undefined
  const channels = init.channels ?? CHANNELS
  const transport = await transportOptions(kind)
  const libp2p = await createLibp2p({
    ...transport,
    addresses: { listen: init.listen === false ? [] : [LISTEN[kind]] },
    ...init.libp2p,
    connectionManager: {
      inboundConnectionThreshold: 1_000,
      maxIncomingPendingConnections: 100,
      ...init.libp2p?.connectionManager
    },
    services: {
      ...init.libp2p?.services,
      comet: (components: any) => {
        const made = new Libp2pStack(components, init.stack)
        stack = made
        return { beforeStart: () => made.prepare(channels.map(({ id }) => id)), start() {}, stop() {} }
      }
    }
  })
  const made = stack as unknown as Libp2pStack
  const id = nodeIdFromPeerId(libp2p.peerId)
  const info = createNodeInfo({
    id,
    listenAddr: 'tcp://127.0.0.1:26656',
    network: 'test-chain',
    version: '0.40.0',
    channels: Uint8Array.from(channels, ({ id }) => id),
    moniker: 'test',
    ...init.info
  })
  const host = new TestHost(info, channels)
  if (init.start !== false) await made.start(host)
  return {
    libp2p,
    stack: made,
    host,
    id,
    get address() {
      return String(libp2p.getMultiaddrs()[0])
    },
    dial: (to, options = {}) =>
      made.dial(parseNetAddress(typeof to === 'string' ? to : to.address), {
        signal: AbortSignal.timeout(10_000),
        authenticated: () => ({ allow: true }),
        ...options
      }),
    async stop() {
      await made.stop()
      await libp2p.stop()
    }
  }
}

/** Collects what a link delivers; `consume` false keeps the credit. */
export class TestSink implements LinkSink {
  readonly messages: Array<{ channelId: number; bytes: Uint8Array }> = []
  readonly end = deferred<{ reason: StopReason; drain: boolean }>()
  ends = 0
  bytes = 0
  count = 0
  onDeliver: ((channelId: number, bytes: Uint8Array) => void) | undefined
  readonly #link: Link
  readonly #consume: boolean
  readonly #keep: boolean
  #waiters: Array<{ count: number; resolve(): void }> = []
  #room = deferred<void>()

  constructor(link: Link, options: { consume?: boolean; keep?: boolean } = {}) {
    this.#link = link
    this.#consume = options.consume ?? true
    this.#keep = options.keep ?? true
  }

  deliver(channelId: number, bytes: Uint8Array): void {
    this.count++
    this.bytes += bytes.length
    if (this.#keep) this.messages.push({ channelId, bytes })
    this.onDeliver?.(channelId, bytes)
    if (this.#consume) this.#link.consumed(channelId, bytes.length)
    this.#waiters = this.#waiters.filter(({ count, resolve }) => {
      if (this.count < count) return true
      resolve()
      return false
    })
  }

  onWritable(): void {
    this.#room.resolve()
    this.#room = deferred()
  }

  onEnd(reason: StopReason, drain: boolean): void {
    this.ends++
    this.end.resolve({ reason, drain })
  }

  /** Settles once so many messages have come in all. */
  received(count: number): Promise<void> {
    if (this.count >= count) return Promise.resolve()
    return new Promise((resolve) => this.#waiters.push({ count, resolve }))
  }

  room(): Promise<void> {
    return this.#room.promise
  }
}

/** A link with its sink, started. */
export function started(link: Link, options?: { consume?: boolean; keep?: boolean }): { link: Link; sink: TestSink } {
  const sink = new TestSink(link, options)
  link.start(sink)
  return { link, sink }
}

/** Writes one message as the outbox would, waiting for room. */
export async function write(
  { link, sink }: { link: Link; sink: TestSink },
  channelId: number,
  message: Uint8Array
): Promise<void> {
  for (const slice of slices(link, channelId, message)) {
    while (!link.writable(channelId)) await sink.room()
    link.write(slice)
  }
}

export function slices(link: Link, channelId: number, message: Uint8Array): Slice[] {
  const room = link.traits.quantumBytes - link.traits.overheadBytes
  if (!link.traits.splits || message.length <= room) return [{ channelId, parts: [message], bytes: message.length }]
  const out: Slice[] = []
  for (let offset = 0; offset < message.length; offset += room) {
    const part = message.subarray(offset, offset + room)
    out.push({ channelId, parts: [part], bytes: part.length, piece: { offset, total: message.length } })
  }
  return out
}
