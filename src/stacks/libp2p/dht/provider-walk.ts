/**
 * Asking a DHT who provides a key: kad-dht's own walk with a question of ours, of which each answer is cut to what an honest one has and says who gave it. It uses parts of
 * kad-dht 16.4.5 that its interface leaves out.
 *
 * Rejected: its `findProviders`, which ends with the 20th name, whoever gave it: one server that makes up names is then the only one that is heard.
 */
import type { AbortOptions, PeerId, PeerInfo } from '@libp2p/interface'
import type { KadDHT, QueryEvent } from '@libp2p/kad-dht'
import type { CID } from 'multiformats/cid'
import { MAX_TOLD_PROVIDERS } from './dht-records.ts'

/** Servers in one honest answer: a bucket full (kad-dht `kBucketSize`). */
export const MAX_TOLD_SERVERS = 20

interface Question {
  readonly peer: PeerInfo
  readonly signal?: AbortSignal
  readonly path: object
}

/** kad-dht, with what its interface leaves out. */
export interface WalkingKad extends KadDHT {
  readonly providers: { getProviders(key: CID, options?: AbortOptions): Promise<PeerId[]> }
  readonly network: {
    sendRequest(to: PeerId, message: { type: string; key: Uint8Array }, options: object): AsyncIterable<QueryEvent>
  }
  readonly queryManager: {
    run(
      key: Uint8Array,
      ask: (question: Question) => AsyncIterable<QueryEvent>,
      options: object
    ): AsyncIterable<QueryEvent>
  }
}

/** Asks all servers on the way to the key and those closest to it. What it yields are kad-dht's events; `PEER_RESPONSE` is an answer. */
export function walkToProviders(kad: WalkingKad, key: CID, options: AbortOptions): AsyncIterable<QueryEvent> {
  const message = { type: 'GET_PROVIDERS', key: key.multihash.bytes }
  async function* ask({ peer, signal, path }: Question) {
    for await (const event of kad.network.sendRequest(peer.id, message, { ...options, signal, path })) yield cut(event)
  }
  return kad.queryManager.run(message.key, ask, options)
}

/** Whom an answer names, as far as an honest one goes. */
export function cut(event: QueryEvent): QueryEvent {
  if (event.name !== 'PEER_RESPONSE') return event
  return {
    ...event,
    closer: event.closer.slice(0, MAX_TOLD_SERVERS),
    providers: event.providers.slice(0, MAX_TOLD_PROVIDERS)
  }
}
