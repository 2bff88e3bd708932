/**
 * Which candidate makes room for others when there are too many: names cost nothing, so whoever tells of most loses one of his own, and among his one of the network
 * that he tells most of. Pure. Rejected: the one not heard of for longest, by which a single answer full of made-up names puts out all that others have told; and counting all anew
 * for each newcomer, which is what a flood of names would have us do all day.
 */

export interface Listed {
  /** Who has told of it. */
  readonly tellers: readonly string[]
  /** Of each of its addresses. */
  readonly groups: readonly string[]
  /** It has been a peer. */
  readonly proven: boolean
}

/** What one teller has told of. */
interface Told<T> {
  /** Those not heard of for longest first. */
  readonly all: Set<T>
  readonly byGroup: Map<string, number>
}

/** Those that one has told of, go before those that two have; those that have been peers are the very last. */
const RANKS = 3
const rankOf = ({ proven, tellers }: Listed): number => (proven ? 2 : tellers.length > 1 ? 1 : 0)

/** All candidates, counted by who tells of them. What is in it must not change in any of what `Listed` says. */
export class Room<T extends Listed> {
  readonly #ranks = Array.from({ length: RANKS }, () => new Map<string, Told<T>>())

  add(one: T): void {
    const byTeller = this.#ranks[rankOf(one)] as Map<string, Told<T>>
    for (const teller of one.tellers) {
      const told = byTeller.get(teller) ?? { all: new Set(), byGroup: new Map() }
      byTeller.set(teller, told)
      told.all.add(one)
      for (const group of new Set(one.groups)) told.byGroup.set(group, (told.byGroup.get(group) ?? 0) + 1)
    }
  }

  delete(one: T): void {
    const byTeller = this.#ranks[rankOf(one)] as Map<string, Told<T>>
    for (const teller of one.tellers) {
      const told = byTeller.get(teller)
      if (!told?.all.delete(one)) continue
      if (told.all.size === 0) byTeller.delete(teller)
      for (const group of new Set(one.groups)) {
        const count = (told.byGroup.get(group) as number) - 1
        if (count === 0) told.byGroup.delete(group)
        else told.byGroup.set(group, count)
      }
    }
  }

  /** The one to go; undefined: there is none. Where several tellers or networks have most, it is the newcomer's that loses: who comes later has no better claim. */
  leastMissed(newcomer: T): T | undefined {
    const byTeller = this.#ranks.find(({ size }) => size > 0)
    if (byTeller === undefined) return undefined
    const told = byTeller.get(mostNamed(byTeller, ({ all }) => all.size, newcomer.tellers)) as Told<T>
    const group = mostNamed(told.byGroup, (count) => count, newcomer.groups)
    for (const one of told.all) if (one.groups.includes(group)) return one
    return undefined
  }
}

/** The name that has most; among several, one of the preferred. */
function mostNamed<V>(
  all: ReadonlyMap<string, V>,
  countOf: (value: V) => number,
  preferred: readonly string[]
): string {
  let [most, count] = ['', 0]
  for (const [name, value] of all) {
    const n = countOf(value)
    if (n > count || (n === count && preferred.includes(name))) [most, count] = [name, n]
  }
  return most
}
