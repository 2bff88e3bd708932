/**
 * The policy's limits and state as they are now: what the pure `decide` reads. Also who is unconditional and private; who is persistent, persistent-peers.ts knows.
 */

import { InvalidOptionError } from '../../errors.ts'
import { parseNodeId } from '../../identity/node-id.ts'
import type { AddressBook } from '../../interface/address-book.ts'
import type { Clock } from '../../interface/clock.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { PeerPolicyOptions, PolicyVerdict } from '../../interface/policy.ts'
import { assertNames } from '../../util/check.ts'
import { checkedArray, parseAddresses } from '../dialing/address-list.ts'
import { PersistentPeers } from '../dialing/persistent-peers.ts'
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

type PolicyRefusal = Extract<PolicyVerdict, { allow: false }>

/** Checks the options once, at the door. Throws `InvalidOptionError`, `InvalidAddressError` or `InvalidNodeIdError` naming the field. */
export function checkPolicy(options: PeerPolicyOptions = {}): CheckedPolicy {
  if (options.pending !== undefined && (typeof options.pending !== 'object' || options.pending === null))
    throw new InvalidOptionError('pending', options.pending, 'an object')
  if (options.pending !== undefined) assertNames('pending', options.pending, Object.keys(policyDefaults.pending))
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

/** A persistent peer's own IP is let in beyond the budget, but not without end. Ours. */
const PERSISTENT_IP_FACTOR = 2

/** One address on each other stack, and some. Ours. */
const MAX_OTHER_ADDRESSES = 4

export interface RulesComponents {
  readonly ownId: NodeId
  readonly book: AddressBook
  readonly clock: Clock
  isRunning(): boolean
  /** Which of a node's addresses is dialled first: that of the lowest rank. @default all alike */
  rank?(address: NetAddress): number
}

export class Rules implements PolicyLimits {
  readonly checked: CheckedPolicy
  readonly ledger: Ledger
  readonly pendingBudget = new PendingBudget()
  readonly persistent: PersistentPeers
  readonly #components: RulesComponents
  readonly #unconditional: Set<NodeId>

  constructor(components: RulesComponents, checked: CheckedPolicy) {
    this.#components = components
    this.checked = checked
    this.ledger = new Ledger((id) => isExempt(id, this))
    this.#unconditional = new Set(checked.unconditionalPeerIDs)
    this.persistent = new PersistentPeers(components.rank, (id) => this.#reinstate(id))
    this.persistent.add(checked.persistentPeers)
    this.liftBans()
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
    return this.persistent.has(id)
  }

  /** Where else the node of that address may be dialled: as configured, else as the address book knows it. */
  otherAddresses(address: NetAddress): readonly NetAddress[] {
    if (this.persistent.hasAddress(address)) return this.persistent.otherAddresses(address)
    const known = address.id === '' ? [] : (this.#components.book.addressesOf?.(address.id) ?? [])
    return known.filter((other) => !other.equals(address)).slice(0, MAX_OTHER_ADDRESSES)
  }

  isUnconditional(id: NodeId): boolean {
    return this.#unconditional.has(id)
  }

  addUnconditional(ids: readonly NodeId[]): void {
    for (const id of ids) {
      this.#unconditional.add(id)
      this.#reinstate(id)
    }
  }

  /** The one way into the ban list (D-6). False: the node is persistent, unconditional or this one, and is not banned. `reason` is for people. */
  ban(id: NodeId, address: NetAddress | undefined, banMs: number, reason: string): boolean {
    const { book, ownId } = this.#components
    if (id === ownId || isExempt(id, this)) return false
    book.markBad(id, address, banMs, reason)
    return true
  }

  /** D-6: of those that are never banned, whatever the book was told before it knew; a book may be read from a file after we were made. */
  liftBans(): void {
    for (const id of [...this.#unconditional, ...this.persistent.ids()]) this.#reinstate(id)
  }

  #reinstate(id: NodeId): void {
    this.#components.book.unban?.(id)
  }

  /**
   * A connection came in of which only the IP is known: counts it, or says why it is refused. `shared`: on a node that carries other protocols too, whether the
   * switch runs is no matter of theirs.
   */
  meet(ip: string, shared = false): { readonly allow: true; release(): void } | PolicyRefusal {
    const verdict = this.ask({ stage: 'pending', ip })
    if (!verdict.allow) {
      const full = verdict.refusal === 'pending-full'
      // a persistent peer's connections are not refused before they could prove whose they are
      const expected = this.persistent.livesAt(ip) && this.#mayExceed(ip)
      if (!expected && (full || !shared)) return verdict
    }
    return { allow: true, release: this.pendingBudget.open(ip) }
  }

  #mayExceed(ip: string): boolean {
    return this.pendingBudget.counts(ip).ip < PERSISTENT_IP_FACTOR * this.pending.perIP
  }

  get clock(): Clock {
    return this.#components.clock
  }

  /** Is it refused as banned? Not one that never is (D-6), whatever its book says. */
  isBanned(id: NodeId): boolean {
    const verdict = this.screen(id)
    return !verdict.allow && verdict.refusal === 'banned'
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
