/**
 * Signed peer records (libp2p RFC 2 and 3): ours made here, those of others proven here; peer exchange carries them. A record proves that its node claims the
 * addresses in it, not that it can be reached there.
 *
 * Made before the node, as the policy is, since the reactor that uses it is; the service binds it to the node. Rejected: keeping records of our own for
 * every peer (identify has put them into the peer store already), and waiting for a `self:peer:update` to make ours anew (it comes a second late).
 */
import type { IdentifyResult, Libp2pEvents, PeerId, PeerStore, PrivateKey, TypedEventTarget } from '@libp2p/interface'
import type { AddressManager, ConnectionManager } from '@libp2p/interface-internal'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { CODE_P2P, type Multiaddr } from '@multiformats/multiaddr'
import { equals } from 'uint8arrays/equals'
import { InvalidOptionError } from '../../../errors.ts'
import { nodeIdFromPeerId, nodeIdIfAny } from '../../../identity/node-id.ts'
import type { PeerRecords } from '../../../interface/address-book.ts'
import type { Clock } from '../../../interface/clock.ts'
import type { NodeId } from '../../../interface/node-info.ts'
import { withSignal } from '../../../util/deadline.ts'
import { deferred } from '../../../util/deferred.ts'
import { everyField } from '../../../util/fields.ts'
import { clockSignal } from '../deadline-signal.ts'
import { MAX_ADDRESS_BYTES, MAX_ADDRESSES, peerAddresses } from '../peer-addresses.ts'

/** Ours: eight addresses of the longest kind (a certificate hash or two), a key, a signature, and room. */
export const MAX_RECORD_BYTES = 4_096
/** A field of a record (libp2p RFC 3), that of its addresses. */
const RECORD_ADDRESSES = 3
/** How long `of` waits for identify, which runs beside hello and may be later. Ours: a few round trips. */
const IDENTIFY_WAIT_MS = 2_000

/** What it needs of a node. */
export interface PeerRecordsComponents {
  readonly peerId: PeerId
  readonly privateKey: PrivateKey
  readonly addressManager: Pick<AddressManager, 'getAddresses'>
  readonly connectionManager: Pick<ConnectionManager, 'getConnections'>
  readonly peerStore: Pick<PeerStore, 'get'>
  readonly events: Pick<TypedEventTarget<Libp2pEvents>, 'addEventListener' | 'removeEventListener'>
}

/**
 * Records for one node: for `PexReactor({ records })` and `comet({ records })`. Until the node is made, `own` and `of` know nothing; `open` needs no node.
 */
export function peerRecords(): PeerRecords {
  return new NodeRecords()
}

/** The records as the service sees them. */
export class NodeRecords implements PeerRecords {
  #components: PeerRecordsComponents | undefined
  #clock: Clock | undefined
  readonly #stopped = new AbortController()
  #own: { readonly of: string; readonly seq: bigint; readonly envelope: Promise<Uint8Array | undefined> } | undefined

  /** By the service of the one node these are for. */
  bind(components: PeerRecordsComponents, clock: Clock): void {
    if (this.#components !== undefined)
      throw new InvalidOptionError('records', 'records that another node has', 'peerRecords() of its own for each node')
    const { peerId, privateKey, addressManager, connectionManager, peerStore, events } = components
    this.#components = { peerId, privateKey, addressManager, connectionManager, peerStore, events }
    this.#clock = clock
  }

  /** The node stops: nobody waits any longer. */
  stop(): void {
    this.#stopped.abort(new Error('the node has stopped'))
  }

  async own(): Promise<Uint8Array | undefined> {
    if (this.#components === undefined) return undefined
    const { peerId, privateKey, addressManager } = this.#components
    const addresses = peerAddresses(addressManager.getAddresses(), peerId).map((one) => withoutPeer(one.multiaddr))
    if (addresses.length === 0) return undefined
    const of = addresses.join(' ')
    if (this.#own?.of !== of) {
      // whoever has an older one compares the numbers: they grow, also when the clock was set back
      const now = BigInt(Math.trunc((this.#clock as Clock).wall()))
      const seq = this.#own !== undefined && this.#own.seq >= now ? this.#own.seq + 1n : now
      this.#own = { of, seq, envelope: seal(peerId, privateKey, addresses, seq) }
    }
    const made = this.#own
    const envelope = await made.envelope
    if (envelope === undefined && this.#own === made) this.#own = undefined
    return envelope
  }

  async of(id: NodeId): Promise<Uint8Array | undefined> {
    const peerId = this.#connected(id)
    if (peerId === undefined) return undefined
    const stored = (await this.#stored(peerId)) ?? (await this.#afterIdentify(peerId))
    // what peers of ours would not take from us is not given to them
    return stored !== undefined && (await openRecord(stored))?.id === id ? stored : undefined
  }

  async open(envelope: Uint8Array): ReturnType<PeerRecords['open']> {
    return await openRecord(envelope)
  }

  /** A hex id does not give the PeerId: it is looked up among the connections. */
  #connected(id: NodeId): PeerId | undefined {
    for (const { remotePeer } of this.#components?.connectionManager.getConnections() ?? [])
      if (nodeIdIfAny(remotePeer) === id) return remotePeer
    return undefined
  }

  async #stored(peerId: PeerId): Promise<Uint8Array | undefined> {
    try {
      return (await this.#components?.peerStore.get(peerId))?.peerRecordEnvelope
    } catch {
      // not in the store yet, or no longer
      return undefined
    }
  }

  async #afterIdentify(peerId: PeerId): Promise<Uint8Array | undefined> {
    const { events } = this.#components as PeerRecordsComponents
    const identified = deferred<void>()
    const onIdentify = ({ detail }: CustomEvent<IdentifyResult>) => {
      if (detail.peerId.equals(peerId)) identified.resolve()
    }
    const deadline = clockSignal(this.#clock as Clock, IDENTIFY_WAIT_MS, 'identify', this.#stopped.signal)
    events.addEventListener('peer:identify', onIdentify)
    try {
      // it may have come while we read the store
      const stored = await this.#stored(peerId)
      if (stored !== undefined) return stored
      await withSignal(identified.promise, deadline.signal)
      return await this.#stored(peerId)
    } catch {
      // a node without identify, or one that has gone
      return undefined
    } finally {
      events.removeEventListener('peer:identify', onIdentify)
      deadline.clear()
    }
  }
}

/** The records given to `comet()`. Throws if they were not made by `peerRecords`. */
export function bindableRecords(records: PeerRecords | undefined): NodeRecords | undefined {
  if (records === undefined || records instanceof NodeRecords) return records
  throw new InvalidOptionError('records', records, 'what peerRecords() returns')
}

async function seal(
  peerId: PeerId,
  privateKey: PrivateKey,
  multiaddrs: Multiaddr[],
  seqNumber: bigint
): Promise<Uint8Array | undefined> {
  try {
    const envelope = await RecordEnvelope.seal(new PeerRecord({ peerId, multiaddrs, seqNumber }), privateKey)
    return envelope.marshal()
  } catch {
    // a key that signs elsewhere, and failed there
    return undefined
  }
}

/** See `PeerRecords.open`. Cheap checks first: the signature is the expensive one. */
async function openRecord(bytes: Uint8Array): ReturnType<PeerRecords['open']> {
  if (!(bytes instanceof Uint8Array) || bytes.length > MAX_RECORD_BYTES) return undefined
  try {
    const envelope = RecordEnvelope.createFromProtobuf(bytes)
    // a key of another kind is no node's; an RSA signature can be made costly to check
    const peerId = peerIdFromPublicKey(envelope.publicKey)
    const id = nodeIdFromPeerId(peerId)
    if (!equals(envelope.payloadType, PeerRecord.CODEC)) return undefined
    if (!isCheap(envelope.payload)) return undefined
    const record = PeerRecord.createFromProtobuf(envelope.payload)
    if (!record.peerId.equals(peerId)) return undefined
    if (!(await envelope.validate(PeerRecord.DOMAIN))) return undefined
    return { id, seq: record.seqNumber, addresses: peerAddresses(record.multiaddrs, peerId) }
  } catch {
    // not the message it should be
    return undefined
  }
}

/** A record of no more addresses than a node has, none of them too long to be read soon. */
function isCheap(payload: Uint8Array): boolean {
  let left = MAX_ADDRESSES
  return everyField(payload, (field, value) => {
    if (field !== RECORD_ADDRESSES || typeof value === 'number') return true
    return (
      left-- > 0 &&
      everyField(value, (_, address) => typeof address === 'number' || address.length <= MAX_ADDRESS_BYTES)
    )
  })
}

function withoutPeer(address: Multiaddr | undefined): Multiaddr {
  return (address as Multiaddr).decapsulateCode(CODE_P2P)
}
