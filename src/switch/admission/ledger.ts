/**
 * Who holds which slot: peers and admissions by id, dials under way (requirements, D-12, D-15). Slots are counted, never stored, so
 * they cannot leak; a seat exists from the tick its verdict was given until the id is free again.
 */
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import { type Deferred, deferred } from '../../util/deferred.ts'
import type { PeerLife } from '../lifecycle.ts'

/** One id on its way to be a peer, or a peer. */
export interface Seat {
  readonly id: NodeId
  readonly ip: string
  readonly direction: 'inbound' | 'outbound'
  /** Missing while the link is still being made. */
  life: PeerLife | undefined
  /** Resolves with the life when there is one, with undefined if it came to nothing. */
  readonly born: Deferred<PeerLife | undefined>
  /** The id may be initialised again. */
  readonly gone: Deferred<void>
  /** Where a dial of ours had led that gave way to this one; the remote may have kept that dial instead, and then both are lost. */
  displaced: NetAddress | undefined
}

/** One dial under way. */
export interface DialJob {
  readonly address: NetAddress
  /** Takes no slot, whoever it leads to. */
  readonly exempt: boolean
  /** Hex id: from the address, or once authenticated. */
  id: NodeId | undefined
  /** The remote has proven its key. */
  authenticated: boolean
  /** Our hello is out and the remote's verdict is not in. Resolves with what it was. */
  readonly answered: Deferred<boolean>
  helloOut: boolean
  /** The dial has become a seat; it still counts as dialing, but takes no slot of its own. */
  seated: boolean
  /** The remote has let us wait (`switchDefaults.slowDialMs`): the dial takes no slot until it answers. */
  slow: boolean
}

export class Ledger {
  readonly #seats = new Map<NodeId, Seat>()
  readonly #jobs = new Set<DialJob>()
  readonly #exempt: (id: NodeId) => boolean

  constructor(exempt: (id: NodeId) => boolean) {
    this.#exempt = exempt
  }

  seat(id: NodeId): Seat | undefined {
    return this.#seats.get(id)
  }

  /** Peers, and those on the way. */
  get size(): number {
    return this.#seats.size
  }

  seats(): IterableIterator<Seat> {
    return this.#seats.values()
  }

  jobs(): ReadonlySet<DialJob> {
    return this.#jobs
  }

  /** Takes a seat. The caller has asked policy in the same tick. */
  sit(id: NodeId, ip: string, direction: 'inbound' | 'outbound'): Seat {
    const seat: Seat = { id, ip, direction, life: undefined, born: deferred(), gone: deferred(), displaced: undefined }
    this.#seats.set(id, seat)
    return seat
  }

  rise(seat: Seat): void {
    if (this.#seats.get(seat.id) === seat) this.#seats.delete(seat.id)
    seat.born.resolve(undefined)
    seat.gone.resolve()
  }

  begin(address: NetAddress, exempt: boolean): DialJob {
    const id = address.id === '' ? undefined : address.id
    const job: DialJob = {
      address,
      exempt,
      id,
      answered: deferred(),
      authenticated: false,
      helloOut: false,
      seated: false,
      slow: false
    }
    this.#jobs.add(job)
    return job
  }

  end(job: DialJob): void {
    this.#jobs.delete(job)
    job.answered.resolve(false)
  }

  /** Does the dial take no slot, whatever it comes to? */
  isExempt({ exempt, id }: DialJob): boolean {
    return exempt || (id !== undefined && this.#exempt(id))
  }

  /** Dials that have lent their slots. */
  get slow(): number {
    let slow = 0
    for (const job of this.#jobs) if (job.slow) slow++
    return slow
  }

  /** Taken slots, without persistent and unconditional peers. `except`: a dial that asks for itself. */
  slots(except?: DialJob): { inbound: number; outbound: number } {
    let inbound = 0
    let outbound = 0
    for (const seat of this.#seats.values()) {
      if (this.#exempt(seat.id)) continue
      if (seat.direction === 'inbound') inbound++
      else outbound++
    }
    for (const job of this.#jobs) if (job !== except && !job.seated && !job.slow && !this.isExempt(job)) outbound++
    return { inbound, outbound }
  }

  hasIP(ip: string, except: NodeId | undefined): boolean {
    for (const seat of this.#seats.values()) if (seat.ip === ip && seat.id !== except) return true
    return false
  }
}
