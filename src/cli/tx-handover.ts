/**
 * Tells which transactions were handed to which peers. A reactor without channels that stands right before the mempool reactor: it gives it peers that
 * report what is sent through them (a peer returned by `initPeer` replaces the handle for the reactors after it).
 */
import type { Envelope } from '../interface/envelope.ts'
import type { Peer } from '../interface/peer.ts'
import { BaseReactor } from '../reactors/base-reactor.ts'
import { MEMPOOL_CHANNEL } from '../reactors/mempool/channels.ts'
import type { MempoolMessage } from '../wire/channel-messages.ts'

/** Called for every transaction that a peer's queue has taken. */
export type OnHandover = (tx: Uint8Array, peer: Peer) => void

export class TxHandover extends BaseReactor {
  readonly #onHandover: OnHandover
  #peersSeen = 0

  constructor(onHandover: OnHandover) {
    super('HANDOVER')
    this.#onHandover = onHandover
  }

  /** How many connections became peers. */
  get peersSeen(): number {
    return this.#peersSeen
  }

  override addPeer(): void {
    this.#peersSeen++
  }

  override initPeer(peer: Peer): Peer {
    return new ReportingPeer(peer, this.#onHandover)
  }
}

class ReportingPeer implements Peer {
  readonly #peer: Peer
  readonly #onHandover: OnHandover

  constructor(peer: Peer, onHandover: OnHandover) {
    this.#peer = peer
    this.#onHandover = onHandover
  }

  async send(envelope: Envelope, options?: { signal?: AbortSignal }): Promise<boolean> {
    const sent = await this.#peer.send(envelope, options)
    if (sent) this.#report(envelope)
    return sent
  }

  trySend(envelope: Envelope): boolean {
    const sent = this.#peer.trySend(envelope)
    if (sent) this.#report(envelope)
    return sent
  }

  #report({ channelId, message }: Envelope): void {
    if (channelId !== MEMPOOL_CHANNEL) return
    const { type, ...rest } = message as MempoolMessage
    if (type === 'txs' && 'txs' in rest) for (const tx of rest.txs) this.#onHandover(tx, this.#peer)
  }

  id = () => this.#peer.id()
  peerId = () => this.#peer.peerId()
  stack = () => this.#peer.stack()
  isRunning = () => this.#peer.isRunning()
  quit = () => this.#peer.quit()
  get = (key: string) => this.#peer.get(key)
  set = (key: string, value: unknown) => this.#peer.set(key, value)
  flushStop = () => this.#peer.flushStop()
  closeConn = () => this.#peer.closeConn()
  isOutbound = () => this.#peer.isOutbound()
  isPersistent = () => this.#peer.isPersistent()
  nodeInfo = () => this.#peer.nodeInfo()
  status = () => this.#peer.status()
  socketAddr = () => this.#peer.socketAddr()
  remoteIP = () => this.#peer.remoteIP()
}
