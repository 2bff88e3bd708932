/**
 * What others may hear of. Go tells everything. Here hearsay of one source stays where it is: otherwise honest nodes would carry made-up addresses to each
 * other under their own names, beyond every bound on sources. Pure.
 *
 * If all sources of a liar are in one group, then what he makes up never has a second group: an honest node tells it only if two groups told it, and none was the
 * first to do so.
 */
import type { BookEntry } from '../interface/address-book.ts'
import type { Random } from '../interface/clock.ts'
import type { KnownAddress, Place } from './known-address.ts'
import { clampBias, newWanted, sample, selectionSize } from './selection.ts'

export type Tells = 'first-hand' | 'all'

interface Choice {
  readonly tells: Tells
  readonly random: Random
}

/** What we have proven, what the node says of itself from a like address, and what two groups of sources have told independently. */
export function mayBeTold({ proven, byItself, sourceGroups }: Place): boolean {
  return proven || byItself || sourceGroups.length >= 2
}

/** Those of whom something may be told. A book of nothing but hearsay tells it all the same: somebody has to be told something. */
export function tellable(entries: KnownAddress[], tells: Tells): KnownAddress[] {
  if (tells === 'all') return entries
  const firstHand = entries.filter(({ places }) => places.some(mayBeTold))
  return firstHand.length > 0 ? firstHand : entries
}

/** The entries with the addresses that may be told. */
function tell(entries: KnownAddress[], tells: Tells): BookEntry[] {
  return entries.map((entry) => {
    const ordered = entry.ordered()
    const places = tells === 'all' ? ordered : ordered.filter(mayBeTold)
    return entry.view(places.length > 0 ? places : ordered)
  })
}

/** Go's GetSelection, of those that are tellable in a book of that size. */
export function randomSelection(all: KnownAddress[], bookSize: number, { tells, random }: Choice): BookEntry[] {
  return tell(sample(all, selectionSize(bookSize), random, isGood), tells)
}

/** Go's GetSelectionWithBias of them. */
export function biasedSelection(
  all: readonly KnownAddress[],
  bias: number,
  bookSize: number,
  { tells, random }: Choice
): BookEntry[] {
  const [fresh, old] = [all.filter(({ kind }) => kind === 'new'), all.filter(({ kind }) => kind === 'old')]
  const n = Math.min(selectionSize(bookSize), all.length)
  const chosen = sample(fresh, newWanted(n, old.length, clampBias(bias)), random, isGood)
  return tell([...chosen, ...sample(old, n - chosen.length, random, isGood)], tells)
}

/** Those that `sample` prefers, in whatever is told. */
export const isGood = ({ good }: KnownAddress): boolean => good
