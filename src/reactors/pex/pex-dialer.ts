/**
 * Dials of peer exchange and what becomes of their outcome (p2p/pex/pex_reactor.go dialPeer, dialSeeds; spec/addrbook-and-pex.md section 6.2, D-21). The
 * switch dials; here is who may be dialled, and what the book and the history are told afterwards.
 */
import {
  DialFailedError,
  IncompatiblePeerError,
  NotRunningError,
  PeerRefusedError,
  PeerStoppedError,
  TimeoutError,
  WrongIdentityError
} from '../../errors.ts'
import { isNear } from '../../identity/reachability.ts'
import type { Hearsay, PeerBook } from '../../interface/address-book.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'
import type { Standing } from '../../interface/switch.ts'
import { switchDefaults } from '../../options.ts'
import { shuffled } from '../../util/shuffled.ts'
import { DialHistory, type DialVerdict, type Failures } from './dial-history.ts'
import type { Intake } from './intake.ts'
import type { PexParts } from './pex-parts.ts'
import type { SetAside } from './set-aside.ts'
import { sourceAt } from './source-of.ts'

/** Ours, as the switch's own dialling: a node of another network will be one for hours. */
export const INCOMPATIBLE_MS = 4 * 3_600_000
/** What a refusal may name (issue 5, section 4). */
const MAX_ALTERNATIVES = 32
/** Refusals of our own that say nothing of the address and pass by themselves: Go's ErrCurrentlyDialingOrExistingAddress among them. */
const PASSING: ReadonlySet<string> = new Set(['duplicate-id', 'outbound-full', 'pending-full', 'stopping'])

export interface PexDialerComponents extends PexParts {
  readonly setAside: SetAside
  readonly intake: Intake
  /** Somebody new has come into the book. */
  learned(): void
  /** A dial of `dial` came to nothing. */
  dialFailed(): void
}

export interface PexDialerInit {
  readonly seedMode: boolean
  readonly seeds: readonly NetAddress[]
  /** ms; 0: unbounded. */
  readonly persistentPeersMaxDialPeriod: number
}

export class PexDialer {
  readonly #components: PexDialerComponents
  readonly #init: PexDialerInit
  readonly #history: DialHistory
  /** Ids of seeds, from their addresses or learned at a dial: one for each. */
  readonly #seedIds = new Map<NetAddress, NodeId>()
  #seeding = false
  /** The last round of seeds came to nothing. */
  #seedless = false

  constructor(components: PexDialerComponents, init: PexDialerInit) {
    this.#components = components
    this.#init = init
    this.#history = new DialHistory(components.random, (near) => this.#companySince(near))
    for (const seed of init.seeds) if (seed.id !== '') this.#seedIds.set(seed, seed.id)
  }

  isSeed(id: NodeId): boolean {
    return [...this.#seedIds.values()].includes(id)
  }

  /** Failures of that address that count. */
  attempts(address: NetAddress): number {
    return this.#history.attempts(address)
  }

  /** Why that address is not dialled now, for people: empty if it may be. What the switch and `SetAside` know of its node is theirs to say. */
  standing(address: NetAddress): Standing[] {
    const { switch: sw, clock } = this.#components
    if (this.isSeed(address.id)) return [{ why: 'it is a seed, which is dialled when there is nobody else' }]
    // what the switch refuses for the IP alone
    const holder = sw
      .peers()
      .list()
      .find((peer) => peer.id() !== address.id && peer.remoteIP() === address.host)
    if (holder !== undefined && !sw.peers().has(address.id) && sw.isDialingOrExistingAddress(address))
      return [{ why: `its IP ${address.host} is that of peer ${holder.id()}, and allowDuplicateIP is false` }]
    if (this.#verdictOf(this.wayTo(address)) === 'dial') return []
    const waiting = this.#history.waiting(address, ...this.#patience(address))
    if (waiting === undefined) return []
    return [{ why: `${address} was dialled not long ago: ${waiting.why}`, until: clock.wall() + waiting.leftMs }]
  }

  /** a dial, whoever began it, has come to a peer, or a test dial to its node. `ip`: where it led. */
  reached(address: NetAddress, ip: string): void {
    const { clock, book } = this.#components
    this.#count(this.#history.reached(address, clock.now()))
    book.markReached(address, ip)
  }

  /** A test dial has found nobody there. */
  testFailed(address: NetAddress): void {
    this.#history.testFailed(address, this.#components.clock.now())
  }

  /** D-21: counts the failures that somebody who was a peer before them has outlasted. In every run. */
  countOutlasted(): void {
    this.#count(this.#history.outlasted(this.#components.clock.now()))
  }

  /** A peer at that address has left. One that stayed for a moment only, as seeds do, is left alone for a while. */
  departed(address: NetAddress, stayed: boolean): void {
    if (stayed) this.#history.forget(address)
    else this.#history.postponed(address, this.#components.clock.now(), 'it was a peer for a moment only')
  }

  /** May the address be dialled now? Seeds are dialled as such only. One that has failed too often is given up here, as Go does when it is picked. */
  state(address: NetAddress): 'dial' | 'skip' | 'waiting' {
    const { switch: sw } = this.#components
    if (address.id === sw.nodeInfo().id || this.isSeed(address.id) || sw.isDialingOrExistingAddress(address))
      return 'skip'
    // a seed sends off whom it has served, and comes again on its rounds
    if (!this.#init.seedMode && !sw.shouldDial(address.id)) return 'waiting'
    const verdict = this.#verdictOf(address)
    if (verdict === 'dial') return 'dial'
    if (verdict === 'too-early') return 'waiting'
    this.#setAside(address, switchDefaults.banMs, 'dialling it has failed too often')
    sw.noteGivenUp?.(address, switchDefaults.banMs)
    return 'skip'
  }

  /** Which address of its node to dial first: that one, unless it has failed, and more often than another one. */
  wayTo(address: NetAddress): NetAddress {
    const ways = this.#waysTo(address).filter((way) => this.#verdict(way) === 'dial')
    return ways.sort((a, b) => this.#history.failures(a) - this.#history.failures(b))[0] ?? address
  }

  /** Where a dial of that address looks for its node, in order: the switch goes on with what the book has (D-24). */
  #waysTo(address: NetAddress): NetAddress[] {
    const { switch: sw, book } = this.#components
    const others = book.addressesOf?.(address.id) ?? []
    return [address, ...others.filter((other) => !other.equals(address) && sw.stackFor(other) !== undefined)]
  }

  /** What a node has answered holds for all its addresses, and it is exhausted when all of them are. */
  #verdictOf(address: NetAddress): DialVerdict {
    const ways = this.#waysTo(address)
    if (ways.some((way) => this.#isResting(way))) return 'too-early'
    const verdict = this.#verdict(address)
    return verdict === 'exhausted' && ways.some((way) => this.#verdict(way) !== 'exhausted') ? 'too-early' : verdict
  }

  #verdict(address: NetAddress): DialVerdict {
    return this.#history.verdict(address, ...this.#patience(address))
  }

  #isResting(address: NetAddress): boolean {
    return this.#history.isResting(address, ...this.#patience(address))
  }

  /** What the history is asked by: the time, and whether the address waits no longer than so many ms, as a persistent one does. */
  #patience(address: NetAddress): [now: number, persistent: boolean, maxWaitMs: number | undefined] {
    const { switch: sw, clock } = this.#components
    const { persistentPeersMaxDialPeriod: cap } = this.#init
    return [clock.now(), sw.isPeerPersistent(address), cap > 0 ? cap : undefined]
  }

  /** The peer; undefined if it came to nothing, which has been seen to. Never rejects. */
  async dial(address: NetAddress): Promise<Peer | undefined> {
    const { switch: sw, signal, dialFailed } = this.#components
    if (this.state(address) !== 'dial') return undefined
    const ways = this.#waysTo(address)
    try {
      const peer = await sw.dialPeerWithAddress(address, { signal })
      // `reached` has been told where it led; a peer that came in says nothing of the address
      if (peer.isOutbound()) this.#ledTo(peer.socketAddr(), address, ways)
      return peer
    } catch (err) {
      if (signal.aborted) return undefined
      await this.#failed(address, err)
      dialFailed()
      return undefined
    }
  }

  /** In random order until one is reached, or is a peer already. One call at a time; others do nothing. Never rejects. */
  async dialSeeds(): Promise<void> {
    const { switch: sw, signal, logger, random } = this.#components
    if (this.#seeding) return
    this.#seeding = true
    let [failed, failure]: [number, unknown] = [0, undefined]
    try {
      for (const seed of shuffled(this.#init.seeds, random)) {
        if (signal.aborted || sw.isDialingOrExistingAddress(seed)) return
        try {
          const peer = await sw.dialPeerWithAddress(seed, { signal })
          this.#seedIds.set(seed, peer.id())
          this.#seedless = false
          return
        } catch (err) {
          if (signal.aborted || (err instanceof PeerRefusedError && err.refusal === 'duplicate-id')) return
          logger.debug('Error dialing seed', { address: String(seed), err })
          // whom we have refused ourselves has not failed
          if (!(err instanceof PeerRefusedError && err.by === 'us')) [failed, failure] = [failed + 1, err]
          await this.#takeAlternatives(seed, err)
        }
      }
      // once, not with each try
      if (failed > 0 && !this.#seedless) {
        this.#seedless = true
        logger.warn('No seed could be reached, or would have us', { seeds: failed, err: failure })
      }
    } finally {
      this.#seeding = false
    }
  }

  /** What a dial that came to nothing says of the address. */
  async #failed(address: NetAddress, err: unknown): Promise<void> {
    const { book, clock, logger, switch: sw } = this.#components
    const now = clock.now()
    logger.debug('Error dialing peer', { address: String(address), err })
    if (isNobodyThere(err)) {
      // it may have been the first of them that took too long; and of one that is configured the switch tries only what is configured
      const onlyThat = err instanceof TimeoutError || sw.isPeerPersistent(address)
      const tried = onlyThat ? [address] : this.#waysTo(address)
      for (const way of tried) this.#history.failed(way, now, { told: address })
    } else if (err instanceof WrongIdentityError) {
      this.#count(this.#history.refused(address, now, 'another node was there'))
      this.#wrong(address)
    } else if (err instanceof IncompatiblePeerError) {
      this.#count(this.#history.refused(address, now))
      if (!sw.isPeerPersistent(address))
        this.#setAside(address, INCOMPATIBLE_MS, 'it is of another network, or incompatible otherwise')
    } else if (err instanceof PeerStoppedError) {
      this.#count(this.#history.refused(address, now, 'it was a peer for a moment only'))
    } else if (err instanceof PeerRefusedError) {
      if (err.by === 'remote') {
        // it has proven its key before it said so
        const { address: led, ip } = err.reachedAt ?? { address, ip: undefined }
        this.#count(this.#history.refused(led, now, `it refused us (${err.refusal})`))
        this.#ledTo(led, address, this.#waysTo(address))
        book.markReached(led, ip)
        await this.#takeAlternatives(address, err)
      } else if (err.refusal === 'self') {
        book.addOurAddress(address)
        book.removeAddress(address.id)
      } else if (!PASSING.has(err.refusal))
        this.#history.postponed(address, now, `we would not have it (${err.refusal})`)
    } else if (!(err instanceof NotRunningError)) this.#history.postponed(address, now)
  }

  /**
   * A dial of `asked` has led to its node. By another one of `ways`: then nobody was at the one that was asked for. Where the switch would not have looked, libp2p has
   * given out a connection that was there, and nothing is known.
   */
  #ledTo(led: NetAddress, asked: NetAddress, ways: readonly NetAddress[]): void {
    if (String(led) === String(asked) || !ways.some((way) => String(way) === String(led))) return
    this.#history.failed(asked, this.#components.clock.now(), { why: 'its node was at another address' })
  }

  /** Where another node lives. What was never proven is dropped at once; a proven one may have moved, and has its tries. */
  #wrong(address: NetAddress): void {
    const { book } = this.#components
    const entry = book.entry(address.id)
    if (entry?.kind === 'new' && entry.addresses.length === 1) book.removeAddress(address.id)
    else book.markAttempt(address)
  }

  /** Signed records that came with a refusal. */
  async #takeAlternatives(dialled: NetAddress, err: unknown): Promise<void> {
    const { intake, signal, learned, book } = this.#components
    if (!(err instanceof PeerRefusedError) || err.alternatives.length === 0) return
    const { address, ip, id = address.id } = err.reachedAt ?? { address: dialled, ip: '' }
    const before = book.size()
    await intake.takeRecords(err.alternatives.slice(0, MAX_ALTERNATIVES), sourceAt(address, ip, id), signal)
    if (book.size() > before) learned()
  }

  /** Since when somebody near or far has been a peer without a break. Not those of the configuration: they may be in our own house by another way. */
  #companySince(near: boolean): number {
    const { switch: sw, clock } = this.#components
    const strangers = sw
      .peers()
      .list()
      .filter((peer) => !peer.isPersistent() && !sw.isPeerUnconditional(peer.id()) && isNear(peer.remoteIP()) === near)
    return clock.now() - Math.max(Number.NEGATIVE_INFINITY, ...strangers.map((peer) => peer.status().duration))
  }

  #count({ dials, tests }: Failures): void {
    const { book } = this.#components
    // once for a node that was at none of its addresses
    for (const address of new Map(dials.map((one) => [String(one), one])).values()) book.markAttempt(address)
    for (const address of tests) book.testFailed(address)
  }

  /** out of the book and into the list in one step. */
  #setAside(address: NetAddress, forMs: number, why: string): void {
    const { book, setAside, clock, logger } = this.#components
    for (const way of this.#waysTo(address)) this.#history.forget(way)
    setAside.add(address.id, hearsayOf(book, address.id), clock.now(), forMs, why)
    book.removeAddress(address.id)
    logger.debug('Address set aside', { address: String(address), why, forMs })
  }
}

/** What is in no book does not come into it later. A book that does not know who has told what names one source for all. */
function hearsayOf(book: PeerBook, id: NodeId): Hearsay[] {
  if (book.hearsay !== undefined) return book.hearsay(id)
  const { addresses = [], source, record } = book.entry(id) ?? {}
  return addresses.map((address) => ({ address, source: source ?? address, ...(record && { record }) }))
}

/** Does a dial, or a test dial, say so of the address? It may be our own line that is down. */
export function isNobodyThere(err: unknown): boolean {
  return err instanceof DialFailedError || err instanceof TimeoutError
}
