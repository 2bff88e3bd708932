/**
 * The block sync reactor (blocksync/reactor.go, spec reactors-and-messages section 8): serves blocks from a store, and, given a genesis, downloads and
 * proves those it lacks and goes on with the new ones. Unlike Go's it does not end once it has caught up, unless there is a consensus reactor to take over:
 * a node without one follows the chain this way.
 *
 * A Go node on libp2p that still holds our connection of before a restart answers nothing (spec lp2p section 8). So a peer that leaves a StatusRequest
 * unanswered for 3 s and sends nothing at all is reset: where its Peer has a method `resetRemote()`, which sends what makes Go drop its side, that is called,
 * then the peer is stopped with `communication`, and the dialer dials again. Own nodes have no such method and are left alone.
 */
import { ChainDataError } from '../../chain/errors.ts'
import { dataHashInTurns, TXS_PER_TURN } from '../../chain/hash.ts'
import { validateExtendedCommit } from '../../chain/validate-basic.ts'
import { validateBlock } from '../../chain/validate-block.ts'
import type { ValidatorSet } from '../../chain/validator-set.ts'
import { MAX_VALIDATORS } from '../../chain/validator-set.ts'
import { ProtocolViolationError } from '../../errors.ts'
import type { ChannelDescriptor } from '../../interface/channel.ts'
import type { Clock, TimerHandle } from '../../interface/clock.ts'
import type { Envelope } from '../../interface/envelope.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'
import type { StopReason } from '../../interface/stop-reason.ts'
import { withDeadline } from '../../util/deadline.ts'
import type { Block, BlockID, BlocksyncMessage, Timestamp } from '../../wire/codec.ts'
import { BaseReactor } from '../base-reactor.ts'
import { BlockServer } from './block-server.ts'
import type { BlockStore } from './block-store.ts'
import type { SyncRoot } from './chain-verifier.ts'
import { BLOCKSYNC_CHANNEL, blocksyncChannel, type ReceivedBlockResponse } from './channels.ts'
import { type BlocksyncOptions, checkOptions, checkStoredTrust } from './options.ts'
import { scanBlocksyncMessage } from './response-scan.ts'
import { StatusPoll } from './status-poll.ts'
import { type SyncCallbacks, SyncSession, type SyncStatus } from './sync-session.ts'

/** What consensus needs to go on after the last synced block (`switchToConsensus(state, skipWal)`). */
export interface SyncedState {
  readonly chainId: string
  readonly initialHeight: bigint
  /** 0 before the first block; the fields below are then absent. */
  readonly lastBlockHeight: bigint
  readonly lastBlockId?: BlockID
  readonly lastBlockTime?: Timestamp
  /** Who decides on the next height. */
  readonly validators?: ValidatorSet
  /** Who decided on the last. */
  readonly lastValidators?: ValidatorSet
}

/** `serving`: no genesis was given, or consensus has taken over. */
export type BlocksyncStatus = Omit<SyncStatus, 'state'> & { state: SyncStatus['state'] | 'serving'; base: bigint }

/** blocksync/reactor.go intervalStatusUpdate; when all is synced we ask as adaptive sync does, because Go tells new heights only when asked; with a consensus reactor `onPeerHeight` is sooner. */
const STATUS_INTERVAL_MS = 10_000
const FOLLOWING_STATUS_INTERVAL_MS = 1_000
/** Ours: time-outs of the pool have a resolution of seconds. */
const TICK_MS = 500
/** Ours: how long `resetRemote` may take. */
const RESET_TIMEOUT_MS = 3_000
/** What a decoded transaction takes beside its bytes: measured at 360 a view. */
const HELD_BYTES_PER_TX = 400
/** Ours: how long `stop` waits for the user's `onBlock`. */
const STOP_WAIT_MS = 5_000

/**
 * Block sync as a reactor: add it as `BLOCKSYNC`. Without an application these are not verified, only that more than two thirds of the validators
 * agreed on them: app_hash, results, consensus parameters, app version, evidence, median time.
 */
export class BlocksyncReactor extends BaseReactor {
  readonly #options: BlocksyncOptions
  readonly #store: BlockStore
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #server: BlockServer
  readonly #trusted: SyncRoot['trusted']
  readonly #peers = new Map<NodeId, Peer>()
  readonly #poll: StatusPoll
  #session: SyncSession | undefined
  /** Blocks we asked for may still come after the session ended. */
  #synced = false
  /** Where it stood when it was stopped. */
  #last: SyncStatus | undefined
  #timer: TimerHandle

  /** `InvalidOptionError` for options that cannot work. */
  constructor(options: BlocksyncOptions) {
    super('BLOCKSYNC')
    const { store, root, verifier, clock, logger } = checkOptions(options)
    this.#options = options
    this.#store = store
    this.#clock = clock
    this.#logger = logger
    this.#server = new BlockServer(store, clock, logger)
    this.#poll = new StatusPoll(clock, (peer) => this.#onSilent(peer))
    this.#trusted = root?.trusted
    if (root === undefined) return
    const { validatorSource, limits } = options
    this.#session = new SyncSession({
      root,
      store,
      verifier,
      clock,
      logger,
      ...(validatorSource === undefined ? {} : { validatorSource }),
      ...(limits === undefined ? {} : { limits }),
      callbacks: { ...callbacksOf(options), onCaughtUp: (status) => this.#onCaughtUp(root.initialHeight, status) },
      request: (peerId, height) => this.#trySend(this.#peers.get(peerId), { type: 'blockRequest', height }),
      stopPeer: (peerId, reason) => this.#stopPeer(this.#peers.get(peerId), reason)
    })
  }

  /** Where it stands. */
  status(): BlocksyncStatus {
    const base = this.#store.base()
    const last = this.#session?.status() ?? this.#last
    if (last !== undefined) return { ...last, base }
    const height = this.#store.height()
    return { state: 'serving', base, height, target: height, peers: 0, blocksPerSecond: 0, etaMs: 0, blocks: 0 }
  }

  /**
   * For the consensus reactor, which finds us as `BLOCKSYNC`: a peer works on `height`, so it has the block below. A peer that we follow is asked for its
   * status then, at once, instead of within a second: Go passes a transaction on only to who is at most one block behind. No more than asked: a height in
   * consensus is not in the peer's store for certain, and a range raised on that ground would cost an honest peer its place in the pool.
   */
  onPeerHeight(peer: Peer, height: bigint): void {
    const state = this.#session?.status().state
    if ((state !== 'following' && state !== 'waiting') || this.#peers.get(peer.id()) !== peer) return
    if (this.#poll.news(peer, height - 1n)) this.#askStatus(peer)
  }

  override async onStart(): Promise<void> {
    if (this.#trusted !== undefined) await checkStoredTrust(this.#store, this.#trusted)
    this.#session?.start()
    if (this.#session !== undefined) this.#tick()
  }

  override async onStop(): Promise<void> {
    this.#clock.clearTimeout(this.#timer)
    const session = this.#session
    await this.#endSession()
    this.#last = session?.status()
  }

  override getChannels(): ChannelDescriptor[] {
    return [blocksyncChannel]
  }

  override initPeer(peer: Peer): Peer {
    this.#peers.set(peer.id(), peer)
    return peer
  }

  override addPeer(peer: Peer): void {
    this.#sendStatus(peer)
    if (this.#session !== undefined) this.#askStatus(peer)
  }

  override removePeer(peer: Peer): void {
    if (this.#peers.get(peer.id()) === peer) this.#peers.delete(peer.id())
    this.#poll.remove(peer)
    this.#session?.removePeer(peer.id())
  }

  /** Before a message is decoded: an unexpected or overlarge block costs its sender the connection, and us nothing. */
  filterMsgBytes(channelId: number, src: Peer, bytes: Uint8Array): Error | undefined {
    if (channelId !== BLOCKSYNC_CHANNEL || bytes.length === 0) return undefined
    const scan = scanBlocksyncMessage(bytes)
    if (scan === undefined) return new ProtocolViolationError('block sync: malformed message')
    if (!scan.isBlockResponse) return undefined
    if (this.#session === undefined && !this.#synced)
      return new ProtocolViolationError('block sync: a block, but we never ask for any')
    if (this.#session !== undefined && !this.#session.expects(src.id()))
      return new ProtocolViolationError('block sync: a block that was not asked for')
    const signatures = Math.max(scan.commitSignatures, scan.extendedSignatures)
    if (signatures <= MAX_VALIDATORS) return undefined
    return new ProtocolViolationError(
      `block sync: a block with ${signatures} signatures, at most ${MAX_VALIDATORS} fit`
    )
  }

  override receive({ src, message }: Envelope): void | Promise<void> {
    if (src === undefined) return
    this.#poll.heard(src)
    try {
      return this.#handle(src, message as BlocksyncMessage)?.catch((err) => this.#onBadData(src, err))
    } catch (err) {
      this.#onBadData(src, err)
    }
  }

  #onBadData(src: Peer, err: unknown): void {
    if (!(err instanceof ChainDataError)) throw err
    this.#session?.banPeer(src.id())
    this.#stopPeer(src, { kind: 'misbehaviour', message: `block sync: ${err.message}`, cause: err })
  }

  #handle(src: Peer, message: BlocksyncMessage): void | Promise<void> {
    switch (message.type) {
      case 'blockRequest':
        mustBeHeight(message.height, 'blockRequest.height')
        this.#server.request(src, message.height)
        break
      case 'noBlockResponse':
        mustBeHeight(message.height, 'noBlockResponse.height')
        this.#session?.noBlock(src.id(), message.height)
        break
      case 'statusRequest':
        this.#sendStatus(src)
        break
      case 'statusResponse':
        mustBeHeight(message.base, 'statusResponse.base')
        if (message.base > message.height)
          throw new ChainDataError('statusResponse.base', `${message.base} is above height ${message.height}`)
        if (this.#session === undefined) break
        this.#session.peerStatus(src.id(), message.base, message.height)
        if (this.#poll.answered(src, message.height)) this.#askStatus(src)
        break
      case 'blockResponse':
        return this.#onBlockResponse(src, message)
      default:
      // from a newer version: not for us
    }
  }

  #onBlockResponse(src: Peer, response: ReceivedBlockResponse): void | Promise<void> {
    if (this.#session === undefined) return
    if (response.block === undefined) throw new ChainDataError('blockResponse.block', 'is missing')
    const { txs } = response.block.data
    if (txs.length <= TXS_PER_TURN) return this.#onBlock(src, response.block, response)
    return dataHashInTurns(txs).then((hash) => this.#onBlock(src, response.block!, response, hash))
  }

  #onBlock(src: Peer, block: Block, { extCommit, wireBytes = 0 }: ReceivedBlockResponse, txsHash?: Uint8Array): void {
    const session = this.#session
    // one that left meanwhile is owed nothing, and owes nothing
    if (session === undefined || (txsHash !== undefined && !src.isRunning())) return
    validateBlock(block, 'block', txsHash)
    if (extCommit !== undefined) {
      validateExtendedCommit(extCommit)
      if (extCommit.height !== block.header.height)
        throw new ChainDataError('extCommit.height', `is ${extCommit.height}, the block's is ${block.header.height}`)
    }
    const candidate = extCommit === undefined ? { block } : { block, extCommit }
    if (session.block(src.id(), candidate, wireBytes, wireBytes + HELD_BYTES_PER_TX * block.data.txs.length)) return
    throw new ChainDataError('blockResponse.block', `height ${block.header.height} was not asked of this peer`)
  }

  #sendStatus(peer: Peer): void {
    this.#trySend(peer, { type: 'statusResponse', height: this.#store.height(), base: this.#store.base() })
  }

  #askStatus(peer: Peer): void {
    if (this.#trySend(peer, { type: 'statusRequest' })) this.#poll.asked(peer)
  }

  #trySend(peer: Peer | undefined, message: BlocksyncMessage): boolean {
    return peer?.trySend({ channelId: BLOCKSYNC_CHANNEL, message }) ?? false
  }

  #stopPeer(peer: Peer | undefined, reason: StopReason): void {
    if (peer === undefined) return
    this.switch.stopPeerForError(peer, reason).catch((err) => this.#logger.error('cannot stop a peer', { err }))
  }

  #tick(): void {
    const session = this.#session
    if (session === undefined || !this.isRunning()) return
    const following = session.status().state === 'following'
    const interval = following ? FOLLOWING_STATUS_INTERVAL_MS : STATUS_INTERVAL_MS
    for (const peer of this.#peers.values()) {
      if (session.expects(peer.id())) session.noteWireBytes(peer.id(), peer.status().receivedBytes)
      if (peer.isRunning() && this.#poll.due(peer, interval)) this.#askStatus(peer)
    }
    this.#poll.check()
    session.tick()
    this.#timer = this.#clock.setTimeout(() => this.#tick(), TICK_MS)
  }

  #onSilent(peer: Peer): void {
    if (!this.isRunning() || !peer.isRunning()) return
    this.#logger.info('a peer answers nothing', { peer: peer.id() })
    this.#resetSilent(peer).catch((err) => this.#logger.warn('cannot reset a silent peer', { peer: peer.id(), err }))
  }

  async #resetSilent(peer: Peer): Promise<void> {
    if (this.#options.onSilentPeer !== undefined) return this.#options.onSilentPeer(peer)
    if (peer.resetRemote === undefined) return
    try {
      await withDeadline(peer.resetRemote(), this.#clock, RESET_TIMEOUT_MS, 'resetRemote')
    } finally {
      this.#stopPeer(peer, {
        kind: 'communication',
        transient: true,
        message: 'block sync: the peer answers nothing'
      })
    }
  }

  #onCaughtUp(initialHeight: bigint, status: SyncStatus): void {
    this.#options.onCaughtUp?.(status)
    const mempool = this.switch.reactor('MEMPOOL') as { enableInOutTxs?(): void } | undefined
    mempool?.enableInOutTxs?.()
    const consensus = this.switch.reactor('CONSENSUS') as
      | { switchToConsensus?(state: SyncedState, skipWal: boolean): void | Promise<void> }
      | undefined
    if (consensus?.switchToConsensus === undefined) return
    const state = this.#syncedState(initialHeight)
    this.#endSession()
      .then(() => consensus.switchToConsensus?.(state, status.blocks > 0))
      .catch((err) => this.#logger.error('consensus did not take over', { err }))
  }

  #syncedState(initialHeight: bigint): SyncedState {
    const { head, validators, chainId } = this.#session!.chain
    if (head === undefined)
      return { chainId, initialHeight, lastBlockHeight: 0n, ...(validators === undefined ? {} : { validators }) }
    return {
      chainId,
      initialHeight,
      lastBlockHeight: head.height,
      lastBlockId: head.blockId,
      lastBlockTime: head.time,
      ...(head.validators === undefined ? {} : { validators: head.validators }),
      ...(head.lastValidators === undefined ? {} : { lastValidators: head.lastValidators })
    }
  }

  async #endSession(): Promise<void> {
    const session = this.#session
    if (session === undefined) return
    this.#session = undefined
    this.#synced = true
    await withDeadline(session.stop(), this.#clock, STOP_WAIT_MS, 'onBlock').catch((err) =>
      this.#logger.warn('block sync did not end in time', { err })
    )
  }
}

/** The user's callbacks alone. */
function callbacksOf({ onBlock, onHeight, onProgress }: BlocksyncOptions): SyncCallbacks {
  return {
    ...(onBlock === undefined ? {} : { onBlock }),
    ...(onHeight === undefined ? {} : { onHeight }),
    ...(onProgress === undefined ? {} : { onProgress })
  }
}

function mustBeHeight(height: bigint, field: string): void {
  if (height < 0n) throw new ChainDataError(field, `is negative: ${height}`)
}
