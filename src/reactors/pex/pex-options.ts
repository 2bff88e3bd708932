/** The options of peer exchange, their defaults in one place (p2p/pex/params.go, spec/addrbook-and-pex.md section 6), checked once at the door. */
import { InvalidAddressError, InvalidOptionError } from '../../errors.ts'
import { parseNetAddress } from '../../identity/net-address.ts'
import type { PeerBook, PeerRecords } from '../../interface/address-book.ts'
import type { Clock, Random } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import { assertMethods, assertNames, assertObject, CLOCK_METHODS, LOGGER_METHODS, namesOf } from '../../util/check.ts'
import { MAX_TIMER_MS, systemClock } from '../../util/clock.ts'

export interface PexOptions {
  /** Started and stopped with the reactor. Give the switch the same one, so that bans hold. */
  book: PeerBook
  /** Asked when the book has nobody to dial. Any form of address. @default [] */
  seeds?: readonly string[]
  /** Crawl the network and answer whoever asks, once: for nodes that others begin with. @default {@link pexDefaults.seedMode} */
  seedMode?: boolean
  /** How often is looked after outbound peers, ms. @default {@link pexDefaults.ensurePeriodMs} */
  ensurePeriodMs?: number
  /** How often a seed crawls, ms. @default {@link pexDefaults.crawlPeriodMs} */
  crawlPeriodMs?: number
  /** How long a peer of a seed may stay, ms. @default {@link pexDefaults.seedDisconnectWaitMs} */
  seedDisconnectWaitMs?: number
  /**
   * What a peer must leave between its requests, from the third on, ms; our own keep to it as well, so it should be the same on all nodes of a network: Go's nodes ban
   * for a day whoever asks them more often than every ten seconds. @default {@link pexDefaults.minRequestIntervalMs}
   */
  minRequestIntervalMs?: number
  /** The longest wait before a persistent address is dialled again from here, ms; 0: no such bound. @default {@link pexDefaults.persistentPeersMaxDialPeriod} */
  persistentPeersMaxDialPeriod?: number
  /** Signed peer records, for networks on libp2p. Left out: classic addresses only. */
  records?: PeerRecords
  clock?: Clock
  random?: Random
  /** @default the switch's */
  logger?: Logger
}

export const pexDefaults = Object.freeze({
  seedMode: false,
  ensurePeriodMs: 30_000,
  crawlPeriodMs: 30_000,
  seedDisconnectWaitMs: 28 * 3_600_000,
  /** Go's: a third of its period. Not of ours, which says nothing of what others hold. */
  minRequestIntervalMs: 10_000,
  persistentPeersMaxDialPeriod: 0
})

export interface CheckedPexOptions {
  readonly book: PeerBook
  readonly seeds: readonly NetAddress[]
  readonly seedMode: boolean
  readonly ensurePeriodMs: number
  readonly crawlPeriodMs: number
  readonly seedDisconnectWaitMs: number
  readonly minRequestIntervalMs: number
  readonly persistentPeersMaxDialPeriod: number
  readonly records: PeerRecords | undefined
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger | undefined
}

const NAMES = namesOf<PexOptions>({
  book: true,
  seeds: true,
  seedMode: true,
  ensurePeriodMs: true,
  crawlPeriodMs: true,
  seedDisconnectWaitMs: true,
  minRequestIntervalMs: true,
  persistentPeersMaxDialPeriod: true,
  records: true,
  clock: true,
  random: true,
  logger: true
})

/** All of `PeerBook` that is called here. */
const BOOK_METHODS: ReadonlyArray<keyof PeerBook> = [
  'start',
  'stop',
  'addOurAddress',
  'isPrivate',
  'addAddress',
  'removeAddress',
  'entry',
  'markBad',
  'markAttempt',
  'markReached',
  'needMoreAddrs',
  'size',
  'pickAddress',
  'getSelection',
  'getSelectionWithBias',
  'reinstateBadPeers',
  'wantTest',
  'testFailed',
  'anchors',
  'setAnchors'
]

/** Throws `InvalidOptionError` or `InvalidAddressError`, naming the field. */
export function checkPexOptions(options: PexOptions): CheckedPexOptions {
  assertObject('options', options)
  assertNames('', options, NAMES)
  assertMethods('book', options.book, BOOK_METHODS)
  const { clock = systemClock, random = Math.random, records, logger, seedMode = pexDefaults.seedMode } = options
  assertMethods('clock', clock, CLOCK_METHODS)
  if (typeof random !== 'function') throw new InvalidOptionError('random', random, 'a function')
  if (typeof seedMode !== 'boolean') throw new InvalidOptionError('seedMode', seedMode, 'a boolean')
  if (records !== undefined) assertMethods('records', records, ['own', 'of', 'open'])
  if (logger !== undefined) assertMethods('logger', logger, LOGGER_METHODS)
  const ensurePeriodMs = period(options, 'ensurePeriodMs', pexDefaults.ensurePeriodMs, 1)
  return {
    book: options.book,
    seeds: parseSeeds(options.seeds === undefined ? [] : options.seeds),
    seedMode,
    ensurePeriodMs,
    crawlPeriodMs: period(options, 'crawlPeriodMs', pexDefaults.crawlPeriodMs, 1),
    seedDisconnectWaitMs: period(options, 'seedDisconnectWaitMs', pexDefaults.seedDisconnectWaitMs, 1),
    minRequestIntervalMs: period(options, 'minRequestIntervalMs', pexDefaults.minRequestIntervalMs, 0),
    persistentPeersMaxDialPeriod: period(
      options,
      'persistentPeersMaxDialPeriod',
      pexDefaults.persistentPeersMaxDialPeriod,
      0
    ),
    records,
    clock,
    random,
    logger
  }
}

type PeriodName =
  | 'ensurePeriodMs'
  | 'crawlPeriodMs'
  | 'seedDisconnectWaitMs'
  | 'minRequestIntervalMs'
  | 'persistentPeersMaxDialPeriod'

function period(options: PexOptions, field: PeriodName, byDefault: number, least: number): number {
  const given: unknown = options[field]
  const value = given === undefined ? byDefault : given
  if (typeof value !== 'number' || !(value >= least && value <= MAX_TIMER_MS))
    throw new InvalidOptionError(field, value, `a number of ms from ${least} to ${MAX_TIMER_MS}`)
  return value
}

function parseSeeds(seeds: unknown): NetAddress[] {
  if (!Array.isArray(seeds)) throw new InvalidOptionError('seeds', seeds, 'an array')
  return seeds.map((seed, i) => {
    try {
      return parseNetAddress(seed)
    } catch (err) {
      if (err instanceof InvalidAddressError) err.message = `seeds[${i}]: ${err.message}`
      throw err
    }
  })
}
