/**
 * What kad-dht gets of the node: in place of all that it would fill, keep or hold open, parts of our own that are bounded (dht-peers.ts, dht-records.ts,
 * dht-streams.ts). It is made for the public DHT, where the node is there for the DHT; here the DHT is there for the node.
 */
import type {
  AbortOptions,
  ComponentLogger,
  ConnectionGater,
  Libp2pEvents,
  Metrics,
  PeerId,
  PeerStore,
  PrivateKey,
  StreamHandler,
  TypedEventTarget
} from '@libp2p/interface'
import type { AddressManager, ConnectionManager, Registrar } from '@libp2p/interface-internal'
import type { KadDHTComponents } from '@libp2p/kad-dht'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { DhtPeers } from './dht-peers.ts'
import type { DhtRecords } from './dht-records.ts'
import type { DhtStreams } from './dht-streams.ts'

/** What the service takes of a libp2p node. */
export interface CometDhtComponents {
  readonly peerId: PeerId
  readonly privateKey: PrivateKey
  readonly registrar: Registrar
  readonly connectionManager: Pick<ConnectionManager, 'getConnections' | 'openConnection' | 'isDialable'>
  readonly connectionGater?: Pick<ConnectionGater, 'denyDialPeer'>
  readonly peerStore: Pick<PeerStore, 'get'>
  readonly addressManager: Pick<AddressManager, 'getAddresses'>
  readonly events: TypedEventTarget<Libp2pEvents>
  readonly logger: ComponentLogger
  readonly metrics?: Metrics
}

export interface DhtParts {
  readonly peers: DhtPeers
  readonly records: DhtRecords
  readonly streams: DhtStreams
  ownAddresses(): Multiaddr[]
}

/** Of each part kad-dht 16 uses what is here. */
export function kadComponents(node: CometDhtComponents, parts: DhtParts): KadDHTComponents {
  const { peerId, privateKey, registrar, connectionManager, events, logger, metrics } = node
  const { peers, records, streams, ownAddresses } = parts
  return {
    peerId,
    privateKey,
    events,
    logger,
    ...(metrics === undefined ? {} : { metrics }),
    registrar: {
      handle: (protocol: string, handler: StreamHandler, options?: object) =>
        registrar.handle(protocol, streams.serve(handler), options),
      unhandle: (protocol: string, options?: AbortOptions) => registrar.unhandle(protocol, options),
      register: (protocol: string, topology: Parameters<Registrar['register']>[1]) =>
        registrar.register(protocol, topology),
      unregister: (id: string) => registrar.unregister(id)
    },
    connectionManager: {
      openStream: (id: PeerId, _protocol: string, options: AbortOptions) => streams.open(id, options),
      isDialable: (addresses: Multiaddr[], options: AbortOptions) => connectionManager.isDialable(addresses, options)
    },
    addressManager: { getAddresses: ownAddresses },
    peerStore: peers,
    datastore: records.asDatastore(),
    ping: { ping: (id: PeerId, options?: AbortOptions) => streams.ping(id, options) }
  } as unknown as KadDHTComponents
}
