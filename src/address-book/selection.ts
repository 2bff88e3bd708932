/** How many entries others are told and which (p2p/pex/addrbook.go GetSelection, GetSelectionWithBias, PickAddress; spec section 4). Pure. */
import type { Random } from '../interface/clock.ts'

/** p2p/pex/params.go. */
const SELECTION_PERCENT = 23
const MIN_SELECTION = 32
const MAX_SELECTION = 250

export function selectionSize(bookSize: number): number {
  return Math.min(
    MAX_SELECTION,
    Math.max(Math.min(MIN_SELECTION, bookSize), Math.floor((bookSize * SELECTION_PERCENT) / 100))
  )
}

export function clampBias(bias: number): number {
  return bias > 0 ? Math.min(100, bias) : 0
}

/** Go's weights: the square roots keep a crowd of new addresses from drowning the few that are proven. */
export function picksOld(nOld: number, nNew: number, bias: number, random: Random): boolean {
  const old = Math.sqrt(nOld) * (100 - bias)
  return (old + Math.sqrt(nNew) * bias) * random() < old
}

/** How many new ones go into an answer of `n`, when there are `nOld` old ones to fill it. */
export function newWanted(n: number, nOld: number, bias: number): number {
  return Math.max(Math.round((bias * n) / 100), n - nOld)
}

/** `n` of them at random, each at most once; those that are preferred come a little sooner. The list is shuffled in place. */
export function sample<T>(list: T[], n: number, random: Random, prefers: (item: T) => boolean): T[] {
  const count = Math.min(n, list.length)
  for (let i = 0; i < count; i++) {
    const left = list.length - i
    let at = i + Math.floor(random() * left)
    if (!prefers(list[at]!)) {
      const second = i + Math.floor(random() * left)
      if (prefers(list[second]!)) at = second
    }
    ;[list[i], list[at]] = [list[at]!, list[i]!]
  }
  return list.slice(0, count)
}
