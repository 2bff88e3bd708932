/**
 * Requests and lists on channel 0x00, in and out (p2p/pex/pex_reactor.go Receive, RequestAddrs, SendAddrs; spec/addrbook-and-pex.md section 6.1; ): who may
 * ask, what is answered, what is taken of an answer, and what abuse costs.
 */

import type { PeerRecords } from '../../interface/address-book.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'
import type { StopReason } from '../../interface/stop-reason.ts'
import { switchDefaults } from '../../options.ts'
import type { PexMessage } from '../../wire/channel-messages.ts'
import { answerFor, ownRecordFor } from './answer.ts'
import { MAX_ADDRESSES, MAX_RECORDS, PEX_CHANNEL } from './channels.ts'
import { type Intake, readAddresses } from './intake.ts'
import type { PexParts } from './pex-parts.ts'
import { RequestLedger } from './request-ledger.ts'
import { sourceOf } from './source-of.ts'

/** p2p/pex/params.go biasToSelectNewPeers: what a seed tells. */
const SEED_ANSWER_BIAS = 30
/** Ours: a peer that has sent so many empty lists in a row is asked only if no other is left. */
const FRUITLESS_ANSWERS = 3

export interface ExchangeComponents extends PexParts {
  readonly intake: Intake
  readonly records: PeerRecords | undefined
  /** What a peer was asked for has come. `grown`: the book knows more nodes than before. */
  answered(peer: Peer, grown: boolean): void
}

export interface ExchangeInit {
  readonly seedMode: boolean
  readonly minRequestIntervalMs: number
}

type List = Extract<PexMessage, { type: 'pexAddrs' }>

export class Exchange {
  readonly #components: ExchangeComponents
  readonly #init: ExchangeInit
  readonly #requests: RequestLedger

  constructor(components: ExchangeComponents, init: ExchangeInit) {
    this.#components = components
    this.#init = init
    this.#requests = new RequestLedger({ minIntervalMs: init.minRequestIntervalMs })
  }

  /** A message that was decoded. */
  receive(peer: Peer, message: PexMessage): void | Promise<void> {
    if (message.type === 'pexRequest') return this.#onRequest(peer)
    if (message.type === 'pexAddrs') return this.#onList(peer, message)
  }

  /** Asks that peer, unless it is too early to. */
  request(peer: Peer): void {
    const now = this.#components.clock.now()
    if (!this.#requests.mayAsk(peer.id(), now)) return
    if (peer.trySend({ channelId: PEX_CHANNEL, message: { type: 'pexRequest' } })) this.#requests.asked(peer.id(), now)
  }

  /** a random peer of those that may be asked now. */
  requestOfAny(): void {
    const { switch: sw, clock, random } = this.#components
    const now = clock.now()
    const isAskable = (peer: Peer) => peer.isRunning() && servesPex(peer) && this.#requests.mayAsk(peer.id(), now)
    const may = sw.peers().list().filter(isAskable)
    const fruitful = may.filter((peer) => this.#requests.emptyAnswers(peer.id()) < FRUITLESS_ANSWERS)
    const among = fruitful.length > 0 ? fruitful : may
    const chosen = among[Math.floor(random() * among.length)]
    if (chosen !== undefined) this.request(chosen)
  }

  /** The peer has left. */
  forget(id: NodeId): void {
    this.#requests.forget(id)
  }

  /** R-76, D-6: the peer is stopped, and its node banned unless the configuration wants it. */
  punish(peer: Peer, message: string): void {
    const { switch: sw, book, logger } = this.#components
    if (!peer.isPersistent() && !sw.isPeerUnconditional(peer.id())) {
      sw.markPeerAsBad(peer, switchDefaults.banMs)
      // the switch's book, which is this one in most nodes, is not told why
      book.markBad(peer.id(), peer.socketAddr(), switchDefaults.banMs, `peer exchange: ${message}`)
    }
    const reason: StopReason = { kind: 'misbehaviour', message: `peer exchange: ${message}` }
    // not waited for: it may itself wait for the callback that we are in
    void sw.stopPeerForError(peer, reason).catch((err: unknown) => {
      logger.error('Peer exchange: stopping a peer failed', { peer: peer.id(), err })
    })
  }

  #onRequest(peer: Peer): void | Promise<void> {
    const { seedMode, minRequestIntervalMs } = this.#init
    if (seedMode && !peer.isOutbound()) {
      if (this.#requests.receivedBySeed(peer.id()) === 'ignored') return
      return this.#answer(peer, true)
    }
    if (this.#requests.received(peer.id(), this.#components.clock.now()) === 'too-soon')
      return this.punish(peer, `asked for addresses again within ${minRequestIntervalMs} ms`)
    return this.#answer(peer, false)
  }

  async #answer(peer: Peer, asSeed: boolean): Promise<void> {
    const { switch: sw, book, records, intake, background } = this.#components
    const namesPrivate = (envelope: Uint8Array) => intake.namesPrivate(envelope)
    const components = { ownId: sw.nodeInfo().id, records, namesPrivate }
    const own = await ownRecordFor(peer, components)
    // nothing is waited for between the choice and the sending
    const selection = asSeed ? book.getSelectionWithBias(SEED_ANSWER_BIAS) : book.getSelection()
    const message = answerFor(peer, selection, own, components)
    // the queue holds ten, and who asks that often is stopped before it is full
    peer.trySend({ channelId: PEX_CHANNEL, message })
    // it has what it came for
    if (asSeed) background.run('seeing a peer off', () => peer.flushStop())
  }

  async #onList(peer: Peer, { addrs, records = [] }: List): Promise<void> {
    const { book, intake, answered } = this.#components
    if (addrs.length > MAX_ADDRESSES || records.length > MAX_RECORDS)
      return this.punish(peer, `a list of ${addrs.length} addresses and ${records.length} records`)
    const addresses = readAddresses(addrs)
    if (typeof addresses === 'string') return this.punish(peer, `a malformed list: ${addresses}`)
    if (!this.#requests.answered(peer.id(), addrs.length + records.length))
      return this.punish(peer, 'a list of addresses that was not asked for')
    const source = sourceOf(peer)
    const before = book.size()
    intake.takeAddresses(addresses, source)
    await intake.takeRecords(records, source, peer.quit())
    answered(peer, book.size() > before)
  }
}

/** Where what a peer serves is not known, a request will tell. */
function servesPex(peer: Peer): boolean {
  const { channels } = peer.nodeInfo()
  return channels.length === 0 || channels.includes(PEX_CHANNEL)
}
