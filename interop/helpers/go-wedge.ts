/**
 * Who is to blame for a Go node that stands still in a chain with our bridge. Go's own lp2p loses a node now and then: messages of one channel overtake each other, a
 * part of a block that comes before its proposal is dropped, and its sender has it down as delivered (spec/lp2p.md section 7, #2; spec/bridge.md: 3 of 12 runs without
 * anything of ours). A node that the bridge does not touch has its blocks from a Go node over Go's own link: where that one goes on, the link has lost the other. A node
 * at the bridge is never excused, nor one on the classic stack, which keeps order. Pure.
 */

/** Where a node is in the chain. */
export interface Place {
  readonly name: string
  /** The bridge is a peer of it. */
  readonly bridged: boolean
  /** Names of the Go nodes that it is linked to over lp2p, without anything of ours between. */
  readonly lp2pNeighbours: readonly string[]
}

/** One look at all nodes. */
export interface Sight {
  /** ms, monotonic. */
  readonly at: number
  /** By name; who did not answer is left out. */
  readonly heights: Readonly<Record<string, number>>
}

/** When a node is lost. */
export const wedgeBars = Object.freeze({
  /** It has stood still for so long, ms. */
  stillMs: 10_000,
  /** So many heights its neighbour has made meanwhile, and is ahead of it now. */
  goneOnBy: 10
})

/** The first look from which on the node has answered every time, and the same height. `sights` are in order of time. */
export function stillSince(name: string, sights: readonly Sight[]): Sight | undefined {
  const height = sights.at(-1)?.heights[name]
  if (height === undefined) return undefined
  return sights[sights.findLastIndex(({ heights }) => heights[name] !== height) + 1]
}

/** True where `place` stands still and its neighbour over Go's own lp2p does not. A neighbour that still comes after it, as in block sync, says nothing. */
export function wedgedByGo(place: Place, sights: readonly Sight[], { stillMs, goneOnBy } = wedgeBars): boolean {
  const { name, bridged, lp2pNeighbours } = place
  const [since, last] = [stillSince(name, sights), sights.at(-1)]
  if (bridged || since === undefined || last === undefined || last.at - since.at < stillMs) return false
  const own = last.heights[name]!
  return lp2pNeighbours.some((neighbour) => {
    const meanwhile = sights.slice(sights.indexOf(since)).map(({ heights }) => heights[neighbour])
    // it may have been restarted at first
    const [then, now] = [meanwhile.find((height) => height !== undefined), meanwhile.at(-1)]
    return then !== undefined && now !== undefined && now - Math.max(then, own) >= goneOnBy
  })
}

/** True where all of them have answered for so long, ms, and none has made a block. */
export function noneGoesOn(names: readonly string[], sights: readonly Sight[], stillMs: number): boolean {
  const now = sights.at(-1)?.at ?? 0
  return names.every((name) => {
    const since = stillSince(name, sights)
    return since !== undefined && now - since.at >= stillMs
  })
}
