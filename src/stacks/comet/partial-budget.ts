/**
 * What all links of a stack together may hold of messages that have not come whole (spec mconnection section 5). Go bounds them by channel only: ten channels of
 * 21 MB are 220 MB for each peer. Each link may hold as much as its longest channel takes, so that whoever sends one long message after the other never
 * notices; what interleaved messages take beyond that comes out of one pool, and who wants more than is left there is at fault. In all: links times the longest
 * message, and the pool. Rejected: a lower bound for each link, which a Go node with long messages for several channels breaks in all honesty.
 */

/** Ours: one peer with ten channels full, or six with three. */
export const PARTIAL_POOL_BYTES = 256 * 1024 * 1024

export class PartialBudget {
  /** The pool, bytes. */
  readonly maxBytes: number
  #taken = 0

  constructor(maxBytes = PARTIAL_POOL_BYTES) {
    this.maxBytes = maxBytes
  }

  /** Of the pool, by all links, bytes. 0 when all have ended. */
  get taken(): number {
    return this.#taken
  }

  /** For one link; `freeBytes` are not taken from the pool. */
  account(freeBytes: number): PartialAccount {
    return new PartialAccount(freeBytes, (bytes) => {
      if (this.#taken + bytes > this.maxBytes) return false
      this.#taken += bytes
      return true
    })
  }
}

/** One link's part of the pool. */
export class PartialAccount {
  readonly #freeBytes: number
  readonly #take: (bytes: number) => boolean
  #taken = 0

  /** Made by `PartialBudget.account`. `take` moves so many bytes more, or fewer if negative, and changes nothing where it says false. */
  constructor(freeBytes: number, take: (bytes: number) => boolean) {
    this.#freeBytes = freeBytes
    this.#take = take
  }

  /** The link holds `bytes` now, in all. False, and nothing has changed, if the pool has not got them. Less is always granted; 0 gives all back. */
  hold(bytes: number): boolean {
    const wanted = Math.max(0, bytes - this.#freeBytes)
    if (wanted === this.#taken) return true
    if (!this.#take(wanted - this.#taken)) return false
    this.#taken = wanted
    return true
  }
}
