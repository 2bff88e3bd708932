/**
 * Peer exchange (p2p/pex/pex_reactor.go; spec/addrbook-and-pex.md section 6; switch name PEX, channel 0x00): asks peers whom they know, tells them whom we know, and keeps
 * the switch at its outbound peers. The parts beside this file decide; this one hears the switch and puts them together.
 *
 * Unlike Go, an address has the proven address of who told it as its source, not what that node says of itself: the book bounds what one network may tell, and
 * whoever could choose its source would have no bound.
 */
import type { PeerBook } from '../../interface/address-book.ts'
import type { ChannelDescriptor } from '../../interface/channel.ts'
import type { Envelope } from '../../interface/envelope.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'
import type { StopReason } from '../../interface/stop-reason.ts'
import { pause } from '../../util/pause.ts'
import { safeLogger } from '../../util/safe-logger.ts'
import type { PexMessage } from '../../wire/channel-messages.ts'
import { BaseReactor } from '../base-reactor.ts'
import { answerFor } from './answer.ts'
import { Background } from './background.ts'
import { chooseCandidates } from './candidates.ts'
import { MAX_ADDRESSES, MAX_RECORDS, PEX_CHANNEL, pexChannel } from './channels.ts'
import { Crawler } from './crawler.ts'
import { EnsureLoop, type RunKind } from './ensure-loop.ts'
import { Intake, readAddresses } from './intake.ts'
import { listFault } from './list-scan.ts'
import { PexDialer } from './pex-dialer.ts'
import { BAN_MS, type CheckedPexOptions, checkPexOptions, type PexOptions } from './pex-options.ts'
import { reportedAddress } from './reported-address.ts'
import { RequestLedger } from './request-ledger.ts'
import { SetAside } from './set-aside.ts'

/** p2p/pex/params.go biasToSelectNewPeers: what a seed tells. */
const SEED_ANSWER_BIAS = 30
/** Ours: test dials that begin in one run. */
const TESTS_PER_RUN = 2
/** Ours, as many as the book keeps. */
const MAX_ANCHORS = 4
/** Ours: a peer that has sent so many empty lists in a row is asked only if no other is left. */
const FRUITLESS_ANSWERS = 3
/** Reactors start before the switch dials, and nobody tells them when it does. Ours. */
const START_POLL_MS = 100

/** What exists while the reactor runs. */
interface Running {
  readonly intake: Intake
  readonly dialer: PexDialer
  readonly loop: EnsureLoop
  readonly crawler: Crawler
  readonly background: Background
  readonly logger: Logger
}

export class PexReactor extends BaseReactor {
  /** The book it works with. */
  readonly book: PeerBook
  readonly #options: CheckedPexOptions
  readonly #requests: RequestLedger
  readonly #setAside = new SetAside()
  /** Our outbound peers, the longest connected first; those of the last moment once the switch stops. Bounded by its slots. */
  readonly #outbound = new Map<NodeId, { readonly address: NetAddress; readonly since: number }>()
  /** Peers whose record is being read. */
  readonly #reading = new WeakSet<Peer>()
  #running: Running | undefined

  /** Throws `InvalidOptionError` or `InvalidAddressError`, naming the field. */
  constructor(options: PexOptions) {
    super('PEX')
    this.#options = checkPexOptions(options)
    this.book = this.#options.book
    this.#requests = new RequestLedger({ minIntervalMs: this.#options.minRequestIntervalMs })
  }

  // ---- for the switch ----

  override getChannels(): ChannelDescriptor[] {
    return [pexChannel()]
  }

  override async onStart(): Promise<void> {
    await this.book.start()
    const running = this.#assemble()
    this.#running = running
    running.background.run('looking for peers', () => this.#look(running))
  }

  override async onStop(): Promise<void> {
    await this.#running?.background.settled()
    this.#keepAnchors()
    await this.book.stop()
  }

  override addPeer(peer: Peer): void {
    const running = this.#running
    if (running === undefined || !this.isRunning()) return
    // it lives, whatever its address was found to be
    this.#setAside.release(peer.id())
    if (peer.isOutbound()) {
      this.#outbound.set(peer.id(), { address: peer.socketAddr(), since: this.#options.clock.now() })
      running.dialer.reached(peer.socketAddr())
      if (this.book.needMoreAddrs()) this.#request(peer)
    }
    this.#learnAddress(peer, running)
  }

  override removePeer(peer: Peer): void {
    this.#requests.forget(peer.id())
    const left = this.#outbound.get(peer.id())
    // a switch that stops takes leave of all its peers first; those are the anchors of the next run
    if (left === undefined || this.switch.quit().aborted) return
    this.#outbound.delete(peer.id())
    if (this.#running === undefined) return
    const { clock, ensurePeriodMs, seedMode } = this.#options
    const { dialer, loop } = this.#running
    // a seed's visits are short
    if (seedMode) return
    const stayed = clock.now() - left.since >= ensurePeriodMs
    dialer.departed(left.address, stayed)
    if (stayed) loop.replenish()
    loop.hurry()
  }

  /** A list that no honest node sends is not decoded. */
  filterMsgBytes(channelId: number, src: Peer, bytes: Uint8Array): Error | undefined {
    const fault = channelId === PEX_CHANNEL ? listFault(bytes) : undefined
    if (fault === undefined) return undefined
    this.#misbehaves(src, fault)
    return new Error(fault)
  }

  override receive({ src, message }: Envelope): void | Promise<void> {
    const running = this.#running
    if (src === undefined || running === undefined || !this.isRunning()) return
    const pex = message as PexMessage
    if (pex.type === 'pexRequest') return this.#onRequest(src, running)
    if (pex.type === 'pexAddrs') return this.#onList(src, pex, running)
  }

  // ---- requests and answers (section 6.1) ----

  #onRequest(peer: Peer, running: Running): void | Promise<void> {
    const { seedMode, clock, minRequestIntervalMs } = this.#options
    if (seedMode && !peer.isOutbound()) {
      if (this.#requests.receivedBySeed(peer.id()) === 'ignored') return
      return this.#answer(peer, running, true)
    }
    if (this.#requests.received(peer.id(), clock.now()) === 'too-soon')
      return this.#misbehaves(peer, `asked for addresses again within ${minRequestIntervalMs} ms`)
    return this.#answer(peer, running, false)
  }

  async #answer(peer: Peer, { intake, background }: Running, asSeed: boolean): Promise<void> {
    const { records } = this.#options
    const selection = asSeed ? this.book.getSelectionWithBias(SEED_ANSWER_BIAS) : this.book.getSelection()
    const ownId = this.switch.nodeInfo().id
    const namesPrivate = (envelope: Uint8Array) => intake.namesPrivate(envelope)
    const message = await answerFor(peer, selection, { ownId, records, namesPrivate })
    // the queue holds ten, and who asks that often is stopped before it is full
    peer.trySend({ channelId: PEX_CHANNEL, message })
    // it has what it came for
    if (asSeed) background.run('seeing a peer off', () => peer.flushStop())
  }

  #request(peer: Peer): void {
    const now = this.#options.clock.now()
    if (!this.#requests.mayAsk(peer.id(), now)) return
    if (peer.trySend({ channelId: PEX_CHANNEL, message: { type: 'pexRequest' } })) this.#requests.asked(peer.id(), now)
  }

  async #onList(peer: Peer, list: Extract<PexMessage, { type: 'pexAddrs' }>, running: Running): Promise<void> {
    const { addrs, records = [] } = list
    if (addrs.length > MAX_ADDRESSES || records.length > MAX_RECORDS)
      return this.#misbehaves(peer, `a list of ${addrs.length} addresses and ${records.length} records`)
    const addresses = readAddresses(addrs)
    if (typeof addresses === 'string') return this.#misbehaves(peer, `a malformed list: ${addresses}`)
    if (!this.#requests.answered(peer.id(), addrs.length + records.length))
      return this.#misbehaves(peer, 'a list of addresses that was not asked for')
    const { intake, dialer, loop, crawler } = running
    const source = peer.socketAddr()
    const before = this.book.size()
    intake.takeAddresses(addresses, source)
    await intake.takeRecords(records, source, peer.quit())
    if (this.book.size() > before || dialer.isSeed(peer.id())) loop.wake()
    if (this.#options.seedMode) crawler.answered(peer)
  }

  /** R-76, D-6: the peer is stopped, and its node banned unless the configuration wants it. */
  #misbehaves(peer: Peer, message: string): void {
    const wanted = peer.isPersistent() || this.switch.isPeerUnconditional(peer.id())
    if (!wanted) {
      this.switch.markPeerAsBad(peer, BAN_MS)
      // the switch's book, which is this one in most nodes, is not told why
      this.book.markBad(peer.id(), peer.socketAddr(), BAN_MS, `peer exchange: ${message}`)
    }
    const reason: StopReason = { kind: 'misbehaviour', message: `peer exchange: ${message}` }
    this.#stopping('stopping a peer', () => this.switch.stopPeerForError(peer, reason))
  }

  // ---- looking for peers (section 6.2 and 6.3) ----

  async #look(running: Running): Promise<void> {
    const { clock, seedMode } = this.#options
    const quit = this.quit()
    while (!this.switch.isRunning()) if (!(await pause(clock, START_POLL_MS, quit))) return
    const own = ownAddress(this.switch.nodeInfo())
    if (own !== undefined) this.book.addOurAddress(own)
    if (seedMode) await this.#crawl(running)
    else await this.#ensure(running)
  }

  async #ensure({ dialer, loop }: Running): Promise<void> {
    const { random, ensurePeriodMs } = this.#options
    const anchors = this.book.anchors().slice(0, MAX_ANCHORS)
    await Promise.all(anchors.map((address) => dialer.dial(address)))
    const { outbound, inbound, dialing } = this.switch.numPeers()
    // Go's: nodes that start together, with peers of their own already, do not all look for more at once
    const company = anchors.length === 0 && outbound + inbound + dialing > 0
    await loop.start(company ? random() * ensurePeriodMs : 0, this.quit())
  }

  /** One run. True: more peers are wanted than there are to dial. */
  #ensureRun(kind: RunKind): boolean {
    const running = this.#running
    if (running === undefined) return false
    const { dialer, background } = running
    const sw = this.switch
    this.#upkeep(running)
    const wanted = sw.freeOutboundSlots()
    if (wanted <= 0) return false
    const { outbound, inbound } = sw.numPeers()
    const candidates = chooseCandidates({
      wanted,
      outbound,
      random: this.#options.random,
      pick: (bias) => this.book.pickAddress(bias),
      state: (address) => dialer.state(address),
      score: (id) => (id === '' ? 0 : sw.score(id))
    })
    for (const address of candidates.dial) background.run('a dial', () => dialer.dial(address))
    const nobody = candidates.dial.length === 0
    const needMore = this.book.needMoreAddrs()
    if (needMore) {
      this.book.reinstateBadPeers()
      // not on news: it may be the answer to the last request
      if (kind !== 'news') this.#requestOfAny()
    }
    const deserted = outbound + inbound === 0
    if (kind === 'periodic' && nobody && (deserted || (needMore && candidates.waiting === 0)))
      background.run('dialling seeds', () => dialer.dialSeeds())
    return needMore && candidates.dial.length < wanted
  }

  /** What each run does besides dialling. */
  #upkeep(running: Running): void {
    const { dialer, background } = running
    for (const { addresses, source, record } of this.#setAside.due(this.#options.clock.now()))
      for (const address of addresses) this.book.addAddress(address, source, record && { record })
    const tests = this.book.wantTest(TESTS_PER_RUN)
    if (tests.length > 0) background.run('test dials', () => dialer.test(tests))
    this.#keepAnchors()
    if (this.#options.records === undefined) return
    for (const peer of this.switch.peers())
      if (this.book.entry(peer.id())?.record === undefined) this.#learnAddress(peer, running)
  }

  async #crawl({ crawler, dialer }: Running): Promise<void> {
    const { clock, crawlPeriodMs, seeds } = this.#options
    if (seeds.length > 0) await dialer.dialSeeds()
    else await crawler.crawl(this.book.getSelection())
    while (await pause(clock, crawlPeriodMs, this.quit())) {
      crawler.disconnectOld()
      this.book.reinstateBadPeers()
      await crawler.crawl(this.book.getSelection())
      crawler.cleanUp()
    }
  }

  /** a random peer of those that may be asked now. */
  #requestOfAny(): void {
    const { clock, random } = this.#options
    const now = clock.now()
    const may = this.switch
      .peers()
      .list()
      .filter((peer) => peer.isRunning() && servesPex(peer) && this.#requests.mayAsk(peer.id(), now))
    const fruitful = may.filter((peer) => this.#requests.emptyAnswers(peer.id()) < FRUITLESS_ANSWERS)
    const among = fruitful.length > 0 ? fruitful : may
    const chosen = among[Math.floor(random() * among.length)]
    if (chosen !== undefined) this.#request(chosen)
  }

  /** Those we have been connected with longest. None is no news: our own network may be down. */
  #keepAnchors(): void {
    const isAnchor = (id: NodeId) => !this.book.isPrivate(id) && this.#running?.dialer.isSeed(id) !== true
    const anchors = [...this.#outbound].filter(([id]) => isAnchor(id)).map(([, { address }]) => address)
    if (anchors.length > 0) this.book.setAnchors(anchors.slice(0, MAX_ANCHORS))
  }

  /** where a peer says that it can be reached. Its signed record, once libp2p has it, says so better than its NodeInfo does. */
  #learnAddress(peer: Peer, { intake, background }: Running): void {
    const reported = peer.isOutbound() ? undefined : reportedAddress(peer)
    const source = peer.socketAddr()
    if (this.#options.records === undefined || peer.stack() === 'comet') {
      if (reported !== undefined) this.book.addAddress(reported, source)
      return
    }
    if (this.#reading.has(peer)) return
    this.#reading.add(peer)
    background.run('reading a record', async () => {
      const read = await intake.takeOwnRecord(peer.id(), reported ?? source, source, peer.quit())
      if (!read && reported !== undefined && peer.isRunning()) this.book.addAddress(reported, source)
      this.#reading.delete(peer)
    })
  }

  // ---- inside ----

  #assemble(): Running {
    const { clock, random, records, seeds, persistentPeersMaxDialPeriod } = this.#options
    const { crawlPeriodMs, seedDisconnectWaitMs, ensurePeriodMs } = this.#options
    const sw = this.switch
    const logger = safeLogger(this.#options.logger ?? sw.logger)
    const shared = { switch: sw, book: this.book, clock, random, logger, signal: this.quit() }
    const loop = new EnsureLoop(clock, { periodMs: ensurePeriodMs, run: (kind) => this.#ensureRun(kind) })
    const intake = new Intake({
      ownId: sw.nodeInfo().id,
      book: this.book,
      records,
      stackFor: (address) => sw.stackFor(address),
      isSetAside: (id) => this.#setAside.has(id, clock.now())
    })
    const dialer = new PexDialer(
      { ...shared, setAside: this.#setAside, intake, learned: () => loop.wake(), dialFailed: () => loop.hurry() },
      { seeds, persistentPeersMaxDialPeriod }
    )
    const crawler = new Crawler(
      {
        ...shared,
        dialer,
        request: (peer) => this.#request(peer),
        sendOff: (peer) => this.#stopping('sending a peer off', () => sw.stopPeerGracefully(peer))
      },
      { crawlPeriodMs, disconnectWaitMs: seedDisconnectWaitMs }
    )
    return { intake, dialer, loop, crawler, background: new Background(logger), logger }
  }

  /** Not among what a stop waits for: a peer's stop may itself wait for the callback that we are in. */
  #stopping(what: string, stop: () => Promise<void>): void {
    void stop().catch((err: unknown) => this.#running?.logger.error(`Peer exchange: ${what} failed`, { err }))
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

/** Where what a peer serves is not known, a request will tell. */
function servesPex(peer: Peer): boolean {
  const { channels } = peer.nodeInfo()
  return channels.length === 0 || channels.includes(PEX_CHANNEL)
}
