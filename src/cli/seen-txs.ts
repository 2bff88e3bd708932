/** The transactions that entered the pool: how many, how fast, and the latest. */
import type { Clock } from '../interface/clock.ts'
import type { NodeView } from './node-view.ts'
import { showTx } from './tx-input.ts'

const SHOWN = 5
/** Rates are taken over so many full seconds. */
const RATE_SECONDS = 5

export class SeenTxs {
  readonly #clock: Clock
  readonly #latest: Uint8Array[] = []
  /** By second of the clock, the newest last. */
  readonly #seconds: Array<{ second: number; txs: number }> = []
  #seen = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(tx: Uint8Array): void {
    this.#seen++
    this.#latest.push(tx)
    if (this.#latest.length > SHOWN) this.#latest.shift()
    const second = this.#second()
    const last = this.#seconds.at(-1)
    if (last?.second === second) last.txs++
    else this.#seconds.push({ second, txs: 1 })
    while (this.#seconds.length > RATE_SECONDS + 1) this.#seconds.shift()
  }

  view(pool: number): NodeView['txs'] {
    const now = this.#second()
    const txs = this.#seconds
      .filter(({ second }) => second < now && second >= now - RATE_SECONDS)
      .reduce((sum, each) => sum + each.txs, 0)
    return { seen: this.#seen, perSecond: txs / RATE_SECONDS, pool, latest: this.#latest.map(showTx) }
  }

  #second(): number {
    return Math.floor(this.#clock.now() / 1000)
  }
}
