/**
 * Whom a full node parts with for a newcomer (issue 5, "Judging peers"; the idea is Bitcoin Core's: protect what an attacker cannot cheaply have, then look at the
 * rest). Pure.
 *
 * A switch is full in the ordinary course of things, and Go simply refuses then. So nobody goes for a newcomer who is no gain: one goes only if he is held in low
 * esteem, or stands in a crowd of one network while the newcomer's network is represented by fewer. Filling a node's slots from one network then buys no more than
 * the slots that nobody else wants.
 */
import { ipNetwork } from '../../identity/ip.ts'
import type { NodeId } from '../../interface/node-info.ts'

/** An inbound peer that takes a public slot. */
export interface Evictable {
  readonly id: NodeId
  /** The network it comes from: /16 of IPv4, /32 of IPv6. */
  readonly network: string
  /** How long its first answer took; undefined: not known. */
  readonly latencyMs: number | undefined
  readonly connectedMs: number
  readonly score: number
}

/** Ours: nobody is judged before he could show what he is worth. */
export const MIN_TENURE_MS = 60_000
/** Ours: two misdeeds against the protocol, or one that a reactor has seen. */
export const LOW_SCORE = -20
/** Bitcoin Core's numbers, here for 40 slots: so many are kept for answering fast, and so many for being most useful. */
const PROTECTED_BY_LATENCY = 8
const PROTECTED_BY_SCORE = 8
/** Ours: three nodes of one hosting company are no siege. */
const LEAST_CROWD = 4
/** One of each network, the longest connected, of so many networks. */
const PROTECTED_NETWORKS = 8

/** Who goes, undefined: nobody, the newcomer is refused. `newcomer`: its network. */
export function chooseEvicted(peers: readonly Evictable[], newcomer: { readonly network: string }): NodeId | undefined {
  const crowd = countBy(peers.map(({ network }) => network))
  const seen = peers.filter(({ connectedMs }) => connectedMs >= MIN_TENURE_MS)
  const disliked = seen.filter(({ score }) => score <= LOW_SCORE).sort((a, b) => a.score - b.score)[0]
  if (disliked !== undefined) return disliked.id
  const theirs = crowd.get(newcomer.network) ?? 0
  const open = withoutProtected(seen).filter(({ network }) => {
    const size = crowd.get(network) ?? 0
    return size >= LEAST_CROWD && size > theirs + 1
  })
  // of the largest crowd the one that came last
  open.sort((a, b) => (crowd.get(b.network) ?? 0) - (crowd.get(a.network) ?? 0) || a.connectedMs - b.connectedMs)
  return open[0]?.id
}

function withoutProtected(peers: readonly Evictable[]): Evictable[] {
  let rest = [...peers]
  const protect = (kept: readonly Evictable[]) => {
    const ids = new Set(kept.map(({ id }) => id))
    rest = rest.filter(({ id }) => !ids.has(id))
  }
  const longest = [...rest].sort((a, b) => b.connectedMs - a.connectedMs)
  const networks = new Set<string>()
  protect(longest.filter(({ network }) => !networks.has(network) && networks.add(network).size <= PROTECTED_NETWORKS))
  const quick = rest.filter(({ latencyMs }) => latencyMs !== undefined)
  protect(quick.sort((a, b) => (a.latencyMs ?? 0) - (b.latencyMs ?? 0)).slice(0, PROTECTED_BY_LATENCY))
  protect(
    [...rest]
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, PROTECTED_BY_SCORE)
  )
  // who has stayed, stays: half of the others
  const tenure = [...rest].sort((a, b) => b.connectedMs - a.connectedMs)
  protect(tenure.slice(0, Math.floor(tenure.length / 2)))
  return rest
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** The /16 of IPv4 (also mapped) or the /32 of IPv6; anything else is a network of its own. */
export function networkOf(ip: string): string {
  return ipNetwork(ip, 16, 32)
}
