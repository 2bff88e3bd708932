/**
 * What private nodes have told leaves the book the moment they are private, which the operator may say at any time: places, what confirmed a place, records, and the
 * addresses that wait for a test. What others have told too stays. Go keeps it all (p2p/pex/addrbook.go AddPrivateIDs).
 */
import type { Bans } from './bans.ts'
import type { Exclusions } from './exclusions.ts'
import type { KnownAddress, Place } from './known-address.ts'
import { type Rival, type Rivals, tellingOf } from './rivals.ts'
import type { Shelves } from './shelves.ts'
import { type Confirmation, openTelling, tellersOf } from './tellers.ts'

/** How much of an entry had to go: with `home` its buckets are others than before. */
export type Forgotten = 'nothing' | 'some' | 'home' | 'all'

/** Of everything in the book. */
export function forgetAllSecrets(
  { shelves, bans, rivals, exclusions }: { shelves: Shelves; bans: Bans; rivals: Rivals; exclusions: Exclusions },
  now: number
): void {
  const isOpen = isPublic(exclusions)
  const touched = rivals.forgetThose(
    (rival) =>
      exclusions.namesPrivate(rival.address) ||
      !tellersOf(tellingOf(rival)).every(isOpen) ||
      (rival.told.record !== undefined && exclusions.recordNamesPrivate(rival.told.record))
  )
  for (const rival of touched) {
    const left = publicRival(rival, exclusions)
    if (left === undefined) exclusions.addSecret(rival.address)
    else rivals.put(left)
  }
  for (const entry of [...shelves.values()]) {
    const forgotten = forgetSecrets(entry, exclusions)
    // what waits for a test goes with an entry that leaves
    const waiting = rivals.of(entry)
    if (forgotten === 'home' || forgotten === 'all') shelves.remove(entry)
    if (forgotten !== 'home') continue
    shelves.insert(entry)
    for (const rival of waiting) rivals.put(rival)
  }
  for (const { entry, ...ban } of bans.all(now)) {
    if (entry === undefined) continue
    const address = entry.places.some(({ address }) => String(address) === ban.address) ? ban.address : undefined
    const forgotten = forgetSecrets(entry, exclusions)
    if (forgotten === 'nothing') continue
    const known = forgotten !== 'all' && entry.places.some((place) => String(place.address) === address)
    bans.replace(
      {
        ...ban,
        address: address === undefined || known ? ban.address : '',
        ...(forgotten === 'all' ? {} : { entry })
      },
      now
    )
  }
}

/** Of one entry, in a bucket or not. After `all` it is to be thrown away. */
export function forgetSecrets(entry: KnownAddress, exclusions: Exclusions): Forgotten {
  if (exclusions.isPrivate(entry.id)) return 'all'
  const { home, record, recordTellers, kind } = entry
  const told = entry.places.filter((place) => isSecret(place, exclusions))
  for (const { address } of told) exclusions.addSecret(address)
  if (told.length === entry.places.length) return 'all'
  entry.recordTellers = recordTellers.filter((id) => !exclusions.isPrivate(id))
  const recordIsSecret =
    record !== undefined &&
    (entry.recordTellers.length === 0 || told.some(({ signed }) => signed) || exclusions.recordNamesPrivate(record))
  if (recordIsSecret) entry.forgetRecord()
  entry.places.splice(0, entry.places.length, ...entry.places.filter((place) => !told.includes(place)))
  if (told.includes(home)) entry.home = entry.ordered()[0]!
  const { source, sourceGroups } = home
  const touched = entry.places.filter((place) => leavePublic(place, exclusions))
  const isSame = home.source === source && home.sourceGroups.length === sourceGroups.length
  if (told.includes(home) || (kind === 'new' && !isSame)) return 'home'
  const isWhole = told.length + touched.length === 0 && entry.recordTellers.length === recordTellers.length
  return isWhole ? 'nothing' : 'some'
}

/** Have only private nodes told of it, or is it one's address? */
function isSecret(place: Place, exclusions: Exclusions): boolean {
  return exclusions.namesPrivate(place.address) || openTelling(place, isPublic(exclusions)) === undefined
}

/** Leaves the tellers that are not private; true if others were among them. What we have proven ourselves is no less true. */
function leavePublic(place: Place, exclusions: Exclusions): boolean {
  const tellers = tellersOf(place)
  const open = openTelling(place, isPublic(exclusions))
  if (open === undefined || 1 + open.confirmedBy.length === tellers.length) return false
  const groups = new Set(tellersOf(open).map(({ group }) => group))
  const left = place.sourceGroups.filter((group) => groups.has(group))
  Object.assign(place, open, { sourceGroups: left.length > 0 ? left : [open.sourceGroup] })
  return true
}

/** What waits for a test, as those tell it who are not private; undefined where only private nodes do, or it is one's address. */
function publicRival(rival: Rival, exclusions: Exclusions): Rival | undefined {
  const { entry, address, told } = rival
  const open = openTelling(tellingOf(rival), isPublic(exclusions))
  if (open === undefined || exclusions.namesPrivate(address)) return undefined
  const { source, sourceGroup, confirmedBy } = open
  // the record and the node's own word were the first one's
  const { record } = source === told.source ? told : {}
  const mayKeep = record !== undefined && !exclusions.recordNamesPrivate(record)
  const byItself = source === told.source && told.byItself
  return { entry, address, told: { source, sourceGroup, byItself, ...(mayKeep && { record }) }, confirmedBy }
}

function isPublic(exclusions: Exclusions): (one: Confirmation) => boolean {
  return ({ id, source }) => !exclusions.isPrivate(id) && (source === undefined || !exclusions.namesPrivate(source))
}
