/**
 * Peer exchange (p2p/pex/pex_reactor.go; spec/addrbook-and-pex.md section 6; switch name PEX, channel 0x00): asks peers whom they know, tells them whom we know, and keeps
 * the switch at its outbound peers. This file hears the switch and puts the parts together; each of them is one idea.
 *
 * Unlike Go, an address has the proven address of who told it as its source, not what that node says of itself: the book bounds what one network may tell, and
 * whoever could choose its source would have no bound.
 */
import type { PeerBook } from '../../interface/address-book.ts'
import type { ChannelDescriptor } from '../../interface/channel.ts'
import type { Envelope } from '../../interface/envelope.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'
import type { Standing } from '../../interface/switch.ts'
import { safeLogger } from '../../util/safe-logger.ts'
import type { PexMessage } from '../../wire/channel-messages.ts'
import { BaseReactor } from '../base-reactor.ts'
import { Background } from './background.ts'
import { PEX_CHANNEL, pexChannel } from './channels.ts'
import { Company } from './company.ts'
import { Crawler } from './crawler.ts'
import { Exchange } from './exchange.ts'
import { Intake } from './intake.ts'
import { listFault } from './list-scan.ts'
import { PexDialer } from './pex-dialer.ts'
import { type CheckedPexOptions, checkPexOptions, type PexOptions } from './pex-options.ts'
import type { PexParts } from './pex-parts.ts'
import { Search } from './search.ts'
import { SetAside } from './set-aside.ts'
import { StrictWatch } from './strict-watch.ts'
import { TestDials } from './test-dials.ts'

/** What exists from the first start on. */
interface Running {
  readonly background: Background
  readonly dialer: PexDialer
  readonly crawler: Crawler
  readonly exchange: Exchange
  readonly company: Company
  readonly search: Search
}

export class PexReactor extends BaseReactor {
  /** The book it works with. */
  readonly book: PeerBook
  readonly #options: CheckedPexOptions
  readonly #setAside = new SetAside()
  #running: Running | undefined

  /** Throws `InvalidOptionError` or `InvalidAddressError`, naming the field. */
  constructor(options: PexOptions) {
    super('PEX')
    this.#options = checkPexOptions(options)
    this.book = this.#options.book
  }

  override getChannels(): ChannelDescriptor[] {
    return [pexChannel()]
  }

  override async onStart(): Promise<void> {
    await this.book.start()
    const running = this.#assemble()
    this.#running = running
    running.background.run('looking for peers', () => running.search.start())
  }

  override async onStop(): Promise<void> {
    await this.#running?.background.settled()
    this.#running?.company.keepAnchors()
    await this.book.stop()
  }

  override addPeer(peer: Peer): void {
    if (this.#running === undefined || !this.isRunning()) return
    // it lives, whatever its address was found to be
    this.#setAside.release(peer.id())
    this.#running.company.joined(peer)
    if (peer.isOutbound() && this.book.needMoreAddrs()) this.#running.exchange.request(peer)
  }

  override removePeer(peer: Peer): void {
    if (this.#running === undefined) return
    const { exchange, company, dialer, search } = this.#running
    exchange.forget(peer.id())
    const left = company.left(peer)
    // a seed's visits are short
    if (left === undefined || this.#options.seedMode) return
    const stayed = left.stayedMs >= this.#options.ensurePeriodMs
    dialer.departed(left.address, stayed)
    search.loop.replace(stayed)
  }

  /** A list that no honest node sends is not decoded. */
  filterMsgBytes(channelId: number, src: Peer, bytes: Uint8Array): Error | undefined {
    const fault = channelId === PEX_CHANNEL ? listFault(bytes) : undefined
    if (fault === undefined) return undefined
    this.#running?.exchange.punish(src, fault)
    return new Error(fault)
  }

  override receive({ src, message }: Envelope): void | Promise<void> {
    if (src === undefined || !this.isRunning()) return
    return this.#running?.exchange.receive(src, message as PexMessage)
  }

  /** Why peer exchange does not dial that node now, for operators; empty: it may. Not part of the reactor API. */
  standing(id: NodeId): Standing[] {
    const { clock } = this.#options
    const aside = this.#setAside.standing(id, clock.now())
    const known = this.#running === undefined ? [] : (this.book.entry(id)?.addresses ?? [])
    const waiting = known.flatMap((address) => [
      ...(this.#running?.dialer.standing(address) ?? []),
      ...(this.#running?.search.standing(address) ?? [])
    ])
    return aside === undefined ? waiting : [{ why: aside.why, until: clock.wall() + aside.leftMs }, ...waiting]
  }

  #assemble(): Running {
    const options = this.#options
    const { clock, random, records } = options
    const { switch: sw, book } = this
    const setAside = this.#setAside
    const logger = safeLogger(options.logger ?? sw.logger)
    const background = new Background(logger)
    const parts: PexParts = { switch: sw, book, clock, random, logger, background, signal: this.quit() }
    const strictWatch = new StrictWatch(logger)
    const intake = new Intake({
      ownId: sw.nodeInfo().id,
      book: {
        addAddress: (...args) => {
          const refusal = book.addAddress(...args)
          strictWatch.told(refusal)
          return refusal
        },
        isPrivate: (id) => book.isPrivate(id)
      },
      records,
      stackFor: (address) => sw.stackFor(address),
      isSetAside: (id) => setAside.has(id, clock.now())
    })
    const dialer = new PexDialer(
      {
        ...parts,
        setAside,
        intake,
        learned: () => search.loop.wake(),
        dialFailed: () => search.loop.hurry()
      },
      options
    )
    const exchange = new Exchange(
      {
        ...parts,
        intake,
        records,
        answered: (peer, grown) => {
          strictWatch.listRead()
          if (grown || dialer.isSeed(peer.id())) search.loop.wake()
          // whoever came first was told of nobody: it asks again before its random wait is over
          else search.loop.hurry()
          if (options.seedMode) crawler.answered(peer)
        }
      },
      options
    )
    const crawler = new Crawler({ ...parts, dialer, request: (peer) => exchange.request(peer) }, options)
    const company = new Company({ ...parts, dialer, intake, records })
    const tests = new TestDials({ ...parts, dialer })
    const search = new Search({ ...parts, dialer, crawler, tests, company, setAside, exchange }, options)
    return { background, dialer, crawler, exchange, company, search }
  }
}
