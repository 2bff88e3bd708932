/**
 * How many hellos may be heard at once. Each makes us hold a stream until its remote has spoken or its time is up, so strangers have a bound in all and a share
 * per IP, as connections that have not yet authenticated have (requirements D-15); here the key is proven, so the nodes that the switch is configured
 * with stand outside of both, with a bound of their own that depends on nobody else.
 */
import type { NodeId } from '../../../interface/node-info.ts'

/** Ours: those of the pending budget. */
const MAX_STRANGERS = 256
const MAX_PER_IP = 64
/** Hellos at once of one node that is expected: a few connections that overlap, 4 streams each. Ours. */
const MAX_PER_EXPECTED = 16

export class HelloBudget {
  #strangers = 0
  /** Only keys with a count are kept, so both maps together are no larger than what is admitted. */
  readonly #byIP = new Map<string, number>()
  readonly #byId = new Map<NodeId, number>()

  /**
   * Counts one. Undefined: no room. The returned function uncounts it; call it once. `ip` '' (a transport without IP) has no share of its own; `expected`
   * is a persistent or unconditional peer.
   */
  open(id: NodeId, ip: string, expected: boolean): (() => void) | undefined {
    if (expected) return take(this.#byId, id, MAX_PER_EXPECTED)
    if (this.#strangers >= MAX_STRANGERS) return undefined
    const share = ip === '' ? () => {} : take(this.#byIP, ip, MAX_PER_IP)
    if (share === undefined) return undefined
    this.#strangers++
    return () => {
      this.#strangers--
      share()
    }
  }
}

function take(counts: Map<string, number>, key: string, max: number): (() => void) | undefined {
  const count = counts.get(key) ?? 0
  if (count >= max) return undefined
  counts.set(key, count + 1)
  return () => {
    const left = (counts.get(key) ?? 1) - 1
    if (left === 0) counts.delete(key)
    else counts.set(key, left)
  }
}
