/**
 * A peer's life is one function with one way out (architecture.md, "A peer's life"; seed 003; requirements, D-1, D-2, D-5):
 *
 *   initPeer on every reactor -> routines start, into the set -> addPeer on every reactor -> ... -> stop(reason), once, whatever the cause
 *   -> routines stopped -> removePeer on every reactor that saw initPeer -> out of the set -> link closed, the id is free again
 *
 * `stop` only decides, synchronously; `run` walks the path, so no two steps of one peer ever overlap.
 */
import { PeerStoppedError } from '../errors.ts'
import type { Clock } from '../interface/clock.ts'
import type { Link, LinkSink } from '../interface/link.ts'
import type { Logger } from '../interface/logger.ts'
import type { NodeId } from '../interface/node-info.ts'
import type { Peer } from '../interface/peer.ts'
import type { Reactor } from '../interface/reactor.ts'
import type { StopReason } from '../interface/stop-reason.ts'
import { switchDefaults } from '../options.ts'
import { Outbox } from '../outbox/outbox.ts'
import { type Deferred, deferred } from '../util/deferred.ts'
import type { Channel, ChannelTable } from '../wire/channel-table.ts'
import { type CallbackName, type Outcome, reactorFailure, runCallback } from './callback.ts'
import { CallbackWatch } from './callback-watch.ts'
import { attempt, textOf } from './foreign.ts'
import { Inbox } from './inbox.ts'
import { SwitchPeer } from './peer.ts'
import type { MutablePeerSet } from './peer-set.ts'
import type { NamedReactor } from './reactor-table.ts'
import { isStopReason } from './stop-reasons.ts'
import { TrafficMeter } from './traffic-meter.ts'

/** How long flushStop waits for the remote to take what was accepted. Ours: as long as a reactor's callback may take. */
const FLUSH_TIMEOUT_MS = 30_000
/** Who takes longer to answer has no latency to speak of. Ours. */
const LATENCY_TIMEOUT_MS = 5_000
/** How long a stop waits for a callback that it may have been called from. Ours: long for a callback, short for who waits for itself. */
const STOP_GRACE_MS = 250

const BANNED: StopReason = { kind: 'refused', refusal: 'banned', message: 'banned while it was becoming a peer' }

export interface LifeComponents {
  readonly table: ChannelTable
  readonly reactors: readonly NamedReactor[]
  readonly set: MutablePeerSet
  readonly clock: Clock
  readonly logger: Logger
  /** All callbacks of the switch. */
  readonly callbacks: CallbackWatch
  isPersistent(id: NodeId): boolean
  isBanned(id: NodeId): boolean
  /** The peer is out of the set; its id is not free before its link has closed. What is returned is called then. */
  onRemoved(stop: Stop): () => void
  /** Every handle that reactors may come back with. False: it stands for another connection. */
  remember(handle: Peer, life: PeerLife): boolean
}

export interface LifeInit {
  readonly delivery: 'sender' | 'reactor'
  readonly callbackTimeoutMs: number
}

/** What ended a life, and who decided it. */
export interface Stop {
  readonly reason: unknown
  readonly by: 'us' | 'remote'
}

export class PeerLife {
  readonly link: Link
  /** Resolves when addPeer has run on every reactor, to the handle in the set; rejects with `PeerStoppedError` if it never comes to that. */
  readonly ready: Deferred<Peer> = deferred<Peer>()
  readonly #components: LifeComponents
  readonly #init: LifeInit
  readonly #logger: Logger
  readonly #peer: SwitchPeer
  readonly #outbox: Outbox
  readonly #inbox: Inbox
  readonly #meter: TrafficMeter
  /** The handle each reactor knows the peer by: `initPeer` may replace it for those after. In order of the calls. */
  readonly #seen = new Map<string, { readonly reactor: Reactor; readonly handle: Peer }>()
  readonly #stopped: Deferred<void> = deferred()
  readonly #removed: Deferred<void> = deferred()
  readonly #callbacks: CallbackWatch
  /** Clock ms. */
  readonly #since: number
  #stop: Stop | undefined
  #draining = false
  #latencyMs: number | undefined
  #closing: Promise<void> = Promise.resolve()

  constructor(components: LifeComponents, init: LifeInit, link: Link) {
    this.#components = components
    this.#init = init
    this.link = link
    this.#logger = components.logger.child({ peer: link.remoteId, stack: link.stack })
    const { table, clock } = components
    this.#since = clock.now()
    this.#callbacks = new CallbackWatch(clock, STOP_GRACE_MS, components.callbacks)
    this.#inbox = new Inbox(
      {
        table,
        clock,
        target: (channel) => this.#target(channel),
        consumed: (channelId, bytes) => link.consumed(channelId, bytes),
        fail: (reason) => this.stop(reason, reason.kind === 'reactor-failure' ? 'us' : 'remote')
      },
      { ...init, maxBytes: switchDefaults.receiveBufferBytes }
    )
    const channels = [...table.ids()].filter((id) => link.serves(id)).map((id) => table.get(id) as Channel)
    this.#outbox = new Outbox({ link, channels, clock }, switchDefaults)
    this.#meter = new TrafficMeter(link, clock)
    this.#peer = new SwitchPeer({
      link,
      outbox: this.#outbox,
      meter: this.#meter,
      table,
      clock,
      logger: this.#logger,
      control: {
        isPersistent: components.isPersistent,
        received: () => this.#inbox.counts(),
        receivedOn: (channelId) => this.#inbox.channelBytes(channelId),
        flushStop: () => this.#flushStop(),
        closeConn: () => this.#closeConn()
      }
    })
    components.remember(this.#peer, this)
    // nobody may be waiting
    this.ready.promise.catch(() => undefined)
  }

  /** How long ago it got its seat, ms. */
  get aliveMs(): number {
    return this.#components.clock.now() - this.#since
  }

  /** How long the link took to answer when the peer was new, ms; undefined: it has not. */
  get latencyMs(): number | undefined {
    return this.#latencyMs
  }

  /** Messages that reactors took from it. */
  get messages(): number {
    return this.#inbox.counts().messages
  }

  /** Every removePeer has run, and it is out of the set. */
  get removed(): boolean {
    return this.#removed.settled
  }

  get stopping(): boolean {
    return this.#stop !== undefined
  }

  /** The remote left in good order and what it sent before is still being handed over. */
  get draining(): boolean {
    return this.#draining
  }

  /** Decides the end: the first call wins, at once. No message is delivered and nothing is queued after it. */
  stop(reason: unknown, by: 'us' | 'remote' = 'us', flushed = false): void {
    if (this.#stop !== undefined) return
    this.#stop = { reason, by }
    const kind = isStopReason(reason) ? reason.kind : 'error'
    const gracefully = kind === 'graceful' || kind === 'shutdown'
    // what a remote says of its reasons is its own text: not at a level that is always on
    this.#logger.info(
      gracefully ? 'Stopping peer gracefully' : 'Stopping peer for error',
      by === 'us' ? { reason } : { kind, by }
    )
    if (by === 'remote') this.#logger.debug('Why the peer stopped', { reason })
    this.#peer.markStopped()
    this.#outbox.close()
    this.#inbox.close()
    this.#meter.stop()
    this.#closing = this.link.close(asStopReason(reason), flushed)
    this.#stopped.resolve()
  }

  /** Settles once every removePeer has run; awaited inside one of this peer's own callbacks, without waiting for that callback. */
  async settled(): Promise<void> {
    await this.#callbacks.settled(this.#removed.promise)
  }

  /** The whole life. Never rejects. Settles when the id may be initialised again. */
  async run(): Promise<void> {
    const handle = await this.#introduce()
    // its seat was given before; of whoever is in the set already, who bans decides
    if (this.#components.isBanned(this.link.remoteId)) this.stop(BANNED)
    if (this.#stop === undefined) await this.#live(handle)
    await this.#stopped.promise
    const stop = this.#stop as unknown as Stop
    this.ready.reject(
      new PeerStoppedError(`the peer was stopped before it was added: ${said(stop.reason)}`, stop.reason)
    )
    for (const [name, { reactor, handle: known }] of this.#seen) {
      const outcome = await this.#call({ reactor: name, callback: 'removePeer' }, () =>
        reactor.removePeer(known, stop.reason)
      )
      if (!outcome.ok) this.#logger.error('Reactor failed to remove the peer', { reason: outcome.failure })
    }
    this.#components.set.delete(this.link.remoteId, handle)
    const departed = this.#components.onRemoved(stop)
    this.#removed.resolve()
    await this.#closing
    departed()
  }

  /** initPeer on every reactor, in order, before anything is started. */
  async #introduce(): Promise<Peer> {
    let handle: Peer = this.#peer
    for (const { name, reactor } of this.#components.reactors) {
      if (this.#stop !== undefined) break
      const given = handle
      this.#seen.set(name, { reactor, handle: given })
      const call: CallbackName = { reactor: name, callback: 'initPeer' }
      const outcome = await this.#call(call, () => reactor.initPeer(given))
      if (!outcome.ok) this.stop(outcome.failure)
      else if (outcome.value === given) continue
      else if (isHandleOf(outcome.value, this.link.remoteId) && this.#components.remember(outcome.value, this))
        handle = outcome.value
      else this.stop(reactorFailure(call, `must return this peer or one around it, found ${textOf(outcome.value)}`))
    }
    return handle
  }

  /** routines and membership first, then addPeer on every reactor. */
  async #live(handle: Peer): Promise<void> {
    this.#peer.markStarted()
    this.#outbox.start()
    this.#components.set.add(this.link.remoteId, handle)
    this.link.start(this.#sink())
    void this.#measure()
    for (const [name, { reactor, handle: known }] of this.#seen) {
      if (this.#stop !== undefined) return
      const outcome = await this.#call({ reactor: name, callback: 'addPeer' }, () => reactor.addPeer(known))
      if (!outcome.ok) this.stop(outcome.failure)
    }
    if (this.#stop !== undefined) return
    this.#logger.info('Added peer', { outbound: this.link.outbound })
    this.ready.resolve(handle)
  }

  /** Any byte answers the link's probe, so a talkative remote looks nearer than it is; eviction.ts and score.ts give little for it. */
  async #measure(): Promise<void> {
    const { clock } = this.#components
    const asked = clock.now()
    try {
      if (await this.link.probe(LATENCY_TIMEOUT_MS)) this.#latencyMs = clock.now() - asked
    } catch (err) {
      // a stack with a bug: the peer has no latency, and lives
      this.#logger.debug('The link could not be probed', { err })
    }
  }

  #sink(): LinkSink {
    return {
      deliver: (channelId, bytes) => {
        this.#meter.traffic()
        this.#inbox.deliver(channelId, bytes)
      },
      onWritable: () => this.#outbox.onWritable(),
      onEnd: (reason, drain) => {
        if (!drain || this.#stop !== undefined) return this.stop(reason, 'remote')
        this.#draining = true
        // nobody is there to get it: what waits to be sent is refused now, not accepted and lost
        this.#outbox.close()
        void this.#inbox.drained().then(() => this.stop(reason, 'remote'))
      }
    }
  }

  #target(channel: Channel): { reactor: Reactor; handle: Peer } {
    const seen = this.#seen.get(channel.reactor)
    if (seen === undefined)
      throw new Error(`channel ${channel.id} of reactor ${channel.reactor} delivers before initPeer`)
    return seen
  }

  async #call<T>(name: CallbackName, fn: () => T | Promise<T>): Promise<Outcome<T>> {
    const { callbackTimeoutMs } = this.#init
    return await this.#callbacks.around(() => runCallback(name, fn, callbackTimeoutMs, this.#components.clock))
  }

  async #flushStop(): Promise<void> {
    const { clock } = this.#components
    const { inside } = this.#callbacks
    if (this.#stop === undefined) {
      let timer: unknown
      const late = new Promise<boolean>((resolve) => {
        timer = clock.setTimeout(() => resolve(false), FLUSH_TIMEOUT_MS)
      })
      const flushed = await Promise.race([this.#outbox.flush(), late, this.#stopped.promise.then(() => false)])
      clock.clearTimeout(timer)
      this.stop({ kind: 'graceful', message: 'flushed and stopped' }, 'us', flushed)
    }
    if (!inside) await this.settled()
  }

  async #closeConn(): Promise<void> {
    this.stop({ kind: 'communication', message: 'the connection was closed by closeConn' })
    await this.settled()
  }
}

/** Can this stand for a peer with that id? */
function isHandleOf(value: unknown, id: NodeId): value is Peer {
  return typeof value === 'object' && value !== null && attempt(() => (value as Peer).id() === id, false)
}

/** What the remote may be told of a reason that is not ours to read. */
function asStopReason(reason: unknown): StopReason {
  return isStopReason(reason) ? reason : { kind: 'misbehaviour', message: 'stopped by a reactor', cause: reason }
}

function said(reason: unknown): string {
  if (isStopReason(reason)) return `${reason.kind}: ${reason.message}`
  return textOf(reason)
}
