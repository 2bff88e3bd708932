/** What of a book is stored, and how it comes back. Private ids and what they told are not among it. */
import type { NetAddress } from '../interface/net-address.ts'
import type { Bans } from './bans.ts'
import type { StoredBook, StoredEntry } from './book-store.ts'
import { isBookKey } from './buckets.ts'
import type { Exclusions } from './exclusions.ts'
import type { KeptScores } from './kept-scores.ts'
import type { KnownAddress } from './known-address.ts'
import { forgetSecrets } from './secrets.ts'
import type { Shelves } from './shelves.ts'
import { readEntry, storeEntry, tryParse } from './stored.ts'

interface Contents {
  readonly shelves: Shelves
  readonly bans: Bans
  readonly exclusions: Exclusions
  readonly scores: KeptScores
}

export function snapshotOf(
  { shelves, bans, exclusions, scores }: Contents,
  anchors: readonly NetAddress[],
  now: number
): StoredBook {
  return {
    key: shelves.key,
    // nothing secret is on the shelves, nor among the entries of bans
    entries: [...shelves.values()].map(storeEntry),
    bans: bans
      .all(now)
      .filter(({ id }) => !exclusions.isPrivate(id))
      .map(({ entry, ...ban }) => ({
        ...ban,
        address: namesPrivate(ban.address, exclusions) ? '' : ban.address,
        ...(entry === undefined ? {} : { entry: storeEntry(entry) })
      })),
    anchors: anchors.filter((anchor) => !exclusions.isSecret(anchor)).map(String),
    scores: scores.all().filter(({ id }) => !exclusions.isPrivate(id))
  }
}

/** The clock was set back: nothing has a time that is still to come. */
export function endTimesAt({ shelves, bans }: Pick<Contents, 'shelves' | 'bans'>, now: number): void {
  for (const entry of shelves.values()) entry.endTimesAt(now)
  for (const { entry } of bans.all(now)) entry?.endTimesAt(now)
}

/**
 * Adds what was stored to what is known by now, which is newer and stays. Times in the future count as now (the clock was set back). Returns the anchors, how many
 * entries were not taken (banned meanwhile, private, or not routable in a strict book), how many scores were, and how much of what was stored says nothing.
 */
export function restoreInto(
  { shelves, bans, exclusions, scores }: Contents,
  stored: StoredBook,
  now: number
): { anchors: NetAddress[]; dropped: number; scored: number; unreadable: number } {
  if (isBookKey(stored.key)) shelves.rekey(stored.key)
  let unreadable = stored.unreadable ?? 0
  const read = (stored: StoredEntry) => {
    const entry = readEntry(stored, (address) => shelves.groupOf(address))
    if (entry === undefined) unreadable++
    return entry === undefined || !keepUsable(entry, exclusions, now) ? undefined : entry
  }
  for (const { entry, ...ban } of stored.bans) {
    const isOfIt = entry === undefined || entry.id === ban.id
    if (!isOfIt) unreadable++
    const known = entry === undefined || !isOfIt ? undefined : read(entry)
    bans.add(known === undefined ? ban : { ...ban, entry: known }, now)
    const unbannedOnDisk = shelves.get(ban.id)
    if (unbannedOnDisk !== undefined && bans.isInForce(ban.id, now)) shelves.remove(unbannedOnDisk)
  }
  let dropped = 0
  const before = unreadable
  // where a bucket has become too small, those reached last keep their place
  for (const each of stored.entries.toSorted((a, b) => b.lastSuccess - a.lastSuccess)) {
    if (shelves.get(each.id) !== undefined) continue
    const entry = bans.isInForce(each.id, now) ? undefined : read(each)
    if (entry !== undefined) shelves.insert(entry)
    else dropped++
  }
  dropped -= unreadable - before
  const anchors = stored.anchors.map(tryParse).filter((anchor) => anchor !== undefined)
  unreadable += stored.anchors.length - anchors.length
  const scored = scores.restore(stored.scores ?? [], ({ id }) => !exclusions.isPrivate(id))
  return { anchors: anchors.filter((anchor) => !exclusions.isSecret(anchor)), dropped, scored, unreadable }
}

/** Leaves its usable places; false if there is none, or the node is one that the book takes nothing of. */
function keepUsable(entry: KnownAddress, exclusions: Exclusions, now: number): boolean {
  if (forgetSecrets(entry, exclusions) === 'all') return false
  const usable = entry.places.filter(
    ({ address, source }) => exclusions.refusal(address, source, () => false) === undefined
  )
  if (usable[0] === undefined) return false
  if (!usable.includes(entry.home)) entry.home = usable[0]
  entry.places.splice(0, entry.places.length, ...usable)
  entry.endTimesAt(now)
  return true
}

function namesPrivate(address: string, exclusions: Exclusions): boolean {
  const parsed = tryParse(address)
  return parsed !== undefined && exclusions.namesPrivate(parsed)
}
