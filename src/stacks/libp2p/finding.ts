/**
 * How the switch of a libp2p node finds others: joins the network's DHT, if the node has one, and whatever else discovers on it, with the one loop that dials
 * (discovery.ts). Also where both learn of private nodes, of which the DHT tells nobody.
 */
import type { Libp2pEvents, PeerInfo, TypedEventTarget } from '@libp2p/interface'
import { InvalidOptionError } from '../../errors.ts'
import type { NodeId } from '../../interface/node-info.ts'
import { Discovery, type DiscoveryComponents } from './discovery.ts'
import { dhtOf, type NetworkDht } from './network-dht.ts'
import { peerAddresses } from './peer-addresses.ts'

/**
 * Whose finds are candidates, beside those of the network's own DHT, which always are. `any`: whatever the node discovers (`peer:discovery`: mDNS, bootstrap lists,
 * other DHTs). `off`: nothing else; a node that carries other protocols would dial all their nodes, each once in half an hour, to learn that they are none of ours.
 */
export type DiscoveryUse = 'any' | 'off'

/** What it takes of a libp2p node. */
export interface FindingComponents {
  readonly events: Pick<TypedEventTarget<Libp2pEvents>, 'addEventListener' | 'removeEventListener'>
  /** A service of the node that was made after us, perhaps. */
  readonly cometDht?: unknown
}

export interface FindingInit extends DiscoveryComponents {
  readonly network: string
  readonly use: DiscoveryUse
  readonly privateIds: readonly NodeId[]
}

export class Finding {
  readonly #components: FindingComponents
  readonly #init: FindingInit
  readonly #private: Set<NodeId>
  #dht: NetworkDht | undefined
  #discovery: Discovery | undefined

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
    dht?.serve({ found: (addresses) => discovery.found(addresses), isPrivate: (id) => this.#private.has(id) })
    if (use === 'any') this.#components.events.addEventListener('peer:discovery', this.#onDiscovery)
    this.#dht = dht
    this.#discovery = discovery
  }

  /** The node can dial. */
  start(): void {
    this.#discovery?.start()
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    this.#components.events.removeEventListener('peer:discovery', this.#onDiscovery)
    this.#dht?.unuse()
    await this.#discovery?.stop()
  }

  readonly #onDiscovery = ({ detail }: CustomEvent<PeerInfo>): void => {
    this.#discovery?.found(peerAddresses(detail.multiaddrs, detail.id))
  }
}
