/** A server of a network's DHT that lies, on a real libp2p node: it answers everything, with nodes that somebody has made up. Also the few parts of kad-dht's message/dht.proto that tests write by hand. */
import { createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import type { PeerId, Stream } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p, type Libp2p, type Libp2pOptions } from 'libp2p'
import { generateNodeKey } from '../../../../src/identity/node-key.ts'
import { dhtProtocol } from '../../../../src/stacks/libp2p/dht/dht-key.ts'
import { deferred } from '../../../../src/util/deferred.ts'
import { type DhtNode, startDhtNode } from '../dht-nodes.ts'

export const [ADD_PROVIDER, GET_PROVIDERS, FIND_NODE, PING] = [2, 3, 4, 5] as const
export const [CLOSER, PROVIDERS] = [8, 9] as const

export function varint(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, ...varint(n >> 7)]
}

export function field(number: number, bytes: ArrayLike<number>): number[] {
  return [(number << 3) | 2, ...varint(bytes.length), ...Array.from(bytes)]
}

/** A node and where it is, as an answer names it. */
export function named(id: PeerId, ...addresses: string[]): number[] {
  return [...field(1, id.toMultihash().bytes), ...addresses.flatMap((address) => field(2, multiaddr(address).bytes))]
}

/** So many nodes that do not exist, each in a network of its own, at that port. */
export function madeUp(count: number, port: number): number[][] {
  return Array.from({ length: count }, (_, i) =>
    named(generateNodeKey().peerId, `/ip4/127.${1 + (i % 250)}.0.9/tcp/${port}`)
  )
}

/** A port of this host, at all its addresses, that accepts whoever comes and never says a word. */
export async function startSilent(t: TestContext): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.resume()
  })
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as { port: number }).port
}

export interface Lies {
  /** What it names as closer to whatever is asked for. */
  readonly closer: readonly (readonly number[])[]
  /** What it names as providers. */
  readonly providers: readonly (readonly number[])[]
}

export interface HostileServer extends DhtNode {
  /** How often somebody has asked it for providers. */
  readonly asked: () => number
  /** How often that node has asked it anything. */
  readonly askedBy: (id: PeerId) => number
}

/** Answers every question with `lies`, whatever they are by then. It is no node of the network itself, and provides nothing. */
export async function startHostile(t: TestContext, lies: Lies): Promise<HostileServer> {
  const node = await startDhtNode({ dht: false, network: 'another' })
  t.after(() => node.stop())
  let asked = 0
  const askers: string[] = []
  const answer = (stream: Stream, type: number) => {
    if (type === GET_PROVIDERS) asked++
    const closer = lies.closer.flatMap((one) => field(CLOSER, one))
    const providers = type === GET_PROVIDERS ? lies.providers.flatMap((one) => field(PROVIDERS, one)) : []
    const message = [0x08, type, ...closer, ...providers]
    stream.send(Uint8Array.from([...varint(message.length), ...message]))
  }
  await node.libp2p.handle(dhtProtocol('chain'), (stream, { remotePeer }) => {
    stream.addEventListener('message', ({ data }) => {
      askers.push(String(remotePeer))
      // one byte of length, the tag of the type, the type
      answer(stream, data.subarray()[2] as number)
    })
  })
  const askedBy = (id: PeerId) => askers.filter((one) => id.equals(one)).length
  return Object.assign(node, { asked: () => asked, askedBy })
}

/** Options of a node that is at that address, and dials from there: elsewhere than on Linux a loopback has one. */
export function livingAt(ip: string): Libp2pOptions {
  return {
    addresses: { listen: [`/ip4/${ip}/tcp/0`] },
    transports: [tcp({ dialOpts: { localAddress: ip } as object })]
  }
}

/** A node of nobody's at that address, for as long as `use` takes. */
export async function asStranger(ip: string, server: DhtNode, use: (node: Libp2p, stream: Stream) => Promise<void>) {
  const libp2p = await createLibp2p({
    transports: [tcp({ dialOpts: { localAddress: ip } as object })],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionMonitor: { enabled: false }
  })
  try {
    await use(libp2p, await libp2p.dialProtocol(server.libp2p.getMultiaddrs(), server.dht.protocol))
  } finally {
    await libp2p.stop()
  }
}

/** Sends it on that stream and settles with the answer, as far as it has come. */
export async function exchange(stream: Stream, message: readonly number[]): Promise<Uint8Array> {
  const answer = deferred<Uint8Array>()
  const got: number[] = []
  stream.addEventListener('message', ({ data }) => {
    got.push(...data.subarray())
    // two bytes of length in front of all but the shortest
    const [low = 0, high = 0] = got
    if (low < 128 || got.length >= 2 + (low & 127) + 128 * high) answer.resolve(Uint8Array.from(got))
  })
  stream.addEventListener('close', () => answer.reject(new Error('reset')))
  stream.send(Uint8Array.from([...varint(message.length), ...message]))
  return await answer.promise
}
