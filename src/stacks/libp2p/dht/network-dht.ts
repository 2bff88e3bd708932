/**
 * `cometDht()`: a DHT of one network's nodes as a libp2p service, in which they find one another. It is kad-dht under a protocol of its own, beside any other DHT
 * of the node: it is nobody's content or peer routing, and what it learns enters neither the user's peer store nor the datastore (dht-peers.ts, dht-records.ts).
 *
 * Every node that can be a peer says so under one key, made of the network's name; whoever has free slots asks for it. What is found is a candidate, no more: hello
 * proves that it is of this network (discovery.ts). kad-dht's own periodic refresh does not run in 16.4.5 (its class lacks `start`), so ours does.
 */
import {
  type Connection,
  type Logger,
  type PeerId,
  type PeerInfo,
  type Startable,
  serviceDependencies
} from '@libp2p/interface'
import type { AddressManager, ConnectionManager } from '@libp2p/interface-internal'
import { kadDHT } from '@libp2p/kad-dht'
import { peerIdFromString } from '@libp2p/peer-id'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { CID } from 'multiformats/cid'
import { toString as textOf } from 'uint8arrays/to-string'
import { nodeIdFromPeerId } from '../../../identity/node-id.ts'
import type { NetAddress } from '../../../interface/net-address.ts'
import type { NodeId } from '../../../interface/node-info.ts'
import { MAX_TIMER_MS } from '../../../util/clock.ts'
import { settlesWithin, withSignal } from '../../../util/deadline.ts'
import { deferred } from '../../../util/deferred.ts'
import { pause } from '../../../util/pause.ts'
import { shuffled } from '../../../util/shuffled.ts'
import { clockSignal } from '../deadline-signal.ts'
import { peerAddresses } from '../peer-addresses.ts'
import { type CometDhtComponents, kadComponents } from './dht-components.ts'
import { dhtProtocol, networkKey } from './dht-key.ts'
import { type CheckedDhtInit, type CometDhtInit, checkedDhtInit } from './dht-options.ts'
import { DhtPeers } from './dht-peers.ts'
import { DhtRecords } from './dht-records.ts'
import { DhtStreams } from './dht-streams.ts'
import { SLOW_ASK_MS } from './lookup.ts'
import { networkOf, tellerOf } from './told-by.ts'
import {
  approach,
  askProviders,
  cutAnswers,
  knowOnlyConnected,
  provide,
  type Walk,
  type WalkingKad,
  type WalksInit,
  walkable
} from './walks.ts'

export type { CometDhtComponents } from './dht-components.ts'
export type { CometDhtInit } from './dht-options.ts'

/** One walk through the DHT. Ours: a few hops of less than a second each; kad-dht's own default is 3 minutes. */
const WALK_TIMEOUT_MS = 10_000
/** Going back to those who let us in, while we know nobody: doubling between these. Ours. */
const JOIN_MIN_MS = 1_000
const JOIN_MAX_MS = 60_000
/** Whether we listen yet is looked at after so long, then ever more rarely. Ours. */
const LISTEN_MIN_MS = 50
const LISTEN_MAX_MS = 15_000
/** Saying that we are here: soon again, since the first server that we know may not be the only one, then doubling up to half an hour. Ours. */
const PROVIDE_MIN_MS = 1_000
const PROVIDE_MAX_MS = 30 * 60_000
/** A walk to a random place, which keeps the routing table fresh. libp2p's own interval (kad-dht TABLE_REFRESH_INTERVAL). */
const REFRESH_MS = 5 * 60_000
/** Intervals differ by so much from node to node. */
const JITTER = 0.2

/** As `DEBUG=libp2p:*` shows it; kad-dht's own lines are there too. */
const LOG_PREFIX = 'libp2p:comet-dht'
const DATASTORE_PREFIX = '/comet-dht'

/** The switch's side: who wants to know, from its start to its stop. */
export interface DhtUser {
  /**
   * Somebody of the DHT, with all its addresses, and who says so: its network where it has a public IP, as keys cost nothing, its PeerId in a local network; all others are one.
   * May be called at any time; one of ours too, and the same one again.
   */
  found(addresses: readonly NetAddress[], teller: string): void
  /** Nodes of which nobody may be told. */
  isPrivate(id: NodeId): boolean
}

type RunningKad = WalkingKad & Startable

/** A network's DHT; `comet()` uses it by itself where the node has it under the name `cometDht`. */
export interface CometDht {
  readonly network: string
  readonly mode: 'client' | 'server'
  /** The protocol it speaks. */
  readonly protocol: string
  /** Servers known to it. */
  size(): number
}

/**
 * For `createLibp2p({ services: { identify: identify(), cometDht: cometDht({ network }), comet: comet({ network, … }) } })`. Throws `InvalidOptionError` or
 * `InvalidAddressError` naming the field. Needs identify.
 */
export function cometDht(init: CometDhtInit): (components: CometDhtComponents) => CometDht {
  const checked = checkedDhtInit(init)
  return (components) => new NetworkDht(components, checked)
}

export class NetworkDht implements CometDht, Startable {
  readonly [Symbol.toStringTag] = 'comet-libp2p-dht'
  readonly [serviceDependencies] = ['@libp2p/identify']
  readonly network: string
  readonly mode: 'client' | 'server'
  readonly protocol: string
  readonly #init: CheckedDhtInit
  readonly #peerId: PeerId
  readonly #log: Logger
  readonly #addressManager: Pick<AddressManager, 'getAddresses'>
  readonly #peers: DhtPeers
  readonly #streams: DhtStreams
  readonly #kad: RunningKad
  readonly #walks: WalksInit
  readonly #key: CID
  readonly #connectionManager: Pick<ConnectionManager, 'getConnections'>
  // what changes
  #user: DhtUser | undefined
  #stop = new AbortController()
  #using = new AbortController()
  readonly #tasks = new Set<Promise<void>>()

  constructor(components: CometDhtComponents, init: CheckedDhtInit) {
    this.#init = init
    this.network = init.network
    this.mode = init.mode
    this.protocol = dhtProtocol(init.network)
    this.#peerId = components.peerId
    this.#log = components.logger.forComponent(LOG_PREFIX)
    this.#addressManager = components.addressManager
    this.#connectionManager = components.connectionManager
    this.#key = networkKey(init.network)
    const isPrivate = (peerId: PeerId) => this.#isPrivate(peerId)
    const kept = `${DATASTORE_PREFIX}/provider/${textOf(this.#key.multihash.bytes, 'base32')}/`
    const groupOf = (provider: string) => networkOf(this.#connectionsOf(peerIdFromString(provider)))
    const records = new DhtRecords(init.clock, init.random, kept, groupOf)
    const isProvider = (id: string) => records.has(id)
    this.#peers = new DhtPeers(components.peerStore, { self: this.#peerId, strict: init.strict, isPrivate, isProvider })
    const isDenied = async (id: PeerId) => (await components.connectionGater?.denyDialPeer?.(id)) === true
    this.#streams = new DhtStreams(components.connectionManager, this.#peers, init.clock, this.protocol, isDenied)
    const parts = { peers: this.#peers, streams: this.#streams, records, ownAddresses: () => this.#ownAddresses() }
    const kad = kadDHT({
      protocol: this.protocol,
      clientMode: init.mode === 'client',
      peerInfoMapper: this.#peers.tellable,
      // else all walks wait for the end of its first one, which has no deadline; ours wait for the first server to be known, and that is all
      allowQueryWithZeroPeers: true,
      // lookup.ts does that
      querySelfInterval: MAX_TIMER_MS,
      initialQuerySelfInterval: MAX_TIMER_MS,
      // of those alone who are connected, or have answered: whoever says nothing then must not hold up the others
      pingNewContactConcurrency: 64,
      pingNewContactMaxQueueSize: 64,
      routingTableUpdateQueueConcurrency: 64,
      routingTableUpdateMaxQueueSize: 256,
      maxInboundStreams: 8,
      // dht-records.ts forgets by itself
      reprovide: { interval: MAX_TIMER_MS },
      logPrefix: LOG_PREFIX,
      metricsPrefix: 'libp2p_comet_dht',
      datastorePrefix: DATASTORE_PREFIX
    })(kadComponents(components, parts))
    this.#kad = walkable(kad)
    knowOnlyConnected(this.#kad, (id) => this.#connectionsOf(id).length > 0)
    const tellerOfId = (id: PeerId) => tellerOf(id, this.#connectionsOf(id))
    this.#walks = { kad: this.#kad, clock: init.clock, self: this.#peerId, tellerOf: tellerOfId }
    cutAnswers(this.#kad, ({ from, closer, providers }) => this.#heard(from, [...closer, ...providers]))
  }

  size(): number {
    return this.#kad.routingTable.size
  }

  // ---- the switch's ------------------------------------------------------------------------------------------

  /** The node starts, and the switch with it. Before the node can dial. */
  serve(user: DhtUser): void {
    this.#user = user
  }

  /** The switch stops: the node is no longer told of, and nobody of what is found. The DHT itself goes on as long as the node, and keeps quiet about private nodes. */
  unuse(): void {
    this.#using.abort(new Error('the switch has stopped'))
  }

  /** Walks through the DHT once for providers of the network's key; `found` is told of each. Waits a while for the first server to be known. Never rejects. */
  async look(signal: AbortSignal): Promise<void> {
    await this.#tellOwn()
    await this.#walk((until) => askProviders(this.#walks, this.#key, until), signal)
  }

  // ---- the node's --------------------------------------------------------------------------------------------

  async start(): Promise<void> {
    this.#stop = new AbortController()
    this.#using = new AbortController()
    await this.#kad.start()
  }

  /** The node can dial. */
  afterStart(): void {
    this.#run(() => this.#joinFor(this.#stop.signal))
    this.#run(() => this.#refreshFor(this.#stop.signal))
    if (this.#user !== undefined && this.#init.provide) this.#run(() => this.#provideFor(this.#using.signal))
  }

  async stop(): Promise<void> {
    this.#stop.abort(new Error('the node has stopped'))
    this.unuse()
    await this.#kad.stop()
    this.#streams.stop()
    await Promise.all(this.#tasks)
  }

  // ---- the inside --------------------------------------------------------------------------------------------

  #run(task: () => Promise<void>): void {
    const running = task()
      // no task rejects by itself: a fault of ours, or a random source that throws
      .catch((err: unknown) => this.#log.error('a task has ended - %e', err))
      .finally(() => this.#tasks.delete(running))
    this.#tasks.add(running)
  }

  /** To all who let us in, as one of them may tell of nobody; later, as long as nobody is known, back to them. */
  async #joinFor(signal: AbortSignal): Promise<void> {
    let wait = JOIN_MIN_MS
    let first = true
    do {
      if (this.size() > 0 && !first) wait = JOIN_MIN_MS
      else {
        const joining: Promise<void>[] = []
        for (const addresses of shuffled(this.#init.bootstrap.values(), this.#init.random)) {
          if (signal.aborted || (this.size() > 0 && !first)) break
          const one = this.#streams
            .join(addresses, signal)
            .catch((err: unknown) => this.#log('nobody to join at %s - %e', addresses.join(), err))
          joining.push(one)
          // a host that is gone says nothing for as long as it is given: the next one does not wait for it
          await settlesWithin(one, this.#init.clock, SLOW_ASK_MS)
        }
        await Promise.all(joining)
        wait = Math.min(wait * 2, JOIN_MAX_MS)
      }
      first = false
    } while (await this.#pause(this.size() > 0 ? JOIN_MAX_MS : wait, signal))
  }

  async #provideFor(signal: AbortSignal): Promise<void> {
    let [wait, listening] = [LISTEN_MIN_MS, false]
    while (await this.#pause(wait, signal)) {
      // a node that nobody can reach has nothing to say; nor has one that does not listen yet, as when it starts
      if (this.#ownAddresses().length === 0) wait = Math.min(wait * 2, LISTEN_MAX_MS)
      else {
        // who asks us is told of us, too, though we know of nobody to tell
        await this.#kad.providers.addProvider(this.#key, this.#peerId)
        await this.#anyServer(signal, PROVIDE_MAX_MS)
        await this.#walk((until) => provide(this.#walks, this.#key, this.#ownAddresses(), until), signal)
        wait = listening ? Math.min(wait * 2, PROVIDE_MAX_MS) : PROVIDE_MIN_MS
        listening = true
      }
    }
  }

  /** Walks to ourselves at first, so that our neighbours know us, and then to random places. */
  async #refreshFor(signal: AbortSignal): Promise<void> {
    let key = this.#peerId.toMultihash().bytes
    do {
      await this.#anyServer(signal, REFRESH_MS)
      await this.#walk((until) => approach(this.#walks, key, until), signal)
      key = Uint8Array.from({ length: 32 }, () => Math.floor(this.#init.random() * 256))
    } while (await this.#pause(REFRESH_MS, signal))
  }

  #pause(ms: number, signal: AbortSignal): Promise<boolean> {
    const { clock, random } = this.#init
    return pause(clock, ms * (1 + JITTER * (random() - 0.5)), signal)
  }

  /** Waits for the first server to be known, so long at most. False: there is none. */
  async #anyServer(parent: AbortSignal, ms: number): Promise<boolean> {
    const { routingTable } = this.#kad
    const { signal, clear } = clockSignal(this.#init.clock, ms, 'the first server of the DHT', parent)
    const added = deferred<void>()
    const onAdded = () => added.resolve()
    routingTable.addEventListener('peer:add', onAdded)
    try {
      if (this.size() === 0) await withSignal(added.promise, signal)
      return true
    } catch {
      return false
    } finally {
      clear()
      routingTable.removeEventListener('peer:add', onAdded)
    }
  }

  /** One walk: settles when all have answered that are quick, or are there at all; those that are slow have until `WALK_TIMEOUT_MS`. Never rejects: that it came to nothing is seen in what was found. */
  async #walk(begin: (signal: AbortSignal) => Walk, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#stop.signal])
    const deadline = clockSignal(this.#init.clock, WALK_TIMEOUT_MS, 'a walk through the DHT', either)
    if (!(await this.#anyServer(deadline.signal, WALK_TIMEOUT_MS))) return deadline.clear()
    const { looked, ended } = begin(deadline.signal)
    this.#run(() => ended.finally(() => deadline.clear()))
    await looked
  }

  /** What one server has answered, in any walk. What it names may be dialled next. */
  #heard(from: PeerId, named: readonly PeerInfo[]): void {
    const teller = tellerOf(from, this.#connectionsOf(from))
    for (const peer of named) {
      this.#peers.learn(peer, teller)
      this.#found(peer, teller)
    }
  }

  /** Who has told us that he is there is found, too: ours is one word among the others', as anybody may tell us. */
  async #tellOwn(): Promise<void> {
    for (const id of await this.#kad.providers.getProviders(this.#key))
      this.#found({ id, multiaddrs: await this.#peers.ownWord(id) }, String(this.#peerId))
  }

  #found(peer: PeerInfo, teller: string): void {
    if (peer.id.equals(this.#peerId) || this.#using.signal.aborted) return
    const addresses = peerAddresses(peer.multiaddrs, peer.id, this.#init.strict)
    if (addresses.length > 0) this.#user?.found(addresses, teller)
  }

  #connectionsOf(id: PeerId): Connection[] {
    return this.#connectionManager.getConnections(id)
  }

  #isPrivate(peerId: PeerId): boolean {
    if (this.#user === undefined) return false
    try {
      return this.#user.isPrivate(nodeIdFromPeerId(peerId))
    } catch {
      // a key that no node has; or the user's own book throws, which finding.ts asks: a stranger waits for the answer, and is told of nobody of whom we do not know
      return true
    }
  }

  /** Where we are, as the DHT is told. */
  #ownAddresses(): Multiaddr[] {
    const addresses = peerAddresses(this.#addressManager.getAddresses(), this.#peerId, this.#init.strict)
    return addresses.map(({ multiaddr }) => multiaddr as Multiaddr)
  }
}

/** The network's DHT among a node's components, if it has one. Never throws. */
export function dhtOf(components: { readonly cometDht?: unknown }): NetworkDht | undefined {
  try {
    const { cometDht: found } = components
    return found instanceof NetworkDht ? found : undefined
  } catch {
    // libp2p's components throw where there is no such service
    return undefined
  }
}
