/** Entries and bans as they are stored, and back. What is read is checked field by field: it may have been written by anybody. */
import { fromString, toString as toText } from 'uint8arrays'
import { parseIp } from '../identity/ip.ts'
import { MAX_ADDRESS_CHARACTERS, netAddressFromParts, parseNetAddress, toMultiaddr } from '../identity/net-address.ts'
import { isNodeId } from '../identity/node-id.ts'
import type { NetAddress } from '../interface/net-address.ts'
import type { StoredBan, StoredBook, StoredEntry, StoredPlace } from './book-store.ts'
import { BUCKETS } from './buckets.ts'
import { isKeptScore } from './kept-scores.ts'
import { KnownAddress, type Place, placeOfName, slotOf } from './known-address.ts'
import { type Confirmation, MAX_CONFIRMATIONS } from './tellers.ts'

/** Ours: a signed record of eight addresses has some 600 bytes, with certificate hashes twice that. Bounds what an entry costs. */
export const MAX_RECORD_BYTES = 2_048
/** p2p/pex/known_address.go keeps an int32. */
export const MAX_ATTEMPTS = 2 ** 31 - 1
/** Ours: several times the longest group, which is a masked IPv6 address. */
const MAX_GROUP_CHARACTERS = 253

/** `readEntry` reads it, whatever the sources were. */
export function storeEntry(entry: KnownAddress): StoredEntry {
  const { id, home, places, kind, buckets, attempts, lastAttempt, lastSuccess, good, record, recordTellers } = entry
  const [recordSource = '', ...recordConfirmedBy] = recordTellers
  const source = sourceText(entry.source)
  return {
    id,
    source,
    places: [home, ...places.filter((place) => place !== home)].map((place) => storePlace(place, source)),
    kind,
    buckets: [...buckets],
    attempts,
    lastAttempt,
    lastSuccess,
    good,
    ...(record === undefined ? {} : { record: toText(record, 'base64pad') }),
    ...(record === undefined || recordSource === entry.source.id ? {} : { recordSource }),
    ...(recordConfirmedBy.length === 0 ? {} : { recordConfirmedBy })
  }
}

function storePlace(place: Place, sourceOfEntry: string): StoredPlace {
  const { slot, address, proven, leadsTo, signed, byItself, sourceGroup, sourceGroups, confirmedBy } = place
  const source = sourceText(place.source)
  return {
    slot,
    proven,
    signed,
    byItself,
    address: String(address),
    sourceGroups: [...sourceGroups],
    ...(leadsTo === undefined ? {} : { leadsTo }),
    ...(source === sourceOfEntry ? {} : { source }),
    ...(sourceGroup === groupOfFirst(place) ? {} : { sourceGroup }),
    ...(confirmedBy.length === 0 ? {} : { confirmedBy: confirmedBy.map(storeConfirmation) })
  }
}

function storeConfirmation({ group, id, source }: Confirmation) {
  return { group, id, ...(source === undefined ? {} : { address: sourceText(source) }) }
}

/** Of those that an address counts for, the one that none of the others stands for. */
function groupOfFirst({ sourceGroups, confirmedBy = [] }: Pick<StoredPlace, 'sourceGroups' | 'confirmedBy'>) {
  return sourceGroups.find((group) => !confirmedBy.some((one) => one.group === group))
}

/** One of which the address cannot be read still counts. */
function readConfirmation({ group, id, address }: { group: string; id: string; address?: string }): Confirmation {
  const source = address === undefined ? undefined : tryParse(address)
  return { group, id, ...(source === undefined || source.id !== id ? {} : { source }) }
}

/** What is left of a source of which nothing can be told to a reader. */
const NOWHERE = '/ip4/0.0.0.0/tcp/1'

/**
 * A source is whoever told, not somebody to dial: it may have no port, no id, or a text longer than is kept, none of which a reader takes. Then its id and its host are
 * written in a form that it does.
 */
function sourceText(source: NetAddress): string {
  const { form, id, host, port } = source
  const text = String(source)
  // a hex form is never too long, and the others were made by the reader
  if (form === 'hex' ? id !== '' && port !== 0 : text.length <= MAX_ADDRESS_CHARACTERS) return text
  if (host === '') return source.peerId === undefined ? NOWHERE : `/p2p/${source.peerId}`
  const inParts = netAddressFromParts(id, host, port || 1)
  // the hex form has no reader without an id, and a multiaddr has
  return String(id === '' ? toMultiaddr(inParts, 'tcp') : inParts)
}

/** The entry, without buckets; undefined for what is none. */
export function readEntry(stored: StoredEntry, groupOf: (address: NetAddress) => string): KnownAddress | undefined {
  const first = tryParse(stored.source)
  const [home, second] = stored.places
  if (first === undefined || home === undefined) return undefined
  let entry: KnownAddress | undefined
  for (const place of second === undefined ? [home] : [home, second]) {
    const address = tryParse(place.address)
    const source = place.source === undefined ? first : tryParse(place.source)
    if (address === undefined || source === undefined || address.id !== stored.id || slotOf(address) !== place.slot)
      return undefined
    const sourceGroups = place.sourceGroups.slice(0, BUCKETS.maxNewPerEntry)
    const sourceGroup = place.sourceGroup ?? groupOfFirst(place) ?? groupOf(source)
    const told = { source, sourceGroup, byItself: place.byItself }
    entry ??= new KnownAddress(address, told, stored.lastAttempt)
    const put = entry.place(place.slot) ?? entry.put(address, told)
    put.proven = place.proven
    put.leadsTo = place.proven ? placeOfName(address, place.leadsTo) : undefined
    put.signed = place.signed
    if (sourceGroups.length > 0) put.sourceGroups = sourceGroups
    put.confirmedBy = (place.confirmedBy ?? []).map(readConfirmation)
  }
  if (entry === undefined) return undefined
  entry.kind = stored.kind
  entry.attempts = stored.attempts
  entry.lastSuccess = stored.lastSuccess
  entry.good = stored.good
  const record = stored.record === undefined ? undefined : readRecord(stored.record)
  if (record !== undefined) {
    entry.record = record
    entry.recordTellers = [stored.recordSource ?? first.id, ...(stored.recordConfirmedBy ?? [])]
  }
  return entry
}

/** The values of a stored book, of the right types; what is none is left out and counted in `unreadable`. Undefined where the whole is no book. */
export function checkStoredBook(value: unknown): StoredBook | undefined {
  if (!isObject(value) || typeof value.key !== 'string') return undefined
  const { key, entries, bans, anchors, scores = [] } = value
  if (!Array.isArray(entries) || !Array.isArray(bans) || !Array.isArray(anchors)) return undefined
  const [readable, readableBans] = [entries.filter(isStoredEntry), bans.flatMap((ban) => readBan(ban) ?? [])]
  // a book is worth having without them, whatever stands in their place; one of before there were any has none
  const allScores: unknown[] = Array.isArray(scores) ? scores : [scores]
  const readableScores = allScores.filter(isKeptScore)
  const readableAnchors = anchors.filter((anchor) => typeof anchor === 'string')
  return {
    key,
    entries: readable,
    bans: readableBans,
    anchors: readableAnchors,
    scores: readableScores,
    unreadable:
      entries.length -
      readable.length +
      (bans.length - readableBans.length) +
      (anchors.length - readableAnchors.length) +
      (allScores.length - readableScores.length)
  }
}

export function isStoredEntry(value: unknown): value is StoredEntry {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.source === 'string' &&
    Array.isArray(value.places) &&
    value.places.length > 0 &&
    value.places.every(isStoredPlace) &&
    (value.kind === 'new' || value.kind === 'old') &&
    isCount(value.attempts) &&
    isTime(value.lastAttempt) &&
    isTime(value.lastSuccess) &&
    typeof value.good === 'boolean' &&
    (value.record === undefined || typeof value.record === 'string') &&
    (value.recordSource === undefined || isStoredId(value.recordSource)) &&
    (value.recordConfirmedBy === undefined ||
      (Array.isArray(value.recordConfirmedBy) &&
        value.recordConfirmedBy.length <= MAX_CONFIRMATIONS &&
        value.recordConfirmedBy.every(isStoredId)))
  )
}

function isStoredPlace(value: unknown): value is StoredPlace {
  return (
    isObject(value) &&
    (value.slot === 'classic' || value.slot === 'libp2p') &&
    typeof value.address === 'string' &&
    typeof value.proven === 'boolean' &&
    typeof value.signed === 'boolean' &&
    typeof value.byItself === 'boolean' &&
    Array.isArray(value.sourceGroups) &&
    value.sourceGroups.every(isGroup) &&
    (value.source === undefined || typeof value.source === 'string') &&
    (value.sourceGroup === undefined || isGroup(value.sourceGroup)) &&
    (value.leadsTo === undefined || (typeof value.leadsTo === 'string' && parseIp(value.leadsTo) !== undefined)) &&
    (value.confirmedBy === undefined ||
      (Array.isArray(value.confirmedBy) &&
        value.confirmedBy.length <= MAX_CONFIRMATIONS &&
        value.confirmedBy.every(isStoredConfirmation)))
  )
}

function isStoredConfirmation(value: unknown): boolean {
  return (
    isObject(value) &&
    isGroup(value.group) &&
    isStoredId(value.id) &&
    (value.address === undefined || typeof value.address === 'string')
  )
}

function isGroup(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_GROUP_CHARACTERS
}

/** Of a source, which may have had none. */
function isStoredId(value: unknown): value is string {
  return value === '' || isNodeId(value)
}

/** Ids as the rest of the house writes them: under another one a ban refuses nobody, and nobody could lift it. */
function readBan(value: unknown): StoredBan | undefined {
  if (!isObject(value) || typeof value.id !== 'string') return undefined
  const ban = { ...value, id: value.id.toLowerCase() }
  return isStoredBan(ban) ? { ...ban, address: ban.address.slice(0, MAX_ADDRESS_CHARACTERS) } : undefined
}

function isStoredBan(value: Record<string, unknown>): value is Record<string, unknown> & StoredBan {
  return (
    isNodeId(value.id) &&
    typeof value.address === 'string' &&
    isTime(value.since) &&
    isTime(value.until) &&
    (value.reason === undefined || typeof value.reason === 'string') &&
    (value.byOperator === undefined || value.byOperator === true) &&
    (value.entry === undefined || isStoredEntry(value.entry))
  )
}

/** An address from a file; undefined for what is none. */
export function tryParse(text: string): NetAddress | undefined {
  if (text.length > MAX_ADDRESS_CHARACTERS) return undefined
  try {
    return parseNetAddress(text)
  } catch {
    // the caller counts what it cannot read
    return undefined
  }
}

function readRecord(text: string): Uint8Array | undefined {
  if (text.length > 2 * MAX_RECORD_BYTES) return undefined
  try {
    const record = fromString(text, 'base64pad')
    return record.length <= MAX_RECORD_BYTES ? record : undefined
  } catch {
    // an entry is worth keeping without its record
    return undefined
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MAX_ATTEMPTS
}
