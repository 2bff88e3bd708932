/**
 * The three walks through a DHT that matter here: who provides a key, telling that we do, and getting to know the servers on the way to a key. They are lookups of our own (lookup.ts) with
 * kad-dht's messages, and use parts of kad-dht 16.4.5 that its interface leaves out. Of each answer no more is taken than an honest one has, and who gave it is known.
 *
 * Rejected: its `findProviders`, which ends with the 20th name, whoever gave it, so that one server that makes up names is the only one that is heard; its `provide`, which
 * tells nobody before the whole walk is over, so that one server that names others which do not answer keeps us from being told of at all; and its routing table's taking up of
 * whoever is named, four at a time, by which the same server keeps out those that are there.
 */
import type { AbortOptions, PeerId, PeerInfo } from '@libp2p/interface'
import type { KadDHT, PeerResponseEvent, QueryEvent } from '@libp2p/kad-dht'
import type { Multiaddr } from '@multiformats/multiaddr'
import { sha256 } from '@noble/hashes/sha2.js'
import type { CID } from 'multiformats/cid'
import type { Clock } from '../../../interface/clock.ts'
import { MAX_TOLD_PROVIDERS } from './dht-records.ts'
import { CLOSEST, Closest, Lookup } from './lookup.ts'

type Message = {
  type: string
  key: Uint8Array
  providers?: ReadonlyArray<{ id: Uint8Array; multiaddrs: Uint8Array[] }>
}
/** Of kad-dht's own queries. */
const NO_PATH = { index: -1, queued: 0, running: 0, total: 0 }
type Send = (to: PeerId, message: Message, options: object) => AsyncIterable<QueryEvent>

/** kad-dht, with what its interface leaves out. */
export interface WalkingKad extends KadDHT {
  readonly providers: {
    getProviders(key: CID, options?: AbortOptions): Promise<PeerId[]>
    addProvider(key: CID, id: PeerId, options?: AbortOptions): Promise<void>
  }
  readonly network: { sendRequest: Send; readonly sendMessage: Send }
  readonly routingTable: EventTarget & {
    readonly size: number
    /** `kadId`: the sha256 of a key. */
    closestPeers(kadId: Uint8Array, options: { count: number }): PeerId[]
    /** It has answered: it is pinged, and in the table if it answers again. */
    queueRoutingTableUpdate(id: PeerId): void
  }
  /** Who is named, and who is connected and speaks the protocol, is pinged for the routing table. */
  onPeerConnect(peer: PeerInfo): Promise<void>
}

/** The version whose insides these are; package.json has it and no other. */
const KAD_DHT = '@libp2p/kad-dht 16.4.5'
const INSIDES = {
  onPeerConnect: [],
  providers: ['getProviders', 'addProvider'],
  network: ['sendRequest', 'sendMessage'],
  routingTable: ['addEventListener', 'removeEventListener', 'closestPeers', 'queueRoutingTableUpdate']
}

/** The same. Throws an `Error` that names the version where it is another, put in our place by whoever installs us, and lacks what is used here. */
export function walkable<T extends WalkingKad>(kad: KadDHT): T {
  for (const [part, methods] of Object.entries<readonly string[]>(INSIDES)) {
    const found = (kad as unknown as Record<string, Record<string, unknown> | undefined>)[part]
    const missing = methods.length === 0 ? typeof found !== 'function' : undefined
    const method = methods.find((one) => typeof found?.[one] !== 'function')
    if (missing || method !== undefined)
      throw new Error(
        `cometDht() needs ${KAD_DHT}: the one that is installed has no ${[part, method ?? []].flat().join('.')}`
      )
  }
  return kad as T
}

/** One walk, under way. Both settle soon after its signal has aborted, and never reject. */
export interface Walk {
  /** Resolves when somebody has answered and all who have not are slow, or there is nobody left to be asked. */
  readonly looked: Promise<void>
  /** Resolves when nothing of it is under way any more. */
  readonly ended: Promise<void>
}

/** What all walks have in common. */
export interface WalksInit {
  readonly kad: WalkingKad
  readonly clock: Clock
  readonly self: PeerId
  /** Under what a server counts that has just answered. */
  tellerOf(server: PeerId): string
}

/** Cuts the answers to all that this DHT asks from now on, in its own walks too; `heard` is told of each before the walk goes on. */
export function cutAnswers({ network }: Pick<WalkingKad, 'network'>, heard: (answer: PeerResponseEvent) => void): void {
  const send: Send = network.sendRequest.bind(network)
  network.sendRequest = async function* (to, message, options) {
    for await (const event of send(to, message, options)) {
      if (event.name !== 'PEER_RESPONSE') yield event
      else {
        const answer = {
          ...event,
          closer: event.closer.slice(0, CLOSEST),
          providers: event.providers.slice(0, MAX_TOLD_PROVIDERS)
        }
        heard(answer)
        yield answer
      }
    }
  }
}

/** Of those who are named nobody comes into the routing table until he has answered, in a walk, or is connected: `isConnected`. */
export function knowOnlyConnected(kad: WalkingKad, isConnected: (id: PeerId) => boolean): void {
  const onPeerConnect = kad.onPeerConnect.bind(kad)
  kad.onPeerConnect = async (peer) => {
    if (isConnected(peer.id)) await onPeerConnect(peer)
  }
}

/** Asks all servers on the way to the key and those closest to it who provides it. What they say is heard by `cutAnswers`, as in all walks. */
export function askProviders(init: WalksInit, key: CID, signal: AbortSignal): Walk {
  return walk(init, { type: 'GET_PROVIDERS', key: key.multihash.bytes }, signal)
}

/** Gets to know the servers closest to the key. */
export function approach(init: WalksInit, key: Uint8Array, signal: AbortSignal): Walk {
  return walk(init, { type: 'FIND_NODE', key }, signal)
}

/** Tells servers that the node provides the key, and where it is: each as soon as it has answered, if no twenty closer ones had by then. */
export function provide(init: WalksInit, key: CID, addresses: readonly Multiaddr[], signal: AbortSignal): Walk {
  const bytes = key.multihash.bytes
  const told = { id: init.self.toMultihash().bytes, multiaddrs: addresses.map((one) => one.bytes) }
  const message = { type: 'ADD_PROVIDER', key: bytes, providers: [told] }
  const closest = new Closest(bytes)
  const telling: Promise<void>[] = []
  const { looked, ended } = walk(init, { type: 'FIND_NODE', key: bytes }, signal, (from) => {
    if (closest.add(closest.distance(from))) telling.push(tell(init.kad, from, message, { signal }))
  })
  return { looked, ended: ended.then(() => Promise.all(telling)).then(() => undefined) }
}

/** `answered`: that server has, just now. */
function walk(
  { kad, clock, self, tellerOf }: WalksInit,
  message: Message,
  signal: AbortSignal,
  answered?: (from: PeerId) => void
): Walk {
  const { routingTable } = kad
  const known = routingTable.closestPeers(sha256(message.key), { count: CLOSEST })
  const ask = async (server: PeerId) => {
    const answer = await question(kad, server, message, { signal, path: NO_PATH })
    if (answer === undefined) return undefined
    routingTable.queueRoutingTableUpdate(server)
    answered?.(server)
    return { closer: answer.closer.map(({ id }) => id), teller: tellerOf(server) }
  }
  const lookup = new Lookup({ clock, key: message.key, self, known, ask, signal })
  // when a node starts its first walk knows the first server of several
  const onAdd = (event: Event) => lookup.know((event as CustomEvent<PeerId>).detail)
  routingTable.addEventListener('peer:add', onAdd)
  const ended = lookup.ended.then(() => routingTable.removeEventListener('peer:add', onAdd))
  return { looked: lookup.looked, ended }
}

/** Undefined: no answer. Never rejects. */
async function question(
  kad: WalkingKad,
  to: PeerId,
  message: Message,
  options: object
): Promise<PeerResponseEvent | undefined> {
  try {
    for await (const event of kad.network.sendRequest(to, message, options))
      if (event.name === 'PEER_RESPONSE') return event
  } catch {
    // it has gone
  }
  return undefined
}

/** Never rejects. */
async function tell(kad: WalkingKad, to: PeerId, message: Message, options: AbortOptions): Promise<void> {
  try {
    for await (const _ of kad.network.sendMessage(to, message, { ...options, path: NO_PATH }));
  } catch {
    // it has gone: others have been told, too
  }
}
