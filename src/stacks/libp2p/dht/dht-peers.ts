/**
 * The DHT's own view of libp2p's peer store. What strangers say of other strangers stays here, bounded, and does not enter the user's store; nor do the tags by
 * which kad-dht would have libp2p keep connections to its closest peers open and redial them, against our limits and bans (spec/js-libp2p.md section 5.8).
 */
import type { Peer, PeerId, PeerInfo, PeerStore } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { NetAddress } from '../../../interface/net-address.ts'
import { peerAddresses } from '../peer-addresses.ts'

/** Ours: more than the routing table (20 a bucket) and all provider records together; past it the one not heard of for longest goes. About 1 MB. */
export const MAX_DHT_PEERS = 2_048

export interface DhtPeersInit {
  /** Addresses of the local network count for nothing. */
  readonly strict: boolean
  /** Nodes of which nobody is told. */
  isPrivate(peerId: PeerId): boolean
}

export class DhtPeers {
  readonly #store: Pick<PeerStore, 'get'>
  readonly #init: DhtPeersInit
  readonly #known = new Map<string, readonly NetAddress[]>()

  constructor(store: Pick<PeerStore, 'get'>, init: DhtPeersInit) {
    this.#store = store
    this.#init = init
  }

  /** Remembers where that node says it is, or another says of it; what was known for it is replaced. The addresses that count. */
  learn({ id, multiaddrs }: PeerInfo): readonly NetAddress[] {
    const addresses = peerAddresses(multiaddrs, id, this.#init.strict)
    if (addresses.length === 0) return addresses
    const key = String(id)
    this.#known.delete(key)
    this.#known.set(key, addresses)
    if (this.#known.size > MAX_DHT_PEERS) this.#known.delete(this.#known.keys().next().value as string)
    return addresses
  }

  /** Where to dial it. Identify's word, if there is one, comes before hearsay. */
  async addresses(id: PeerId): Promise<Multiaddr[]> {
    const said = (await this.#stored(id))?.addresses.map(({ multiaddr }) => multiaddr) ?? []
    const heard = this.#known.get(String(id))?.map(({ multiaddr }) => multiaddr as Multiaddr) ?? []
    return peerAddresses([...said, ...heard], id, this.#init.strict).map(({ multiaddr }) => multiaddr as Multiaddr)
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

  /** Never `NotFoundError`: one provider without addresses would fail the answer that names the others too. */
  async get(id: PeerId): Promise<Peer> {
    const addresses = (await this.addresses(id)).map((multiaddr) => ({ multiaddr, isCertified: false }))
    return { id, addresses, protocols: [], metadata: new Map(), tags: new Map() }
  }

  async getInfo(id: PeerId): Promise<PeerInfo> {
    return { id, multiaddrs: await this.addresses(id) }
  }

  async merge(id: PeerId, { multiaddrs = [] }: { multiaddrs?: Multiaddr[] }): Promise<void> {
    this.learn({ id, multiaddrs })
  }

  /** Asked at the start, for peers that carry kad-dht's tags: there are none. */
  async all(): Promise<Peer[]> {
    return []
  }

  async #stored(id: PeerId): Promise<Peer | undefined> {
    try {
      return await this.#store.get(id)
    } catch {
      // never identified, or long ago
      return undefined
    }
  }
}
