/** How fast it goes and how long it will take: blocks over the last seconds, from samples, so that neither a burst nor a pause shows at once. */

/** Ours: long enough to be calm, short enough to follow a peer that comes or goes. */
const WINDOW_MS = 10_000
const SAMPLE_MS = 250

export class ProgressMeter {
  /** Oldest first; at most WINDOW_MS / SAMPLE_MS and two. */
  readonly #samples: Array<{ at: number; blocks: number }> = []
  #blocks = 0

  /** Blocks counted in all. */
  get blocks(): number {
    return this.#blocks
  }

  /** One more block is done. */
  count(now: number): void {
    if (this.#samples.length === 0) this.#samples.push({ at: now, blocks: this.#blocks })
    this.#blocks++
    this.#sample(now)
  }

  blocksPerSecond(now: number): number {
    this.#sample(now)
    const first = this.#samples[0]
    if (first === undefined || now <= first.at) return 0
    return ((this.#blocks - first.blocks) * 1000) / (now - first.at)
  }

  /** Until `remaining` more blocks are done, ms; undefined while nothing moves. */
  etaMs(remaining: number, now: number): number | undefined {
    if (remaining <= 0) return 0
    const rate = this.blocksPerSecond(now)
    return rate === 0 ? undefined : (remaining * 1000) / rate
  }

  #sample(now: number): void {
    const last = this.#samples.at(-1)
    if (last === undefined || now - last.at < SAMPLE_MS) return
    this.#samples.push({ at: now, blocks: this.#blocks })
    while (this.#samples.length > 2 && now - this.#samples[1]!.at >= WINDOW_MS) this.#samples.shift()
  }
}
