/**
 * The transactions of the demo: each node submits in turn, and each transaction is followed until every pool has it. It then leaves all pools at once, as if
 * a block had taken it: nobody makes blocks here, and pools are bounded.
 */
import type { Clock, Random, TimerHandle } from '../interface/clock.ts'
import type { MempoolReactor } from '../reactors/mempool/mempool-reactor.ts'
import { type TxKey, txKey } from '../reactors/mempool/tx-key.ts'
import type { DemoTxsView } from './demo-view.ts'

export interface TrafficNode {
  readonly name: string
  readonly mempool: MempoolReactor
}

export interface TrafficComponents {
  readonly nodes: readonly TrafficNode[]
  readonly clock: Clock
  readonly random: Random
}

/** How often what is due is submitted, ms. */
const TICK_MS = 50
/** Transactions on the way at most: more are not submitted until some have arrived. Far below a pool's size, so none is refused. */
const MAX_ON_THE_WAY = 1_000
/** Times kept for the median. */
const KEPT_TIMES = 1_000
/** Seconds kept for the graph. */
const KEPT_SECONDS = 120
/** Over how many seconds rates are taken. */
const RATE_SECONDS = 5

interface OnTheWay {
  readonly tx: Uint8Array
  readonly from: number
  readonly at: number
  /** Bit i: node i has it. */
  seen: number
}

/** One second of it: submitted by all, entered per node, and how long those took that arrived everywhere, ms. */
interface Second {
  submitted: number
  readonly entered: number[]
  readonly times: number[]
}

export class DemoTraffic {
  readonly #nodes: readonly TrafficNode[]
  readonly #clock: Clock
  readonly #random: Random
  readonly #perSecond: number
  readonly #onTheWay = new Map<TxKey, OnTheWay>()
  readonly #times: number[] = []
  readonly #seconds: Second[] = []
  readonly #entered: number[]
  readonly #unlisten: Array<() => void> = []
  #timer: TimerHandle
  #second: Second
  #secondEndsAt = 0
  #submitted = 0
  #everywhere = 0
  /** Fractions of a transaction that are due. */
  #due = 0
  #lastTickAt = 0
  #last: DemoTxsView['last']

  constructor({ nodes, clock, random }: TrafficComponents, perSecond: number) {
    this.#nodes = nodes
    this.#clock = clock
    this.#random = random
    this.#perSecond = perSecond
    this.#entered = nodes.map(() => 0)
    this.#second = emptySecond(nodes.length)
  }

  /** Begins to submit. Call once. */
  start(): void {
    for (const [i, { mempool }] of this.#nodes.entries())
      this.#unlisten.push(mempool.onTx(({ key }) => this.#onEntered(i, key)))
    this.#lastTickAt = this.#clock.now()
    this.#secondEndsAt = this.#lastTickAt + 1_000
    this.#tick()
  }

  /** Submits no more; what is on the way is still followed. */
  finish(): void {
    this.#clock.clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** Ends it all. */
  stop(): void {
    this.finish()
    for (const unlisten of this.#unlisten.splice(0)) unlisten()
  }

  /** Every transaction has reached every node. */
  get settled(): boolean {
    return this.#onTheWay.size === 0
  }

  view(): DemoTxsView {
    const medianMs = quantile(this.#times, 0.5)
    const p99Ms = quantile(this.#times, 0.99)
    return {
      submitted: this.#submitted,
      everywhere: this.#everywhere,
      perSecond: this.#rate(({ submitted }) => submitted),
      history: this.#seconds.map(({ times }) => quantile(times, 0.5) ?? 0),
      ...(medianMs === undefined || p99Ms === undefined ? {} : { medianMs, p99Ms }),
      ...(this.#last === undefined ? {} : { last: this.#last })
    }
  }

  /** Of one node: transactions that entered its pool, and how many a second. */
  ofNode(i: number): { txs: number; txsPerSecond: number } {
    return { txs: this.#entered[i] ?? 0, txsPerSecond: this.#rate(({ entered }) => entered[i] ?? 0) }
  }

  #tick(): void {
    const now = this.#clock.now()
    this.#turnSecond(now)
    this.#due = Math.min(this.#due + ((now - this.#lastTickAt) * this.#perSecond) / 1_000, MAX_ON_THE_WAY)
    this.#lastTickAt = now
    for (; this.#due >= 1 && this.#onTheWay.size < MAX_ON_THE_WAY; this.#due--) this.#submit(now)
    this.#timer = this.#clock.setTimeout(() => this.#tick(), TICK_MS)
  }

  #submit(now: number): void {
    const from = this.#submitted % this.#nodes.length
    const { name, mempool } = this.#nodes[from]!
    // as the kvstore application has them: key=value
    const value = Math.floor(this.#random() * 2 ** 48).toString(16)
    const tx = new TextEncoder().encode(`${name.replace(' ', '')}/${this.#submitted}=${value}`)
    const key = txKey(tx)
    this.#submitted++
    this.#second.submitted++
    this.#onTheWay.set(key, { tx, from, at: now, seen: 0 })
    // a refusal shows: the transaction never arrives everywhere
    void mempool.submit(tx)
  }

  #onEntered(i: number, key: TxKey): void {
    this.#entered[i]!++
    this.#second.entered[i]!++
    const way = this.#onTheWay.get(key)
    if (way === undefined) return
    way.seen |= 1 << i
    if (way.seen !== (1 << this.#nodes.length) - 1) return
    this.#onTheWay.delete(key)
    this.#everywhere++
    const ms = this.#clock.now() - way.at
    this.#second.times.push(ms)
    this.#times.push(ms)
    if (this.#times.length > KEPT_TIMES) this.#times.shift()
    this.#last = { text: new TextDecoder().decode(way.tx), from: this.#nodes[way.from]!.name, ms }
    for (const { mempool } of this.#nodes) mempool.mempool.remove(key)
  }

  #turnSecond(now: number): void {
    for (; now >= this.#secondEndsAt; this.#secondEndsAt += 1_000) {
      this.#seconds.push(this.#second)
      if (this.#seconds.length > KEPT_SECONDS) this.#seconds.shift()
      this.#second = emptySecond(this.#nodes.length)
    }
  }

  /** Per second, over the last full seconds. */
  #rate(of: (second: Second) => number): number {
    const latest = this.#seconds.slice(-RATE_SECONDS)
    return latest.length === 0 ? 0 : latest.reduce((sum, second) => sum + of(second), 0) / latest.length
  }
}

function emptySecond(nodes: number): Second {
  return { submitted: 0, entered: new Array<number>(nodes).fill(0), times: [] }
}

/** The value that this fraction of all lies below; undefined of none. */
function quantile(values: readonly number[], fraction: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))]
}
