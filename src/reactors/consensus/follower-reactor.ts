/**
 * The consensus reactor of a node that follows a chain without voting (switch name CONSENSUS, channels 0x20 to 0x23): it says how far we are and
 * remembers how far each peer is. Without it a Go node passes no transaction and no evidence on to us (spec/lp2p.md section 8), and it must accept
 * all four channels: a Go node that believes us at its height spins on a channel it cannot send to (consensus/reactor.go gossipDataRoutine).
 *
 * It has no `switchToConsensus` on purpose: block sync hands the chain over to a reactor that has one and ends, and a follower could not take it.
 */
import { describe, InvalidOptionError, ProtocolViolationError } from '../../errors.ts'
import type { ChannelDescriptor } from '../../interface/channel.ts'
import type { Clock } from '../../interface/clock.ts'
import type { Envelope } from '../../interface/envelope.ts'
import type { Peer } from '../../interface/peer.ts'
import type { StopReason } from '../../interface/stop-reason.ts'
import { assertMethods, assertNames, assertObject, CLOCK_METHODS, namesOf } from '../../util/check.ts'
import { systemClock } from '../../util/clock.ts'
import type { ConsensusMessage } from '../../wire/consensus-message.ts'
import { BaseReactor } from '../base-reactor.ts'
import { consensusChannels, STATE_CHANNEL } from './channels.ts'
import { HeightAnnouncer } from './height-announcer.ts'
import { checkAgainstInitialHeight, checkNewRoundStep, type NewRoundStep, STEP_NEW_HEIGHT } from './new-round-step.ts'
import { PEER_STATE_KEY, PeerState } from './peer-state.ts'

export interface FollowerReactorOptions {
  /** The height of the chain's first block (genesis). @default 1n */
  initialHeight?: bigint
  /** The last block we have already; left out, none. */
  height?: bigint
  /** The least time between two announcements to one peer, ms. @default {@link followerDefaults.announceIntervalMs} */
  announceIntervalMs?: number
  clock?: Clock
}

/** What we look for in the reactor BLOCKSYNC: whoever syncs may want to know of new blocks at once. */
interface PeerHeightListener {
  /** The peer has said that it works on `height`, for the first time. */
  onPeerHeight?(peer: Peer, height: bigint): void
}

/** announceIntervalMs, ours: below any chain's block time, or a Go node takes us for a block further behind than we are and passes no transaction on. */
export const followerDefaults = Object.freeze({ initialHeight: 1n, announceIntervalMs: 50 })

const NAMES = namesOf<FollowerReactorOptions>({
  initialHeight: true,
  height: true,
  announceIntervalMs: true,
  clock: true
})

export class FollowerReactor extends BaseReactor {
  readonly #initialHeight: bigint
  readonly #announceIntervalMs: number
  readonly #clock: Clock
  /** One per connected peer that has been added. */
  readonly #announcers = new Map<Peer, HeightAnnouncer>()
  // what changes
  #height: bigint
  #heightSince: number

  constructor(options: FollowerReactorOptions = {}) {
    super('CONSENSUS')
    assertObject('options', options)
    assertNames('', options, NAMES)
    const { initialHeight = followerDefaults.initialHeight } = options
    if (typeof initialHeight !== 'bigint' || initialHeight < 1n)
      throw new InvalidOptionError('initialHeight', initialHeight, 'a bigint of at least 1n')
    const { announceIntervalMs = followerDefaults.announceIntervalMs } = options
    if (!Number.isFinite(announceIntervalMs) || announceIntervalMs < 0)
      throw new InvalidOptionError('announceIntervalMs', announceIntervalMs, 'milliseconds, 0 or more')
    this.#initialHeight = initialHeight
    this.#announceIntervalMs = announceIntervalMs
    this.#clock = options.clock ?? systemClock
    assertMethods('clock', this.#clock, CLOCK_METHODS)
    this.#height = this.#checkHeight(options.height ?? initialHeight - 1n)
    this.#heightSince = this.#clock.now()
  }

  /** The last block we have; `initialHeight - 1n` for none. */
  height(): bigint {
    return this.#height
  }

  /**
   * To be called by whoever syncs, with the height of the last block it has: peers then hear that we work on the next one. A height not above the
   * present one changes nothing, as peers ignore it.
   */
  setHeight(height: bigint): void {
    if (this.#checkHeight(height) <= this.#height) return
    this.#height = height
    this.#heightSince = this.#clock.now()
    for (const announcer of this.#announcers.values()) announcer.poke()
  }

  // ---- for the switch ----

  override getChannels(): ChannelDescriptor[] {
    return consensusChannels()
  }

  override initPeer(peer: Peer): Peer {
    peer.set(PEER_STATE_KEY, new PeerState())
    return peer
  }

  override addPeer(peer: Peer): void {
    if (!this.isRunning()) return
    const announcer = new HeightAnnouncer(peer, () => this.#step(), this.#clock, this.#announceIntervalMs)
    this.#announcers.set(peer, announcer)
    announcer.poke()
  }

  override async removePeer(peer: Peer): Promise<void> {
    const announcer = this.#announcers.get(peer)
    this.#announcers.delete(peer)
    await announcer?.stop()
  }

  override async onStop(): Promise<void> {
    const announcers = [...this.#announcers.values()]
    this.#announcers.clear()
    await Promise.all(announcers.map((announcer) => announcer.stop()))
  }

  /** A message with no member at all is no newer version's either: Go drops its sender too. Members we do not know decode to `unknown`. */
  filterMsgBytes(channelId: number, _src: Peer, bytes: Uint8Array): Error | undefined {
    if (bytes.length > 0) return undefined
    return new ProtocolViolationError(`consensus message on 0x${channelId.toString(16)}: empty`)
  }

  /** NewRoundStep is checked on every channel and used on 0x20 alone, as in Go; everything else is for those who vote. */
  override receive({ src, channelId, message }: Envelope): void {
    const step = message as ConsensusMessage
    if (src === undefined || step.type !== 'newRoundStep') return
    const wrong =
      checkNewRoundStep(step) ??
      (channelId === STATE_CHANNEL ? checkAgainstInitialHeight(step, this.#initialHeight) : undefined)
    if (wrong !== undefined) this.#stopForProtocol(src, channelId, `NewRoundStep: ${wrong}`)
    else if (channelId === STATE_CHANNEL) {
      const state = src.get(PEER_STATE_KEY)
      if (state instanceof PeerState) this.#apply(src, state, step)
    }
  }

  // ---- inside ----

  #apply(peer: Peer, state: PeerState, step: NewRoundStep): void {
    const before = state.getHeight()
    if (!state.apply(step) || step.height === before) return
    const blocksync = this.switch.reactor('BLOCKSYNC') as PeerHeightListener | undefined
    blocksync?.onPeerHeight?.(peer, step.height)
  }

  #step(): NewRoundStep {
    const height = this.#height + 1n
    return {
      type: 'newRoundStep',
      height,
      round: 0,
      step: STEP_NEW_HEIGHT,
      secondsSinceStartTime: BigInt(Math.floor((this.#clock.now() - this.#heightSince) / 1000)),
      lastCommitRound: height === this.#initialHeight ? -1 : 0
    }
  }

  #checkHeight(height: bigint): bigint {
    if (typeof height !== 'bigint' || height < this.#initialHeight - 1n)
      throw new InvalidOptionError('height', height, `a bigint of at least ${describe(this.#initialHeight - 1n)}`)
    return height
  }

  #stopForProtocol(peer: Peer, channelId: number, message: string): void {
    const reason: StopReason = { kind: 'protocol', message, channelId }
    void this.switch.stopPeerForError(peer, reason).catch((err) => {
      this.switch.logger.error('stopping a peer failed', { peer: peer.id(), err })
    })
  }
}
