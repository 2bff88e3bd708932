/**
 * Which candidate makes room for others when there are too many: names cost nothing, so whoever tells of most loses one of his own, and among his one of the network
 * that he tells most of. Pure. Rejected: the one not heard of for longest, by which a single answer full of made-up names puts out all that others have told.
 */

export interface Listed {
  /** Who has told of it. */
  readonly tellers: readonly string[]
  /** Of each of its addresses. */
  readonly groups: readonly string[]
  /** It has been a peer. */
  readonly proven: boolean
}

/**
 * The one to go; undefined: there is none. `listed`: those not heard of for longest first, the newcomer last. Those of whom two have told go after all of whom one has, and those that
 * have been peers at the very last. Where several tellers or networks have most, it is the newcomer's that loses: who comes later has no better claim.
 */
export function leastMissed<T extends Listed>(listed: readonly T[]): T | undefined {
  const newcomer = listed.at(-1)
  if (newcomer === undefined) return undefined
  const unproven = listed.filter(({ proven }) => !proven)
  const bySingle = unproven.filter(({ tellers }) => tellers.length === 1)
  const among = [bySingle, unproven, listed].find((some) => some.length > 0) as readonly T[]
  const teller = mostNamed(among, (one) => one.tellers, newcomer.tellers)
  const told = among.filter(({ tellers }) => tellers.includes(teller))
  const group = mostNamed(told, (one) => one.groups, newcomer.groups)
  return told.find(({ groups }) => groups.includes(group))
}

/** The name that most of them have; among several, one of the preferred. */
function mostNamed<T>(all: readonly T[], namesOf: (one: T) => readonly string[], preferred: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const one of all) for (const name of new Set(namesOf(one))) counts.set(name, (counts.get(name) ?? 0) + 1)
  let [most, count] = ['', 0]
  for (const [name, n] of counts) if (n > count || (n === count && preferred.includes(name))) [most, count] = [name, n]
  return most
}
