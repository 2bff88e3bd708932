/**
 * Who has told of an address: the first of them, and a few of those who have told it since. One of them may become private, and then it must be known who else has told it. The
 * few are chosen so that each group of sources that an address counts for has one who stands for it, and beyond that so that they are of many groups: nodes that become private
 * together are mostly one owner's. Pure. Rejected: the groups alone, of which nobody can say whose word they were.
 */
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId } from '../interface/node-info.ts'
import { BUCKETS } from './buckets.ts'

/** Beside the first. Ours: one for each group of sources that an address may count for, and no more than that. */
export const MAX_CONFIRMATIONS = BUCKETS.maxNewPerEntry

/** One more who has told of an address. */
export interface Confirmation {
  readonly group: string
  readonly id: NodeId | ''
  /** Where it was; undefined where that was not kept. */
  readonly source?: NetAddress
}

/** What is told by somebody: of one address. */
export interface Telling {
  /** The first who told of it, or, if that one has become private, the first of the others. */
  readonly source: NetAddress
  readonly sourceGroup: string
  /** The others, at most `MAX_CONFIRMATIONS`. */
  readonly confirmedBy: readonly Confirmation[]
}

/** All of them, the first one first. */
export function tellersOf({ source, sourceGroup, confirmedBy }: Telling): Confirmation[] {
  return [{ group: sourceGroup, id: source.id, source }, ...confirmedBy]
}

/** `confirmedBy` of a telling after one more has told it. `groups`: those that the address counts for, at most `BUCKETS.maxNewPerEntry`, the newcomer's among them where it is one. */
export function confirmed(telling: Telling, one: Confirmation, groups: readonly string[]): readonly Confirmation[] {
  const { confirmedBy } = telling
  const all = tellersOf(telling)
  const known = all.findIndex(({ id, group }) => id === one.id && group === one.group)
  if (known === 0) return confirmedBy
  if (known > 0) return confirmedBy.with(known - 1, all[known]!.source === undefined ? one : all[known]!)
  const isOfNewGroup = !all.some(({ group }) => group === one.group)
  const mustStand = isOfNewGroup && groups.includes(one.group)
  if (!mustStand && all.some(({ id }) => id === one.id)) return confirmedBy
  if (confirmedBy.length < MAX_CONFIRMATIONS) return [...confirmedBy, one]
  const isOneOfSeveral = (other: Confirmation) => all.some((each) => each !== other && each.group === other.group)
  let leaves = isOfNewGroup ? confirmedBy.findLastIndex(isOneOfSeveral) : -1
  if (leaves < 0 && mustStand) leaves = confirmedBy.findLastIndex(({ group }) => !groups.includes(group))
  return leaves < 0 ? confirmedBy : [...confirmedBy.toSpliced(leaves, 1), one]
}

/** Without those who are not `open`; undefined where nobody is left of whom the address is known, as one must be the first. */
export function openTelling(telling: Telling, isOpen: (one: Confirmation) => boolean): Telling | undefined {
  const open = tellersOf(telling).filter(isOpen)
  const first = open.find(({ source }) => source !== undefined)
  if (first?.source === undefined) return undefined
  return { source: first.source, sourceGroup: first.group, confirmedBy: open.filter((one) => one !== first) }
}
