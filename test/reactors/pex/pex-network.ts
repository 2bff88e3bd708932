/**
 * Nodes of a memory network on a clock that a test moves: real switches, real books, real peer exchange; and peers whose every message a test writes itself. Each node has an
 * IP in a /16 of its own, so that the book's bounds by group do not mistake a test for an attack.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAddressBook } from '../../../src/address-book/address-book.ts'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import type { PeerBook } from '../../../src/interface/address-book.ts'
import type { ChannelDescriptor, MessageType } from '../../../src/interface/channel.ts'
import type { Envelope } from '../../../src/interface/envelope.ts'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import type { NodeId } from '../../../src/interface/node-info.ts'
import type { Peer } from '../../../src/interface/peer.ts'
import type { Switch } from '../../../src/interface/switch.ts'
import { BaseReactor } from '../../../src/reactors/base-reactor.ts'
import type { PexOptions } from '../../../src/reactors/pex/pex-options.ts'
import { PexReactor } from '../../../src/reactors/pex/pex-reactor.ts'
import { createMemoryNetwork, type MemorySwitchOptions, type TestNetwork } from '../../../src/testing/memory-network.ts'
import { seededRandom } from '../../../src/util/prng.ts'
import { type PexMessage, pexMessage } from '../../../src/wire/codec.ts'
import { FakeClock, settle } from '../../helpers/fake-clock.ts'

export interface TestNode {
  readonly sw: Switch
  readonly address: NetAddress
  /** Whom it has lost, and why. */
  readonly lost: Array<{ id: string; reason: unknown }>
}

export interface PexNode extends TestNode {
  readonly pex: PexReactor
  readonly book: PeerBook
  /** The messages that have reached it, in order. */
  readonly heard: Array<{ from: string; message: PexMessage }>
}

export interface RawNode extends TestNode {
  readonly raw: RawPex
}

/** Speaks channel 0x00 as the test says, with the codec or without it. */
export class RawPex extends BaseReactor {
  readonly heard: PexMessage[] = []
  /** Called with each message. */
  onMessage: (message: PexMessage, peer: Peer) => void = () => {}

  constructor() {
    super('RAW')
  }

  override getChannels(): ChannelDescriptor[] {
    const messageType: MessageType<Uint8Array> = { typeName: 'raw', encode: (bytes) => bytes, decode: (bytes) => bytes }
    return [{ id: 0x00, priority: 1, sendQueueCapacity: 100, recvMessageCapacity: 64_000, messageType }]
  }

  override receive({ src, message }: Envelope): void {
    const decoded = pexMessage.decode(message as Uint8Array)
    this.heard.push(decoded)
    this.onMessage(decoded, src as Peer)
  }

  say(peer: Peer, message: PexMessage | Uint8Array): void {
    const bytes = message instanceof Uint8Array ? message : pexMessage.encode(message)
    peer.trySend({ channelId: 0x00, message: bytes })
  }

  /** Answers every request with that list. */
  answerWith(list: Extract<PexMessage, { type: 'pexAddrs' }>): void {
    this.onMessage = (message, peer) => {
      if (message.type === 'pexRequest') this.say(peer, list)
    }
  }
}

/** A list of addresses as a peer tells it. */
export function listOf(...addresses: NetAddress[]): Extract<PexMessage, { type: 'pexAddrs' }> {
  return { type: 'pexAddrs', addrs: addresses.map(({ id, host, port }) => ({ id, ip: host, port })) }
}

export type PexNodeOptions = Partial<Omit<PexOptions, 'clock'>> &
  Partial<Omit<MemorySwitchOptions, 'reactors' | 'clock' | 'logger' | 'random'>>

const CHUNK_MS = 250
const PEX_OPTIONS = [
  'book',
  'random',
  'seeds',
  'seedMode',
  'ensurePeriodMs',
  'crawlPeriodMs',
  'seedDisconnectWaitMs',
  'minRequestIntervalMs',
  'persistentPeersMaxDialPeriod',
  'records'
]

export class PexNetwork {
  readonly clock = new FakeClock()
  readonly net: TestNetwork
  readonly #random: () => number
  readonly #all: TestNode[] = []
  #count = 0

  constructor(seed = 1) {
    this.net = createMemoryNetwork({ seed, clock: this.clock })
    this.#random = seededRandom(seed + 1_000)
  }

  /** A node with peer exchange, not started. */
  node(options: PexNodeOptions = {}): PexNode {
    const { clock } = this
    const random = this.#random
    const entries = Object.entries(options)
    const forPex = Object.fromEntries(entries.filter(([name]) => PEX_OPTIONS.includes(name)))
    const forSwitch = Object.fromEntries(entries.filter(([name]) => !PEX_OPTIONS.includes(name)))
    const book = options.book ?? createAddressBook({ strict: false, clock, random, tells: 'all' })
    const pex = new PexReactor({ random, clock, ...forPex, book })
    const heard: PexNode['heard'] = []
    const receive = pex.receive.bind(pex)
    pex.receive = (envelope) => {
      heard.push({ from: envelope.src?.id() ?? '', message: envelope.message as PexMessage })
      return receive(envelope)
    }
    const { sw, address, lost } = this.#create(pex, { ...forSwitch, addressBook: book })
    return { sw, address, lost, pex, book, heard }
  }

  /** A node that says what the test wants, not started. */
  raw(options: Partial<MemorySwitchOptions> = {}): RawNode {
    const raw = new RawPex()
    return { ...this.#create(raw, options), raw }
  }

  /** An address where nobody lives. */
  nobody(): NetAddress {
    const { sw } = this.#create(new RawPex(), {})
    return sw.nodeInfo().netAddress()
  }

  async start(...nodes: TestNode[]): Promise<void> {
    await Promise.all(nodes.map(({ sw }) => sw.start()))
    await settle(10)
  }

  /** Lets time pass, and everything happen that falls due in it. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= CHUNK_MS) {
      await this.clock.run(Math.min(CHUNK_MS, left))
      await settle(12)
    }
  }

  /** A long time in one step: what falls due in it runs once, as after a machine's sleep. */
  async jump(ms: number): Promise<void> {
    this.clock.advance(ms)
    await settle(12)
  }

  /** Stops what runs; then no timer is left. */
  async stop(): Promise<void> {
    const stopped = Promise.all(this.#all.map(({ sw }) => sw.stop()))
    // a stop may wait for links to close
    for (let i = 0; i < 20; i++) await settle(5)
    await stopped
  }

  #create(reactor: BaseReactor, options: Partial<MemorySwitchOptions>): TestNode {
    const n = ++this.#count
    const lost: TestNode['lost'] = []
    const removePeer = reactor.removePeer.bind(reactor)
    reactor.removePeer = (peer, reason) => {
      lost.push({ id: peer.id(), reason })
      return removePeer(peer, reason)
    }
    const host = `${20 + (n >> 8)}.${n & 0xff}.0.1`
    const sw = this.net.createSwitch({ network: 'pex-test', host, ...options, reactors: { PEX: reactor } })
    const node = { sw, address: sw.nodeInfo().netAddress(), lost }
    this.#all.push(node)
    return node
  }
}

/** A test with a network of its own: whatever it does, all that was started is stopped, and no timer is left. */
export function on(name: string, body: (network: PexNetwork) => Promise<void>): void {
  test(name, async () => {
    const network = new PexNetwork()
    try {
      await body(network)
    } finally {
      await network.stop()
    }
    assert.equal(network.clock.pending, 0, 'timers left')
  })
}

/** The id of nobody in particular. */
export function id(n: number): NodeId {
  return n.toString(16).padStart(40, '0')
}

/** An address outside the memory network, at which nobody answers. */
export function dead(n: number): NetAddress {
  return netAddressFromParts(id(n), `60.${n}.0.1`, 26_656)
}

/** The ids of a node's peers. */
export function peersOf({ sw }: TestNode): string[] {
  return sw
    .peers()
    .list()
    .map((peer) => peer.id())
    .sort()
}

/** The handle of a peer that must be there. */
export function peerOf(node: TestNode, of: TestNode): Peer {
  const peer = node.sw.peers().get(of.address.id)
  if (peer === undefined) throw new Error(`${node.address} is not connected with ${of.address}`)
  return peer
}
