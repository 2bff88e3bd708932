/**
 * Inbound: may this remote, whose key is proven, become a peer? Decides simultaneous dials and dead links too (architecture.md, "One connection per
 * node"; requirements, D-15).
 *
 * The rule for simultaneous dials: the larger id answers at once; the smaller one, while its own hello to that very node is unanswered, answers only after
 * it, with `duplicate-id` if its own was accepted and by policy if not. Deciding when a connection opens would leave none of the two where one side is full.
 */
import { compatibleWith } from '../../identity/node-info.ts'
import type { Clock } from '../../interface/clock.ts'
import type { Link } from '../../interface/link.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NodeId, NodeInfo } from '../../interface/node-info.ts'
import type { PolicyVerdict, Refusal } from '../../interface/policy.ts'
import type { AdmissionVerdict, ArrivalVerdict, InboundCandidate } from '../../interface/stack.ts'
import { withDeadline, withSignal } from '../../util/deadline.ts'
import { textOf } from '../foreign.ts'
import type { DialJob, Seat } from './ledger.ts'
import { isExempt } from './policy.ts'
import type { Rules } from './rules.ts'

/** architecture.md: a new connection from an id whose old link is silent triggers a probe, then replacement. */
const PROBE_TIMEOUT_MS = 2_000

export interface AdmissionComponents {
  readonly ownId: NodeId
  readonly rules: Rules
  readonly clock: Clock
  readonly logger: Logger
  nodeInfo(): NodeInfo
  /** Runs the peer's life on this link, in this seat. */
  seatLink(seat: Seat, link: Link): void
  /** Would `makeRoom` part with somebody? */
  canMakeRoom(ip: string): boolean
  /** All inbound slots are taken: parts with somebody for a newcomer from that IP. False: nobody is to go. Never rejects. */
  makeRoom(ip: string): Promise<boolean>
}

export interface AdmissionInit {
  readonly handshakeTimeoutMs: number
  readonly filterTimeoutMs: number
}

const no = (refusal: Refusal, detail: string) => ({ allow: false, refusal, detail }) as const
const OURS_WON = no('duplicate-id', 'our own hello to this node was accepted')
const GONE = no('stopping', 'the remote is gone')
const isFull = (verdict: PolicyVerdict) => !verdict.allow && verdict.refusal === 'inbound-full'

export class Admissions {
  readonly #components: AdmissionComponents
  readonly #init: AdmissionInit
  readonly #quit = new AbortController()

  constructor(components: AdmissionComponents, init: AdmissionInit) {
    this.#components = components
    this.#init = init
  }

  /** No filter is waited for any more; the switch no longer runs, so everybody is refused. */
  stop(): void {
    this.#quit.abort()
  }

  /** See `StackHost.admit`. `stack`: the name of the one that asks. */
  async admit(candidate: InboundCandidate, stack: string): Promise<AdmissionVerdict> {
    const { logger, rules, canMakeRoom, makeRoom } = this.#components
    const { id, ip } = candidate
    try {
      const incompatible = this.#incompatible(candidate.nodeInfo)
      if (incompatible !== undefined) return no('incompatible', incompatible)
      if (candidate.knownOnly === true && !isExempt(id, rules))
        return no('not-selected', 'only persistent and unconditional peers of this kind are wanted')
      if (await this.#ownHello(candidate)?.answered.promise) return OURS_WON
      const taken = await this.#existing(candidate)
      if (taken !== undefined) return taken
      const question = { stage: 'peer', direction: 'inbound', id, ip } as const
      // the user's filter is not bothered with what policy refuses anyway
      const beforehand = rules.ask(question)
      if (!beforehand.allow && !(isFull(beforehand) && canMakeRoom(ip))) return beforehand
      const objection = await this.filter(candidate, candidate.signal)
      // meanwhile our own hello may have gone out
      for (let own = this.#ownHello(candidate); own !== undefined; own = this.#ownHello(candidate))
        if (await own.answered.promise) return OURS_WON
      if (candidate.signal?.aborted) return GONE
      // the answer that counts is the last one: in the tick in which the seat is taken
      let verdict = rules.ask(question)
      if (objection !== undefined) return verdict.allow || isFull(verdict) ? no('filtered', objection) : verdict
      // not before: a full switch parts with nobody for a newcomer that it then does not take
      if (isFull(verdict)) {
        await makeRoom(ip)
        if (candidate.signal?.aborted) return GONE
        verdict = rules.ask(question)
      }
      return verdict.allow ? this.#admit(id, ip) : verdict
    } catch (err) {
      // filters are the user's code, links a stack's: their failure refuses, it does not spread
      logger.error('Admission failed', { peer: id, stack, err })
      return no('filtered', 'admission failed')
    }
  }

  /** See `StackHost.arrive`. */
  async arrive({ ip, port }: { readonly ip: string; readonly port: number }): Promise<ArrivalVerdict> {
    const { rules } = this.#components
    const { filterConnection } = rules.checked
    const met = rules.meet(ip)
    if (!met.allow || filterConnection === undefined) return met
    const objection = await this.#ask('filterConnection', () => filterConnection({ ip, port }), undefined)
    if (objection === undefined) return met
    met.release()
    return no('filtered', objection)
  }

  /** The user's filters with their deadline: the objection, if any. A filter that throws objects. Waits no longer than `signal`. */
  async filter(
    remote: { id: NodeId; ip: string; port?: number; nodeInfo?: NodeInfo; addressFiltered?: boolean },
    signal?: AbortSignal
  ): Promise<string | undefined> {
    const { filterConnection, filterPeer, mode } = this.#components.rules.checked
    const { id, ip, port = 0, nodeInfo } = remote
    // in exclusive mode libp2p's gater has asked filterConnection before the handshake
    const { addressFiltered = mode === 'exclusive' } = remote
    const objection =
      addressFiltered || ip === '' || filterConnection === undefined
        ? undefined
        : await this.#ask('filterConnection', () => filterConnection({ ip, port }), signal)
    return objection ?? (filterPeer && (await this.#ask('filterPeer', () => filterPeer({ id, ip, nodeInfo }), signal)))
  }

  async #ask(
    name: string,
    filter: () => string | undefined | Promise<string | undefined>,
    signal: AbortSignal | undefined
  ): Promise<string | undefined> {
    const { signal: quit } = this.#quit
    try {
      const asked = withSignal(Promise.resolve(filter()), signal === undefined ? quit : AbortSignal.any([signal, quit]))
      const answer: unknown = await withDeadline(asked, this.#components.clock, this.#init.filterTimeoutMs, name)
      // Go's filters answer nil where nothing is wrong
      return answer === undefined || answer === null ? undefined : textOf(answer)
    } catch (err) {
      return textOf(err)
    }
  }

  #incompatible(theirs: NodeInfo | undefined): string | undefined {
    return theirs === undefined ? undefined : compatibleWith(this.#components.nodeInfo(), theirs)
  }

  /** Our hello to a larger id that is not answered: what it says of us goes first, if the remote has that rule too. */
  #ownHello({ id, simultaneous }: InboundCandidate): DialJob | undefined {
    const { ownId, rules } = this.#components
    if (ownId > id || simultaneous === 'first-wins') return undefined
    for (const job of rules.ledger.jobs()) if (job.id === id && job.helloOut && !job.answered.settled) return job
    return undefined
  }

  /** An id that is taken: wait for a peer that is leaving, probe one that may be dead, keep one that lives. */
  async #existing({ id }: InboundCandidate): Promise<AdmissionVerdict | undefined> {
    const { rules, clock } = this.#components
    const seat = rules.ledger.seat(id)
    if (seat === undefined) return undefined
    const life = seat.life
    if (life === undefined) return no('duplicate-id', 'another connection of this node is being admitted')
    if (!life.stopping && !life.draining) {
      if (await life.link.probe(PROBE_TIMEOUT_MS)) return no('duplicate-id', 'already connected')
      life.stop({ kind: 'communication', message: 'silent, and the node has connected anew' }, 'remote')
    }
    try {
      await withDeadline(seat.gone.promise, clock, this.#init.handshakeTimeoutMs, 'the old connection')
    } catch {
      return no('duplicate-id', 'the old connection is still being removed')
    }
    return undefined
  }

  #admit(id: NodeId, ip: string): AdmissionVerdict {
    const { rules, seatLink } = this.#components
    const seat = rules.ledger.sit(id, ip, 'inbound')
    let open = true
    return {
      allow: true,
      admission: {
        accept(link) {
          if (!open) throw new Error('an admission is used once')
          open = false
          seatLink(seat, link)
        },
        abandon() {
          if (!open) return
          open = false
          rules.ledger.rise(seat)
        }
      }
    }
  }
}
