/**
 * How much of the book one group may have: as the source of what nobody has proven yet, and as the owner of such addresses. Go bounds a source by 32 of 256
 * buckets, which in a book that is not full is far more than all honest entries together; this bound goes with the size of the book instead.
 *
 *     limit(group) = max(floor, share * size of the book)          floor 32 as a source, 16 as an owner; share 1/16
 *     limit(/48)   = limit(group) / 2
 *
 * So of one group's own addresses nobody has proven there are at most 1/16 in a book of 256 entries or more, 15 % from 107 on, and 16 in a smaller one; with
 * what it has told of others at most 1/8 in one of 512 or more, and 48 in a small one. Only new entries count: old ones we have reached ourselves.
 */
import type { NodeId } from '../interface/node-info.ts'
import type { HostFacts } from './hosts.ts'
import type { KnownAddress } from './known-address.ts'

/** Ours: as many as the smallest answer of peer exchange (p2p/pex/params.go minGetSelection), so that a first seed can start a book. */
export const GROUP_FLOOR = 32
/** Ours: as an owner, enough for the outbound slots of a node whose whole network is one group; what it reaches counts no more, and makes room for others. */
export const OWNER_FLOOR = 16
/** Ours; see above. */
export const GROUP_SHARE = 1 / 16

/** Finer groups are marked by where they come from. */
const isFine = (key: string) => key.endsWith('/48')

/** How keys of owners begin. */
const OWNER = 'at '

const OPERATOR = 'operator '

/**
 * The group of what the operator tells of a node, in place of our own address's: one of many, as all nodes of one network that have one group of sources are in
 * one bucket of 64.
 */
export function operatorGroup(id: NodeId): string {
  return `${OPERATOR}${id.slice(-2)}`
}

export function isOperatorGroup(group: string): boolean {
  return group.startsWith(OPERATOR)
}

/** The keys under which an entry counts. `source`: undefined where it was the operator, who has no share. */
export function shareKeys(source: HostFacts | undefined, home: HostFacts): string[] {
  return [
    ...(source === undefined ? [] : [`from ${source.group}`]),
    ...(source?.fine === undefined ? [] : [`from ${source.fine}`]),
    ...ownerKeys(home)
  ]
}

/** Those of `shareKeys` that say whose address it is. */
export function ownerKeys({ group, fine }: HostFacts): string[] {
  return [`${OWNER}${group}`, ...(fine === undefined ? [] : [`${OWNER}${fine}`])]
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
    const floor = key.startsWith(OWNER) ? OWNER_FLOOR : GROUP_FLOOR
    const limit = this.#share >= 1 ? Number.POSITIVE_INFINITY : Math.max(floor, Math.floor(size * this.#share))
    return isFine(key) ? limit / 2 : limit
  }
}
