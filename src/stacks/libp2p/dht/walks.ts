/**
 * The two walks through a DHT that matter here: who provides a key, and telling that we do. They are kad-dht's own walks with questions of ours, and use parts of kad-dht 16.4.5
 * that its interface leaves out. Of each answer no more is taken than an honest one has, and who gave it is known.
 *
 * Rejected: its `findProviders`, which ends with the 20th name, whoever gave it, so that one server that makes up names is the only one that is heard; and its `provide`, which
 * tells nobody before the whole walk is over, so that one server that names others which do not answer keeps us from being told of at all.
 */
import type { AbortOptions, PeerId, PeerInfo } from '@libp2p/interface'
import type { KadDHT, PeerResponseEvent, QueryEvent } from '@libp2p/kad-dht'
import { sha256 } from '@noble/hashes/sha2.js'
import type { CID } from 'multiformats/cid'
import { compare } from 'uint8arrays/compare'
import { xor } from 'uint8arrays/xor'
import { MAX_TOLD_PROVIDERS } from './dht-records.ts'

/** Servers in an honest answer, and those that are told of a provider (kad-dht `kBucketSize`). */
export const CLOSEST = 20

interface Question {
  readonly peer: PeerInfo
  readonly signal?: AbortSignal
  readonly path: object
}
type Message = {
  type: string
  key: Uint8Array
  providers?: ReadonlyArray<{ id: Uint8Array; multiaddrs: Uint8Array[] }>
}
type Send = (to: PeerId, message: Message, options: object) => AsyncIterable<QueryEvent>

/** kad-dht, with what its interface leaves out. */
export interface WalkingKad extends KadDHT {
  readonly providers: {
    getProviders(key: CID, options?: AbortOptions): Promise<PeerId[]>
    addProvider(key: CID, id: PeerId, options?: AbortOptions): Promise<void>
  }
  readonly network: { sendRequest: Send; readonly sendMessage: Send }
  readonly queryManager: {
    run(
      key: Uint8Array,
      ask: (question: Question) => AsyncIterable<QueryEvent>,
      options: object
    ): AsyncIterable<QueryEvent>
  }
}

/** The version whose insides these are; package.json has it and no other. */
const KAD_DHT = '@libp2p/kad-dht 16.4.5'
const INSIDES = {
  providers: ['getProviders', 'addProvider'],
  network: ['sendRequest', 'sendMessage'],
  queryManager: ['run'],
  routingTable: ['addEventListener', 'removeEventListener']
}

/** The same. Throws an `Error` that names the version where it is another, put in our place by whoever installs us, and lacks what is used here. */
export function walkable<T extends WalkingKad>(kad: KadDHT): T {
  for (const [part, methods] of Object.entries(INSIDES))
    for (const method of methods) {
      const found = (kad as unknown as Record<string, Record<string, unknown> | undefined>)[part]?.[method]
      if (typeof found !== 'function')
        throw new Error(`cometDht() needs ${KAD_DHT}: the one that is installed has no ${part}.${method}`)
    }
  return kad as T
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

/** Asks all servers on the way to the key and those closest to it who provides it. What it yields are kad-dht's events. */
export function askProviders(kad: WalkingKad, key: CID, options: AbortOptions): AsyncIterable<QueryEvent> {
  return walk(kad, { type: 'GET_PROVIDERS', key: key.multihash.bytes }, options)
}

/** Tells servers that `self` provides the key: each as soon as it has answered, if no twenty closer ones had by then. Yields kad-dht's events of the walk. */
export async function* provide(
  kad: WalkingKad,
  key: CID,
  self: PeerInfo,
  options: AbortOptions
): AsyncGenerator<QueryEvent> {
  const bytes = key.multihash.bytes
  const told = { id: self.id.toMultihash().bytes, multiaddrs: self.multiaddrs.map((one) => one.bytes) }
  const closest = new Closest(bytes)
  const telling: Promise<void>[] = []
  try {
    for await (const event of walk(kad, { type: 'FIND_NODE', key: bytes }, options)) {
      if (event.name === 'PEER_RESPONSE' && closest.add(event.from))
        telling.push(tell(kad, event.from, { type: 'ADD_PROVIDER', key: bytes, providers: [told] }, options))
      yield event
    }
  } finally {
    await Promise.all(telling)
  }
}

function walk(kad: WalkingKad, message: Message, options: AbortOptions): AsyncIterable<QueryEvent> {
  const ask = ({ peer, signal, path }: Question) =>
    kad.network.sendRequest(peer.id, message, { ...options, signal, path })
  return kad.queryManager.run(message.key, ask, options)
}

/** Never rejects. */
async function tell(kad: WalkingKad, to: PeerId, message: Message, options: AbortOptions): Promise<void> {
  const path = { index: -1, queued: 0, running: 0, total: 0 }
  try {
    for await (const _ of kad.network.sendMessage(to, message, { ...options, path }));
  } catch {
    // it has gone: others have been told, too
  }
}

/** The closest to a key of those that were added. */
export class Closest {
  readonly #target: Uint8Array
  /** Distances, the smallest first. */
  readonly #distances: Uint8Array[] = []

  constructor(key: Uint8Array) {
    this.#target = sha256(key)
  }

  /** True: it is among the closest `CLOSEST` so far. */
  add(id: PeerId): boolean {
    const distance = xor(sha256(id.toMultihash().bytes), this.#target)
    const farther = this.#distances.findIndex((other) => compare(distance, other) < 0)
    const rank = farther < 0 ? this.#distances.length : farther
    if (rank >= CLOSEST) return false
    this.#distances.splice(rank, 0, distance)
    this.#distances.length = Math.min(this.#distances.length, CLOSEST)
    return true
  }
}
