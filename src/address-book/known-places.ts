/**
 * What an address does to the entry of a known node: one address per stack, the proven one if there is one, else the one that the node itself names, else the first told.
 * What it is not waits among the rivals. Of records the newer one counts, by the number in it: anybody may tell an older one, which the node has signed too, long ago.
 */
import { recordSeq } from '../identity/record-seq.ts'
import type { AddressRefusal } from '../interface/address-book.ts'
import type { Random } from '../interface/clock.ts'
import type { NetAddress } from '../interface/net-address.ts'
import {
  isSameAddress,
  isThere,
  type KnownAddress,
  type Place,
  placeOfName,
  slotOf,
  type Told
} from './known-address.ts'
import type { Rivals } from './rivals.ts'
import type { Shelves } from './shelves.ts'
import { confirmed } from './tellers.ts'

interface Components {
  readonly shelves: Shelves
  readonly rivals: Rivals
  readonly random: Random
}

export class KnownPlaces {
  readonly #components: Components

  constructor(components: Components) {
    this.#components = components
  }

  /** Somebody has told an address of a node that is in the book. */
  tell(entry: KnownAddress, address: NetAddress, told: Told): AddressRefusal | undefined {
    const { shelves, rivals } = this.#components
    if (told.record !== undefined) {
      const seq = recordSeq(told.record)
      // what the node itself shows counts now, whatever it has signed before: its clock may have been wrong
      if (told.source.id !== entry.id && seq < newestOf(entry, rivals)) return 'stale-record'
      rivals.forgetOlder(entry, seq)
    }
    const place = entry.place(slotOf(address))
    if (place === undefined) entry.put(address, told)
    else if (isSameAddress(place.address, address)) this.#confirm(entry, place, told)
    else if (place.proven) {
      // one of several addresses of a node that answers: there is nothing to find out
      if (entry.attempts > 0 || !place.formerly.includes(String(address))) rivals.offer(entry, address, told)
      return 'proven-elsewhere'
    } else if (isBetter(told, place, entry)) shelves.change(entry, () => entry.put(address, told))
    else if (!place.sourceGroups.includes(told.sourceGroup)) rivals.offer(entry, address, told)
    return undefined
  }

  /** The node was reached there, at that IP: the address becomes the one of its stack, and the entry's home if that is not proven. True: it has another owner since. */
  prove(entry: KnownAddress, address: NetAddress, told: Told, ip: string | undefined): boolean {
    const { shelves } = this.#components
    const owner = shelves.ownerOf(entry)
    this.#prove(entry, address, told, ip)
    return shelves.ownerOf(entry) !== owner
  }

  #prove(entry: KnownAddress, address: NetAddress, told: Told, ip: string | undefined): void {
    const { shelves, rivals } = this.#components
    const slot = slotOf(address)
    const known = entry.place(slot)
    if (known !== undefined && isSameAddress(known.address, address)) {
      const leadsTo = placeOfName(address, ip) ?? known.leadsTo
      known.proven = true
      const moves = leadsTo !== known.leadsTo && entry.home === known
      if (!moves && entry.home.proven) known.leadsTo = leadsTo
      else
        shelves.change(entry, () => {
          known.leadsTo = leadsTo
          if (!entry.home.proven) entry.home = known
        })
      return
    }
    const rival = rivals.take(entry, slot)
    const waited = rival !== undefined && isSameAddress(rival.address, address)
    shelves.change(entry, () => {
      const place = waited ? entry.put(address, rival.told, rival.confirmedBy) : entry.put(address, told)
      place.proven = true
      place.leadsTo = placeOfName(address, ip)
      if (!entry.home.proven) entry.home = place
    })
  }

  /** A dial there failed: if nobody has ever reached it there and somebody else said otherwise, that is believed next. */
  fail(entry: KnownAddress, address: NetAddress): void {
    const place = entry.place(slotOf(address))
    if (place === undefined || place.proven || !isSameAddress(place.address, address)) return
    const rival = this.#components.rivals.take(entry, place.slot)
    if (rival !== undefined)
      this.#components.shelves.change(entry, () => entry.put(rival.address, rival.told, rival.confirmedBy))
  }

  /** A test dial there came to nothing. True if that was the address of the entry, which is to be blamed. */
  failTest(entry: KnownAddress, address: NetAddress): boolean {
    const { shelves, rivals } = this.#components
    const slot = slotOf(address)
    const rival = rivals.get(entry, slot)
    if (rival !== undefined && isSameAddress(rival.address, address)) rivals.take(entry, slot)
    const place = entry.place(slot)
    if (place === undefined || !isSameAddress(place.address, address) || !shelves.isChallenged(entry.id)) return false
    place.proven = false
    place.leadsTo = undefined
    // reached on the other stack once: then that one is tested too before it goes
    const other = entry.places.find(({ proven }) => proven)
    if (other === undefined) shelves.failed(entry)
    else shelves.change(entry, () => (entry.home = other))
    return true
  }

  #confirm(entry: KnownAddress, place: Place, { source, sourceGroup, byItself, record }: Told): void {
    place.byItself ||= byItself
    if (record !== undefined) entry.sign(place, record, source.id)
    const { shelves, random } = this.#components
    if (entry.kind === 'new' && place === entry.home) shelves.addSource(entry, sourceGroup, random)
    // who has told of the address has led us there: what is heard there is known to nobody else
    if (isThere(place, entry.id, source)) return
    // also of what is proven, and of what counts for no more groups: the first who told of it may become private
    place.confirmedBy = confirmed(place, { group: sourceGroup, id: source.id, source }, place.sourceGroups)
  }
}

/** The node's signature counts more than its word, and its word more than what others say. */
function isBetter({ record, byItself }: Told, place: Place, entry: KnownAddress): boolean {
  // an older one has not come so far, unless from the node itself
  if (record !== undefined) return !place.signed || recordSeq(record) !== recordSeq(entry.record)
  return byItself && !place.byItself && !place.signed
}

/** The number of the newest record of a node that is known, also of what waits for a test. */
function newestOf(entry: KnownAddress, rivals: Rivals): bigint {
  let newest = recordSeq(entry.record)
  for (const { told } of rivals.of(entry)) {
    const seq = recordSeq(told.record)
    if (seq > newest) newest = seq
  }
  return newest
}
