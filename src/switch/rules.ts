/**
 * The policy's limits and state as they are now: what the pure `decide` reads. Also who is persistent, unconditional and private.
 */

import { InvalidOptionError } from '../errors.ts'
import { parseNodeId } from '../identity/node-id.ts'
import type { AddressBook } from '../interface/address-book.ts'
import type { Clock } from '../interface/clock.ts'
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId } from '../interface/node-info.ts'
import type { PeerPolicyOptions, PolicyVerdict } from '../interface/policy.ts'
import { addressKey } from './address-key.ts'
import { checkedArray, parseAddresses } from './address-list.ts'
import { type DialJob, Ledger } from './ledger.ts'
import { PendingBudget } from './pending-budget.ts'
import { decide, isExempt, type PolicyLimits, type PolicyQuestion } from './policy.ts'

/** spec/transport-and-switch.md section 1; pending and refusalSlots are ours. */
export const policyDefaults = Object.freeze({
  mode: 'shared' as const,
  maxNumInboundPeers: 40,
  maxNumOutboundPeers: 10,
  allowDuplicateIP: false,
  persistentPeersMaxDialPeriod: 600_000,
  pending: Object.freeze({ global: 256, perIP: 64, perPrefix: 128 }),
  refusalSlots: 8
})

/** Options with every default filled in and every address parsed. */
export interface CheckedPolicy {
  readonly mode: 'shared' | 'exclusive'
  readonly maxNumInboundPeers: number
  readonly maxNumOutboundPeers: number
  readonly allowDuplicateIP: boolean
  readonly persistentPeersMaxDialPeriod: number
  readonly pending: { readonly global: number; readonly perIP: number; readonly perPrefix: number }
  readonly refusalSlots: number
  readonly persistentPeers: readonly NetAddress[]
  readonly unconditionalPeerIDs: readonly NodeId[]
  readonly privatePeerIDs: readonly NodeId[]
  readonly filterConnection: PeerPolicyOptions['filterConnection']
  readonly filterPeer: PeerPolicyOptions['filterPeer']
}

/** Checks the options once, at the door. Throws `InvalidOptionError`, `InvalidAddressError` or `InvalidNodeIdError` naming the field. */
export function checkPolicy(options: PeerPolicyOptions = {}): CheckedPolicy {
  if (options.pending !== undefined && (typeof options.pending !== 'object' || options.pending === null))
    throw new InvalidOptionError('pending', options.pending, 'an object')
  const pending = { ...policyDefaults.pending, ...options.pending }
  const checked: CheckedPolicy = {
    mode: options.mode ?? policyDefaults.mode,
    maxNumInboundPeers: options.maxNumInboundPeers ?? policyDefaults.maxNumInboundPeers,
    maxNumOutboundPeers: options.maxNumOutboundPeers ?? policyDefaults.maxNumOutboundPeers,
    allowDuplicateIP: options.allowDuplicateIP ?? policyDefaults.allowDuplicateIP,
    persistentPeersMaxDialPeriod: options.persistentPeersMaxDialPeriod ?? policyDefaults.persistentPeersMaxDialPeriod,
    pending,
    refusalSlots: options.refusalSlots ?? policyDefaults.refusalSlots,
    persistentPeers: parseAddresses('persistentPeers', options.persistentPeers ?? []),
    unconditionalPeerIDs: checkedArray('unconditionalPeerIDs', options.unconditionalPeerIDs ?? []).map((id) =>
      parseNodeId('unconditionalPeerIDs', id)
    ),
    privatePeerIDs: checkedArray('privatePeerIDs', options.privatePeerIDs ?? []).map((id) =>
      parseNodeId('privatePeerIDs', id)
    ),
    filterConnection: options.filterConnection,
    filterPeer: options.filterPeer
  }
  if (checked.mode !== 'shared' && checked.mode !== 'exclusive')
    throw new InvalidOptionError('mode', options.mode, "'shared' or 'exclusive'")
  if (typeof checked.allowDuplicateIP !== 'boolean')
    throw new InvalidOptionError('allowDuplicateIP', options.allowDuplicateIP, 'a boolean')
  for (const field of [
    'maxNumInboundPeers',
    'maxNumOutboundPeers',
    'persistentPeersMaxDialPeriod',
    'refusalSlots'
  ] as const)
    count(field, checked[field])
  for (const field of ['global', 'perIP', 'perPrefix'] as const) count(`pending.${field}`, pending[field])
  for (const field of ['filterConnection', 'filterPeer'] as const)
    if (checked[field] !== undefined && typeof checked[field] !== 'function')
      throw new InvalidOptionError(field, checked[field], 'a function')
  return checked
}

function count(field: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new InvalidOptionError(field, value, 'a whole number >= 0')
}

export interface RulesComponents {
  readonly ownId: NodeId
  readonly book: AddressBook
  readonly clock: Clock
  isRunning(): boolean
}

export class Rules implements PolicyLimits {
  readonly checked: CheckedPolicy
  readonly ledger: Ledger
  readonly pendingBudget = new PendingBudget()
  readonly #components: RulesComponents
  /** By id where the address names one; else by the address, and by the id that its last dial has shown. */
  readonly #persistent = new Map<string, NetAddress>()
  /** That id, by address: one each, so that whoever answers there cannot collect ids that are never refused. */
  readonly #learned = new Map<string, NodeId>()
  readonly #unconditional: Set<NodeId>

  constructor(components: RulesComponents, checked: CheckedPolicy) {
    this.#components = components
    this.checked = checked
    this.ledger = new Ledger((id) => isExempt(id, this))
    this.#unconditional = new Set(checked.unconditionalPeerIDs)
    this.addPersistent(checked.persistentPeers)
    components.book.addPrivateIDs([...checked.privatePeerIDs])
  }

  get maxNumInboundPeers(): number {
    return this.checked.maxNumInboundPeers
  }
  get maxNumOutboundPeers(): number {
    return this.checked.maxNumOutboundPeers
  }
  get allowDuplicateIP(): boolean {
    return this.checked.allowDuplicateIP
  }
  get pending(): CheckedPolicy['pending'] {
    return this.checked.pending
  }

  isPersistent(id: NodeId): boolean {
    return this.#persistent.has(id)
  }

  isUnconditional(id: NodeId): boolean {
    return this.#unconditional.has(id)
  }

  isPersistentAddress(address: NetAddress): boolean {
    return this.#persistent.has(addressKey(address))
  }

  /** Where to dial a persistent peer. */
  persistentAddress(id: NodeId): NetAddress | undefined {
    return this.#persistent.get(id)
  }

  persistentAddresses(): NetAddress[] {
    return [...new Set(this.#persistent.values())]
  }

  addPersistent(addresses: readonly NetAddress[]): void {
    for (const address of addresses) this.#persistent.set(addressKey(address), address)
  }

  /** A persistent address without an id turned out to lead to this node. */
  learnPersistent(address: NetAddress, id: NodeId): void {
    const key = String(address)
    const known = address.id === '' ? this.#persistent.get(key) : undefined
    if (known === undefined) return
    const before = this.#learned.get(key)
    if (before !== undefined && this.#persistent.get(before) === known) this.#persistent.delete(before)
    if (this.#persistent.has(id)) return
    this.#learned.set(key, id)
    this.#persistent.set(id, known)
  }

  addUnconditional(ids: readonly NodeId[]): void {
    for (const id of ids) this.#unconditional.add(id)
  }

  /** Does a persistent peer live at this IP? Its connections are not refused before they could prove whose they are. */
  isPersistentIP(ip: string): boolean {
    return this.persistentAddresses().some(({ host }) => host === ip)
  }

  get clock(): Clock {
    return this.#components.clock
  }

  /** Is this node refused whatever else is connected: ourselves, or banned? For connections that are not yet peers. */
  screen(id: NodeId): PolicyVerdict {
    const { ownId, book, clock, isRunning } = this.#components
    return decide(
      { stage: 'screen', id },
      {
        ownId,
        running: isRunning(),
        inbound: 0,
        outbound: 0,
        hasPeer: () => false,
        hasIP: () => false,
        bannedUntil: (of) => book.bannedUntil(of),
        pending: { global: 0, ip: 0, prefix: 0 }
      },
      this,
      clock.wall()
    )
  }

  /** R-79, D-22: public outbound slots that nobody has and nobody is dialling for. */
  freeOutboundSlots(): number {
    return Math.max(0, this.maxNumOutboundPeers - this.ledger.slots().outbound)
  }

  /** Asks the policy about now. `job`: the dial that asks, whose own slot does not count against it. */
  ask(question: PolicyQuestion, job?: DialJob): PolicyVerdict {
    const { ownId, book, clock, isRunning } = this.#components
    return decide(
      question,
      {
        ownId,
        running: isRunning(),
        ...this.ledger.slots(job),
        hasPeer: (id) => this.ledger.seat(id) !== undefined,
        hasIP: (ip, except) => this.ledger.hasIP(ip, except),
        bannedUntil: (id) => book.bannedUntil(id),
        pending: this.pendingBudget.counts(question.stage === 'pending' ? question.ip : '')
      },
      this,
      clock.wall()
    )
  }
}
