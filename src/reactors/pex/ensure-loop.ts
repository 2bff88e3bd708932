/**
 * When peers are looked for (p2p/pex/pex_reactor.go ensurePeersRoutine; spec/addrbook-and-pex.md section 6.2, R-78): once, every period, and when there is news. Beyond Go,
 * a few runs more at a tenth of the period while peers are wanting: nodes that start together know each other only a moment later. A peer that was lost is replaced
 * at once. News ends the random wait before the first run.
 */
import type { Clock } from '../../interface/clock.ts'
import { pause } from '../../util/pause.ts'

/** `periodic`: the first one and those at each period. `extra`: between them, for want of addresses. `news`: there are new addresses. */
export type RunKind = 'periodic' | 'extra' | 'news'

/** Ours: so that the third request to a peer, which must wait longest, still falls among them. */
const EXTRA_RUNS = 5
const EXTRA_PER_PERIOD = 10
/** A peer that was lost is replaced after so small a share of the period: peers that leave together make one run, and the slot is free by then. Ours. */
const REPLACE_PER_PERIOD = 3_000
/** News makes no run sooner than so after the last one: whoever tells us addresses decides when there is news. Lost peers have their budget instead. */
const FASTEST_PER_PERIOD = 30

export interface EnsureLoopInit {
  readonly periodMs: number
  /** True: more peers are wanted than it has found to dial. Never throws. */
  run(kind: RunKind): boolean
}

export class EnsureLoop {
  readonly #clock: Clock
  readonly #init: EnsureLoopInit
  #news = false
  #extraLeft = EXTRA_RUNS
  #extraAt = Number.POSITIVE_INFINITY
  /** Ends the wait under way. */
  #interrupt: () => void = () => {}

  constructor(clock: Clock, init: EnsureLoopInit) {
    this.#clock = clock
    this.#init = init
  }

  /** There may be somebody new to dial. Any number of calls make one run. */
  wake(): void {
    this.#news = true
    this.#extraLeft = EXTRA_RUNS
    this.#interrupt()
  }

  /** A dial has failed: soon, but not at once, so that many of them make one run. */
  hurry(): void {
    if (this.#extraLeft > 0) this.#runIn(this.#init.periodMs / EXTRA_PER_PERIOD)
  }

  /** A peer was lost: as soon as its slot is free. One that had stayed grants the runs between periods anew, so who takes us and drops us gets no more of them. */
  replace(stayed: boolean): void {
    if (stayed) this.#extraLeft = EXTRA_RUNS
    if (this.#extraLeft > 0) this.#runIn(this.#init.periodMs / REPLACE_PER_PERIOD)
  }

  /** Runs until the signal aborts; the first time after `delayMs`. */
  async start(delayMs: number, signal: AbortSignal): Promise<void> {
    const { periodMs, run } = this.#init
    let periodicAt = this.#clock.now() + delayMs
    let quietUntil = Number.NEGATIVE_INFINITY
    while (!signal.aborted) {
      const now = this.#clock.now()
      const newsAt = this.#news ? quietUntil : Number.POSITIVE_INFINITY
      const at = Math.min(periodicAt, this.#extraAt, newsAt)
      if (now < at) {
        await this.#sleepUntil(at, signal)
        continue
      }
      const kind: RunKind = now >= periodicAt ? 'periodic' : now >= this.#extraAt ? 'extra' : 'news'
      if (kind === 'periodic') periodicAt = now + periodMs
      if (kind === 'extra') this.#extraLeft--
      this.#news = false
      this.#extraAt = Number.POSITIVE_INFINITY
      quietUntil = now + periodMs / FASTEST_PER_PERIOD
      if (run(kind)) this.hurry()
    }
  }

  #runIn(ms: number): void {
    this.#extraAt = Math.min(this.#extraAt, this.#clock.now() + ms)
    this.#interrupt()
  }

  async #sleepUntil(at: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController()
    this.#interrupt = () => woken.abort()
    await pause(this.#clock, Math.max(0, at - this.#clock.now()), AbortSignal.any([signal, woken.signal]))
    this.#interrupt = () => {}
  }
}
