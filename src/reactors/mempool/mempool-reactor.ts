/**
 * The reactor that spreads transactions (mempool/reactor.go; switch name MEMPOOL, channel 0x30): what peers send goes into a {@link Mempool}, and
 * what is in it goes out to every peer that did not send it. Usable on its own: with no consensus reactor beside it, it gossips at once.
 */
import { InvalidOptionError } from '../../errors.ts'
import type { ChannelDescriptor } from '../../interface/channel.ts'
import type { Clock } from '../../interface/clock.ts'
import type { Envelope } from '../../interface/envelope.ts'
import type { Logger } from '../../interface/logger.ts'
import type { Peer } from '../../interface/peer.ts'
import type { StopReason } from '../../interface/stop-reason.ts'
import { assertMethods, assertNames, CLOCK_METHODS, LOGGER_METHODS } from '../../util/check.ts'
import { systemClock } from '../../util/clock.ts'
import { macrotask } from '../../util/macrotask.ts'
import { pause } from '../../util/pause.ts'
import type { MempoolMessage } from '../../wire/channel-messages.ts'
import { BaseReactor } from '../base-reactor.ts'
import { MEMPOOL_CHANNEL, mempoolChannel } from './channels.ts'
import { Mempool } from './mempool.ts'
import { type MempoolOptions, mempoolDefaults, type TxResult } from './mempool-options.ts'
import type { TxItem, TxIterationOptions, TxListener } from './tx-feed.ts'
import { TxGossip } from './tx-gossip.ts'
import { checkTxsBytes } from './txs-filter.ts'

export interface MempoolReactorOptions extends MempoolOptions {
  /** A pool of your own, which the reactor then does not close; the options of a pool are then not allowed here. */
  mempool?: Mempool
  /** False: take transactions, pass none on. @default true */
  broadcast?: boolean
  /** Ignore and send nothing until `enableInOutTxs()`: for nodes that sync first. @default false */
  startsDisabled?: boolean
  /** The most that transactions already waiting may take together in one message, bytes; 0: one a message, as Go. @default {@link mempoolReactorDefaults.gossipBatchBytes} */
  gossipBatchBytes?: number
  /** The most that all transactions of one message may have, bytes, where that is more than `maxTxBytes` (Go's max_batch_bytes). @default 0 */
  maxBatchBytes?: number
}

export const mempoolReactorDefaults = Object.freeze({
  /** Ours; see tx-gossip.ts. Small enough not to hold up other channels, large enough that a message's cost no longer shows. */
  gossipBatchBytes: 65_536,
  maxBatchBytes: 0
})

/** How long a message may wait for room among its sender's unchecked transactions; what then does not fit is dropped. Below every callback timeout. */
const ROOM_WAIT_MS = 10_000
/** A message of very many transactions lets others run after this long. */
const YIELD_AFTER_MS = 5
const POOL_OPTIONS = [...Object.keys(mempoolDefaults), 'checkTx']
const NAMES = [
  ...POOL_OPTIONS,
  'clock',
  'logger',
  'mempool',
  'broadcast',
  'startsDisabled',
  ...Object.keys(mempoolReactorDefaults)
]

export class MempoolReactor extends BaseReactor {
  /** The pool behind it: what a consensus reactor reaps and updates. */
  readonly mempool: Mempool
  readonly #ownsPool: boolean
  readonly #clock: Clock
  readonly #broadcast: boolean
  readonly #gossipBatchBytes: number
  readonly #maxBatchBytes: number
  /** One per connected peer that has been added, while enabled. */
  readonly #gossips = new Map<Peer, { readonly gossip: TxGossip; readonly done: Promise<void> }>()
  /** Added while disabled. */
  readonly #idle = new Set<Peer>()
  #enabled: boolean

  constructor(options: MempoolReactorOptions = {}) {
    super('MEMPOOL')
    assertReactorOptions(options)
    if (options.clock !== undefined) assertMethods('clock', options.clock, CLOCK_METHODS)
    if (options.logger !== undefined) assertMethods('logger', options.logger, LOGGER_METHODS)
    this.#ownsPool = options.mempool === undefined
    this.mempool = options.mempool ?? new Mempool({ logger: this.#switchLogger(), ...options })
    this.#clock = options.clock ?? systemClock
    this.#broadcast = options.broadcast ?? true
    this.#enabled = options.startsDisabled !== true
    this.#gossipBatchBytes = options.gossipBatchBytes ?? mempoolReactorDefaults.gossipBatchBytes
    this.#maxBatchBytes = options.maxBatchBytes ?? mempoolReactorDefaults.maxBatchBytes
  }

  // ---- for users ----

  /**
   * Offers a transaction of this node's own; works before the switch started and while disabled, it is then passed on later. The promise rejects
   * only for what is no transaction at all (`InvalidOptionError`).
   */
  async submit(tx: Uint8Array): Promise<TxResult> {
    if (!(tx instanceof Uint8Array)) throw new InvalidOptionError('tx', tx, 'a Uint8Array')
    return await this.mempool.add(tx)
  }

  /** Calls `listener` for each transaction as it enters the pool, whoever it came from; returns what ends that. */
  onTx(listener: TxListener): () => void {
    return this.mempool.onTx(listener)
  }

  /** The same as async iteration: `for await (const { tx } of reactor.transactions({ signal }))`. A slow reader misses some and is told so. */
  transactions(options?: TxIterationOptions): AsyncIterableIterator<TxItem> {
    return this.mempool.transactions(options)
  }

  /** Called by block sync once it has caught up: transactions go in and out from now on. */
  enableInOutTxs(): void {
    if (this.#enabled) return
    this.#enabled = true
    for (const peer of this.#idle) this.#startGossip(peer)
    this.#idle.clear()
  }

  /** True until `enableInOutTxs` where `startsDisabled` was set. */
  waitSync(): boolean {
    return !this.#enabled
  }

  // ---- for the switch ----

  override getChannels(): ChannelDescriptor[] {
    return [mempoolChannel(this.mempool.maxTxBytes, this.#maxBatchBytes)]
  }

  override addPeer(peer: Peer): void {
    if (!this.#broadcast || !this.isRunning()) return
    if (this.#enabled) this.#startGossip(peer)
    else this.#idle.add(peer)
  }

  override async removePeer(peer: Peer): Promise<void> {
    this.#idle.delete(peer)
    const running = this.#gossips.get(peer)
    this.#gossips.delete(peer)
    this.mempool.forgetPeer(peer.id())
    running?.gossip.stop()
    await running?.done
  }

  override async onStop(): Promise<void> {
    this.#idle.clear()
    const running = [...this.#gossips.values()]
    this.#gossips.clear()
    for (const { gossip } of running) gossip.stop()
    if (this.#ownsPool) this.mempool.close()
    await Promise.all(running.map(({ done }) => done))
  }

  /** Section 9 of the spec: a message that no honest node sends costs its sender the connection, before anything is decoded. */
  filterMsgBytes(channelId: number, _src: Peer, bytes: Uint8Array): Error | undefined {
    if (channelId !== MEMPOOL_CHANNEL) return undefined
    return checkTxsBytes(bytes, { maxTxBytes: this.mempool.maxTxBytes, maxBatchBytes: this.#maxBatchBytes })
  }

  /** Returns nothing where nothing has to wait, so that the quick case costs no turn of the event loop. */
  override receive({ src, message }: Envelope): void | Promise<void> {
    const { type, ...rest } = message as MempoolMessage
    if (src === undefined || type === 'unknown') return
    if (!('txs' in rest)) return this.#stopForProtocol(src, `a mempool message of type ${String(type)}`)
    if (!this.#enabled || !this.isRunning()) return
    return this.#take(rest.txs, 0, src)
  }

  // ---- inside ----

  /** Verdicts are nobody's business here: whatever becomes of a transaction, its sender is not punished. */
  #take(txs: readonly Uint8Array[], from: number, src: Peer): void | Promise<void> {
    const id = src.id()
    const yieldAt = this.#clock.now() + YIELD_AFTER_MS
    for (let i = from; i < txs.length; i++) {
      if (!this.mempool.hasRoom(id)) return this.#takeLater(txs, i, src, (until) => this.mempool.room(until, id))
      // every 16th: reading the clock costs as much as a short transaction's hash
      if (i % 16 === 15 && this.#clock.now() > yieldAt)
        return this.#takeLater(txs, i, src, () => new Promise<true>((resolve) => macrotask(() => resolve(true))))
      void this.mempool.add(txs[i] as Uint8Array, id)
    }
  }

  async #takeLater(
    txs: readonly Uint8Array[],
    from: number,
    src: Peer,
    ready: (until: AbortSignal) => Promise<boolean>
  ): Promise<void> {
    const waited = new AbortController()
    const quit = src.quit()
    const onQuit = () => waited.abort()
    quit.addEventListener('abort', onQuit, { once: true })
    const settled = new AbortController()
    void pause(this.#clock, ROOM_WAIT_MS, settled.signal).then(onQuit)
    try {
      const room = await ready(waited.signal)
      // the peer may be gone: nothing of it may be remembered after removePeer
      if (!room || !src.isRunning()) return
    } finally {
      settled.abort()
      quit.removeEventListener('abort', onQuit)
    }
    await this.#take(txs, from, src)
  }

  #startGossip(peer: Peer): void {
    // a peer that does not serve the channel; where what it serves is not known, sending will tell
    const { channels } = peer.nodeInfo()
    if (channels.length > 0 && !channels.includes(MEMPOOL_CHANNEL)) return
    const gossip = new TxGossip({ pool: this.mempool, peer, clock: this.#clock }, this.#gossipBatchBytes)
    const done = gossip.run().catch((err) => {
      this.switch.logger.error('passing transactions on to a peer failed', { peer: peer.id(), err })
    })
    this.#gossips.set(peer, { gossip, done })
  }

  #stopForProtocol(peer: Peer, message: string): void {
    const reason: StopReason = { kind: 'protocol', message, channelId: MEMPOOL_CHANNEL }
    void this.switch.stopPeerForError(peer, reason).catch((err) => {
      this.switch.logger.error('stopping a peer failed', { peer: peer.id(), err })
    })
  }

  /** The switch's logger, asked for at each line: there is no switch yet when the pool is made. */
  #switchLogger(): Logger {
    const logger = (): Logger => this.switch.logger
    return {
      debug: (message, fields) => logger().debug(message, fields),
      info: (message, fields) => logger().info(message, fields),
      warn: (message, fields) => logger().warn(message, fields),
      error: (message, fields) => logger().error(message, fields),
      child: (fields) => logger().child(fields)
    }
  }
}

function assertReactorOptions(options: MempoolReactorOptions): void {
  if (typeof options !== 'object' || options === null) throw new InvalidOptionError('options', options, 'an object')
  assertNames('', options, NAMES)
  for (const field of ['broadcast', 'startsDisabled'] as const)
    if (options[field] !== undefined && typeof options[field] !== 'boolean')
      throw new InvalidOptionError(field, options[field], 'a boolean')
  for (const field of ['gossipBatchBytes', 'maxBatchBytes'] as const) {
    const value = options[field]
    if (value !== undefined && (!Number.isSafeInteger(value) || value < 0))
      throw new InvalidOptionError(field, value, 'a number of bytes, 0 or more')
  }
  if (options.mempool === undefined) return
  if (!(options.mempool instanceof Mempool)) throw new InvalidOptionError('mempool', options.mempool, 'a Mempool')
  for (const field of POOL_OPTIONS)
    if (field in options)
      throw new InvalidOptionError(field, options[field as keyof MempoolReactorOptions], 'nothing beside `mempool`')
}
