/**
 * Everything between a stack and a peer's life, put together: admissions, dials, reconnections, and what follows when a peer has left.
 */
import { IncompatiblePeerError, InvalidOptionError, PeerRefusedError, PeerStoppedError } from '../errors.ts'
import { parseNetAddress, toMultiaddr } from '../identity/net-address.ts'
import type { AddressBook } from '../interface/address-book.ts'
import type { Clock, Random } from '../interface/clock.ts'
import type { Link } from '../interface/link.ts'
import type { Logger } from '../interface/logger.ts'
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId, NodeInfo } from '../interface/node-info.ts'
import type { Peer } from '../interface/peer.ts'
import type { Stack } from '../interface/stack.ts'
import type { StopKind } from '../interface/stop-reason.ts'
import type { Standing } from '../interface/switch.ts'
import { RECONNECT_JITTER_MS } from '../util/backoff.ts'
import { MAX_TIMER_MS } from '../util/clock.ts'
import { withDeadline } from '../util/deadline.ts'
import { Admissions } from './admission/admission.ts'
import type { Seat } from './admission/ledger.ts'
import { Room } from './admission/make-room.ts'
import type { Rules } from './admission/rules.ts'
import type { CallbackWatch } from './callback-watch.ts'
import type { CheckedSwitchOptions } from './check-options.ts'
import { addressKey } from './dialing/address-key.ts'
import { AvoidList } from './dialing/avoid-list.ts'
import { DialQueue } from './dialing/dial-queue.ts'
import { Dialer } from './dialing/dialer.ts'
import { Outage } from './dialing/outage.ts'
import { Reconnector } from './dialing/reconnector.ts'
import { TestDials } from './dialing/test-dial.ts'
import { PeerLife, type Stop } from './lifecycle.ts'
import type { NodeStates } from './node-states.ts'
import type { MutablePeerSet } from './peer-set.ts'
import type { ReactorTable } from './reactor-table.ts'
import { delayFactor } from './score.ts'
import { Scores } from './scores.ts'
import {
  type Aftermath,
  aftermath,
  INCOMPATIBLE_AVOID_MS,
  isStopReason,
  reasonText,
  restAfter
} from './stop-reasons.ts'
import { toldAddress } from './told-address.ts'

/** What a stop grants beyond the time that reactors' callbacks may take: for links to close. Ours. */
const CLOSE_LINKS_MS = 30_000
/** As peer exchange says it. The message of the error would not do: a remote says it from where it stands. */
const INCOMPATIBLE = 'it is of another network, or incompatible otherwise'
/** An inbound peer lost so soon, after a dial of ours to the same node gave way to it, has collided with that dial. Ours. */
const COLLISION_MS = 5_000
export interface ConnectionsComponents {
  readonly ownId: NodeId
  readonly stacks: readonly Stack[]
  readonly reactors: ReactorTable
  readonly rules: Rules
  readonly set: MutablePeerSet
  readonly states: NodeStates
  readonly book: AddressBook
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly callbacks: CallbackWatch
  isRunning(): boolean
  nodeInfo(): NodeInfo
}

/** What follows from a peer's end, as things stand when it is asked. */
interface Sequel {
  readonly after: Aftermath
  /** Where to reconnect, if anywhere. */
  readonly address: NetAddress | undefined
}

export class Connections {
  readonly admissions: Admissions
  readonly dialer: Dialer
  readonly dialQueue: DialQueue
  readonly tests: TestDials
  readonly scores: Scores
  readonly #room: Room
  readonly #outage: Outage
  readonly #components: ConnectionsComponents
  readonly #options: CheckedSwitchOptions
  readonly #reconnector: Reconnector
  readonly #avoided: AvoidList
  /** Whom nobody dials unasked until they are peers again, or for a while. */
  readonly #resting: AvoidList
  /** By every handle that was ever given out. */
  readonly #lives = new WeakMap<object, PeerLife>()
  readonly #running = new Map<Seat, Promise<void>>()

  constructor(components: ConnectionsComponents, options: CheckedSwitchOptions) {
    this.#components = components
    this.#options = options
    const { clock, rules } = components
    this.#avoided = new AvoidList(clock)
    this.#resting = new AvoidList(clock)
    this.scores = new Scores(clock)
    this.tests = new TestDials(components)
    this.#room = new Room({ ...components, scores: this.scores })
    const shared = {
      ...components,
      seatLink: (seat: Seat, link: Link) => this.#seatLink(seat, link),
      canMakeRoom: (ip: string) => this.#room.can(ip),
      makeRoom: (ip: string) => this.#room.make(ip)
    }
    this.admissions = new Admissions(shared, options)
    this.dialer = new Dialer(
      {
        ...shared,
        admissions: this.admissions,
        onSettled: (address, peer, err) => this.#dialSettled(address, peer, err)
      },
      options
    )
    const dial = (address: NetAddress) => this.#dialUnlessAvoided(address)
    const stackFor = (address: NetAddress) => components.stacks.find((stack) => stack.dials(address))?.name
    this.dialQueue = new DialQueue({ ...components, dial, stackFor })
    this.#reconnector = new Reconnector(
      {
        ...components,
        dial,
        stackFor,
        isPersistent: (address) => rules.persistent.hasAddress(address),
        isConnected: (id) => rules.ledger.seat(id) !== undefined,
        delayFactor: (address) => delayFactor(address.id === '' ? 0 : this.scores.of(address.id))
      },
      rules.checked.persistentPeersMaxDialPeriod
    )
    this.#outage = new Outage(() => this.#reconnector.forgive())
  }

  /** Stops one peer. Settles once every removePeer has run. */
  async stopPeer(peer: Peer, reason: unknown): Promise<void> {
    const life = typeof peer === 'object' && peer !== null ? this.#lives.get(peer) : undefined
    if (life === undefined) throw new InvalidOptionError('peer', peer, 'a peer of this switch')
    life.stop(reason)
    await life.settled()
  }

  /** No more dials; every peer is removed. Bounded in time, never rejects. */
  async stop(): Promise<void> {
    const { rules, clock, logger, reactors } = this.#components
    this.dialQueue.stop()
    this.#reconnector.stop()
    this.dialer.stop()
    this.tests.stop()
    this.admissions.stop()
    const reason = { kind: 'shutdown', message: 'the switch is stopping' } as const
    for (const seat of rules.ledger.seats()) seat.life?.stop(reason)
    // a life waits for one callback under way and then for removePeer of each reactor: reactors are not stopped before
    const callbacksMs = this.#options.callbackTimeoutMs * (reactors.list().length + 1)
    const boundMs = Math.min(callbacksMs + CLOSE_LINKS_MS, MAX_TIMER_MS)
    try {
      await withDeadline(Promise.all(this.#running.values()), clock, boundMs, 'stopping the peers')
    } catch (err) {
      logger.error('Not all peers stopped in time', { err })
    }
  }

  #seatLink(seat: Seat, link: Link): void {
    const { reactors, rules, clock, logger, states, isRunning } = this.#components
    const life: PeerLife = new PeerLife(
      {
        ...this.#components,
        table: reactors.channels,
        reactors: reactors.list(),
        isPersistent: (id) => rules.isPersistent(id),
        isBanned: (id) => rules.isBanned(id),
        remember: (handle, of) => this.#remember(handle, of),
        onRemoved: (stop) => this.#removed(seat, life, stop)
      },
      this.#options,
      link
    )
    seat.life = life
    this.#outage.reached(clock.now())
    this.#resting.remove(seat.id)
    seat.born.resolve(life)
    if (!isRunning()) life.stop({ kind: 'shutdown', message: 'the switch is stopping' })
    // an inbound one has only the socket's address, with a port that nobody listens on
    const known = link.outbound ? undefined : rules.persistent.addressOf(seat.id)
    states.connected(seat.id, known ?? link.socketAddr)
    // not within this call: a callback that stops the switch must find this life among those to wait for
    const run = Promise.resolve()
      .then(() => life.run())
      .catch((err: unknown) =>
        logger.error('A peer did not end as it should', { peer: seat.id, stack: link.stack, err })
      )
      .finally(() => {
        rules.ledger.rise(seat)
        this.#running.delete(seat)
      })
    this.#running.set(seat, run)
  }

  #remember(handle: Peer, life: PeerLife): boolean {
    const known = this.#lives.get(handle)
    if (known === undefined) this.#lives.set(handle, life)
    return known === undefined || known === life
  }

  /** Every removePeer has run; its link may take a moment longer to close. What is to be done then. */
  #removed(seat: Seat, life: PeerLife, stop: Stop): () => void {
    const { aliveMs } = life
    const sequel = this.#sequel(seat.id, life.link, stop)
    this.#components.states.disconnected(seat.id, sequel.address)
    const kind = kindOf(stop)
    // also of those that stay until the end: scores outlive the run
    const { messages, latencyMs } = life
    this.scores.add(seat.id, { event: 'stopped', kind, by: stop.by, aliveMs, messages, latencyMs })
    if (this.#components.isRunning()) this.#judge(seat.id, life.link, stop, sequel)
    return () => this.#departed(seat, life.link, stop, aliveMs)
  }

  /** Who may dial the node from now on, and whether it is banned. */
  #judge(id: NodeId, link: Link, stop: Stop, { after, address }: Sequel): void {
    const { rules } = this.#components
    const persistent = rules.isPersistent(id)
    const rest = restAfter(stop, persistent, after.penaltyMs)
    if (rest !== undefined) this.#resting.add(id, rest.forMs, rest.why, persistent)
    if (after.banMs > 0) rules.ban(id, link.socketAddr, after.banMs, reasonText(stop.reason))
    if (after.avoidMs > 0) this.#avoided.add(id, after.avoidMs, INCOMPATIBLE)
    // R-62, D-6: nor by a dial that was still to come
    if (address !== undefined && rest !== undefined) this.dialQueue.drop(address)
  }

  /** The id is free again. What follows depends on why the peer left. */
  #departed(seat: Seat, link: Link, stop: Stop, aliveMs: number): void {
    const { rules, clock, random, isRunning } = this.#components
    rules.ledger.rise(seat)
    if (rules.ledger.size === 0) this.#outage.alone(clock.now())
    // anew: who has awaited the stop may have made the node persistent since
    const { after, address } = this.#sequel(seat.id, link, stop)
    if (!isRunning() || address === undefined) return
    if (seat.displaced !== undefined && stop.by === 'remote' && aliveMs < COLLISION_MS) {
      // both had dialled, and each kept the connection that the other dropped: not again at the same moment
      this.#reconnector.lost(seat.displaced, aliveMs, random() * RECONNECT_JITTER_MS)
    } else if (after.reconnect === 'never') this.#reconnector.suspend(address)
    else this.#reconnector.lost(address, aliveMs, after.penaltyMs)
  }

  #sequel(id: NodeId, link: Link, stop: Stop): Sequel {
    const { rules } = this.#components
    const given = { ...stop, persistent: rules.isPersistent(id), unconditional: rules.isUnconditional(id) }
    return { after: aftermath(given), address: this.#addressOf(id, link) }
  }

  /** See `Switch.shouldDial`. */
  shouldDial(id: NodeId): boolean {
    const { rules } = this.#components
    if (this.#resting.has(id) || (this.#avoided.has(id) && !rules.isPersistent(id))) return false
    const verdict = rules.screen(id)
    return verdict.allow || verdict.refusal === 'duplicate-id'
  }

  /** See `Switch.standing`. */
  standing(id: NodeId): Standing[] {
    const found = [this.#resting.standing(id)]
    if (!this.#components.rules.isPersistent(id)) found.push(this.#avoided.standing(id))
    return found.filter((one) => one !== undefined)
  }

  /** Where to reconnect: the configured address, the one we dialled, or what an inbound peer says of itself. */
  #addressOf(id: NodeId, link: Link): NetAddress | undefined {
    const { rules, stacks } = this.#components
    const configured = rules.persistent.addressOf(id)
    if (configured !== undefined) return configured
    if (link.outbound) return link.socketAddr
    try {
      const told = toldAddress(link)
      const stack = stacks.find(({ name }) => name === link.stack)
      // the hex form is the classic stack's where there is one, whichever stack the node said it on
      const dialled = stack === undefined || stack.dials(told)
      return dialled ? told : parseNetAddress(`${toMultiaddr(told, 'tcp')}/p2p/${link.remotePeerId}`)
    } catch {
      // a node that tells no usable address cannot be dialled
      return undefined
    }
  }

  #dialSettled(address: NetAddress, peer: Peer | undefined, err: unknown): void {
    const { rules, states, isRunning } = this.#components
    if (peer !== undefined) {
      states.led(address, peer.id())
      return
    }
    const self = err instanceof PeerRefusedError && err.refusal === 'self'
    const full = err instanceof PeerRefusedError && err.refusal === 'outbound-full'
    if (self) states.forget(address)
    else states.failed(address, !full)
    // a peer that was stopped: what follows is decided when it has left, by why it was
    if (!isRunning() || err instanceof PeerStoppedError) return
    if (!rules.persistent.hasAddress(address)) {
      if (err instanceof IncompatiblePeerError)
        this.#avoided.add(addressKey(address), INCOMPATIBLE_AVOID_MS, INCOMPATIBLE)
      return
    }
    if (!self) this.#reconnector.failed(address)
  }

  /** What we dial of our own accord; a user's dial is always tried. */
  async #dialUnlessAvoided(address: NetAddress): Promise<Peer> {
    if (!this.#components.rules.persistent.hasAddress(address) && this.#avoided.has(addressKey(address)))
      throw new PeerRefusedError('incompatible', 'us', `${address} was found incompatible not long ago`)
    return await this.dialer.dial(address)
  }
}

/** Undefined: a reason that is not ours to read. */
function kindOf({ reason }: Stop): StopKind | undefined {
  return isStopReason(reason) ? reason.kind : undefined
}
