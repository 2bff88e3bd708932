/**
 * How many of a number of slots one group of addresses may have, so that whoever has many ids in one network does not become all of a node's peers (issue 5, the
 * eclipse). Pure. Rejected: one slot for each group, as Bitcoin Core has it, which leaves a node in a network of few groups without peers.
 */

/** The groups that were seen share the slots as if there were so many times fewer of them: one slot each where there are twice as many groups as slots. Ours. */
const ENOUGH_GROUPS = 2
/** Where that gives one group so large a part of the slots, there are too few groups to tell owners apart: a company's own network. Ours. */
const HOPELESS_SHARE = 1 / 2

/** At least 1; Infinity: no bound. `groups`: how many different ones have been seen. */
export function mostOfGroup(slots: number, groups: number): number {
  const most = Math.ceil((ENOUGH_GROUPS * slots) / groups)
  return most < slots * HOPELESS_SHARE ? most : Number.POSITIVE_INFINITY
}
