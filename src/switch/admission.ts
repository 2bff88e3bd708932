/**
 * Inbound: may this remote, whose key is proven, become a peer? Decides simultaneous dials and dead links too (architecture.md, "One connection per
 * node"; requirements, D-15).
 *
 * The rule for simultaneous dials: the larger id answers at once; the smaller one, while its own hello to that very node is unanswered, answers only after
 * it, with `duplicate-id` if its own was accepted and by policy if not. Deciding when a connection opens would leave none of the two where one side is full.
 */

import { compatibleWith } from '../identity/node-info.ts'
import type { Clock } from '../interface/clock.ts'
import type { Link } from '../interface/link.ts'
import type { Logger } from '../interface/logger.ts'
import type { NodeId, NodeInfo } from '../interface/node-info.ts'
import type { Refusal } from '../interface/policy.ts'
import type { AdmissionVerdict, InboundCandidate } from '../interface/stack.ts'
import { withDeadline } from '../util/deadline.ts'
import type { Seat } from './ledger.ts'
import { isExempt } from './policy.ts'
import type { Rules } from './rules.ts'

/** architecture.md: a new connection from an id whose old link is silent triggers a probe, then replacement. */
export const PROBE_TIMEOUT_MS = 2_000

export interface AdmissionComponents {
  readonly ownId: NodeId
  readonly rules: Rules
  readonly clock: Clock
  readonly logger: Logger
  nodeInfo(): NodeInfo
  /** Runs the peer's life on this link, in this seat. */
  seatLink(seat: Seat, link: Link): void
}

export interface AdmissionInit {
  readonly handshakeTimeoutMs: number
  readonly filterTimeoutMs: number
}

const no = (refusal: Refusal, detail: string): AdmissionVerdict => ({ allow: false, refusal, detail })

export class Admissions {
  readonly #components: AdmissionComponents
  readonly #init: AdmissionInit

  constructor(components: AdmissionComponents, init: AdmissionInit) {
    this.#components = components
    this.#init = init
  }

  async admit(candidate: InboundCandidate): Promise<AdmissionVerdict> {
    const { logger, rules } = this.#components
    const { id, ip } = candidate
    try {
      const incompatible = this.#incompatible(candidate.nodeInfo)
      if (incompatible !== undefined) return no('incompatible', incompatible)
      if (candidate.knownOnly === true && !isExempt(id, rules))
        return no('not-selected', 'only persistent and unconditional peers of this kind are wanted')
      const taken = (await this.#simultaneous(candidate)) ?? (await this.#existing(candidate))
      if (taken !== undefined) return taken
      const question = { stage: 'peer', direction: 'inbound', id, ip } as const
      // the user's filter is not bothered with what policy refuses anyway
      const beforehand = rules.ask(question)
      if (!beforehand.allow) return beforehand
      const objection = await this.filter(candidate)
      if (objection !== undefined) return no('filtered', objection)
      // the answer that counts: in the tick in which the seat is taken
      const verdict = rules.ask(question)
      if (!verdict.allow) return verdict
      if (candidate.signal?.aborted === true) return no('stopping', 'the remote is gone')
      return this.#admit(id, ip)
    } catch (err) {
      // filters are the user's code, links a stack's: their failure refuses, it does not spread
      logger.error('Admission failed', { peer: id, err })
      return no('filtered', 'admission failed')
    }
  }

  /** The user's filters with their deadline: the objection, if any. A filter that throws objects. */
  async filter(remote: { id: NodeId; ip: string; port?: number; nodeInfo?: NodeInfo }): Promise<string | undefined> {
    const { filterConnection, filterPeer, mode } = this.#components.rules.checked
    const { id, ip, port = 0, nodeInfo } = remote
    // in exclusive mode the gater has asked filterConnection before the handshake
    const objection =
      mode === 'exclusive' || ip === '' || filterConnection === undefined
        ? undefined
        : await this.#ask('filterConnection', () => filterConnection({ ip, port }))
    return objection ?? (filterPeer && (await this.#ask('filterPeer', () => filterPeer({ id, ip, nodeInfo }))))
  }

  async #ask(
    name: string,
    filter: () => string | undefined | Promise<string | undefined>
  ): Promise<string | undefined> {
    try {
      const asked = Promise.resolve(filter())
      return await withDeadline(asked, this.#components.clock, this.#init.filterTimeoutMs, name)
    } catch (err) {
      return err instanceof Error ? err.message : String(err)
    }
  }

  #incompatible(theirs: NodeInfo | undefined): string | undefined {
    return theirs === undefined ? undefined : compatibleWith(this.#components.nodeInfo(), theirs)
  }

  async #simultaneous(candidate: InboundCandidate): Promise<AdmissionVerdict | undefined> {
    const { ownId, rules } = this.#components
    if (ownId > candidate.id) return undefined
    for (const job of rules.ledger.jobs()) {
      if (job.id !== candidate.id || !job.helloOut) continue
      if (await job.answered.promise) return no('duplicate-id', 'our own hello to this node was accepted')
    }
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
