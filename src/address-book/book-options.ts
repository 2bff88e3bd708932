/** The options of an address book, checked once and filled with their defaults. */
import { bytesToHex, randomBytes } from '@noble/hashes/utils.js'
import { InvalidOptionError } from '../errors.ts'
import type { Clock, Random } from '../interface/clock.ts'
import type { Logger } from '../interface/logger.ts'
import { assertMethods, assertNames, assertObject, CLOCK_METHODS, LOGGER_METHODS, namesOf } from '../util/check.ts'
import { MAX_TIMER_MS, systemClock } from '../util/clock.ts'
import { nullLogger } from '../util/logger.ts'
import { safeLogger } from '../util/safe-logger.ts'
import { MAX_BANS } from './bans.ts'
import type { BookStore } from './book-store.ts'
import { isBookKey } from './buckets.ts'
import { GROUP_SHARE } from './shares.ts'

export interface AddressBookOptions {
  /** Where the book is kept between runs. @default none: it lives as long as the object */
  store?: BookStore
  /** Takes only addresses that are routable from everywhere (CometBFT's addr_book_strict). @default true */
  strict?: boolean
  /** How often what has changed is saved, ms. @default {@link addressBookDefaults.saveIntervalMs} */
  saveIntervalMs?: number
  /** Past it, the ban that ends first makes room. @default {@link addressBookDefaults.maxBans} */
  maxBans?: number
  /**
   * How large a part of the book one group may be, as the source or as the owner of addresses that nobody has proven: above 0, and 1 for no such bound (as in Go).
   * @default {@link addressBookDefaults.groupShare}
   */
  groupShare?: number
  /** `first-hand` tells others no hearsay of a single source; `all` tells whatever there is, as Go does. @default 'first-hand' */
  tells?: 'first-hand' | 'all'
  /** 24 hex digits that decide the buckets; a stored book brings its own. @default a random one */
  key?: string
  clock?: Clock
  /** For picks and selections. @default Math.random */
  random?: Random
  logger?: Logger
}

/** Numbers of p2p/pex/addrbook.go where not said otherwise there. */
export const addressBookDefaults = Object.freeze({
  strict: true,
  saveIntervalMs: 120_000,
  maxBans: MAX_BANS,
  groupShare: GROUP_SHARE,
  tells: 'first-hand' as const
})

const NAMES = namesOf<AddressBookOptions>({
  store: true,
  strict: true,
  saveIntervalMs: true,
  maxBans: true,
  groupShare: true,
  tells: true,
  key: true,
  clock: true,
  random: true,
  logger: true
})

const KEY_BYTES = 12

/** Throws `InvalidOptionError` naming the field. */
export function checkBookOptions(
  given: AddressBookOptions
): Required<Omit<AddressBookOptions, 'store'>> & Pick<AddressBookOptions, 'store'> {
  assertObject('options', given)
  assertNames('', given, NAMES)
  const options = {
    ...(given.store === undefined ? {} : { store: given.store }),
    strict: given.strict ?? addressBookDefaults.strict,
    saveIntervalMs: given.saveIntervalMs ?? addressBookDefaults.saveIntervalMs,
    maxBans: given.maxBans ?? addressBookDefaults.maxBans,
    groupShare: given.groupShare ?? addressBookDefaults.groupShare,
    tells: given.tells ?? addressBookDefaults.tells,
    key: given.key ?? bytesToHex(randomBytes(KEY_BYTES)),
    clock: given.clock ?? systemClock,
    random: given.random ?? Math.random,
    logger: given.logger ?? nullLogger
  }
  const { store, strict, saveIntervalMs, maxBans, groupShare, tells, key, random } = options
  if (store !== undefined) assertMethods('store', store, ['load', 'save'])
  if (typeof strict !== 'boolean') throw new InvalidOptionError('strict', strict, 'a boolean')
  if (!(saveIntervalMs > 0 && saveIntervalMs <= MAX_TIMER_MS))
    throw new InvalidOptionError('saveIntervalMs', saveIntervalMs, 'a positive number of ms that a timer can hold')
  if (!(Number.isSafeInteger(maxBans) && maxBans > 0))
    throw new InvalidOptionError('maxBans', maxBans, 'a whole number above 0')
  if (!(groupShare > 0 && groupShare <= 1)) throw new InvalidOptionError('groupShare', groupShare, 'a number in (0, 1]')
  if (tells !== 'first-hand' && tells !== 'all') throw new InvalidOptionError('tells', tells, "'first-hand' or 'all'")
  if (!isBookKey(key)) throw new InvalidOptionError('key', key, '24 hex digits')
  if (typeof random !== 'function') throw new InvalidOptionError('random', random, 'a function')
  assertMethods('clock', options.clock, CLOCK_METHODS)
  assertMethods('logger', options.logger, LOGGER_METHODS)
  return { ...options, logger: safeLogger(options.logger) }
}
