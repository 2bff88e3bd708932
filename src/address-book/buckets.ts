/**
 * Where an entry stands and which one makes room (spec/addrbook-and-pex.md sections 1, 3 and 4; p2p/pex/params.go, addrbook.go calcNewBucket, calcOldBucket,
 * expireNew, pickOldest; known_address.go isBad). Pure. Go hashes with HighwayHash under a key that it forgets; nothing of it is exchanged, so any keyed 64-bit
 * hash does: here the first 8 bytes of keyed BLAKE2s, under the key that is persisted, so that a book is the same after a restart. Only powers of two are taken
 * as the modulus, so the last byte of the big-endian number is all that counts.
 */
import { blake2s } from '@noble/hashes/blake2.js'
import type { KnownAddress } from './known-address.ts'

/** p2p/pex/params.go. The capacity is 64 as said there; Go's check lets in one more. */
export const BUCKETS = Object.freeze({
  new: 256,
  old: 64,
  capacity: 64,
  newPerSourceGroup: 32,
  oldPerGroup: 4,
  maxNewPerEntry: 4
})

const DAY_MS = 86_400_000
/** p2p/pex/params.go numMissingDays, numRetries, maxFailures, minBadDays. */
export const MISSING_MS = 7 * DAY_MS
export const MAX_RETRIES = 3
export const MAX_FAILURES = 10
export const MIN_BAD_MS = 7 * DAY_MS
/** known_address.go isBad: a dial may be under way. */
export const JUST_TRIED_MS = 60_000

const KEY = /^[0-9a-f]{24}$/i
const HASH_BYTES = 8

/** Go's form of a key: 24 hex digits. */
export function isBookKey(key: unknown): key is string {
  return typeof key === 'string' && KEY.test(key)
}

/** Where things go under one key. */
export class Placement {
  readonly #key: Uint8Array

  constructor(key: string) {
    this.#key = new TextEncoder().encode(key)
  }

  /** 0..255. One source group reaches at most 32 of them, and one only for each group of addresses. */
  newBucket(addressGroup: string, sourceGroup: string): number {
    const lane = this.#hash('lane', addressGroup, sourceGroup) % BUCKETS.newPerSourceGroup
    return this.#hash('new', sourceGroup, String(lane)) % BUCKETS.new
  }

  /** 0..63. One group of addresses reaches at most 4 of them. */
  oldBucket(addressGroup: string, address: string): number {
    const lane = this.#hash('lane', address) % BUCKETS.oldPerGroup
    return this.#hash('old', addressGroup, String(lane)) % BUCKETS.old
  }

  /** The parts cannot run into each other: none of them contains a NUL. */
  #hash(...parts: string[]): number {
    return blake2s(new TextEncoder().encode(parts.join('\0')), { key: this.#key, dkLen: HASH_BYTES })[HASH_BYTES - 1]!
  }
}

type Judged = Pick<KnownAddress, 'kind' | 'attempts' | 'lastAttempt' | 'lastSuccess' | 'good'>

/** How long ago, ms. A time in the future (the clock was set back) counts as now; 0 is never. */
export function age(time: number, now: number): number {
  return time === 0 ? Number.POSITIVE_INFINITY : Math.max(0, now - time)
}

/** Go's isBad: not worth its place. Only new entries can be. */
export function isBad({ kind, attempts, lastAttempt, lastSuccess }: Judged, now: number): boolean {
  if (kind === 'old') return false
  const sinceAttempt = age(lastAttempt, now)
  if (sinceAttempt < JUST_TRIED_MS) return false
  if (sinceAttempt > MISSING_MS) return true
  if (lastSuccess === 0 && attempts >= MAX_RETRIES) return true
  return age(lastSuccess, now) > MIN_BAD_MS && attempts >= MAX_FAILURES
}

/** Who leaves a full bucket of new entries: a bad one, or the one whose last attempt is longest ago; good ones only among themselves. */
export function victimOf<E extends Judged>(bucket: readonly E[], now: number): E | undefined {
  const rank = (entry: E) => (entry.good ? 2 : isBad(entry, now) ? 0 : 1)
  return least(bucket, (a, b) => rank(a) - rank(b) || compareAges(age(b.lastAttempt, now), age(a.lastAttempt, now)))
}

/** Who is tested first when another wants into a full bucket of old entries: the one reached longest ago; good ones only among themselves. */
export function weakestOf<E extends Judged>(bucket: readonly E[], now: number): E | undefined {
  return least(
    bucket,
    (a, b) => Number(a.good) - Number(b.good) || compareAges(age(b.lastSuccess, now), age(a.lastSuccess, now))
  )
}

/** Infinities do not subtract: of two that were never reached, neither was reached longer ago. */
function compareAges(a: number, b: number): number {
  return a === b ? 0 : a - b
}

function least<E>(entries: readonly E[], compare: (a: E, b: E) => number): E | undefined {
  let found: E | undefined
  for (const entry of entries) if (found === undefined || compare(entry, found) < 0) found = entry
  return found
}
