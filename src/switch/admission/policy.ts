/**
 * Who may be a peer: one pure function that the gater, the accept path and the dialer all ask (architecture.md, "Policy is pure"; requirements D-6,
 * D-12, D-15). It reads a snapshot and answers; slots are taken by the ledger in the same tick.
 */
import type { NodeId } from '../../interface/node-info.ts'
import type { PolicyVerdict, Refusal } from '../../interface/policy.ts'
import { MAX_WALL_MS } from '../../util/clock.ts'

/** What is being decided. */
export type PolicyQuestion =
  /** A raw inbound connection, nobody authenticated yet. */
  | { readonly stage: 'pending'; readonly ip: string }
  /** A connection whose key is proven, before anybody knows whether it is to be a peer. */
  | { readonly stage: 'screen'; readonly id: NodeId }
  /** May we dial? The id is missing where the address names none. */
  | { readonly stage: 'dial'; readonly id?: NodeId; readonly ip?: string }
  /** Identity is proven: may this connection become a peer? An outbound one already holds the slot its dial took. */
  | { readonly stage: 'peer'; readonly direction: 'inbound' | 'outbound'; readonly id: NodeId; readonly ip: string }

/** What policy knows. */
export interface PolicyState {
  readonly ownId: NodeId
  readonly running: boolean
  /** Taken slots: peers and those on the way, without persistent and unconditional ones. */
  readonly inbound: number
  readonly outbound: number
  /** A peer, or one on the way in, has this id. */
  hasPeer(id: NodeId): boolean
  /** A peer, or one on the way in, has this IP, and another id. */
  hasIP(ip: string, except: NodeId | undefined): boolean
  /** Wall time at which a ban ends. */
  bannedUntil(id: NodeId): number | undefined
  readonly pending: { readonly global: number; readonly ip: number; readonly prefix: number }
}

export interface PolicyLimits {
  readonly maxNumInboundPeers: number
  readonly maxNumOutboundPeers: number
  readonly allowDuplicateIP: boolean
  readonly pending: { readonly global: number; readonly perIP: number; readonly perPrefix: number }
  isPersistent(id: NodeId): boolean
  isUnconditional(id: NodeId): boolean
}

const ALLOW: PolicyVerdict = Object.freeze({ allow: true })
const refuse = (refusal: Refusal, detail: string): PolicyVerdict => ({ allow: false, refusal, detail })

/** Persistent and unconditional peers take no public slot and are never refused for limits, bans or their IP. */
export function isExempt(id: NodeId, limits: PolicyLimits): boolean {
  return limits.isPersistent(id) || limits.isUnconditional(id)
}

/** `now` is wall time in ms. */
export function decide(question: PolicyQuestion, state: PolicyState, limits: PolicyLimits, now: number): PolicyVerdict {
  if (!state.running) return refuse('stopping', 'the switch does not run')
  if (question.stage === 'pending') return decidePending(state, limits)
  const { id } = question
  const ip = question.stage === 'screen' ? undefined : question.ip
  if (id !== undefined) {
    if (id === state.ownId) return refuse('self', 'that is this node')
    if (state.hasPeer(id)) return refuse('duplicate-id', `${id} is already a peer`)
    if (isExempt(id, limits)) return ALLOW
    const until = state.bannedUntil(id)
    if (until !== undefined && until > now)
      return refuse('banned', `banned until ${new Date(Math.min(until, MAX_WALL_MS)).toISOString()}`)
  }
  if (ip !== undefined && ip !== '' && !limits.allowDuplicateIP && state.hasIP(ip, id))
    return refuse('duplicate-ip', `a peer with IP ${ip} exists and allowDuplicateIP is false`)
  if (question.stage === 'screen') return ALLOW
  if (question.stage === 'dial') return decideSlots('outbound', state.outbound, limits.maxNumOutboundPeers)
  return question.direction === 'inbound' ? decideSlots('inbound', state.inbound, limits.maxNumInboundPeers) : ALLOW
}

function decideSlots(direction: 'inbound' | 'outbound', taken: number, max: number): PolicyVerdict {
  return taken < max ? ALLOW : refuse(`${direction}-full`, `${taken} of ${max} ${direction} slots taken`)
}

function decidePending(state: PolicyState, limits: PolicyLimits): PolicyVerdict {
  const { global, ip, prefix } = state.pending
  if (global >= limits.pending.global) return refuse('pending-full', `${global} connections have not yet authenticated`)
  if (ip >= limits.pending.perIP)
    return refuse('pending-full', `${ip} connections of this IP have not yet authenticated`)
  if (prefix >= limits.pending.perPrefix)
    return refuse('pending-full', `${prefix} connections of this network have not yet authenticated`)
  return ALLOW
}
