/**
 * Whom libp2p's peer store remembers, on a node that exists for CometBFT (`exclusive` mode): an entry for every key that has ever connected and every id that was ever dialled, with up to
 * 80 KB of what it has said, and libp2p looks for the expired ones only when somebody asks for all of them. Keys cost nothing, so here who has gone is forgotten. Addresses of
 * nodes are the address book's to keep, not the store's.
 *
 * On a node that others use, too, nothing is done: their entries are theirs. Nor here, where an entry has somebody else's tag. Rejected: asking the store for all from time to time, which lets
 * libp2p drop what has expired: it decodes every entry at once, and none expires before six hours.
 */
import type { Libp2pEvents, Peer, PeerId, PeerStore, PeerUpdate, TypedEventTarget } from '@libp2p/interface'
import type { ConnectionManager } from '@libp2p/interface-internal'
import type { Clock, TimerHandle } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'

/**
 * Those who are connected, whom a DHT may still ask, and whom a user or a discovery has put in. Ours; past it, or past so many bytes, which two hundred take that say as much as they may, the one
 * goes that is not connected and of which nothing was heard for longest.
 */
export const MAX_STORED = 1_024
export const MAX_STORED_BYTES = 16 * 1024 * 1024
/** Ours: libp2p tells others of a connection's end by the entry, and identify may still write to it. */
export const FORGET_MS = 1_000
/** Of an entry that is empty. About right. */
const ENTRY_BYTES = 300
/** Servers of a DHT, ours or the user's, are asked again when they are no longer connected. */
const ASKED_AGAIN = /\/kad\//

export interface StoredStrangersComponents {
  readonly events: Pick<TypedEventTarget<Libp2pEvents>, 'addEventListener' | 'removeEventListener'>
  readonly peerStore: Pick<PeerStore, 'delete'>
  readonly connectionManager: Pick<ConnectionManager, 'getConnections'>
  readonly clock: Clock
  readonly logger: Logger
}

interface Entry {
  readonly id: PeerId
  readonly bytes: number
  /** A DHT may ask it again. */
  readonly asked: boolean
  /** Its addresses are those of a connection that has ended; without any it is as one that was never reached. */
  readonly left: boolean
}

export class StoredStrangers {
  readonly #components: StoredStrangersComponents
  readonly #ownTags: readonly string[]
  readonly #max: { readonly entries: number; readonly bytes: number }
  /** Those that nobody has tagged. The one of which nothing was heard for longest first. */
  readonly #entries = new Map<string, Entry>()
  #bytes = 0
  #timer: TimerHandle | undefined

  /** `ownTags`: those that do not keep an entry. */
  constructor(
    components: StoredStrangersComponents,
    ownTags: readonly string[],
    max = { entries: MAX_STORED, bytes: MAX_STORED_BYTES }
  ) {
    this.#components = components
    this.#ownTags = ownTags
    this.#max = max
  }

  /** From here on. What an earlier run has stored is left alone until something is heard of it. */
  start(): void {
    const { events } = this.#components
    events.addEventListener('peer:update', this.#onUpdate)
    events.addEventListener('peer:disconnect', this.#onDisconnect)
  }

  stop(): void {
    const { events, clock } = this.#components
    events.removeEventListener('peer:update', this.#onUpdate)
    events.removeEventListener('peer:disconnect', this.#onDisconnect)
    clock.clearTimeout(this.#timer)
    this.#timer = undefined
    this.#entries.clear()
    this.#bytes = 0
  }

  readonly #onUpdate = ({ detail: { peer } }: CustomEvent<PeerUpdate>): void => {
    const key = String(peer.id)
    const known = this.#entries.get(key)
    this.#drop(key)
    if ([...peer.tags.keys()].some((tag) => !this.#ownTags.includes(tag))) return
    const asked = peer.protocols.some((protocol) => ASKED_AGAIN.test(protocol))
    const left = known?.left === true || peer.addresses.length === 0
    this.#put(key, { id: peer.id, bytes: bytesOf(peer), asked, left })
  }

  readonly #onDisconnect = ({ detail: id }: CustomEvent<PeerId>): void => {
    const key = String(id)
    const known = this.#entries.get(key)
    if (known === undefined) return
    this.#drop(key)
    this.#put(key, { ...known, left: true })
  }

  #put(key: string, entry: Entry): void {
    this.#entries.set(key, entry)
    this.#bytes += entry.bytes
    if (isUseless(entry)) this.#timer ??= this.#components.clock.setTimeout(this.#sweep, FORGET_MS)
    this.#makeRoom()
  }

  #drop(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0
    this.#entries.delete(key)
  }

  #makeRoom(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= this.#max.entries && this.#bytes <= this.#max.bytes) return
      if (!this.#isConnected(entry)) this.#forget(key, entry)
    }
  }

  readonly #sweep = (): void => {
    this.#timer = undefined
    for (const [key, entry] of this.#entries)
      if (isUseless(entry) && !this.#isConnected(entry)) this.#forget(key, entry)
  }

  #isConnected({ id }: Entry): boolean {
    return this.#components.connectionManager.getConnections(id).length > 0
  }

  #forget(key: string, { id }: Entry): void {
    this.#drop(key)
    this.#components.peerStore.delete(id).catch((error) => {
      // a store of the user's own: it will be there until something is heard of it again
      this.#components.logger.debug('a stranger could not be forgotten', { remote: id, error })
    })
  }
}

function isUseless({ asked, left }: Entry): boolean {
  return left && !asked
}

/** What the entry takes in the store, about. */
function bytesOf({ addresses, protocols, metadata, peerRecordEnvelope }: Peer): number {
  let bytes = ENTRY_BYTES + (peerRecordEnvelope?.length ?? 0)
  for (const { multiaddr } of addresses) bytes += String(multiaddr).length
  for (const protocol of protocols) bytes += protocol.length
  for (const [name, value] of metadata) bytes += name.length + value.length
  return bytes
}
