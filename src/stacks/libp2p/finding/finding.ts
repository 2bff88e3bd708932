/**
 * How the switch of a libp2p node finds others: joins the network's DHT, if the node has one, and whatever else discovers on it, with the one loop that dials
 * (discovery.ts). Also where both learn of private nodes, of which the DHT tells nobody.
 */
import type { Libp2pEvents, PeerInfo, PeerStore, TypedEventTarget } from '@libp2p/interface'
import { InvalidOptionError } from '../../../errors.ts'
import type { AddressBook } from '../../../interface/address-book.ts'
import type { NodeId } from '../../../interface/node-info.ts'
import { shuffled } from '../../../util/shuffled.ts'
import { dhtOf, type NetworkDht } from '../dht/network-dht.ts'
import { peerAddresses } from '../peer-addresses.ts'
import { MAX_CANDIDATES } from './candidates.ts'
import { Discovery, type DiscoveryComponents } from './discovery.ts'

/**
 * Whose finds are candidates, beside those of the network's own DHT, which always are. `any`: whatever the node discovers (`peer:discovery`: mDNS, bootstrap lists,
 * other DHTs). `off`: nothing else; a node that carries other protocols would dial all their nodes, each once in half an hour, to learn that they are none of ours.
 */
export type DiscoveryUse = 'any' | 'off'

/** Who tells of a node, beside the DHT's servers (candidates.ts): `peer:discovery` does not say which of the node's modules has found it, so all of them are one. */
const MODULES = 'discovered'
const STORE = 'stored'

/** What it takes of a libp2p node. */
export interface FindingComponents {
  readonly events: Pick<TypedEventTarget<Libp2pEvents>, 'addEventListener' | 'removeEventListener'>
  readonly peerStore: Pick<PeerStore, 'all'>
  /** A service of the node that was made after us, perhaps. */
  readonly cometDht?: unknown
}

export interface FindingInit extends DiscoveryComponents {
  readonly network: string
  readonly use: DiscoveryUse
  readonly privateIds: readonly NodeId[]
  /** The switch's, where it was given one: whoever is private there is private here. */
  readonly book?: Pick<AddressBook, 'isPrivate'> | undefined
}

export class Finding {
  readonly #components: FindingComponents
  readonly #init: FindingInit
  readonly #private: Set<NodeId>
  #dht: NetworkDht | undefined
  #discovery: Discovery | undefined
  #recalling: Promise<void> | undefined

  constructor(components: FindingComponents, init: FindingInit) {
    this.#components = components
    this.#init = init
    this.#private = new Set(init.privateIds)
  }

  addPrivate(ids: readonly NodeId[]): void {
    for (const id of ids) this.#private.add(id)
  }

  /** All services of the node are there, and none can dial yet. Throws `InvalidOptionError` if the DHT is another network's. */
  prepare(): void {
    const { network, use } = this.#init
    const dht = dhtOf(this.#components)
    if (dht !== undefined && dht.network !== network)
      throw new InvalidOptionError('cometDht.network', dht.network, `the switch's network, ${network}`)
    if (dht === undefined && use === 'off') return
    const discovery = new Discovery(this.#init, dht)
    dht?.serve({
      found: (addresses, teller) => discovery.found(addresses, teller),
      isPrivate: (id) => this.#isPrivate(id)
    })
    if (use === 'any') this.#components.events.addEventListener('peer:discovery', this.#onDiscovery)
    this.#dht = dht
    this.#discovery = discovery
  }

  /** The node can dial. */
  start(): void {
    this.#discovery?.start()
    if (this.#init.use === 'any') this.#recalling = this.#recall()
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    this.#components.events.removeEventListener('peer:discovery', this.#onDiscovery)
    this.#dht?.unuse()
    await this.#discovery?.stop()
    await this.#recalling
  }

  /**
   * libp2p tells of a node once, when it is new to the peer store. A store that outlives the node knows all those of the last run: however often mDNS names them, nothing
   * is said of them again. Never rejects.
   */
  async #recall(): Promise<void> {
    const { random, logger } = this.#init
    try {
      const known = shuffled(await this.#components.peerStore.all(), random).slice(0, MAX_CANDIDATES)
      for (const { id, addresses } of known)
        this.#discovery?.found(
          peerAddresses(
            addresses.map(({ multiaddr }) => multiaddr),
            id
          ),
          STORE
        )
    } catch (err) {
      logger.warn('The peer store cannot be read: nodes that it knows are not discovered again', { err })
    }
  }

  #isPrivate(id: NodeId): boolean {
    return this.#private.has(id) || this.#init.book?.isPrivate?.(id) === true
  }

  readonly #onDiscovery = ({ detail }: CustomEvent<PeerInfo>): void => {
    this.#discovery?.found(peerAddresses(detail.multiaddrs, detail.id), MODULES)
  }
}
