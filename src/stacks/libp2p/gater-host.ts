/**
 * What the connection gater asks, answered from the switch's rules. In both modes those who have not yet authenticated have a budget, since libp2p's own
 * was lifted for it. In `shared` mode the node may carry other protocols: beyond that every connection is admitted, and the same rules act on hello instead. In `exclusive` mode connections have slots of their own, counted here and given back when they close;
 * persistent and unconditional peers take none (requirements D-15).
 */
import type { NodeId } from '../../interface/node-info.ts'
import type { PolicyVerdict, Refusal } from '../../interface/policy.ts'
import { InboundPlaces } from '../../switch/admission/inbound-places.ts'
import { isExempt } from '../../switch/admission/policy.ts'
import type { Rules } from '../../switch/admission/rules.ts'
import { withDeadline } from '../../util/deadline.ts'
import type { ConnectionSlot, GaterHost, ScreenedRemote } from './gater.ts'

interface Bound {
  readonly rules: Rules
  readonly filterTimeoutMs: number
}

export class PolicyGaterHost implements GaterHost {
  readonly mode: 'shared' | 'exclusive'
  #bound: Bound | undefined
  // exclusive mode
  readonly #pending = new Map<string, Array<() => void>>()
  readonly #places = new InboundPlaces()

  constructor(mode: 'shared' | 'exclusive') {
    this.mode = mode
  }

  /** Once, by the switch that has the policy. False: another has it already. */
  bind(rules: Rules, filterTimeoutMs: number): boolean {
    if (this.#bound !== undefined) return false
    this.#bound = { rules, filterTimeoutMs }
    return true
  }

  pendingOpened(remote: {
    readonly ip: string
    readonly port: number
  }): Refusal | undefined | Promise<Refusal | undefined> {
    if (this.#bound === undefined) return undefined
    const { rules } = this.#bound
    const shared = this.mode === 'shared'
    // nobody has authenticated yet, so this bounds strangers in both modes
    const met = rules.meet(remote.ip, shared)
    if (!met.allow) return met.refusal
    const closers = this.#pending.get(remote.ip) ?? []
    closers.push(met.release)
    this.#pending.set(remote.ip, closers)
    const { filterConnection } = rules.checked
    return shared || filterConnection === undefined ? undefined : this.#filter(remote, filterConnection)
  }

  pendingClosed(ip: string): void {
    const closers = this.#pending.get(ip)
    closers?.pop()?.()
    if (closers?.length === 0) this.#pending.delete(ip)
  }

  screen({ id, direction, stage }: ScreenedRemote): Refusal | undefined {
    if (this.#bound === undefined || this.mode === 'shared') return undefined
    const { rules } = this.#bound
    // limits are the dialer's and hello's to decide: only what is refused whatever else is connected
    const verdict: PolicyVerdict = rules.screen(id)
    if (verdict.allow) return undefined
    return stage === 'dial' || direction === 'outbound' || verdict.refusal === 'banned' ? verdict.refusal : undefined
  }

  reserve(remote: { readonly id: NodeId; readonly ip: string; close(): void }): ConnectionSlot | Refusal {
    if (this.#bound === undefined || isExempt(remote.id, this.#bound.rules))
      return { refusalOnly: false, release: () => {} }
    const { maxNumInboundPeers: places, refusalSlots: refusals } = this.#bound.rules.checked
    return this.#places.take(remote, { places, refusals }) ?? 'inbound-full'
  }

  async #filter(
    remote: { readonly ip: string; readonly port: number },
    filterConnection: NonNullable<Rules['checked']['filterConnection']>
  ): Promise<Refusal | undefined> {
    const { rules, filterTimeoutMs } = this.#bound as Bound
    let objection: unknown
    try {
      const asked = Promise.resolve(filterConnection({ ...remote }))
      objection = await withDeadline(asked, rules.clock, filterTimeoutMs, 'filterConnection')
    } catch (err) {
      objection = err
    }
    // Go's filters answer nil where nothing is wrong, and so may a user's
    if (objection === undefined || objection === null) return undefined
    this.pendingClosed(remote.ip)
    return 'filtered'
  }
}
