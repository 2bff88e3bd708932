/**
 * How fast bytes flow, and how long to wait where they flow too fast (libs/flowrate; spec/mconnection.md section 6). Arithmetic over a given `now` (ms of a
 * clock that only grows), on Go's coarse clock: every time is rounded to 20 ms, so that the figures of both are alike. No timers: a sample ends with the
 * first call after its time, and whoever wants samples of even length calls `update` at even intervals.
 */
import type { FlowStatus } from '../interface/peer.ts'

/** libs/flowrate: clockRate, and what New(0, 0), as MConnection calls it, takes for the sample and for the window of the moving average. */
const CLOCK_MS = 20
export const FLOW_SAMPLE_MS = 100
const WINDOW_MS = 1_000
/** libs/flowrate waitNextSample. */
const MIN_WAIT_MS = 5

export class FlowMonitor {
  readonly #startedAt: number
  #sampleAt: number
  #movedAt: number
  /** Of the sample that has not ended. */
  #sampleBytes = 0
  #bytes = 0
  #samples = 0
  /** Bytes per second: of the last sample, moving average, of the fastest sample. */
  #rate = 0
  #average = 0
  #peak = 0

  constructor(now: number) {
    const at = rounded(now)
    this.#startedAt = at
    this.#sampleAt = at
    this.#movedAt = at
  }

  /** `bytes` more have been transferred; 0 only lets time pass. */
  update(bytes: number, now: number): void {
    const at = rounded(now)
    if (bytes > 0) this.#movedAt = at
    this.#sampleBytes += bytes
    const ms = at - this.#sampleAt
    if (ms < FLOW_SAMPLE_MS) return
    this.#rate = (this.#sampleBytes * 1000) / ms
    this.#peak = Math.max(this.#peak, this.#rate)
    // longer samples carry more weight
    const kept = this.#samples === 0 ? 0 : Math.exp(-ms / WINDOW_MS)
    this.#average = this.#rate + kept * (this.#average - this.#rate)
    this.#bytes += this.#sampleBytes
    this.#samples++
    this.#sampleBytes = 0
    this.#sampleAt = at
  }

  /** The figures up to the end of the last sample; `start` is a time of the caller's clock. */
  status(now: number): FlowStatus {
    this.update(0, now)
    const duration = this.#sampleAt - this.#startedAt
    const moved = duration > 0
    return {
      start: this.#startedAt,
      bytes: this.#bytes,
      samples: this.#samples,
      instRate: moved ? Math.round(this.#rate) : 0,
      curRate: moved ? Math.round(this.#average) : 0,
      avgRate: moved ? Math.round((this.#bytes * 1000) / duration) : 0,
      peakRate: Math.round(this.#peak),
      bytesRem: 0,
      duration,
      idle: rounded(now) - this.#movedAt,
      timeRem: 0,
      progress: 0,
      active: true
    }
  }

  /**
   * How long to wait, ms, before anything more may go at `bytesPerSecond` (below 1: no limit); 0: it may go now. To be asked again after the wait. What a
   * sample has beyond its share delays the next one, but is not taken off it: so MConnection uses Go's monitor.
   */
  waitMs(bytesPerSecond: number, now: number): number {
    if (bytesPerSecond < 1) return 0
    this.update(0, now)
    const share = Math.max(1, Math.round((bytesPerSecond * FLOW_SAMPLE_MS) / 1000))
    if (this.#sampleBytes < share) return 0
    return Math.max(MIN_WAIT_MS, this.#sampleAt + FLOW_SAMPLE_MS - rounded(now))
  }
}

function rounded(ms: number): number {
  return Math.round(ms / CLOCK_MS) * CLOCK_MS
}
