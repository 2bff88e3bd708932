/**
 * Traffic that takes time on the platform's own clock, in an order that the seed alone decides. A real clock has fractions that no two runs share, so it never
 * decides who is first: a parcel's arrival is nominal, reckoned from a time that moves with the parcels only. What was sent while nothing arrived was sent at
 * the same nominal time, however long that took; parcels arrive by their nominal time, those of the same by when they were sent, and those sent
 * in the same few turns of the event loop as the seed has it. The clock decides when the first of them is due. After each arrival whoever
 * answers has some turns before the next, also where that is due: turns can be counted on, time cannot.
 *
 * A parcel is never early. It may be late, by latency and jitter again, behind one sent later that draws less jitter.
 * Rejected: arrivals by the clock, rounded: two runs differ wherever one of them is just beyond the edge.
 */
import type { Clock, Random, TimerHandle } from '../../interface/clock.ts'
import { macrotask } from '../../util/macrotask.ts'
import { ArrivalHeap, type Batch } from './arrival-heap.ts'
import { type Carrier, type Flow, Traffic, type TrafficInit } from './traffic.ts'

/** Of the event loop, for the answers to what has arrived: a message through inbox, reactor and outbox takes two. Ours. */
const ANSWER_TURNS = 4

export class PacedTraffic implements Carrier {
  readonly #clock: Clock
  readonly #random: Random
  readonly #init: TrafficInit
  /** What has arrived: the seed decides who is next. */
  readonly #arrived: Traffic
  readonly #underWay = new ArrivalHeap()
  /** Those that what is sent in these turns joins, by nominal time. */
  readonly #open = new Map<number, Batch>()
  /** Nominal time, ms: that of the last arrival. */
  #now = 0
  #turnsLeft = 0
  #timer: TimerHandle

  constructor(clock: Clock, random: Random, init: TrafficInit) {
    this.#clock = clock
    this.#random = random
    this.#init = init
    this.#arrived = new Traffic(clock, random, { latencyMs: 0, jitterMs: 0 })
  }

  send<T>(flow: Flow<T>, parcel: T): void {
    const { latencyMs, jitterMs } = this.#init
    const arrival = this.#now + latencyMs + (jitterMs > 0 ? jitterMs * this.#random() : 0)
    flow.lastDue = Math.max(flow.lastDue, arrival)
    const batch = this.#batchAt(flow.lastDue)
    batch.due = Math.max(batch.due, this.#clock.now() + flow.lastDue - this.#now)
    batch.parcels.push({ flow: flow as Flow, drops: flow.drops, parcel })
    this.#giveTurns()
  }

  release<T>(flow: Flow<T>): void {
    this.#arrived.release(flow)
    this.#giveTurns()
  }

  drop<T>(flow: Flow<T>): void {
    this.#arrived.drop(flow)
  }

  #batchAt(nominal: number): Batch {
    let batch = this.#open.get(nominal)
    if (batch === undefined) {
      batch = this.#underWay.add(nominal)
      this.#open.set(nominal, batch)
    }
    return batch
  }

  #giveTurns(): void {
    if (this.#turnsLeft > 0) return
    this.#turnsLeft = ANSWER_TURNS
    macrotask(() => this.#turn())
  }

  #turn(): void {
    if (this.#arrived.busy) this.#turnsLeft = ANSWER_TURNS
    else this.#turnsLeft--
    if (this.#turnsLeft > 0) {
      macrotask(() => this.#turn())
      return
    }
    this.#open.clear()
    this.#next()
  }

  /** The first has arrived, or is waited for. */
  #next(): void {
    this.#clock.clearTimeout(this.#timer)
    this.#timer = undefined
    const first = this.#underWay.first
    if (first === undefined) return
    const waitMs = first.due - this.#clock.now()
    if (waitMs <= 0) this.#arrive()
    else
      this.#timer = this.#clock.setTimeout(() => {
        // those turns come to it in the end
        if (this.#turnsLeft === 0) this.#next()
      }, waitMs)
  }

  #arrive(): void {
    const { nominal, parcels } = this.#underWay.take()
    this.#now = nominal
    for (const { flow, drops, parcel } of parcels) if (drops === flow.drops) this.#arrived.send(flow, parcel)
    this.#giveTurns()
  }
}
