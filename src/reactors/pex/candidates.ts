/** Whom to dial next (p2p/pex/pex_reactor.go ensurePeers, spec/addrbook-and-pex.md section 6.2 steps 1 to 3; R-79, D-25). Pure: the book and the switch are asked through functions. */
import type { Random } from '../../interface/clock.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import { mostOfGroup } from '../../util/group-bound.ts'

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
  /** For the bound on one owner's share of the outbound peers; absent: no such bound. */
  readonly owners?: Owners
}

export interface Owners {
  /** All outbound slots, taken or free. */
  readonly slots: number
  /** Of outbound peers, how many each group has. */
  readonly taken: ReadonlyMap<string, number>
  groupOf(address: NetAddress): string
}

export interface Candidates {
  readonly dial: readonly NetAddress[]
  /** Whom to dial instead of those that come to nothing, best first: up to `SPARES` for each that is wanted. */
  readonly spare: readonly NetAddress[]
  /** Different ones that the book gave and that have to wait. */
  readonly waiting: number
  /** How many outbound peers one group may have. */
  readonly mostOfGroup: number
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

/**
 * Those that chance has drawn; where they are more than wanted, the better scores are the likelier ones. No group gets more slots than its share, even if nobody else
 * is there: an attacker with one network, who is always up, would be all of the peers of a node that starts before the others do.
 */
export function chooseCandidates(given: CandidatesGiven): Candidates {
  const { wanted, random, owners } = given
  const bias = biasToNew(given.outbound)
  const drawn = new Map<string, { readonly address: NetAddress; readonly rank: number }>()
  const waiting = new Set<string>()
  const groups = new Set(owners?.taken.keys())
  const draws = wanted > 0 ? Math.max(3 * wanted, LEAST_DRAWS) : 0
  const most = () => (owners === undefined ? Number.POSITIVE_INFINITY : mostOfGroup(owners.slots, groups.size))
  const isFull = () => drawn.size >= (1 + SPARES) * wanted
  // who crowds the book must not hide that there are others
  for (let i = 0; i < draws && !(isFull() && (owners === undefined || most() === 1)); i++) {
    const address = given.pick(bias)
    if (address === undefined) continue
    if (owners !== undefined) groups.add(owners.groupOf(address))
    const key = address.id === '' ? String(address) : address.id
    if (drawn.has(key) || isFull()) continue
    const state = given.state(address)
    if (state === 'dial') drawn.set(key, { address, rank: random() + given.score(address.id) * SCORE_SHARE })
    else if (state === 'waiting') waiting.add(key)
  }
  const all = [...drawn.values()]
  // the more there are to choose from, the more the best would be everybody's: so many, and no more
  const chosen = all.splice(0, CHOICE * wanted).sort((a, b) => b.rank - a.rank)
  const order = [...chosen, ...all].map(({ address }) => address)
  const { dial, rest } = share(order, wanted, most(), owners)
  return { dial, spare: rest, waiting: waiting.size, mostOfGroup: most() }
}

/** The first `wanted` that leave each group within its bound; `rest`: those after them, and those that are beyond it for now. */
function share(order: readonly NetAddress[], wanted: number, most: number, owners: Owners | undefined) {
  const taken = new Map(owners?.taken)
  const [dial, rest]: [NetAddress[], NetAddress[]] = [[], []]
  for (const address of order) {
    const group = owners?.groupOf(address) ?? ''
    const has = taken.get(group) ?? 0
    if (dial.length >= wanted || has >= most) rest.push(address)
    else {
      dial.push(address)
      taken.set(group, has + 1)
    }
  }
  return { dial, rest }
}
