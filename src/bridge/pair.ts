/**
 * One pair of a bridge: a node of the classic stack and one of libp2p, joined for as long as both last. Its life is one loop with one way round: dial the classic
 * half and hold what it says, make the lp2p half fresh, dial it, let both speak, and when anything ends drop both and begin again (spec/bridge.md, "Trap").
 *
 * The order matters. Go's consensus speaks first when it meets a peer, and what is lost then is never said again: so the half that loses messages which
 * nobody takes (lp2p) comes last, and the other's are held by not settling `receive`, which stops its link from reading when its bound is reached.
 */
import { parseNetAddress } from '../identity/net-address.ts'
import type { Clock } from '../interface/clock.ts'
import type { Logger } from '../interface/logger.ts'
import type { NodeId } from '../interface/node-info.ts'
import type { Peer } from '../interface/peer.ts'
import type { Switch } from '../interface/switch.ts'
import { withDeadline } from '../util/deadline.ts'
import { type Deferred, deferred } from '../util/deferred.ts'
import { pause } from '../util/pause.ts'
import { consensusMessage } from '../wire/consensus-message.ts'
import { bridgeChannels, STATE_CHANNEL } from './channels.ts'
import { type ChannelTraffic, Traffic } from './traffic.ts'
import { type HeightSeen, wedged } from './watchdog.ts'

/** A Go node that block-syncs leaves it after 1 s when its only peer is at height 0, so pairing is tried this often (spec/bridge.md). */
const RETRY_MS = 500
/** How long a half may take to be dialled, or to leave after its reset. Ours: dial, handshake and hello at their limits. */
const STEP_MS = 15_000
const WATCH_EVERY_MS = 1_000
/** HasProposalBlockPart of v1 as an envelope: a v0.x node cannot decode it and drops the peer (spec/bridge.md). */
const HAS_PROPOSAL_BLOCK_PART = 0x52
/** NewRoundStep as an envelope. */
const NEW_ROUND_STEP = 0x0a
/** The version that brought HasProposalBlockPart. */
const FIRST_VERSION_WITH_IT = 1

export type Side = 'classic' | 'lp2p'
export type PairState = 'dialing classic' | 'dialing lp2p' | 'relaying' | 'waiting' | 'stopped'

export interface HalfStatus {
  readonly address: string
  readonly id: NodeId
  readonly connected: boolean
  /** As it told last, undefined before. */
  readonly height: bigint | undefined
  /** What it sent and we relayed. */
  readonly sent: readonly ChannelTraffic[]
}

export interface PairStatus {
  readonly state: PairState
  /** Wall time of the last change of state, ms since 1970. */
  readonly since: number
  readonly classic: HalfStatus
  readonly lp2p: HalfStatus
  /** How often both halves were joined. */
  readonly pairings: number
  /** Why they were parted last. */
  readonly lastEnd: string | undefined
}

export interface PairComponents {
  readonly sw: Switch
  readonly clock: Clock
  readonly logger: Logger
}

class Half {
  readonly side: Side
  readonly address: string
  readonly id: NodeId
  readonly traffic = new Traffic(bridgeChannels.map(({ id }) => id))
  peer: Peer | undefined
  seen: HeightSeen | undefined

  constructor(side: Side, address: string) {
    this.side = side
    this.address = address
    this.id = parseNetAddress(address).id
  }

  /** May this be the peer that the dial under way will lead to? */
  awaits(peer: Peer): boolean {
    return this.peer === undefined && this.id === peer.id()
  }

  status(): HalfStatus {
    return {
      address: this.address,
      id: this.id,
      connected: this.peer?.isRunning() ?? false,
      height: this.seen?.height,
      sent: this.traffic.list()
    }
  }
}

export class Pair {
  readonly #components: PairComponents
  readonly #classic: Half
  readonly #lp2p: Half
  readonly #stop = new AbortController()
  #state: PairState = 'waiting'
  #since: number
  #pairings = 0
  #lastEnd: string | undefined
  /** Settles when the pairing under way relays (true) or comes to nothing (false). */
  #joined: Deferred<boolean> = deferred()
  /** Ends the pairing under way. */
  #over: Deferred<string> = deferred()

  constructor(components: PairComponents, addresses: { readonly classic: string; readonly lp2p: string }) {
    this.#components = components
    this.#classic = new Half('classic', addresses.classic)
    this.#lp2p = new Half('lp2p', addresses.lp2p)
    this.#since = components.clock.wall()
  }

  status(): PairStatus {
    return {
      state: this.#state,
      since: this.#since,
      classic: this.#classic.status(),
      lp2p: this.#lp2p.status(),
      pairings: this.#pairings,
      lastEnd: this.#lastEnd
    }
  }

  /** The pair's life. Settles after `stop`, when both halves are gone. Never rejects. */
  async run(): Promise<void> {
    const { clock, logger } = this.#components
    const { signal } = this.#stop
    while (!signal.aborted) {
      const why = await this.#once(signal).catch((err: unknown) => (err instanceof Error ? err.message : String(err)))
      this.#lastEnd = why
      if (signal.aborted) break
      logger.info('Bridge: pair ended', { classic: this.#classic.address, lp2p: this.#lp2p.address, why })
      this.#enter('waiting')
      await pause(clock, RETRY_MS, signal)
    }
    this.#enter('stopped')
  }

  stop(): void {
    this.#stop.abort(new Error('the bridge was stopped'))
    this.#over.resolve('the bridge was stopped')
  }

  /**
   * A message of some peer. False: not of this pair. A promise while it must wait: for the other half to be there, or to have room. What cannot be relayed
   * is counted, and the pair ends only with one of its halves.
   */
  relay(src: Peer, channelId: number, bytes: Uint8Array): boolean | Promise<boolean> {
    if (src === this.#classic.peer || src === this.#lp2p.peer) {
      if (this.#state === 'relaying') return this.#pass(src, channelId, bytes)
      return this.#held(src, channelId, bytes)
    }
    // it is added before its dial settles, and may speak at once
    const dialled = this.#state === 'dialing classic' ? this.#classic : this.#lp2p
    if (this.#state.startsWith('dialing') && dialled.awaits(src)) return this.#held(src, channelId, bytes)
    return false
  }

  async #held(src: Peer, channelId: number, bytes: Uint8Array): Promise<boolean> {
    if (!(await this.#joined.promise)) return false
    return src === this.#classic.peer || src === this.#lp2p.peer ? this.#pass(src, channelId, bytes) : false
  }

  #pass(src: Peer, channelId: number, bytes: Uint8Array): true | Promise<true> {
    const [from, to] = src === this.#classic.peer ? [this.#classic, this.#lp2p] : [this.#lp2p, this.#classic]
    if (channelId === STATE_CHANNEL && bytes[0] === NEW_ROUND_STEP) this.#note(from, bytes)
    const target = to.peer as Peer
    if (!readable(channelId, bytes, to.side, target)) {
      from.traffic.dropped(channelId)
      return true
    }
    const envelope = { channelId, message: bytes }
    if (target.trySend(envelope)) {
      from.traffic.relayed(channelId, bytes.byteLength)
      return true
    }
    return this.#passSlowly(from, target, channelId, bytes)
  }

  /** Waits for room for as long as the other half lasts: this is the backpressure from end to end. */
  async #passSlowly(from: Half, target: Peer, channelId: number, bytes: Uint8Array): Promise<true> {
    const served = target.nodeInfo().channels.includes(channelId)
    while (served && target.isRunning()) {
      if (!(await target.send({ channelId, message: bytes }))) continue
      from.traffic.relayed(channelId, bytes.byteLength)
      return true
    }
    from.traffic.dropped(channelId)
    return true
  }

  #note(half: Half, bytes: Uint8Array): void {
    try {
      const message = consensusMessage.decode(bytes)
      if (message.type === 'newRoundStep' && message.height !== half.seen?.height)
        half.seen = { height: message.height, since: this.#components.clock.now() }
    } catch {
      // the other half decides what comes of a message that cannot be read
    }
  }

  /** One pairing, up to its end. Resolves with why it ended; rejects when it came to none. */
  async #once(signal: AbortSignal): Promise<string> {
    this.#joined = deferred()
    this.#over = deferred()
    signal.throwIfAborted()
    try {
      this.#enter('dialing classic')
      this.#classic.peer = await this.#dial(this.#classic, signal)
      this.#enter('dialing lp2p')
      this.#lp2p.peer = await this.#fresh(signal)
      this.#classic.peer.quit().throwIfAborted()
      this.#enter('relaying')
      this.#pairings++
      this.#joined.resolve(true)
      return await this.#untilOver(this.#classic.peer, this.#lp2p.peer)
    } finally {
      await this.#part()
    }
  }

  async #dial(half: Half, signal: AbortSignal): Promise<Peer> {
    const { sw, clock } = this.#components
    return await withDeadline(
      sw.dialPeerWithAddress(half.address, { signal }),
      clock,
      STEP_MS,
      `dialling ${half.address}`
    )
  }

  /** The lp2p half without what Go remembers of an earlier connection of ours, which it does not know to be dead. */
  async #fresh(signal: AbortSignal): Promise<Peer> {
    const { clock } = this.#components
    const first = await this.#dial(this.#lp2p, signal)
    if (first.resetRemote === undefined) return first
    const gone = quitOf(first)
    await withDeadline(first.resetRemote(), clock, STEP_MS, 'making the lp2p half forget us')
    await withDeadline(gone, clock, STEP_MS, 'the lp2p half to leave')
    return await this.#dial(this.#lp2p, signal)
  }

  async #untilOver(classic: Peer, lp2p: Peer): Promise<string> {
    const { clock } = this.#components
    const done = new AbortController()
    const watch = async (): Promise<void> => {
      while (await pause(clock, WATCH_EVERY_MS, done.signal))
        if (wedged(this.#classic.seen, this.#lp2p.seen, clock.now()))
          this.#over.resolve('one half goes on while the other stands still')
    }
    const watching = watch()
    void quitOf(classic).then(() => this.#over.resolve('the classic half left'))
    void quitOf(lp2p).then(() => this.#over.resolve('the lp2p half left'))
    const why = await this.#over.promise
    done.abort()
    await watching
    return why
  }

  /** Both halves go together; settles when they are gone. */
  async #part(): Promise<void> {
    const { sw, logger } = this.#components
    this.#joined.resolve(false)
    const halves = [this.#classic, this.#lp2p]
    const peers = halves.map(({ peer }) => peer).filter((peer) => peer !== undefined)
    await Promise.all(
      peers.map((peer) =>
        sw.stopPeerGracefully(peer).catch((err: unknown) => logger.debug('Bridge: no such peer', { err }))
      )
    )
    for (const half of halves) {
      half.peer = undefined
      half.seen = undefined
    }
  }

  #enter(state: PairState): void {
    this.#state = state
    this.#since = this.#components.clock.wall()
  }
}

function quitOf(peer: Peer): Promise<void> {
  const quit = peer.quit()
  if (quit.aborted) return Promise.resolve()
  return new Promise((resolve) => quit.addEventListener('abort', () => resolve(), { once: true }))
}

/** Can that half read this message? */
function readable(channelId: number, bytes: Uint8Array, side: Side, target: Peer): boolean {
  if (channelId !== STATE_CHANNEL || bytes[0] !== HAS_PROPOSAL_BLOCK_PART) return true
  // lp2p came with v0.40 and tells no version
  return side === 'classic' && Number.parseInt(target.nodeInfo().version, 10) >= FIRST_VERSION_WITH_IT
}
