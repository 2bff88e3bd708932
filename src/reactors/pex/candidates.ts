/** Whom to dial next (p2p/pex/pex_reactor.go ensurePeers, spec/addrbook-and-pex.md section 6.2 steps 1 to 3; R-79, D-25). Pure: the book and the switch are asked through functions. */
import type { Random } from '../../interface/clock.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'

export interface CandidatesGiven {
  /** How many to dial. */
  readonly wanted: number
  /** Peers that we dialled. */
  readonly outbound: number
  readonly random: Random
  pick(bias: number): NetAddress | undefined
  /** `skip`: connected, being dialled, ourselves. `waiting`: it was dialled not long ago. */
  state(address: NetAddress): 'dial' | 'skip' | 'waiting'
  /** -100 to 100, as `Switch.score`. */
  score(id: NodeId): number
}

export interface Candidates {
  readonly dial: readonly NetAddress[]
  /** Whom to dial instead of those that come to nothing, best first: up to `SPARES` for each that is wanted. */
  readonly spare: readonly NetAddress[]
  /** Different ones that the book gave and that have to wait. */
  readonly waiting: number
}

/** How far the best score moves a candidate up among those that chance has drawn: a good name helps, it does not decide. */
const SCORE_SHARE = 0.5 / 100

/** Of so many for each that is wanted the best are chosen. */
const CHOICE = 2

/** Toward new addresses the more, the more peers we have: 10 to 90. */
export function biasToNew(outbound: number): number {
  return Math.min(outbound, 8) * 10 + 10
}

/** Ours: in a network that changes fast half of a book may be gone, and eight failures in a row are rare even there. */
const SPARES = 7

/** Go draws three times for each that is wanted; a small book, of which most are connected, often gives nobody then. Ours: at least so often;
 * with 30, one new address among four beside two old ones was missed in a tenth of all runs. */
const LEAST_DRAWS = 100

/** Those that chance has drawn; where they are more than wanted, the better scores are the likelier ones. */
export function chooseCandidates(given: CandidatesGiven): Candidates {
  const { wanted, random } = given
  const bias = biasToNew(given.outbound)
  const drawn = new Map<string, { readonly address: NetAddress; readonly rank: number }>()
  const waiting = new Set<string>()
  const draws = wanted > 0 ? Math.max(3 * wanted, LEAST_DRAWS) : 0
  for (let i = 0; i < draws && drawn.size < (1 + SPARES) * wanted; i++) {
    const address = given.pick(bias)
    if (address === undefined) continue
    const key = address.id === '' ? String(address) : address.id
    if (drawn.has(key)) continue
    const state = given.state(address)
    if (state === 'dial') drawn.set(key, { address, rank: random() + given.score(address.id) * SCORE_SHARE })
    else if (state === 'waiting') waiting.add(key)
  }
  const all = [...drawn.values()]
  // the more there are to choose from, the more the best would be everybody's: so many, and no more
  const chosen = all.splice(0, CHOICE * wanted).sort((a, b) => b.rank - a.rank)
  const order = [...chosen, ...all].map(({ address }) => address)
  return { dial: order.slice(0, wanted), spare: order.slice(wanted), waiting: waiting.size }
}
