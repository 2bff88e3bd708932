/**
 * Another address for a node on a stack where the book has one already. Go ignores it, for ever if the first was good; then a node that moves is lost, and a made-up
 * address keeps the true one out. Here it waits: for a test dial if the known address is proven, for a failed dial if it is not. Bounded: one per node and stack,
 * `MAX_RIVALS` in all and `MAX_RIVALS_PER_SOURCE` per source group, where the oldest makes room.
 */
import { recordSeq } from '../identity/record-seq.ts'
import type { NetAddress } from '../interface/net-address.ts'
import { isSameAddress, type KnownAddress, type Slot, slotOf, type Told } from './known-address.ts'
import { type Confirmation, confirmed, type Telling, tellersOf } from './tellers.ts'

/** Ours: two hours of test dials at two each 30 s; and sixteen source groups before anybody is in anybody's way. */
export const MAX_RIVALS = 256
export const MAX_RIVALS_PER_SOURCE = 16

const SLOTS: readonly Slot[] = ['classic', 'libp2p']

export interface Rival {
  readonly entry: KnownAddress
  readonly address: NetAddress
  /** The first who told of it, or the one whose word counts more. */
  readonly told: Told
  /** See `Telling`. */
  confirmedBy: readonly Confirmation[]
}

export class Rivals {
  /** In order of arrival. */
  readonly #rivals = new Map<string, Rival>()

  /** Keeps it, unless the one that waits has more to say for itself. Who tells of the one that waits is kept with it. */
  offer(entry: KnownAddress, address: NetAddress, told: Told): void {
    const waiting = this.get(entry, slotOf(address))
    const known = waiting !== undefined && isSameAddress(waiting.address, address) ? tellersOf(tellingOf(waiting)) : []
    if (waiting === undefined || ownWord(waiting.told) < ownWord(told)) {
      this.put({ entry, address, told, confirmedBy: known.reduce(joined(told), []) })
    } else if (known.length > 0) {
      waiting.confirmedBy = joined(waiting.told)(waiting.confirmedBy, {
        group: told.sourceGroup,
        id: told.source.id,
        source: told.source
      })
    }
  }

  /** In place of the one that waits. */
  put(rival: Rival): void {
    const { entry, address, told } = rival
    const key = keyOf(entry, slotOf(address))
    this.#rivals.delete(key)
    const ofSource = [...this.#rivals].filter(([, rival]) => rival.told.sourceGroup === told.sourceGroup)
    if (ofSource.length >= MAX_RIVALS_PER_SOURCE) this.#rivals.delete(ofSource[0]![0])
    else if (this.#rivals.size >= MAX_RIVALS) this.#rivals.delete(this.#rivals.keys().next().value!)
    this.#rivals.set(key, rival)
  }

  get(entry: KnownAddress, slot: Slot): Rival | undefined {
    return this.#rivals.get(keyOf(entry, slot))
  }

  /** Takes it out. */
  take(entry: KnownAddress, slot: Slot): Rival | undefined {
    const rival = this.get(entry, slot)
    this.#rivals.delete(keyOf(entry, slot))
    return rival
  }

  of(entry: KnownAddress): Rival[] {
    return SLOTS.flatMap((slot) => this.get(entry, slot) ?? [])
  }

  forget(entry: KnownAddress): void {
    for (const slot of SLOTS) this.take(entry, slot)
  }

  /** Forgets those; returns them. */
  forgetThose(which: (rival: Rival) => boolean): Rival[] {
    const those = [...this.#rivals.values()].filter(which)
    for (const { entry, address } of those) this.take(entry, slotOf(address))
    return those
  }

  /** Those that an older record has named: the node has said something else since. */
  forgetOlder(entry: KnownAddress, seq: bigint): void {
    for (const { address, told } of this.of(entry))
      if (told.record !== undefined && recordSeq(told.record) < seq) this.take(entry, slotOf(address))
  }

  /** Those that stand against a proven address: a test dial decides. */
  *ofProven(): Iterable<Rival> {
    for (const rival of this.#rivals.values()) if (rival.entry.place(slotOf(rival.address))?.proven) yield rival
  }
}

export function tellingOf({ told: { source, sourceGroup }, confirmedBy }: Rival): Telling {
  return { source, sourceGroup, confirmedBy }
}

/** One more beside those who have told of what `told` tells. */
function joined({ source, sourceGroup }: Told) {
  return (confirmedBy: readonly Confirmation[], one: Confirmation) =>
    confirmed({ source, sourceGroup, confirmedBy }, one, [sourceGroup])
}

/** 1 if the node itself says so, by connecting or by its signature: more than what others say. */
function ownWord({ byItself, record }: Told): number {
  return byItself || record !== undefined ? 1 : 0
}

function keyOf(entry: KnownAddress, slot: Slot): string {
  return `${slot} ${entry.id}`
}
