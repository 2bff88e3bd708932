/**
 * The DHT's own view of libp2p's peer store. What strangers say of other strangers stays here, bounded, and does not enter the user's store; nor do the tags by
 * which kad-dht would have libp2p keep connections to its closest peers open and redial them, against our limits and bans (spec/js-libp2p.md section 5.8). What a node says of itself,
 * by identify's signed record or as a provider, is kept apart from what others say of it, and comes first where we dial it; where we tell of it, it is all there is, as whoever hears
 * us takes it for our word: else one server's lies would come back to a node from all the others.
 */
import type { Address, Peer, PeerId, PeerInfo, PeerStore } from '@libp2p/interface'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { MAX_ADDRESSES, peerAddresses } from '../peer-addresses.ts'
import { MAX_PROVIDERS } from './dht-records.ts'

/**
 * Ours: more than the routing table (20 a bucket) and all provider records together; past it the one not heard of for longest goes. All together take some 3 MB, and 15 MB where
 * addresses are as long as they may be: what is kept is their text.
 */
export const MAX_DHT_PEERS = 2_048
/** Of whose word about one node is kept; who comes later is not heard, until a dial of that node fails. Ours. */
const MAX_TELLERS_OF_ONE = 4
/** What each of them may say of it: one for each family. Ours. */
const MAX_ADDRESSES_HEARD = 2

/** Addresses of one node, which name it: read, they take twenty times as much. */
type Texts = readonly string[]

export interface DhtPeersInit {
  /** This node, all of whose stored addresses are its own word. */
  readonly self: PeerId
  /** Addresses of the local network count for nothing. */
  readonly strict: boolean
  /** Nodes of which nobody is told. */
  isPrivate(peerId: PeerId): boolean
  /** Of the nodes that say where they are, only these are remembered: `MAX_PROVIDERS` at most (dht-records.ts). */
  isProvider(id: string): boolean
}

export class DhtPeers {
  readonly #store: Pick<PeerStore, 'get'>
  readonly #init: DhtPeersInit
  /** What each provider has said of itself. */
  readonly #said = new Map<string, Texts>()
  /** What each has signed, since libp2p's store forgets it after an hour, connected or not. */
  readonly #signed = new Map<string, Texts>()
  /** What others have said of each, by who. */
  readonly #heard = new Map<string, Map<string, Texts>>()

  constructor(store: Pick<PeerStore, 'get'>, init: DhtPeersInit) {
    this.#store = store
    this.#init = init
  }

  /** Remembers where somebody says that node is. */
  learn({ id, multiaddrs }: PeerInfo, teller: string): void {
    const addresses = this.#texts(multiaddrs, id).slice(0, MAX_ADDRESSES_HEARD)
    if (addresses.length === 0) return
    const key = String(id)
    const heard = this.#heard.get(key) ?? new Map<string, Texts>()
    if (heard.has(teller) || heard.size < MAX_TELLERS_OF_ONE) heard.set(teller, addresses)
    this.#heard.delete(key)
    this.#heard.set(key, heard)
    if (this.#heard.size > MAX_DHT_PEERS) this.#heard.delete(this.#heard.keys().next().value as string)
  }

  /** It was dialled, and not reached: what others say of it may be wrong, and must not keep out who says otherwise. */
  doubt(id: PeerId): void {
    this.#heard.delete(String(id))
  }

  /** Where to dial it: its own word, and behind it hearsay. At most `MAX_ADDRESSES`. */
  async addresses(id: PeerId): Promise<Multiaddr[]> {
    const { own, heard } = await this.ways(id)
    return [...own, ...heard]
  }

  /** The same apart: where it says that it is, or libp2p's store does, which has where it was reached; and what others say. */
  async ways(id: PeerId): Promise<{ own: Multiaddr[]; heard: Multiaddr[] }> {
    const stored = await this.#stored(id)
    const unsigned = this.#texts(
      stored.map(({ multiaddr }) => multiaddr),
      id
    )
    const own = new Set([...this.#own(id, stored), ...unsigned])
    const heard = [...(this.#heard.get(String(id))?.values() ?? [])].flat()
    const all = read([...new Set([...own, ...heard])].slice(0, MAX_ADDRESSES))
    return { own: all.slice(0, own.size), heard: all.slice(own.size) }
  }

  /** Where it says itself that it is: what may be told of it. At most `MAX_ADDRESSES`; none, if all that is known is hearsay. */
  async ownWord(id: PeerId): Promise<Multiaddr[]> {
    return read(this.#own(id, await this.#stored(id)))
  }

  /** kad-dht's `peerInfoMapper`: what of a peer may go into an answer or the routing table. No addresses: nothing. */
  readonly tellable = (info: PeerInfo): PeerInfo => {
    if (this.#init.isPrivate(info.id)) return { ...info, multiaddrs: [] }
    const multiaddrs = peerAddresses(info.multiaddrs, info.id, this.#init.strict).map(({ multiaddr }) =>
      (multiaddr as Multiaddr).decapsulate(`/p2p/${info.id}`)
    )
    return { ...info, multiaddrs }
  }

  // ---- as kad-dht's peer store -------------------------------------------------------------------------------

  /** For telling. Never `NotFoundError`: one provider without addresses would fail the answer that names the others too. */
  async get(id: PeerId): Promise<Peer> {
    const addresses = (await this.ownWord(id)).map((multiaddr) => ({ multiaddr, isCertified: false }))
    return { id, addresses, protocols: [], metadata: new Map(), tags: new Map() }
  }

  /** For telling. */
  async getInfo(id: PeerId): Promise<PeerInfo> {
    return { id, multiaddrs: await this.ownWord(id) }
  }

  /** With addresses: a provider's own word, over its own connection, and after its record. */
  async merge(id: PeerId, { multiaddrs = [] }: { multiaddrs?: Multiaddr[] }): Promise<void> {
    const addresses = this.#texts(multiaddrs, id)
    const key = String(id)
    if (addresses.length === 0 || !this.#init.isProvider(key)) return
    this.#said.set(key, addresses)
    if (this.#said.size <= MAX_PROVIDERS) return
    for (const other of this.#said.keys()) if (!this.#init.isProvider(other)) this.#said.delete(other)
  }

  /** Asked at the start, for peers that carry kad-dht's tags: there are none. */
  async all(): Promise<Peer[]> {
    return []
  }

  #texts(multiaddrs: readonly Multiaddr[], id: PeerId): Texts {
    return peerAddresses(multiaddrs, id, this.#init.strict).map(String)
  }

  #own(id: PeerId, stored: readonly Address[]): Texts {
    const key = String(id)
    const ours = this.#init.self.equals(id)
    const fresh = stored.filter(({ isCertified }) => ours || isCertified).map(({ multiaddr }) => multiaddr)
    const signed = fresh.length > 0 ? this.#texts(fresh, id) : (this.#signed.get(key) ?? [])
    this.#signed.delete(key)
    if (signed.length > 0) this.#signed.set(key, signed)
    if (this.#signed.size > MAX_DHT_PEERS) this.#signed.delete(this.#signed.keys().next().value as string)
    return [...new Set([...signed, ...(this.#said.get(key) ?? [])])].slice(0, MAX_ADDRESSES)
  }

  async #stored(id: PeerId): Promise<readonly Address[]> {
    try {
      return (await this.#store.get(id)).addresses
    } catch {
      // never identified, or long ago
      return []
    }
  }
}

function read(texts: Texts): Multiaddr[] {
  return texts.map((text) => multiaddr(text))
}
