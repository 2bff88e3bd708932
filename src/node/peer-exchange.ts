/**
 * Finding peers, as a node with a home does it: the address book in Go's own file or in LevelDB, and the PEX reactor (config.toml: pex, seeds, seed_mode, addr_book_file,
 * addr_book_strict). Options win over config.toml. Without either, a node keeps to the peers it is told: reactors see no channel that their owner did not add.
 */
import { join } from 'node:path'
import { createAddressBook } from '../address-book/address-book.ts'
import { InvalidOptionError } from '../errors.ts'
import type { AddressBook, PeerBook, PeerRecords } from '../interface/address-book.ts'
import type { SwitchOptions } from '../options.ts'
import { PEX_CHANNEL } from '../reactors/pex/channels.ts'
import type { PexOptions } from '../reactors/pex/pex-options.ts'
import { PexReactor } from '../reactors/pex/pex-reactor.ts'
import { type CometDhtInit, checkedDhtInit } from '../stacks/libp2p/dht/dht-options.ts'
import { BanList } from '../switch/admission/ban-list.ts'
import { assertNames, namesOf } from '../util/check.ts'
import { systemClock } from '../util/clock.ts'
import { nullLogger } from '../util/logger.ts'
import { safeLogger } from '../util/safe-logger.ts'
import { BookFile } from './book-file.ts'
import type { PexConfig } from './config.ts'
import { inHome } from './home.ts'
import { LevelBook } from './level-book.ts'
import type { NodeHome } from './node-home.ts'

/** What may be said of the reactor beside the rest. */
export type PexTimes = Pick<
  PexOptions,
  'ensurePeriodMs' | 'crawlPeriodMs' | 'seedDisconnectWaitMs' | 'minRequestIntervalMs'
>

export interface DiscoveryOptions {
  /**
   * Peer exchange: learns addresses from peers, keeps them in an address book, and dials until the outbound slots are taken. An object sets its times.
   * @default config.toml's `pex` where a home says so, or true where `seeds` or `seedMode` are given; else false
   */
  pex?: boolean | PexTimes
  /** Asked when the book has nobody to dial. Any form of address. @default config.toml's `seeds` */
  seeds?: string[]
  /** Crawl the network and answer whoever asks, once. @default config.toml's `seed_mode` */
  seedMode?: boolean
  /**
   * Where the address book is kept; relative to the home. A name that ends in `.json` is a file in the format of Go's addrbook.json, which a Go node may take over. Any other
   * is a directory of LevelDB, which is for our nodes alone and which one process at a time may have open: a second one is refused.
   * @default in a home with a config.toml what that says, always in Go's format: config/addrbook.json; so too where there is only such a file. In any other home data/addrbook,
   * which is LevelDB. Without a home it is kept in memory
   */
  addrBookFile?: string
  /** Only addresses that are routable from everywhere. @default config.toml's `addr_book_strict`, else true */
  addrBookStrict?: boolean
  /**
   * On libp2p, a DHT of the network's own in which its nodes find one another, with or without peer exchange: `server` answers others too, `client` only asks and is
   * found; an object says more. Its `bootstrap` are multiaddrs that end in `/p2p/…`. @default false
   */
  dht?: false | 'client' | 'server' | Pick<CometDhtInit, 'mode' | 'bootstrap' | 'provide'>
  /** On libp2p: dial also what other parts of the node discover, such as mDNS or a bootstrap list. @default 'any' where `peerDiscovery` is given, else 'off' */
  discovery?: 'any' | 'off'
}

export const DISCOVERY_OPTIONS = namesOf<DiscoveryOptions>({
  pex: true,
  seeds: true,
  seedMode: true,
  addrBookFile: true,
  addrBookStrict: true,
  dht: true,
  discovery: true
})

const PEX_TIMES = namesOf<PexTimes>({
  ensurePeriodMs: true,
  crawlPeriodMs: true,
  seedDisconnectWaitMs: true,
  minRequestIntervalMs: true
})

export interface DiscoveryParts {
  /** The whole book, or with peer exchange off only a list of bans. */
  readonly book: AddressBook
  readonly pex: PexReactor | undefined
  /** To be opened before the node starts and closed after it has stopped. */
  readonly level: LevelBook | undefined
  /** Whom the reactor may dial first. */
  readonly seeds: readonly string[]
}

/** Of a home that no Go node shares. */
const OWN_BOOK = join('data', 'addrbook')

export interface DiscoverySources {
  readonly home: NodeHome | undefined
  readonly persistentPeersMaxDialPeriod: number | undefined
  readonly records: PeerRecords | undefined
}

/** Throws `InvalidOptionError` or `InvalidAddressError` naming the field. Nothing is read or written yet: the reactor's start does. */
export function discoveryParts(
  options: DiscoveryOptions & Pick<SwitchOptions, 'addressBook' | 'clock' | 'random' | 'logger' | 'reactors'>,
  { home, persistentPeersMaxDialPeriod, records }: DiscoverySources
): DiscoveryParts {
  checkBookOptions(options)
  const config = home?.config.pex
  const seeds = options.seeds ?? config?.seeds ?? []
  const seedMode = options.seedMode ?? config?.seedMode ?? false
  if (typeof seedMode !== 'boolean') throw new InvalidOptionError('seedMode', seedMode, 'a boolean')
  if (!Array.isArray(seeds)) throw new InvalidOptionError('seeds', seeds, 'an array of addresses')
  if (options.pex === false && options.seeds !== undefined && seeds.length > 0)
    throw new InvalidOptionError('seeds', seeds, 'none beside `pex: false`: peer exchange is what asks them')
  if (options.pex === false && options.seedMode === true)
    throw new InvalidOptionError('seedMode', true, 'false beside `pex: false`: it is a way of peer exchange')
  const byOthers = options.seeds !== undefined || options.seedMode === true
  const wanted = options.pex ?? (byOthers || (config?.pex ?? false))
  if (typeof wanted !== 'boolean' && (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)))
    throw new InvalidOptionError('pex', wanted, 'a boolean or an object')
  const shared = {
    clock: options.clock ?? systemClock,
    ...(options.random === undefined ? {} : { random: options.random }),
    ...(options.logger === undefined ? {} : { logger: options.logger })
  }
  if (wanted === false || !hasRoom(options, options.pex !== undefined || byOthers))
    return { book: options.addressBook ?? new BanList(shared.clock), pex: undefined, level: undefined, seeds: [] }
  const { book, level } =
    options.addressBook === undefined
      ? ownBook(options, home, shared)
      : { book: wholeBook(options.addressBook), level: undefined }
  const times = wanted === true ? {} : wanted
  assertNames('pex', times, PEX_TIMES)
  const pex = new PexReactor({
    ...shared,
    ...times,
    book,
    seeds,
    seedMode,
    ...(persistentPeersMaxDialPeriod === undefined ? {} : { persistentPeersMaxDialPeriod }),
    ...(records === undefined ? {} : { records })
  })
  return { book, pex, level, seeds }
}

/** What is said of the book, also where there is none: peer exchange may be switched on later, with the same words. */
function checkBookOptions({
  addrBookFile,
  addrBookStrict,
  addressBook
}: DiscoveryOptions & Pick<SwitchOptions, 'addressBook'>): void {
  if (addrBookStrict !== undefined && typeof addrBookStrict !== 'boolean')
    throw new InvalidOptionError('addrBookStrict', addrBookStrict, 'a boolean')
  if (addressBook === null) throw new InvalidOptionError('addressBook', addressBook, 'an address book')
  if (addrBookFile === undefined) return
  if (typeof addrBookFile !== 'string' || addrBookFile === '' || addrBookFile.includes('\0'))
    throw new InvalidOptionError('addrBookFile', addrBookFile, 'a path')
}

/**
 * A reactor of the user's own may do it instead, or have its channel; and where only a config.toml asks for it, which a home shares with Go, an address book that cannot hold
 * addresses is the user's word against it.
 */
function hasRoom(
  { reactors = {}, addressBook }: Pick<SwitchOptions, 'reactors' | 'addressBook'>,
  asked: boolean
): boolean {
  if (reactors.PEX !== undefined) return false
  if (asked) return true
  // what is no reactor is told of where reactors are added
  const taken = Object.values(reactors).some(
    (reactor) =>
      typeof reactor?.getChannels === 'function' && reactor.getChannels().some((channel) => channel?.id === PEX_CHANNEL)
  )
  return !taken && (addressBook === undefined || isWhole(addressBook))
}

/** What `cometDht` takes; undefined: no DHT. Throws `InvalidOptionError` or `InvalidAddressError` naming the field. */
export function dhtInit(
  options: DiscoveryOptions & Pick<SwitchOptions, 'clock' | 'random'>,
  network: string,
  config: PexConfig | undefined
): CometDhtInit | undefined {
  const { dht = false, clock, random } = options
  if (dht === false) return undefined
  if (dht !== 'client' && dht !== 'server' && (typeof dht !== 'object' || dht === null))
    throw new InvalidOptionError('dht', dht, "false, 'client', 'server' or an object")
  const said = typeof dht === 'string' ? { mode: dht } : dht
  assertNames('dht', said, ['mode', 'bootstrap', 'provide'])
  const init = {
    ...said,
    network,
    strict: isStrict(options, config),
    ...(clock === undefined ? {} : { clock }),
    ...(random === undefined ? {} : { random })
  }
  // its own door would name the fields as if they stood among ours
  checkedDhtInit(init, 'dht.')
  return init
}

/** One rule for the book and the DHT. */
function isStrict({ addrBookStrict }: DiscoveryOptions, config: PexConfig | undefined): boolean {
  return addrBookStrict ?? config?.addrBookStrict ?? true
}

function ownBook(
  options: DiscoveryOptions,
  home: NodeHome | undefined,
  shared: Pick<SwitchOptions, 'clock' | 'random' | 'logger'>
): { readonly book: PeerBook; readonly level: LevelBook | undefined } {
  const { addrBookFile } = options
  const byDefault = home?.isShared ? home.config.pex.addrBookFile : home && OWN_BOOK
  const file = addrBookFile ?? byDefault
  const path = file === undefined || home === undefined ? file : inHome(home.dir, file)
  // what config.toml names is a Go node's, whatever its name
  const isGos = file?.endsWith('.json') || (addrBookFile === undefined && home?.isShared)
  const level = path === undefined || isGos ? undefined : new LevelBook(path, safeLogger(shared.logger ?? nullLogger))
  const store = level ?? (path === undefined ? undefined : new BookFile(path))
  const strict = isStrict(options, home?.config.pex)
  return { book: createAddressBook({ ...shared, strict, ...(store === undefined ? {} : { store }) }), level }
}

function wholeBook(book: AddressBook): PeerBook {
  if (!isWhole(book))
    throw new InvalidOptionError('addressBook', book, 'a whole address book (createAddressBook), as pex is on')
  return book
}

function isWhole(book: AddressBook): book is PeerBook {
  return typeof (book as Partial<PeerBook>).addAddress === 'function'
}
