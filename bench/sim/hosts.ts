/** Where simulated nodes live: routable IPv4 addresses, unevenly spread over networks as those of a real chain are. */

import { isRoutable } from '../../src/identity/reachability.ts'
import type { Random } from '../../src/interface/clock.ts'

/** Some third of the nodes are with a few hosting companies. Ours. */
const HOSTED_SHARE = 1 / 3
const HOSTED_NETWORKS = 12
const SOME_ID = '0'.repeat(40)

/** Gives each node an address of its own. `taken`: /16 networks, as `a.b`, that no honest node is to be in. */
export class Hosts {
  readonly #random: Random
  readonly #taken: ReadonlySet<string>
  readonly #given = new Set<string>()
  readonly #hosted: readonly string[]

  constructor(random: Random, taken: readonly string[] = []) {
    this.#random = random
    this.#taken = new Set(taken)
    this.#hosted = Array.from({ length: HOSTED_NETWORKS }, () => this.#network())
  }

  next(): string {
    const hosted = this.#random() < HOSTED_SHARE
    return this.in(hosted ? this.#hosted[Math.floor(this.#random() * HOSTED_NETWORKS)]! : this.#network())
  }

  /** A free address of that network, `a.b`. */
  in(network: string): string {
    for (;;) {
      const host = `${network}.${this.#byte()}.${this.#byte()}`
      if (this.#given.has(host)) continue
      this.#given.add(host)
      return host
    }
  }

  #network(): string {
    for (;;) {
      const network = `${1 + Math.floor(this.#random() * 222)}.${this.#byte()}`
      if (!this.#taken.has(network) && isRoutable({ id: SOME_ID, host: `${network}.7.7` })) return network
    }
  }

  #byte(): number {
    return 1 + Math.floor(this.#random() * 250)
  }
}
