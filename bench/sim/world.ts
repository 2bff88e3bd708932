/**
 * A simulated network: real switches, real peer exchange and real address books on the memory stack, on one clock. Nodes come, stop, crash, and come back with the book
 * they had. A composition root, as src/testing/memory-network.ts; that one is not used because a node of it cannot come back under its own key.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { createAddressBook } from '../../src/address-book/address-book.ts'
import type { AddressBookOptions } from '../../src/address-book/book-options.ts'
import type { BookStore, StoredBook } from '../../src/address-book/book-store.ts'
import { DialFailedError } from '../../src/errors.ts'
import { type NodeKey, nodeKeyFromSeed } from '../../src/identity/node-key.ts'
import type { PeerBook } from '../../src/interface/address-book.ts'
import type { Random } from '../../src/interface/clock.ts'
import type { Envelope } from '../../src/interface/envelope.ts'
import type { Link } from '../../src/interface/link.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import type { PeerPolicyOptions } from '../../src/interface/policy.ts'
import type { Reactor } from '../../src/interface/reactor.ts'
import type { DialOptions } from '../../src/interface/stack.ts'
import { switchDefaults } from '../../src/options.ts'
import type { PexOptions } from '../../src/reactors/pex/pex-options.ts'
import { PexReactor } from '../../src/reactors/pex/pex-reactor.ts'
import { MemoryNetwork } from '../../src/stacks/memory/network.ts'
import { MemoryStack, type MemoryStackInit } from '../../src/stacks/memory/stack.ts'
import { CometSwitch } from '../../src/switch/switch.ts'
import { pause } from '../../src/util/pause.ts'
import { seededRandom } from '../../src/util/prng.ts'
import type { PexAddress, PexMessage } from '../../src/wire/channel-messages.ts'
import { SimClock } from './sim-clock.ts'

/** One way. A dial takes two round trips. */
export const LATENCY_MS = 40

/** A book's store in memory. */
export class MemoryBookStore implements BookStore {
  #book: StoredBook | undefined

  async load(): Promise<StoredBook | undefined> {
    return this.#book
  }

  async save(book: StoredBook): Promise<void> {
    this.#book = book
  }
}

/** Who a node is, whether or not it runs. */
export interface Identity {
  readonly key: NodeKey
  readonly host: string
  readonly store: MemoryBookStore
}

export interface SimNode extends Identity {
  readonly address: string
  readonly sw: CometSwitch
  readonly book: PeerBook
  readonly stack: MemoryStack
}

export interface NodeInit {
  readonly policy?: PeerPolicyOptions
  readonly book?: AddressBookOptions
  readonly pex?: Partial<PexOptions>
  /** The book as peer exchange is to see it. */
  readonly seenBook?: (book: PeerBook) => PeerBook
  /** False: no peer exchange. */
  readonly usesPex?: boolean
  readonly reactors?: Record<string, Reactor>
  /** Told of each list that peer exchange gets. */
  readonly onList?: (addrs: readonly PexAddress[]) => void
}

/** A stack that hears nothing from hosts that are gone, where the memory network would say so at once. */
class DistantStack extends MemoryStack {
  readonly #world: World

  constructor(init: MemoryStackInit, world: World) {
    super(init)
    this.#world = world
  }

  override async dial(address: NetAddress, options: DialOptions): Promise<Link> {
    const { silent, dials, clock } = this.#world
    dials.tried++
    try {
      if (silent.has(address.host)) {
        const waited = await pause(clock, switchDefaults.dialTimeoutMs, options.signal)
        if (waited) throw new DialFailedError(`${address}: no answer within ${switchDefaults.dialTimeoutMs} ms`)
      }
      return await super.dial(address, options)
    } catch (err) {
      dials.failed++
      throw err
    }
  }
}

class ListeningPex extends PexReactor {
  readonly #onList: NodeInit['onList']

  constructor(options: PexOptions, onList: NodeInit['onList']) {
    super(options)
    this.#onList = onList
  }

  override receive(envelope: Envelope): void | Promise<void> {
    const message = envelope.message as PexMessage
    if (message.type === 'pexAddrs') this.#onList?.(message.addrs)
    return super.receive(envelope)
  }
}

export class World {
  readonly clock = new SimClock()
  readonly random: Random
  readonly network: MemoryNetwork
  readonly nodes = new Set<SimNode>()
  /** Hosts that do not answer at all: a dial to them takes its whole timeout. */
  readonly silent = new Set<string>()
  /** By everybody, test dials too. */
  readonly dials = { tried: 0, failed: 0 }
  readonly #seed: number
  #count = 0

  constructor(seed: number) {
    this.#seed = seed
    this.random = seededRandom(seed * 7_919)
    this.network = new MemoryNetwork({ seed, latencyMs: LATENCY_MS, clock: this.clock })
  }

  identity(host: string): Identity {
    const key = nodeKeyFromSeed(sha256(new TextEncoder().encode(`simulation ${this.#seed}, node ${this.#count++}`)))
    return { key, host, store: new MemoryBookStore() }
  }

  /** Starts a node, with the book that its store has. */
  async start(identity: Identity, init: NodeInit = {}): Promise<SimNode> {
    const { clock, network } = this
    const { key, host, store } = identity
    this.silent.delete(host)
    const random = seededRandom(this.#seed * 1_000_003 + this.#count++)
    const stack = new DistantStack({ network, nodeKey: key, host }, this)
    const book = createAddressBook({ clock, random, store, key: bookKey(random), ...init.book })
    const reactors: Record<string, Reactor> = { ...init.reactors }
    if (init.usesPex !== false)
      reactors.PEX = new ListeningPex({ book: init.seenBook?.(book) ?? book, clock, random, ...init.pex }, init.onList)
    const sw = new CometSwitch({
      network: 'simulation',
      nodeKey: key,
      stacks: [stack],
      clock,
      random,
      addressBook: book,
      policy: init.policy ?? {},
      reactors
    })
    const node: SimNode = { ...identity, address: String(stack.address), sw, book, stack }
    this.nodes.add(node)
    await sw.start()
    return node
  }

  /** `crash`: nobody is told, connections break, and the host is silent from then on if `silent`. */
  async stop(node: SimNode, how: { readonly crash: boolean; readonly silent: boolean }): Promise<void> {
    this.nodes.delete(node)
    if (how.silent) this.silent.add(node.host)
    if (how.crash) this.network.isolate(node.stack)
    await node.sw.stop()
    this.network.unregister(node.stack)
  }

  /** Stops all. The clock has to run meanwhile. */
  async end(): Promise<void> {
    const stops = [...this.nodes].map((node) => this.stop(node, { crash: false, silent: false }))
    await this.clock.run(60_000)
    await Promise.all(stops)
  }
}

/** Buckets follow from the seed too. */
function bookKey(random: Random): string {
  return Array.from({ length: 24 }, () => Math.floor(random() * 16).toString(16)).join('')
}
