/**
 * What private nodes have told leaves the book the moment they are private, which the operator may say at any time: places, what confirmed a place, records, and the
 * addresses that wait for a test. What others have told of the same node stays. Go keeps it all (p2p/pex/addrbook.go AddPrivateIDs).
 */
import type { Bans } from './bans.ts'
import type { Exclusions } from './exclusions.ts'
import type { Confirmation, KnownAddress, Place } from './known-address.ts'
import type { Rivals } from './rivals.ts'
import type { Shelves } from './shelves.ts'

/** How much of an entry had to go: with `home` its buckets are others than before. */
export type Forgotten = 'nothing' | 'some' | 'home' | 'all'

/** Of everything in the book. */
export function forgetAllSecrets(
  { shelves, bans, rivals, exclusions }: { shelves: Shelves; bans: Bans; rivals: Rivals; exclusions: Exclusions },
  now: number
): void {
  const secret = rivals.forgetThose(
    ({ address, told: { source, record } }) =>
      exclusions.namesPrivate(address) ||
      exclusions.namesPrivate(source) ||
      (record !== undefined && exclusions.recordNamesPrivate(record))
  )
  for (const { address } of secret) exclusions.addSecret(address)
  for (const entry of [...shelves.values()]) {
    const forgotten = forgetSecrets(entry, exclusions)
    if (forgotten === 'home' || forgotten === 'all') shelves.remove(entry)
    if (forgotten === 'home') shelves.insert(entry)
  }
  for (const { entry, ...ban } of bans.all(now)) {
    if (entry === undefined) continue
    const address = entry.places.some(({ address }) => String(address) === ban.address) ? ban.address : undefined
    const forgotten = forgetSecrets(entry, exclusions)
    if (forgotten === 'nothing') continue
    const known = forgotten !== 'all' && entry.places.some((place) => String(place.address) === address)
    bans.replace({
      ...ban,
      address: address === undefined || known ? ban.address : '',
      ...(forgotten === 'all' ? {} : { entry })
    })
  }
}

/** Of one entry, in a bucket or not. After `all` it is to be thrown away. */
export function forgetSecrets(entry: KnownAddress, exclusions: Exclusions): Forgotten {
  if (exclusions.isPrivate(entry.id)) return 'all'
  const { home, record, kind } = entry
  const told = entry.places.filter((place) => isSecret(place, exclusions))
  for (const { address } of told) exclusions.addSecret(address)
  if (told.length === entry.places.length) return 'all'
  const recordIsSecret =
    record !== undefined && (exclusions.isPrivate(entry.recordSource) || exclusions.recordNamesPrivate(record))
  if (recordIsSecret) entry.forgetRecord()
  entry.places.splice(0, entry.places.length, ...entry.places.filter((place) => !told.includes(place)))
  if (told.includes(home)) entry.home = entry.ordered()[0]!
  const confirmed = entry.places.filter((place) => leavePublic(place, exclusions))
  if (told.includes(home) || (kind === 'new' && confirmed.includes(home))) return 'home'
  return recordIsSecret || told.length + confirmed.length > 0 ? 'some' : 'nothing'
}

/** Have only private nodes told of it, or is it one's address? */
function isSecret(place: Place, exclusions: Exclusions): boolean {
  return exclusions.namesPrivate(place.address) || publicGroups(place, exclusions).length === 0
}

/**
 * Leaves the sources that are not private; true if others were among them. Where the first one was, the first of those that have confirmed it stands in its place: what we
 * have proven ourselves since is no less true.
 */
function leavePublic(place: Place, exclusions: Exclusions): boolean {
  const groups = publicGroups(place, exclusions)
  const isPublicSource = !exclusions.namesPrivate(place.source)
  if (isPublicSource && groups.length === place.sourceGroups.length) return false
  const confirmedBy = publicConfirmations(place, exclusions)
  const first = isPublicSource ? undefined : confirmedBy.find(({ source }) => source !== undefined)
  place.sourceGroups = groups
  place.confirmedBy = confirmedBy.filter((each) => each !== first)
  if (first?.source !== undefined) place.source = first.source
  return true
}

/** The groups of sources in which somebody has told who is not private; none where nobody could be named as the source. */
function publicGroups(place: Place, exclusions: Exclusions): string[] {
  const { source, sourceGroups, confirmedBy } = place
  const confirmed = publicConfirmations(place, exclusions)
  if (exclusions.namesPrivate(source)) {
    if (!confirmed.some(({ source }) => source !== undefined)) return []
    return sourceGroups.filter((group) => confirmed.some((each) => each.group === group))
  }
  if (confirmed.length === confirmedBy.length) return sourceGroups
  const secret = new Set(confirmedBy.filter((each) => !confirmed.includes(each)).map(({ group }) => group))
  return sourceGroups.filter((group) => !secret.has(group))
}

/** Of those that still stand for a group. */
function publicConfirmations({ sourceGroups, confirmedBy }: Place, exclusions: Exclusions): Confirmation[] {
  return confirmedBy.filter(
    ({ group, id, source }) =>
      sourceGroups.includes(group) &&
      !exclusions.isPrivate(id) &&
      (source === undefined || !exclusions.namesPrivate(source))
  )
}
