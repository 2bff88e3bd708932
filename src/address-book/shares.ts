/**
 * How much of the book one group may have: as the source of what nobody has proven yet, and as the owner of such addresses. Go bounds a source by 32 of 256
 * buckets, which in a book that is not full is far more than all honest entries together; this bound goes with the size of the book instead.
 *
 *     limit(group) = max(floor, share * size of the book)          floor 32, share 1/16
 *     limit(/48)   = limit(group) / 2
 *
 * So one group that is both a source and an owner has at most 1/8 of a book of 512 entries or more (15 % from 427 on), and at most 64 entries of a smaller one. Only
 * new entries count: old ones we have reached ourselves.
 */
import type { HostFacts } from './hosts.ts'
import type { KnownAddress } from './known-address.ts'

/** Ours: as many as the smallest answer of peer exchange (p2p/pex/params.go minGetSelection), so that a first seed can start a book. */
export const GROUP_FLOOR = 32
/** Ours; see above. */
export const GROUP_SHARE = 1 / 16

/** Finer groups are marked by where they come from. */
const isFine = (key: string) => key.endsWith('/48')

/** The keys under which an entry counts. */
export function shareKeys(source: HostFacts, home: HostFacts): string[] {
  return [
    `from ${source.group}`,
    ...(source.fine === undefined ? [] : [`from ${source.fine}`]),
    `at ${home.group}`,
    ...(home.fine === undefined ? [] : [`at ${home.fine}`])
  ]
}

export class Shares {
  readonly #share: number
  /** Only groups that have an entry; so never more than a few per entry of the book. */
  readonly #members = new Map<string, Set<KnownAddress>>()

  constructor(share: number) {
    this.#share = share
  }

  add(entry: KnownAddress): void {
    for (const key of entry.shareKeys) {
      const members = this.#members.get(key)
      if (members === undefined) this.#members.set(key, new Set([entry]))
      else members.add(entry)
    }
  }

  remove(entry: KnownAddress): void {
    for (const key of entry.shareKeys) {
      const members = this.#members.get(key)
      members?.delete(entry)
      if (members?.size === 0) this.#members.delete(key)
    }
  }

  /** Those whose share is used up, by key; undefined if one more entry is all right. */
  usedUp(
    keys: readonly string[],
    size: number
  ): { readonly key: string; readonly members: Iterable<KnownAddress> } | undefined {
    for (const key of keys) {
      const members = this.#members.get(key)
      if (members !== undefined && members.size >= this.limit(key, size)) return { key, members }
    }
    return undefined
  }

  limit(key: string, size: number): number {
    const limit = this.#share >= 1 ? Number.POSITIVE_INFINITY : Math.max(GROUP_FLOOR, Math.floor(size * this.#share))
    return isFine(key) ? limit / 2 : limit
  }
}
