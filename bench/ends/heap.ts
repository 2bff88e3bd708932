/**
 * What a peer costs in heap: one server process, many nodes in another that each connect, speak on every channel and are answered on every channel.
 * Ours: Switch, peers and channel streams as they are. Ceiling: libp2p alone with one stream per channel, used both ways; on the classic wire a bare
 * connection. Naive: libp2p with a stream per channel and direction.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import type { Envelope } from '../../src/index.ts'
import type { Load, Variant } from '../cell.ts'
import { frame } from '../framing.ts'
import type { Handlers } from '../rpc.ts'
import { bareHeapClient, bareHeapServer } from './bare-heap.ts'
import { cometNode } from './comet-node.ts'
import { nodeOptions } from './libp2p-node.ts'
import { BenchReactor } from './ours.ts'
import { onChunks } from './raw.ts'

const protocol = (index: number): string => `/bench/heap/${index}/1.0.0`
const answers = (index: number): string => `/bench/heap/answer/${index}/1.0.0`
/** The collector is asked until the figure stands still, at most so often. */
const MAX_COLLECTIONS = 12
const SETTLE_MS = 150

/** Answers every message: on the stream or channel it came on, so that both directions have been used. */
export async function heapServer(variant: Variant, load: Load): Promise<Handlers> {
  const addresses = await serverAddresses(variant, load)
  return { addresses: () => addresses, heap: () => settledHeap() }
}

function serverAddresses(variant: Variant, load: Load): Promise<string[]> {
  if (variant === 'ours') return oursServer(load)
  return load.wire === 'classic' ? bareHeapServer() : rawServer(load, variant === 'naive')
}

async function settledHeap(): Promise<NodeJS.MemoryUsage> {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('the heap server needs --expose-gc')
  let least = process.memoryUsage()
  for (let i = 0; i < MAX_COLLECTIONS; i++) {
    await pause(SETTLE_MS)
    await gc()
    const now = process.memoryUsage()
    if (i >= 3 && now.heapUsed > least.heapUsed * 0.999) return now.heapUsed < least.heapUsed ? now : least
    if (now.heapUsed < least.heapUsed) least = now
  }
  return least
}

class AnsweringReactor extends BenchReactor {
  override async receive(envelope: Envelope): Promise<void> {
    super.receive(envelope)
    await envelope.src?.send({ channelId: envelope.channelId, message: envelope.message })
  }
}

async function oursServer(load: Load): Promise<string[]> {
  return (await cometNode(load, new AnsweringReactor(load), true)).addresses()
}

async function rawServer(load: Load, bothWays: boolean): Promise<string[]> {
  const node = await createLibp2p(nodeOptions(load.wire, true))
  for (let i = 0; i < load.channels; i++)
    await node.handle(protocol(i), async (stream, connection) => {
      const back = bothWays ? await connection.newStream(answers(i)) : stream
      onChunks(stream, (chunk) => back.send(chunk.slice()))
    })
  return node.getMultiaddrs().map(String)
}

/** Connects more and more nodes; each call resolves when every new one has been answered on every channel. */
export function heapClients(variant: Variant, load: Load): Handlers {
  const kept: unknown[] = []
  return {
    connect: async ({ addresses, count }: { addresses: string[]; count: number }) => {
      for (let i = 0; i < count; i++) kept.push(await client(variant, load, addresses))
    }
  }
}

function client(variant: Variant, load: Load, addresses: string[]): Promise<unknown> {
  if (variant === 'ours') return oursClient(load, addresses)
  return load.wire === 'classic' ? bareHeapClient(load, addresses) : rawClient(load, addresses, variant === 'naive')
}

async function oursClient(load: Load, addresses: string[]): Promise<unknown> {
  const reactor = new BenchReactor(load)
  const node = await cometNode(load, reactor, false)
  const peer = await node.switch.dialPeerWithAddress(addresses[0] as string)
  for (const { id } of reactor.getChannels()) await peer.send({ channelId: id, message: new Uint8Array(load.size) })
  while (reactor.counter.counts.messages < load.channels) await pause(1)
  return node
}

async function rawClient(load: Load, addresses: string[], bothWays: boolean): Promise<unknown> {
  const node = await createLibp2p(nodeOptions(load.wire, false))
  let answered = 0
  const count = (stream: Stream): void => onChunks(stream, () => answered++)
  if (bothWays) for (let i = 0; i < load.channels; i++) await node.handle(answers(i), count)
  const connection: Connection = await node.dial(addresses.map((address) => multiaddr(address)))
  for (let i = 0; i < load.channels; i++) {
    const stream = await connection.newStream(protocol(i))
    count(stream)
    stream.send(frame(new Uint8Array(load.size)))
  }
  while (answered < load.channels) await pause(1)
  return node
}
