/**
 * One dial, from an address to a peer that every reactor has added (p2p/switch.go DialPeerWithAddress; requirements R-38, D-15): the slot, the stacks in turn, hello,
 * and the verdicts on the way. A dial to a connected node is its peer; the losing one of two simultaneous dials is the surviving peer.
 */
import { DialFailedError, IncompatiblePeerError, PeerRefusedError, WrongIdentityError } from '../../errors.ts'
import { compatibleWith } from '../../identity/node-info.ts'
import type { Clock } from '../../interface/clock.ts'
import type { Link } from '../../interface/link.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId, NodeInfo } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'
import type { PolicyVerdict } from '../../interface/policy.ts'
import type { Stack } from '../../interface/stack.ts'
import type { StopReason } from '../../interface/stop-reason.ts'
import { switchDefaults } from '../../options.ts'
import { withDeadline, withSignal } from '../../util/deadline.ts'
import type { Admissions } from '../admission/admission.ts'
import type { DialJob, Seat } from '../admission/ledger.ts'
import type { Rules } from '../admission/rules.ts'
import type { PeerLife } from '../lifecycle.ts'

export interface AttemptsComponents {
  readonly ownId: NodeId
  readonly stacks: readonly Stack[]
  readonly rules: Rules
  readonly admissions: Admissions
  readonly clock: Clock
  isRunning(): boolean
  nodeInfo(): NodeInfo
  seatLink(seat: Seat, link: Link): void
}

/** Says the same as the end of the switch: nobody's fault, and no reconnecting. */
const GIVEN_UP: StopReason = { kind: 'shutdown', message: 'the dial was given up' }

export interface AttemptsInit {
  readonly handshakeTimeoutMs: number
}

/** One address by one stack. */
interface Way {
  readonly stack: Stack
  readonly address: NetAddress
}

export class Attempts {
  readonly #components: AttemptsComponents
  readonly #init: AttemptsInit
  /** Dials that wait for a life to become a peer. */
  readonly #waiting = new WeakMap<PeerLife, number>()

  constructor(components: AttemptsComponents, init: AttemptsInit) {
    this.#components = components
    this.#init = init
  }

  /** Rejects if it comes to nothing, with the signal's reason if it was given up. */
  async run(address: NetAddress, signal: AbortSignal): Promise<Peer> {
    const { rules, stacks, ownId } = this.#components
    if (address.id === ownId) throw new PeerRefusedError('self', 'us', `${address} is this node`)
    while (address.id !== '' && rules.ledger.seat(address.id) !== undefined) {
      const known = await this.#connected(address.id, signal)
      if (known !== undefined) return known
      signal.throwIfAborted()
    }
    const ways = this.#ways(address)
    if (ways.length === 0)
      throw new DialFailedError(
        `${address}: no stack of this switch (${stacks.map(({ name }) => name).join(', ')}) dials that form`
      )
    // a persistent address is never refused. An address without an id may lead to the very peer that has its IP: that is asked when its id is known
    if (!rules.persistent.hasAddress(address))
      this.#check(
        rules.ask(address.id === '' ? { stage: 'dial' } : { stage: 'dial', id: address.id, ip: ipOf(address) })
      )
    return await this.#through(ways, signal)
  }

  /** The address by every stack that dials it, then the other addresses of the same node that are configured, or that the address book has (D-24). */
  #ways(given: NetAddress): Way[] {
    const { rules, stacks } = this.#components
    return [given, ...rules.otherAddresses(given)].flatMap((address) =>
      stacks.filter((stack) => stack.dials(address)).map((stack) => ({ stack, address }))
    )
  }

  /**
   * Tries the ways in order. What leads to the next one is a failure to connect, and to another address also that a stranger lives at this one; verdicts are
   * about nodes, not ways. The slot passes from try to try within a tick.
   */
  async #through(ways: readonly Way[], signal: AbortSignal): Promise<Peer> {
    const { rules } = this.#components
    const { ledger } = rules
    let failure: unknown
    const strangers = new Set<NetAddress>()
    let lent = false
    for (const { stack, address } of ways) {
      if (strangers.has(address)) continue
      const job = ledger.begin(address, rules.persistent.hasAddress(address))
      // whoever has the slot by now keeps it
      job.slow = lent
      const stopLending = this.#lendWhenSlow(job)
      // a dial that is given up frees its slot in the same tick, whatever it still waits for
      const release = () => ledger.end(job)
      signal.addEventListener('abort', release, { once: true })
      try {
        return await withSignal(this.#with(stack, job, signal), signal)
      } catch (err) {
        signal.throwIfAborted()
        if (err instanceof WrongIdentityError) strangers.add(address)
        else if (!(err instanceof DialFailedError)) throw err
        failure ??= err
      } finally {
        signal.removeEventListener('abort', release)
        stopLending()
        lent = job.slow
        release()
      }
    }
    throw failure
  }

  /**
   * A host that is gone says nothing for the whole of `dialTimeoutMs`: others may have the slot until it answers, and then it asks for one again. No more dials do so
   * at a time than there are slots; one that finds them lent looks again. Call what it returns when the dial has ended.
   */
  #lendWhenSlow(job: DialJob): () => void {
    const { rules, clock } = this.#components
    const look = () => {
      if (job.authenticated) return
      if (rules.ledger.slow < rules.maxNumOutboundPeers) job.slow = true
      else timer = clock.setTimeout(look, switchDefaults.slowDialMs)
    }
    // one that takes no slot has none to lend
    let timer = job.slow || rules.ledger.isExempt(job) ? undefined : clock.setTimeout(look, switchDefaults.slowDialMs)
    return () => clock.clearTimeout(timer)
  }

  async #with(stack: Stack, job: DialJob, signal: AbortSignal): Promise<Peer> {
    const { rules } = this.#components
    let wrong: WrongIdentityError | undefined
    let led = ''
    let link: Link
    try {
      link = await stack.dial(job.address, {
        signal,
        authenticated: ({ id, ip }) => {
          if (job.address.id !== '' && job.address.id !== id) {
            wrong = new WrongIdentityError(`${job.address} led to node ${id}`)
            return { allow: false, refusal: 'wrong-identity', detail: wrong.message }
          }
          job.id = id
          job.authenticated = true
          led = ip
          rules.persistent.learn(job.address, id)
          const verdict = this.#admissible(job, id, ip)
          job.helloOut = verdict.allow
          return verdict
        }
      })
    } catch (err) {
      job.answered.resolve(false)
      if (wrong !== undefined) throw wrong
      if (err instanceof PeerRefusedError && err.refusal === 'duplicate-id' && job.id !== undefined) {
        // it may be on its way by another of our dials
        await this.#otherHello(job, job.id)?.answered.promise
        const survivor = await this.#connected(job.id, signal)
        if (survivor !== undefined) return survivor
      }
      if (err instanceof PeerRefusedError && err.refusal === 'incompatible')
        throw new IncompatiblePeerError(err.message, { cause: err })
      if (err instanceof PeerRefusedError && err.by === 'remote')
        err.reachedAt = { address: job.address, ip: led, ...(job.id !== undefined && { id: job.id }) }
      throw err
    }
    return await this.#settle(link, job, signal)
  }

  /** Our own verdict on an outbound peer whose key is proven. */
  #admissible(job: DialJob, id: NodeId, ip: string): PolicyVerdict {
    const { rules } = this.#components
    if (this.#otherHello(job, id) !== undefined)
      return { allow: false, refusal: 'duplicate-id', detail: `another dial to ${id} is under way` }
    const verdict = rules.ask({ stage: 'peer', direction: 'outbound', id, ip }, job)
    if (!verdict.allow) return verdict
    if (job.address.id !== '' && !job.slow) return verdict
    // the address named no id, so only now can its slot be asked for in this node's name; or others may have taken it meanwhile
    const slot = rules.ask({ stage: 'dial', id, ip }, job)
    job.slow &&= !slot.allow
    return slot
  }

  /** Another dial whose hello to that node is out. */
  #otherHello(job: DialJob, id: NodeId): DialJob | undefined {
    for (const other of this.#components.rules.ledger.jobs())
      if (other !== job && other.id === id && other.helloOut) return other
    return undefined
  }

  /** The remote has accepted: the last checks, the seat, and the peer's life up to addPeer. */
  async #settle(link: Link, job: DialJob, signal: AbortSignal): Promise<Peer> {
    const { rules, admissions, nodeInfo, seatLink } = this.#components
    const id = link.remoteId
    const incompatible = compatibleWith(nodeInfo(), link.nodeInfo)
    if (incompatible !== undefined) {
      job.answered.resolve(false)
      void link.close({ kind: 'incompatible', message: incompatible }, false)
      throw new IncompatiblePeerError(`${job.address}: ${incompatible}`)
    }
    const { remoteIP: ip, nodeInfo: theirs } = link
    // libp2p's gater is not asked about the address of an outbound connection
    const remote = { id, ip, port: link.socketAddr.port, nodeInfo: theirs, addressFiltered: false }
    const objection = await admissions.filter(remote, signal)
    const verdict: PolicyVerdict =
      objection === undefined
        ? rules.ask({ stage: 'peer', direction: 'outbound', id, ip: link.remoteIP }, job)
        : { allow: false, refusal: 'filtered', detail: objection }
    if (signal.aborted || !verdict.allow) {
      job.answered.resolve(false)
      void link.close(verdict.allow ? GIVEN_UP : closeReason(verdict), false)
      signal.throwIfAborted()
      if (!verdict.allow && verdict.refusal === 'duplicate-id') {
        // the remote has connected meanwhile, where the first connection wins: that peer is what this dial has come to
        const winner = rules.ledger.seat(id)
        if (winner !== undefined) winner.displaced = job.address
        const survivor = await this.#connected(id, signal)
        if (survivor !== undefined) return survivor
      }
      this.#check(verdict)
    }
    const seat = rules.ledger.sit(id, link.remoteIP, 'outbound')
    job.seated = true
    job.answered.resolve(true)
    seatLink(seat, link)
    return await this.#ready(seat.life as PeerLife, signal)
  }

  /**
   * The peer once every reactor has added it. If a dial of ours has made it and all who dialled give up before that, nobody wants it, and it stops; but a
   * persistent one is wanted by the configuration all the same.
   */
  async #ready(life: PeerLife, signal: AbortSignal): Promise<Peer> {
    const { rules, isRunning } = this.#components
    const wait = (change: 1 | -1) => {
      const count = (this.#waiting.get(life) ?? 0) + change
      this.#waiting.set(life, count)
      return count
    }
    const leave = () => {
      const wanted = wait(-1) > 0 || life.ready.settled || !life.link.outbound || rules.isPersistent(life.link.remoteId)
      // a switch that stops has its own reason for all its peers
      if (!wanted && isRunning()) life.stop(GIVEN_UP)
    }
    wait(1)
    signal.addEventListener('abort', leave, { once: true })
    try {
      return await life.ready.promise
    } finally {
      signal.removeEventListener('abort', leave)
      if (!signal.aborted) wait(-1)
    }
  }

  /** The peer with this id once it is ready; waits for one that is leaving. Undefined: there is none, or it has left. */
  async #connected(id: NodeId, signal: AbortSignal): Promise<Peer | undefined> {
    const { rules, clock } = this.#components
    const seat = rules.ledger.seat(id)
    if (seat === undefined) return undefined
    if (seat.life?.stopping === true || seat.life?.draining === true) {
      const { handshakeTimeoutMs } = this.#init
      await withDeadline(seat.gone.promise, clock, handshakeTimeoutMs, `the old connection of ${id}`)
      return undefined
    }
    const life = seat.life ?? (await seat.born.promise)
    return life === undefined ? undefined : await this.#ready(life, signal)
  }

  #check(verdict: PolicyVerdict): void {
    if (!verdict.allow) throw new PeerRefusedError(verdict.refusal, 'us', verdict.detail)
  }
}

function closeReason({ refusal, detail }: Extract<PolicyVerdict, { allow: false }>): StopReason {
  return refusal === 'duplicate-id'
    ? { kind: 'duplicate', message: detail }
    : { kind: 'refused', refusal, message: detail }
}

/** The address's IP literal, '' if it is a name. */
function ipOf({ host }: NetAddress): string {
  return /^[\d.]+$/.test(host) || host.includes(':') ? host : ''
}
