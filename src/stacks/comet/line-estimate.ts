/**
 * What the line to a remote and the remote itself can take, learnt from the pongs of one ping at a time (flight.ts): the rate, and the round trip of an empty
 * line. Pure.
 *
 * A queue of ours would count as round trip, so from time to time bulk waits until all is acknowledged, and a ping alone tells the true one: that tells a line that we
 * fill from one that is long.
 */

/** All ours; simulated in test/stacks/comet/flight.test.ts. */
export const lineDefaults = Object.freeze({
  /** The rate is what was acknowledged in so long, or in so many round trips. */
  rateWindowMs: 50,
  rateWindowRoundTrips: 2,
  /** Bytes wanted under way = gain x rate x round trip: while the rate grows, and when it does not. Half of what is under way is acknowledged at a time. */
  growthGain: 4,
  steadyGain: 2.25,
  /** A rate that is so much higher than the one before has grown. */
  growth: 1.2,
  /** A round trip is measured anew after so long; sooner when round trips take so many times what they should. */
  roundTripWindowMs: 10_000,
  suspectAfterMs: 1_000,
  suspectFactor: 4,
  /** So few bytes under way are an empty line. */
  emptyBytes: 4 * 1024
})

/** What a pong tells. */
export interface Pong {
  readonly roundTripMs: number
  /** Bytes acknowledged in all, and still under way. */
  readonly acknowledged: number
  readonly underWay: number
  /** The bound kept the sender from writing since the last pong. */
  readonly held: boolean
}

export class LineEstimate {
  #roundTripMs = Number.POSITIVE_INFINITY
  #measuredAt = Number.NEGATIVE_INFINITY
  /** First it empties, then a ping is alone on it. */
  #emptying: 'no' | 'emptying' | 'alone' = 'no'
  #rate = 0
  #gain: number = lineDefaults.growthGain
  /** Since when the rate is measured. */
  #span: { readonly acknowledged: number; readonly at: number } | undefined
  #pongs = 0
  #held = false

  /** Bytes per ms. */
  get rate(): number {
    return this.#rate
  }

  /** No bulk now: the line is being emptied. */
  get emptying(): boolean {
    return this.#emptying !== 'no'
  }

  /** Bytes that the line wants under way, 0 as long as nothing is known. */
  get bytes(): number {
    return this.#rate === 0 ? 0 : Math.ceil(this.#gain * this.#rate * this.#roundTripMs)
  }

  /** The sender had nothing to send for a while. */
  rested(): void {
    this.#span = undefined
  }

  pong(pong: Pong, now: number): void {
    this.#held ||= pong.held
    this.#measureRoundTrip(pong, now)
    this.#measureRate(pong, now)
  }

  #measureRoundTrip({ roundTripMs, underWay }: Pong, now: number): void {
    if (this.#emptying === 'emptying') {
      if (underWay <= lineDefaults.emptyBytes) this.#emptying = 'alone'
      return
    }
    if (this.#emptying === 'alone' || roundTripMs < this.#roundTripMs) {
      if (this.#emptying === 'alone') this.#span = undefined
      this.#emptying = 'no'
      this.#roundTripMs = roundTripMs
      this.#measuredAt = now
      return
    }
    const { roundTripWindowMs, suspectAfterMs, suspectFactor } = lineDefaults
    const suspect = roundTripMs > suspectFactor * this.#roundTripMs
    if (now - this.#measuredAt > (suspect ? suspectAfterMs : roundTripWindowMs)) this.#emptying = 'emptying'
  }

  #measureRate({ acknowledged }: Pong, now: number): void {
    const span = this.#span
    if (span === undefined) {
      this.#begin(acknowledged, now)
      return
    }
    this.#pongs++
    const ms = now - span.at
    if (ms < lineDefaults.rateWindowMs || this.#pongs < lineDefaults.rateWindowRoundTrips) return
    const rate = (acknowledged - span.acknowledged) / ms
    // a sender that had little to send says nothing about the line, unless it was faster than what is known
    if (this.#held || rate > this.#rate) {
      this.#gain = rate > lineDefaults.growth * this.#rate ? lineDefaults.growthGain : lineDefaults.steadyGain
      this.#rate = rate > this.#rate ? rate : 0.75 * this.#rate + 0.25 * rate
    }
    this.#begin(acknowledged, now)
  }

  #begin(acknowledged: number, at: number): void {
    this.#span = { acknowledged, at }
    this.#pongs = 0
    this.#held = false
  }
}
