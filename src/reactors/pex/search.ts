/**
 * Looking for peers (p2p/pex/pex_reactor.go ensurePeers, crawlPeersRoutine; spec/addrbook-and-pex.md sections 6.2 and 6.3; ): what happens in each run.
 * When there is one, ensure-loop.ts says.
 */
import type { NetAddress } from '../../interface/net-address.ts'
import type { Peer } from '../../interface/peer.ts'
import type { Standing } from '../../interface/switch.ts'
import { switchDefaults } from '../../options.ts'
import { settlesWithin } from '../../util/deadline.ts'
import { pause } from '../../util/pause.ts'
import { chooseCandidates, type Owners } from './candidates.ts'
import { type Company, MAX_ANCHORS } from './company.ts'
import type { Crawler } from './crawler.ts'
import { EnsureLoop, type RunKind } from './ensure-loop.ts'
import type { Exchange } from './exchange.ts'
import type { PexDialer } from './pex-dialer.ts'
import type { CheckedPexOptions } from './pex-options.ts'
import type { PexParts } from './pex-parts.ts'
import type { SetAside } from './set-aside.ts'
import { sourceOf } from './source-of.ts'
import type { TestDials } from './test-dials.ts'

/** A moment after the switch lends the slot of a dial. */
const SLOW_MS = switchDefaults.slowDialMs + 50
/** Reactors start before the switch dials, and nobody tells them when it does. Ours. */
const START_POLL_MS = 100

export interface SearchComponents extends PexParts {
  readonly dialer: PexDialer
  readonly crawler: Crawler
  readonly tests: TestDials
  readonly company: Company
  readonly setAside: SetAside
  readonly exchange: Pick<Exchange, 'requestOfAny'>
}

export type SearchInit = Pick<CheckedPexOptions, 'seeds' | 'seedMode' | 'ensurePeriodMs' | 'crawlPeriodMs'>

export class Search {
  /** To be told of news and free slots. */
  readonly loop: EnsureLoop
  readonly #components: SearchComponents
  readonly #init: SearchInit
  /** Under way: they count as their owners' already. At most two for each outbound slot: the switch lends each one's slot once. */
  readonly #dialling = new Set<NetAddress>()
  /** Of the last run that looked for candidates. */
  #mostOfGroup = Number.POSITIVE_INFINITY

  constructor(components: SearchComponents, init: SearchInit) {
    this.#components = components
    this.#init = init
    this.loop = new EnsureLoop(components.clock, {
      periodMs: init.ensurePeriodMs,
      run: (kind) => this.#ensureRun(kind)
    })
  }

  /** Settles when the reactor stops. */
  async start(): Promise<void> {
    const { switch: sw, book, clock, signal } = this.#components
    while (!sw.isRunning()) if (!(await pause(clock, START_POLL_MS, signal))) return
    const own = ownAddress(sw.nodeInfo())
    if (own !== undefined) book.addOurAddress(own)
    if (this.#init.seedMode) await this.#crawl()
    else await this.#ensure()
  }

  async #ensure(): Promise<void> {
    const { switch: sw, book, dialer, random, signal } = this.#components
    const anchors = book.anchors().slice(0, MAX_ANCHORS)
    await Promise.all(anchors.map((address) => dialer.dial(address)))
    const { outbound, inbound, dialing } = sw.numPeers()
    // Go's: nodes that start together, with peers of their own already, do not all look for more at once
    const company = anchors.length === 0 && outbound + inbound + dialing > 0
    await this.loop.start(company ? random() * this.#init.ensurePeriodMs : 0, signal)
  }

  /** One run. True: more peers are wanted than there are to dial. */
  #ensureRun(kind: RunKind): boolean {
    const { switch: sw, book, dialer, random, background, exchange } = this.#components
    this.#upkeep(kind)
    const wanted = sw.freeOutboundSlots()
    if (wanted <= 0) return false
    const { outbound, inbound } = sw.numPeers()
    const owners = this.#owners()
    const candidates = chooseCandidates({
      wanted,
      outbound,
      random,
      pick: (bias) => {
        const picked = book.pickAddress(bias)
        return picked && dialer.wayTo(picked)
      },
      state: (address) => dialer.state(address),
      score: (id) => (id === '' ? 0 : sw.score(id)),
      ...(owners && { owners })
    })
    const spare = [...candidates.spare]
    const { mostOfGroup } = candidates
    this.#mostOfGroup = mostOfGroup
    for (const address of candidates.dial) background.run('a dial', () => this.#fill(address, spare, mostOfGroup))
    const nobody = candidates.dial.length === 0
    const needMore = book.needMoreAddrs()
    if (needMore) {
      book.reinstateBadPeers()
      // not on news: it may be the answer to the last request
      if (kind !== 'news') exchange.requestOfAny()
    }
    const deserted = outbound + inbound === 0
    if (kind === 'periodic' && nobody && (deserted || (needMore && candidates.waiting === 0)))
      background.run('dialling seeds', () => dialer.dialSeeds())
    return needMore && candidates.dial.length < wanted
  }

  /** Why a run would not choose that address, for people: empty if it would. */
  standing(address: NetAddress): Standing[] {
    const owners = this.#owners()
    const taken = owners?.taken.get(owners.groupOf(address)) ?? 0
    if (owners === undefined || taken < this.#mostOfGroup) return []
    return [
      {
        why: `${taken} of our ${owners.slots} outbound slots are with the network of ${address.host}, which is its share`
      }
    ]
  }

  /** One slot: that address, or whichever of the spare ones is there. A dead address would otherwise cost the slot until the next run. */
  async #fill(address: NetAddress, spare: NetAddress[], mostOfGroup: number): Promise<void> {
    const { switch: sw, dialer, signal, clock, background } = this.#components
    for (let next: NetAddress | undefined = address; next !== undefined && !signal.aborted; next = spare.shift()) {
      // others have filled their slots meanwhile
      const owners = this.#owners()
      if ((owners?.taken.get(owners.groupOf(next)) ?? 0) >= mostOfGroup) continue
      this.#dialling.add(next)
      const dialled = next
      const dial = dialer
        .dial(dialled)
        .finally(() => this.#dialling.delete(dialled))
        .then(async (peer) => {
          if (peer !== undefined) await this.#keepOrPart(peer, dialled, mostOfGroup)
          return peer
        })
      // a host that is gone may say nothing until the dial's time is over: by then its slot is lent to the next one
      if (!(await settlesWithin(dial, clock, SLOW_MS)) && sw.freeOutboundSlots() > 0) {
        background.run('a slow dial', () => dial)
        continue
      }
      // nor after one that was parted with: names may lead to one network by the hundred, and each run tries one for a slot
      if ((await dial) !== undefined || sw.freeOutboundSlots() <= 0) return
    }
  }

  /** Parts with a peer whose dial has led into a group that has its share, and not the one it was chosen for: by a name, or by another address of the node. */
  async #keepOrPart(peer: Peer, dialled: NetAddress, mostOfGroup: number): Promise<void> {
    const { switch: sw, logger } = this.#components
    const owners = this.#owners()
    // a dial may come to a peer that has dialled us, which takes none of these slots
    if (owners === undefined || !peer.isOutbound()) return
    if (peer.isPersistent() || sw.isPeerUnconditional(peer.id())) return
    const place = sourceOf(peer)
    const group = owners.groupOf(place)
    if (group === owners.groupOf(dialled) || (owners.taken.get(group) ?? 0) <= mostOfGroup) return
    logger.debug('Parting with a peer whose address leads to a network that has its share of our slots', {
      address: String(dialled),
      ip: place.host
    })
    await sw.stopPeerGracefully(peer)
  }

  /** Whose our outbound peers are; those that the configuration wants are nobody's. Undefined: the book does not know. */
  #owners(): Owners | undefined {
    const { switch: sw, book } = this.#components
    if (book.groupOf === undefined) return undefined
    const groupOf = book.groupOf.bind(book)
    const chosen = sw
      .peers()
      .list()
      .filter((peer) => peer.isOutbound() && !peer.isPersistent())
    // by where their connections lead: a name is in a group of its own only until it is dialled
    const connected = chosen.filter((peer) => !sw.isPeerUnconditional(peer.id())).map(sourceOf)
    const taken = new Map<string, number>()
    for (const address of [...connected, ...this.#dialling]) {
      const group = groupOf(address)
      taken.set(group, (taken.get(group) ?? 0) + 1)
    }
    return { slots: sw.maxNumOutboundPeers(), taken, groupOf }
  }

  async #crawl(): Promise<void> {
    const { book, crawler, dialer, clock, signal } = this.#components
    const { seeds, crawlPeriodMs } = this.#init
    if (seeds.length > 0) await dialer.dialSeeds()
    else await crawler.crawl(book.getSelection())
    while (await pause(clock, crawlPeriodMs, signal)) {
      crawler.disconnectOld()
      this.#upkeep('periodic')
      book.reinstateBadPeers()
      await crawler.crawl(book.getSelection())
      crawler.cleanUp()
    }
  }

  /** What each run does besides dialling. */
  #upkeep(kind: RunKind): void {
    const { book, dialer, tests, company, setAside, clock, background } = this.#components
    // by whom each was told: one of them may have become private since, and only what he has told does not come back
    for (const { address, source, record } of setAside.due(clock.now()))
      book.addAddress(address, source, record && { record })
    dialer.countOutlasted()
    if (kind === 'periodic') background.run('test dials', () => tests.run())
    company.keepAnchors()
    company.learnRecords()
  }
}

/** Where we say that we are; undefined where we listen on nothing. */
function ownAddress(nodeInfo: { netAddress(): NetAddress }): NetAddress | undefined {
  try {
    return nodeInfo.netAddress()
  } catch {
    return undefined
  }
}
