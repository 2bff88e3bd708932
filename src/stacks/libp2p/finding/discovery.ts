/**
 * Discovery on libp2p: keeps the switch at its outbound peers with what the network's DHT, or anything on the node that discovers, has found (issue 5, section 3).
 * It offers the switch nodes to dial, one per free slot; policy decides, hello proves the network, and only peers enter the address book, which is peer
 * exchange's to do. While peers have all slots it asks nobody anything. No group of addresses gets more slots than its share, even if nobody else is there, as with peer
 * exchange: the DHT tells of whoever says that he is there, and a network full of ids says so most often.
 *
 * Rejected: `dialPeersAsync`, which does not say what became of an address; and dialling as soon as something is found, which hands the slots to whoever shouts.
 */
import { PeerRefusedError } from '../../../errors.ts'
import { groupOf, hostOfPeer } from '../../../identity/groups.ts'
import type { Clock, Random, TimerHandle } from '../../../interface/clock.ts'
import type { Logger } from '../../../interface/logger.ts'
import type { NetAddress } from '../../../interface/net-address.ts'
import type { NodeId } from '../../../interface/node-info.ts'
import type { Peer } from '../../../interface/peer.ts'
import type { Switch } from '../../../interface/switch.ts'
import { switchDefaults } from '../../../options.ts'
import { mostOfGroup } from '../../../util/group-bound.ts'
import { type Candidate, Candidates, candidateGroup } from './candidates.ts'

/** How often slots are counted where nothing else has happened. Go's PEX takes 30 s (defaultEnsurePeersPeriod); a look costs nothing here. */
const TICK_MS = 5_000
/** Asking the DHT again while slots stay free: doubling between these. Ours. */
const LOOK_MIN_MS = 2_000
const LOOK_MAX_MS = 5 * 60_000
/** For so long after the start the DHT's first answers are waited for: else all who start with one known node take up its slots. Ours. */
const HOLD_MS = 3_000
/** What was found is collected for so long before the first is chosen: chance among many, not whoever answers first. Ours. */
const SETTLE_MS = 200
/** A moment after the switch lends the slot of a dial. */
const SLOW_MS = switchDefaults.slowDialMs + 50
/** Nodes that have earned a worse score than this are left to others' word for hours (switch/score.ts: -25 for a broken protocol, -50 for misbehaviour). Ours. */
const WORST_SCORE = -20

/** What can be asked for nodes. */
export interface PeerSource {
  /** How many it could ask. */
  size(): number
  /** Asks once; whatever it finds goes to `Discovery.found`. Settles when it has looked everywhere, or the signal has aborted. Never rejects. */
  look(signal: AbortSignal): Promise<void>
}

export interface DiscoveryComponents {
  readonly sw: Pick<
    Switch,
    | 'dialPeerWithAddress'
    | 'freeOutboundSlots'
    | 'isDialingOrExistingAddress'
    | 'isPeerUnconditional'
    | 'maxNumOutboundPeers'
    | 'peers'
    | 'score'
    | 'shouldDial'
    | 'stopPeerGracefully'
  >
  readonly ownId: NodeId
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
}

export class Discovery {
  readonly #components: DiscoveryComponents
  readonly #source: PeerSource | undefined
  readonly #candidates: Candidates
  readonly #quit = new AbortController()
  /** Under way, at most two for each outbound slot: a slow dial lends its slot. */
  readonly #dials = new Map<Promise<void>, NetAddress>()
  // what changes
  #running = false
  #timer: { readonly handle: TimerHandle; readonly at: number } | undefined
  #looking: Promise<void> | undefined
  #lookAt = Number.NEGATIVE_INFINITY
  #lookedAmong = 0
  /** Nobody is dialled before that. */
  #holdUntil = 0
  #lookWaitMs = LOOK_MIN_MS

  constructor(components: DiscoveryComponents, source?: PeerSource) {
    this.#components = components
    this.#source = source
    this.#candidates = new Candidates(components.clock, components.random)
  }

  /** The switch runs and can dial. */
  start(): void {
    if (this.#quit.signal.aborted || this.#running) return
    this.#running = true
    if (this.#source !== undefined) this.#holdUntil = this.#components.clock.now() + HOLD_MS
    this.#wakeIn(0)
  }

  /** A node with all its addresses, each of which names it, and who says so. Any time, by anybody. */
  found(addresses: readonly NetAddress[], teller = ''): void {
    if (this.#quit.signal.aborted || addresses[0]?.id === this.#components.ownId) return
    if (this.#candidates.add(addresses, teller) && this.#running) this.#wakeIn(SETTLE_MS)
  }

  /** Settles when nothing of it is under way any more. */
  async stop(): Promise<void> {
    this.#running = false
    this.#quit.abort(new Error('discovery has stopped'))
    this.#components.clock.clearTimeout(this.#timer?.handle)
    this.#timer = undefined
    await Promise.all([...this.#dials.keys(), this.#looking])
  }

  /** The next turn is no later than that. */
  #wakeIn(ms: number): void {
    const { clock } = this.#components
    const at = clock.now() + ms
    if (this.#timer !== undefined && this.#timer.at <= at) return
    clock.clearTimeout(this.#timer?.handle)
    const handle = clock.setTimeout(() => {
      this.#timer = undefined
      this.#turn()
    }, ms)
    this.#timer = { handle, at }
  }

  #turn(): void {
    if (!this.#running) return
    const { sw, clock } = this.#components
    let free = sw.freeOutboundSlots()
    const held = this.#holdUntil - clock.now()
    if (free > 0 && held <= 0) free -= this.#fill(free)
    // who is being dialled may not be there, and whoever made him up must not keep us from asking others
    if (free <= 0 && this.#dials.size === 0) {
      this.#lookWaitMs = LOOK_MIN_MS
      this.#wakeIn(TICK_MS)
      return
    }
    this.#look()
    // a look under way wakes us when it ends
    const canLook = this.#source !== undefined && this.#looking === undefined
    const lookDue = canLook ? this.#lookAt + this.#lookWaitMs : Number.POSITIVE_INFINITY
    const nextDue = free > 0 ? this.#candidates.nextDueAt() : Number.POSITIVE_INFINITY
    const wait = held > 0 ? held : Math.min(nextDue, lookDue) - clock.now()
    this.#wakeIn(Math.min(TICK_MS, Math.max(SETTLE_MS, wait)))
  }

  /** Begins so many dials at most; how many it has begun. */
  #fill(free: number): number {
    const taken = this.#taken()
    const most = this.#mostOfGroup()
    for (let begun = 0; begun < free; begun++) {
      const address = this.#candidates.next(
        (candidate) => this.#wanted(candidate),
        (group) => (taken.get(group) ?? 0) < most,
        Math.ceil(this.#components.sw.maxNumOutboundPeers() / 2)
      )
      if (address === undefined) return begun
      const group = candidateGroup(address)
      taken.set(group, (taken.get(group) ?? 0) + 1)
      this.#dial(address)
    }
    return free
  }

  /** How many slots one group may have, of all that seem to be there; that somebody is being dialled says nothing of his. */
  #mostOfGroup(): number {
    const groups = this.#candidates.groups(this.#chosenPeers().map(groupOfPeer))
    return mostOfGroup(this.#components.sw.maxNumOutboundPeers(), groups)
  }

  /** The outbound peers, but for those that the configuration wants. */
  #chosenPeers(): Peer[] {
    const { sw } = this.#components
    const all = [...sw.peers()]
    return all.filter((peer) => peer.isOutbound() && !peer.isPersistent() && !sw.isPeerUnconditional(peer.id()))
  }

  /** How many outbound peers each group has, or will have; those that the configuration wants are nobody's. */
  #taken(): Map<string, number> {
    // by id: one whose dial has just ended is a peer, too
    const groups = new Map<NodeId, string>()
    for (const address of this.#dials.values()) groups.set(address.id, candidateGroup(address))
    for (const peer of this.#chosenPeers()) groups.set(peer.id(), groupOfPeer(peer))
    const taken = new Map<string, number>()
    for (const group of groups.values()) taken.set(group, (taken.get(group) ?? 0) + 1)
    return taken
  }

  /** What to do with a candidate that has become a peer: keep it, unless its name led into a group that has its share by now. */
  async #joined(peer: Peer, address: NetAddress): Promise<void> {
    const { sw } = this.#components
    // both have dialled, and its dial stayed: it has no slot of ours
    if (!peer.isOutbound()) return this.#candidates.cameItself(address.id)
    const group = groupOfPeer(peer)
    const bounded = group !== candidateGroup(address) && !peer.isPersistent() && !sw.isPeerUnconditional(peer.id())
    if (!bounded || (this.#taken().get(group) ?? 0) <= this.#mostOfGroup()) {
      this.#candidates.settled(address.id, undefined, peer.socketAddr())
      return
    }
    await sw.stopPeerGracefully(peer)
    throw new PeerRefusedError(
      'not-selected',
      'us',
      `its name leads to ${peer.remoteIP()}, whose network has its share`
    )
  }

  #dial(address: NetAddress): void {
    const { sw, clock, logger } = this.#components
    // by then the switch lends its slot to others
    const lent = clock.setTimeout(() => {
      this.#candidates.lent(address.id)
      if (this.#running) this.#wakeIn(0)
    }, SLOW_MS)
    const dial = sw
      .dialPeerWithAddress(address, { signal: this.#quit.signal })
      .then((peer) => this.#joined(peer, address))
      .catch((err: unknown) => {
        if (this.#quit.signal.aborted) return
        this.#candidates.settled(address.id, err)
        logger.debug('A node that was discovered is no peer', { address: String(address), err })
      })
      .finally(() => {
        clock.clearTimeout(lent)
        this.#dials.delete(dial)
        if (this.#running) this.#wakeIn(SETTLE_MS)
      })
    this.#dials.set(dial, address)
  }

  #look(): void {
    const { clock } = this.#components
    const source = this.#source
    if (source === undefined || this.#looking !== undefined) return
    // there are more to ask than there were: no reason to be patient
    if (source.size() > this.#lookedAmong) this.#lookWaitMs = LOOK_MIN_MS
    if (clock.now() < this.#lookAt + this.#lookWaitMs) return
    this.#lookedAmong = source.size()
    this.#looking = source.look(this.#quit.signal).then(() => {
      this.#looking = undefined
      this.#lookAt = clock.now()
      this.#lookWaitMs = Math.min(this.#lookWaitMs * 2, LOOK_MAX_MS)
      this.#holdUntil = 0
      if (this.#running) this.#wakeIn(SETTLE_MS)
    })
  }

  #wanted({ id, addresses }: Candidate): boolean {
    const { sw } = this.#components
    return (
      sw.shouldDial(id) &&
      !sw.peers().has(id) &&
      !addresses.some((one) => sw.isDialingOrExistingAddress(one)) &&
      sw.score(id) > WORST_SCORE
    )
  }
}

/** As `candidateGroup`, by where its connection leads. */
function groupOfPeer(peer: Peer): string {
  return groupOf(hostOfPeer(peer), false)
}
